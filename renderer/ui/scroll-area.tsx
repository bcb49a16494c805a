import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from './icons.tsx';
import './scroll-area.css';

/** One press goes on by this share of the height, so that the last line read stays in sight. */
const STEP = 0.8;

/** Long content: pulled with a finger, or paged with two buttons that appear only when there is more (no dragging needed). */
export function ScrollArea({ children, label, up, down }: { children: ReactNode; label: string; up: string; down: string }): ReactNode {
  const area = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState({ above: false, below: false });

  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const look = () => setMore({ above: element.scrollTop > 8, below: element.scrollTop + element.clientHeight < element.scrollHeight - 8 });
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    if (element.firstElementChild !== null) sizes.observe(element.firstElementChild);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  const go = (direction: 1 | -1) => area.current?.scrollBy({ top: direction * STEP * area.current.clientHeight, behavior: 'smooth' });
  return (
    <div className="scroll">
      <div className="scroll-area" ref={area} {...(more.above || more.below ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}>
        <div className="scroll-content">{children}</div>
      </div>
      {more.above || more.below ? (
        <div className="scroll-buttons" data-say="">
          <button type="button" className="scroll-button" disabled={!more.above} aria-label={up} onClick={() => go(-1)}>
            <Icon name="up" />
          </button>
          <button type="button" className="scroll-button" disabled={!more.below} aria-label={down} onClick={() => go(1)}>
            <Icon name="down" />
          </button>
        </div>
      ) : null}
    </div>
  );
}
