import type { HelpCall, HelpWord } from '../../domain/contracts/help.ts';
import type { HelpView } from '../../domain/contracts/talk.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { HallTransport } from '../../sync/transport/types.ts';
import { createTold, type Told } from './told.ts';

/** A call that the hall has is said again this often, milliseconds: it forgets one that is not said for five minutes. */
const SAY_AGAIN = 60_000;
/** One that did not reach it is tried again this often: the line may be back. */
const TRY_AGAIN = 15_000;
/** After staff came, a touch on the button within this time calls nobody: it is the old call that is meant. */
const COOL = 30_000;

/** 呼叫: one call at a time, for as long as the visit goes on or until staff have come. It lives in memory: a machine that starts anew has nobody before it. */
export type Help = {
  readonly views: Told<HelpView>;
  /** Calls; while a call stands, or staff have just come, this changes nothing. */
  call(): void;
  /** The visit is over: whoever called has gone. */
  over(): void;
  hear(word: HelpWord): void;
  close(): void;
};

/** @param options.where the step and the item that whoever calls has before them */
export function createHelp({ transport, clock, newId, where }: { transport: Pick<HallTransport, 'help'>; clock: Clock; newId(): string; where(): Pick<HelpCall, 'step' | 'item'> }): Help {
  const views = createTold<HelpView>({ kind: 'none' });
  let open: { call: string; since: string; reached: boolean } | null = null;
  let cancel = () => {};
  let answeredAt = Number.NEGATIVE_INFINITY;

  async function say(): Promise<void> {
    const mine = open;
    if (mine === null) return;
    const answer = await transport.help({ call: mine.call, since: mine.since, over: false, ...where() });
    if (open !== mine) return;
    const reached = answer.ok && answer.value === 'heard';
    mine.reached ||= reached;
    const view = views.get();
    // What staff said stands, whatever becomes of the line meanwhile.
    if (view.kind === 'sending' || view.kind === 'calling' || view.kind === 'no-line') views.tell({ kind: reached ? 'calling' : 'no-line', since: mine.since });
    cancel = clock.after(reached ? SAY_AGAIN : TRY_AGAIN, () => drop(say()));
  }

  function end(): void {
    cancel();
    open = null;
  }

  return {
    views,
    call() {
      if (open !== null || clock.monotonic() - answeredAt < COOL) return;
      const since = new Date(clock.now()).toISOString();
      open = { call: newId(), since, reached: false };
      views.tell({ kind: 'sending', since });
      drop(say());
    },
    over() {
      const mine = open;
      end();
      answeredAt = Number.NEGATIVE_INFINITY;
      if (views.get().kind !== 'none') views.tell({ kind: 'none' });
      // The hall forgets it by itself when this does not get through.
      if (mine?.reached === true) drop(transport.help({ call: mine.call, since: mine.since, over: true, ...where() }).then(() => undefined));
    },
    hear({ call, answer }) {
      if (open?.call !== call) return;
      views.tell({ kind: answer, since: open.since });
      if (answer === 'coming') return;
      answeredAt = clock.monotonic();
      end();
    },
    close: end,
  };
}
