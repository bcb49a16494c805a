import { Button, Tooltip } from 'antd';
import { CloudOff, FileText, Hourglass, Maximize, MoveHorizontal, RotateCcw, RotateCw, ZoomIn, ZoomOut } from 'lucide-react';
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { blobAddress } from '../hall.ts';
import { type Command, hintOf, useKeys } from '../keys.ts';
import { t, word } from '../texts.ts';
import type { Page } from './pages.ts';
import { Thumbs } from './thumbs.tsx';
import { scaleOf, type Size, stepped, turned, type Zoom } from './zoom.ts';
import './scan.css';

/** The desk on which scans lie. @param selected index in `pages` */
export function ScanViewer({ id, pages, selected, onSelect }: { id: string; pages: readonly Page[]; selected: number; onSelect: (index: number) => void }): ReactNode {
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [turns, setTurns] = useState<Readonly<Record<string, number>>>({});
  const [scale, setScale] = useState(1);
  const page = pages[selected];
  const turn = page === undefined ? 0 : turns[page.hash] ?? 0;
  const rotate = (by: number) => page !== undefined && setTurns({ ...turns, [page.hash]: (turn + by + 4) % 4 });
  const tools = {
    smaller: () => setZoom(stepped(scale, -1)), larger: () => setZoom(stepped(scale, 1)), fit: () => setZoom('fit'), width: () => setZoom('width'),
    'turn-left': () => rotate(-1), 'turn-right': () => rotate(1),
  };
  useKeys(['scan'], {
    ...tools,
    'next-page': () => onSelect(Math.min(selected + 1, pages.length - 1)),
    'previous-page': () => onSelect(Math.max(selected - 1, 0)),
  });

  if (page === undefined) {
    return (
      <section className="scan" aria-label={t('scan.title')}>
        <div className="scan-note"><FileText aria-hidden="true" size={44} strokeWidth={1.25} /><h2>{t('scan.none')}</h2><p>{t('scan.none.words')}</p></div>
      </section>
    );
  }
  const looking = shownOf(page) !== null && page.mediaType !== 'application/pdf';
  return (
    <section className="scan" aria-label={t('scan.title')}>
      <header className="scan-head">
        <div className="scan-name">
          <h2>{page.name}</h2>
          <span className="scan-of">{t('scan.page', { page: page.page, pages: page.pages })}</span>
          <span className="trust" data-trust={page.trust}>{word('trust', page.trust)}</span>
          {page.from !== null && <span className="scan-of">{word('page', page.from)}</span>}
        </div>
        <div className="scan-tools" role="toolbar" aria-label={t('scan.tools')}>
          <Tool command="smaller" icon={<ZoomOut size={17} aria-hidden="true" />} disabled={!looking} onUse={tools.smaller} />
          <span className="scan-percent">{looking ? t('scan.zoom', { percent: Math.round(scale * 100) }) : '—'}</span>
          <Tool command="larger" icon={<ZoomIn size={17} aria-hidden="true" />} disabled={!looking} onUse={tools.larger} />
          <Tool command="fit" icon={<Maximize size={16} aria-hidden="true" />} disabled={!looking} pressed={looking && zoom === 'fit'} onUse={tools.fit} />
          <Tool command="width" icon={<MoveHorizontal size={17} aria-hidden="true" />} disabled={!looking} pressed={looking && zoom === 'width'} onUse={tools.width} />
          <Tool command="turn-left" icon={<RotateCcw size={16} aria-hidden="true" />} disabled={!looking} onUse={tools['turn-left']} />
          <Tool command="turn-right" icon={<RotateCw size={16} aria-hidden="true" />} disabled={!looking} onUse={tools['turn-right']} />
        </div>
      </header>
      {page.standard !== '' && <p className="scan-standard"><strong>{t('scan.standard')}</strong>{page.standard}</p>}
      {!page.here && page.thumbnail !== null && <p className="scan-small" role="status"><Hourglass aria-hidden="true" size={15} /><strong>{t('scan.thumbnail')}</strong>{t('scan.thumbnail.words')}</p>}
      <div className="scan-desk">
        <Thumbs id={id} pages={pages} selected={selected} turns={turns} onSelect={onSelect} />
        <Sheet key={shownOf(page) ?? page.hash} id={id} page={page} zoom={zoom} turn={turn} onScale={setScale} onZoom={setZoom} />
      </div>
    </section>
  );
}

