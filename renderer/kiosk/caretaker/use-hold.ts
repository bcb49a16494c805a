import { type PointerEvent, useEffect, useRef } from 'react';

/** Long enough that no citizen does it unawares. */
const HOLD_MS = 4000;

/** Handlers of a place that must be held for some seconds; it looks like nothing, and nothing says that it does something. @param act null: it does not */
export function useHold(act: (() => void) | null): { onPointerDown(event: PointerEvent): void; onPointerUp(): void; onPointerLeave(): void; onPointerCancel(): void } {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  }, [act]);
  const stop = () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  };
  useEffect(() => stop, []);
  return {
    onPointerDown() {
      stop();
      timer.current = setTimeout(() => latest.current?.(), HOLD_MS);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
  };
}
