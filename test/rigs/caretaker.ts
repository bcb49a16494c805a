import type { CaretakerView } from '../../domain/contracts/caretaker.ts';
import type { Kiosk } from './terminal.ts';

/** The caretaker's screen while it is open. */
export type OpenView = Extract<CaretakerView, { kind: 'open' }>;

/** Waits until the caretaker's view is as wanted. */
export async function seeCaretaker({ caretaker }: Pick<Kiosk, 'caretaker'>, look: (view: OpenView) => boolean): Promise<OpenView> {
  const stop = new AbortController();
  try {
    for await (const view of (await caretaker.view(undefined, { signal: stop.signal })) as AsyncIterable<CaretakerView>) if (view.kind === 'open' && look(view)) return view;
  } finally {
    stop.abort();
  }
  throw new Error('the view ended');
}
