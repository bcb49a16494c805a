import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { type Corner, CORNERS, cornerPlace, type Crop, moveCorner } from './crop.ts';

/** One press of an arrow key, as a share of the picture. */
const ARROW = 0.02;
const ARROWS: Record<string, { x: number; y: number }> = { ArrowLeft: { x: -ARROW, y: 0 }, ArrowRight: { x: ARROW, y: 0 }, ArrowUp: { x: 0, y: -ARROW }, ArrowDown: { x: 0, y: ARROW } };

/** The four corners over a picture: pulled with a finger or moved with arrow keys. */
export function CropFrame({ crop, labels, onChange }: { crop: Crop; labels: Record<Corner, string>; onChange(crop: Crop): void }): ReactNode {
  const area = useRef<HTMLDivElement>(null);

  function drag(corner: Corner, event: PointerEvent<HTMLButtonElement>): void {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onChange(moveCorner(crop, corner, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  }
  function key(corner: Corner, event: KeyboardEvent): void {
    const by = ARROWS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const { x, y } = cornerPlace(crop, corner);
    onChange(moveCorner(crop, corner, x + by.x, y + by.y));
  }

  return (
    <div className="crop" ref={area} data-say="">
      <div className="crop-window" style={{ left: `${crop.left * 100}%`, top: `${crop.top * 100}%`, width: `${(crop.right - crop.left) * 100}%`, height: `${(crop.bottom - crop.top) * 100}%` }} />
      {CORNERS.map((corner) => {
        const { x, y } = cornerPlace(crop, corner);
        return (
          <button
            key={corner}
            type="button"
            className={`crop-corner crop-${corner}`}
            style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
            aria-label={labels[corner]}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => drag(corner, event)}
            onKeyDown={(event) => key(corner, event)}
          />
        );
      })}
    </div>
  );
}