function Tool({ command, icon, disabled, pressed, onUse }: { command: Extract<Command, keyof typeof TOOL_WORDS>; icon: ReactNode; disabled: boolean; pressed?: boolean; onUse: () => void }): ReactNode {
  const words = t(TOOL_WORDS[command]);
  return (
    <Tooltip title={`${words}  ${hintOf(command)}`}>
      <Button type="text" size="small" className="scan-tool" aria-label={words} aria-pressed={pressed} disabled={disabled} icon={icon} onClick={onUse} />
    </Tooltip>
  );
}

const TOOL_WORDS = { smaller: 'scan.smaller', larger: 'scan.larger', fit: 'scan.fit', width: 'scan.width', 'turn-left': 'scan.turn-left', 'turn-right': 'scan.turn-right' } as const;

/** One page on the desk, or why it cannot be seen. */
function Sheet({ id, page, zoom, turn, onScale, onZoom }: { id: string; page: Page; zoom: Zoom; turn: number; onScale: (scale: number) => void; onZoom: (zoom: Zoom) => void }): ReactNode {
  const desk = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  const [own, setOwn] = useState<Size>({ width: 0, height: 0 });
  const [broken, setBroken] = useState(false);
  const [tries, setTries] = useState(0);
  const shown = turned(own, turn);
  const scale = scaleOf(zoom, shown, room);
  const ready = own.width > 0;

  useEffect(() => {
    const element = desk.current;
    if (element === null) return undefined;
    // The size without scroll bars' comings and goings, which would make the fit flutter.
    const observer = new ResizeObserver(() => setRoom({ width: element.offsetWidth, height: element.offsetHeight }));
    observer.observe(element);
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      onZoom(stepped(scale, event.deltaY < 0 ? 1 : -1));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, [scale, onZoom]);
  useEffect(() => {
    if (ready) onScale(scale);
  }, [ready, scale, onScale]);

  const file = shownOf(page);
  if (file === null) return <Note icon={<Hourglass aria-hidden="true" size={44} strokeWidth={1.25} />} title={t('scan.coming')} words={t('scan.coming.words')} />;
  const address = blobAddress(id, file);
  if (page.mediaType === 'application/pdf') {
    return <Note icon={<FileText aria-hidden="true" size={44} strokeWidth={1.25} />} title={t('scan.pdf')} words=""><Button href={address} target="_blank" rel="noopener">{t('scan.pdf.open')}</Button></Note>;
  }
  if (broken) {
    return (
      <Note icon={<CloudOff aria-hidden="true" size={44} strokeWidth={1.25} />} title={t('scan.broken')} words={t('scan.broken.words')}>
        <Button onClick={() => {
          setBroken(false);
          setTries(tries + 1);
        }}>{t('failed.retry')}</Button>
      </Note>
    );
  }
  return (
    <div className="scan-sheet" ref={desk} tabIndex={0} role="group" aria-label={t('scan.stage')} onPointerDown={dragToScroll}>
      <div className="scan-paper" data-ready={ready} style={ready ? { width: shown.width * scale, height: shown.height * scale } : undefined}>
        <img
          key={tries}
          src={address}
          alt={t('scan.alt', { name: page.name, page: page.page })}
          draggable={false}
          style={ready ? { width: own.width * scale, height: own.height * scale, transform: `translate(-50%, -50%) rotate(${turn * 90}deg)` } : undefined}
          onLoad={({ currentTarget }) => setOwn({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
          onError={() => setBroken(true)}
        />
      </div>
    </div>
  );
}

/** What there is to see of a page: itself, or the thumbnail that came before it. */
function shownOf(page: Page): string | null {
  return page.here ? page.hash : page.thumbnail;
}

function Note({ icon, title, words, children }: { icon: ReactNode; title: string; words: string; children?: ReactNode }): ReactNode {
  return <div className="scan-note" role="status">{icon}<h3>{title}</h3>{words !== '' && <p>{words}</p>}{children}</div>;
}

/** The page follows the pointer, as paper follows a finger. */
function dragToScroll(event: PointerEvent<HTMLDivElement>): void {
  if (event.button !== 0) return;
  const desk = event.currentTarget;
  const start = { x: event.clientX + desk.scrollLeft, y: event.clientY + desk.scrollTop };
  const move = (moved: globalThis.PointerEvent) => desk.scrollTo(start.x - moved.clientX, start.y - moved.clientY);
  const end = () => {
    desk.removeEventListener('pointermove', move);
    desk.removeEventListener('pointerup', end);
    desk.removeEventListener('pointercancel', end);
  };
  desk.setPointerCapture(event.pointerId);
  desk.addEventListener('pointermove', move);
  desk.addEventListener('pointerup', end);
  desk.addEventListener('pointercancel', end);
}
