import { type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '../icons.tsx';
import { CandidateGrid, CandidateStrip } from '../keyboard/candidates.tsx';
import { Key } from '../keyboard/key.tsx';
import type { BoardProps } from '../keyboard/board.tsx';
import { erase, type } from '../keyboard/typing.ts';
import { useLoaded } from '../keyboard/use-loaded.ts';
import { loadRecogniser } from './load.ts';
import type { Point } from './strokes.ts';
import './writing-board.css';

/** Candidates after a stroke: what is not among them is not found by looking further down. */
const MOST = 30;
/** Line width as a share of the field's height: a brush pen. */
const PEN = 0.022;

type Stroke = readonly Point[];

/** One character at a time is written with a finger or a pen; candidates follow each stroke. Nothing that was written is kept. */
export function WritingBoard({ field, words, layers }: BoardProps): ReactNode {
  const recogniser = useLoaded(loadRecogniser);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [open, setOpen] = useState(false);
  const candidates = useMemo(() => (recogniser.kind === 'ready' ? recogniser.value.recognise(strokes, MOST) : []), [recogniser, strokes]);

  function take(index: number): void {
    const text = candidates[index];
    if (text === undefined) return;
    type(field, text);
    setStrokes([]);
    setOpen(false);
  }
  const eraseKey = (
    <Key label={words.erase} tone="dim" repeats onPress={() => erase(field)}>
      <Icon name="erase" />
    </Key>
  );

  return (
    <>
      {strokes.length === 0 ? (
        <div className="candidates">
          {layers}
          <span className="candidates-hint">{recogniser.kind === 'loading' ? words.loading : recogniser.kind === 'failed' ? words.failed : ''}</span>
        </div>
      ) : (
        <CandidateStrip lead={null} candidates={candidates} note={recogniser.kind === 'loading' ? words.loading : recogniser.kind === 'failed' ? words.failed : words.unknown} open={open} words={words} onTake={take} onOpen={setOpen} />
      )}
      {open && candidates.length > 0 ? (
        <CandidateGrid candidates={candidates} words={words} beside={eraseKey} onTake={take} />
      ) : (
        <div className="writing">
          <WritingField label={words.writeHere} strokes={strokes} onStroke={(stroke) => setStrokes((held) => [...held, stroke])} />
          <div className="writing-side">
            <Key tone="dim" off={strokes.length === 0} onPress={() => setStrokes(strokes.slice(0, -1))}>
              {words.undoStroke}
            </Key>
            <Key tone="dim" off={strokes.length === 0} onPress={() => setStrokes([])}>
              {words.clear}
            </Key>
            {eraseKey}
          </div>
        </div>
      )}
    </>
  );
}

function WritingField(props: { label: string; strokes: readonly Stroke[]; onStroke(stroke: Stroke): void }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const line = useRef<Point[] | null>(null);
  const { strokes } = props;

  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (element === null || pen === null || pen === undefined) return;
    const box = element.getBoundingClientRect();
    element.width = Math.round(box.width);
    element.height = Math.round(box.height);
    for (const stroke of strokes) draw(pen, stroke);
  }, [strokes]);

  function place(event: PointerEvent<HTMLCanvasElement>): Point {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
  function begin(event: PointerEvent<HTMLCanvasElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    line.current = [place(event)];
  }
  function follow(event: PointerEvent<HTMLCanvasElement>): void {
    const pen = event.currentTarget.getContext('2d');
    const held = line.current;
    if (pen === null || held === null) return;
    const before = held.at(-1) as Point;
    held.push(place(event));
    draw(pen, [before, held.at(-1) as Point]);
  }
  function end(): void {
    if (line.current !== null) props.onStroke(line.current);
    line.current = null;
  }

  return (
    <div className="writing-field">
      {strokes.length === 0 ? <span className="writing-hint">{props.label}</span> : null}
      <canvas ref={canvas} role="img" aria-label={props.label} onPointerDown={begin} onPointerMove={follow} onPointerUp={end} onPointerCancel={end} />
    </div>
  );
}

function draw(pen: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first, ...rest] = stroke;
  if (first === undefined) return;
  pen.lineWidth = pen.canvas.height * PEN;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.strokeStyle = getComputedStyle(pen.canvas).color;
  pen.beginPath();
  pen.moveTo(first.x, first.y);
  for (const { x, y } of rest.length === 0 ? [first] : rest) pen.lineTo(x, y);
  pen.stroke();
}
