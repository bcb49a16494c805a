import { type PointerEvent, type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { Icon } from './icons.tsx';
import './signature-pad.css';

export type SignaturePadHandle = {
  /** PNG of the strokes, dark on transparent; null while nothing is drawn. */
  picture(): Promise<Uint8Array<ArrayBuffer> | null>;
};

/** Line width in canvas pixels: reads well when the field is printed at 40 mm wide. */
const PEN = 5;
/** Canvas pixels: about two centimetres on the screen. */
const LEAST_STROKE = 80;

/** A field to sign in with a finger or a pen. A dot is not a signature: `onChange(true)` comes after a stroke of some length. */
export function SignaturePad(props: { label: string; placeholder: string; clear: string; onChange(signed: boolean): void; handle: Ref<SignaturePadHandle> }): ReactNode {
  const { onChange } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const drawn = useRef(0);
  const [started, setStarted] = useState(false);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const box = element.getBoundingClientRect();
    element.width = Math.round(box.width);
    element.height = Math.round(box.height);
  }, []);

  useImperativeHandle(props.handle, () => ({
    async picture() {
      const element = canvas.current;
      if (element === null || drawn.current === 0) return null;
      const blob = await new Promise<Blob | null>((resolve) => element.toBlob(resolve, 'image/png'));
      return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
    },
  }));

  function place(event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } {
    const box = event.currentTarget.getBoundingClientRect();
    const { width, height } = event.currentTarget;
    return { x: ((event.clientX - box.left) / box.width) * width, y: ((event.clientY - box.top) / box.height) * height };
  }

  function begin(event: PointerEvent<HTMLCanvasElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = place(event);
    setStarted(true);
  }

  function draw(event: PointerEvent<HTMLCanvasElement>): void {
    const pen = event.currentTarget.getContext('2d');
    const from = last.current;
    if (pen === null || from === null) return;
    const to = place(event);
    pen.lineWidth = PEN;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = '#10202a';
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    const before = drawn.current;
    drawn.current += Math.hypot(to.x - from.x, to.y - from.y);
    last.current = to;
    if (before < LEAST_STROKE && drawn.current >= LEAST_STROKE) onChange(true);
  }

  function clear(): void {
    const element = canvas.current;
    element?.getContext('2d')?.clearRect(0, 0, element.width, element.height);
    drawn.current = 0;
    setStarted(false);
    onChange(false);
  }

  return (
    <div className="signature">
      <canvas
        ref={canvas}
        className="signature-field"
        role="img"
        aria-label={props.label}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={() => (last.current = null)}
        onPointerCancel={() => (last.current = null)}
      />
      {started ? null : (
        <p className="signature-hint" aria-hidden="true">
          <Icon name="sign" />
          {props.placeholder}
        </p>
      )}
      <button type="button" className="signature-clear" onClick={clear} disabled={!started}>
        <Icon name="clear" size={1.2} />
        {props.clear}
      </button>
    </div>
  );
}
