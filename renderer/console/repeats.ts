/** Deeds that got no answer: each is sent again under its own id until the hall answers, so that it is done once and its clerk learns what became of it. */
import type { ConsoleCall } from '../../domain/contracts/console.ts';
import { DatabaseAwayAnswer } from '../../domain/contracts/away.ts';
import { ulid } from '../../domain/ids.ts';
import { isDeed, REPLAYED_HEADER } from '../../domain/staff/deeds.ts';

/** Why there is no answer: nobody gave one, or the hall did and its database does not answer. */
export type Away = 'no-answer' | 'database';

/**
 * What is to be said of deeds that wait.
 * - `waiting`: whether they were done is not known; they are being sent again.
 * - `settled`: the last of them was answered. `before`: it had been done the first time; `now`: it had not, and is now; `refused`: it was not done, and whoever asked says why.
 */
export type Stand = { kind: 'none' } | { kind: 'waiting'; why: Away; deeds: number } | { kind: 'settled'; outcome: 'before' | 'now' | 'refused' };

export type Repeats = {
  /** The id of a deed: the same as long as the same is asked for and was not answered, so that a second press is the same deed. Null for what is none. */
  idOf(call: ConsoleCall, input: unknown): string | null;
  /** Sends a deed until it is answered or its clerk gives it up. @param once sends it; null: no answer @returns the last answer */
  send(id: string, once: () => Promise<Response | null>): Promise<Response | null>;
  /** Ends the waiting; whether the deeds were done stays unknown. */
  giveUp(): void;
  stand(): Stand;
  /** Calls after every change of `stand`; returns what ends it. */
  follow(changed: () => void): () => void;
};

/**
 * Milliseconds before each time that a deed is sent again; the last one goes on. The first is for one server of two that fell over: the other one answers, and nobody need hear of it.
 * Longer ones are a little apart from desk to desk, so that a county does not come back in one moment.
 */
const PAUSES = [400, 1500, 3000] as const;
const APART = 1000;
const NONE: Stand = { kind: 'none' };

/** Calls that their page sends again by itself, and with what was typed meanwhile. */
const SENT_BY_THEIR_PAGE: readonly ConsoleCall[] = ['saveDraft', 'holdDraft'];

/** @param after calls once after so many milliseconds; returns what cancels it */
export function createRepeats(after: (milliseconds: number, call: () => void) => () => void): Repeats {
  const ids = new Map<string, { id: string; call: ConsoleCall }>();
  const waiting = new Map<string, { why: Away; shown: boolean; end: (goOn: boolean) => void }>();
  const watchers = new Set<() => void>();
  let stand: Stand = NONE;

  function show(next: Stand): void {
    stand = next;
    for (const changed of [...watchers]) changed();
  }
  function showWaiting(): boolean {
    const shown = [...waiting.values()].filter((deed) => deed.shown);
    if (shown[0] !== undefined) show({ kind: 'waiting', why: shown[0].why, deeds: shown.length });
    return shown.length > 0;
  }
  /** @returns whether to send it again */
  function pause(id: string, why: Away, tries: number): Promise<boolean> {
    return new Promise((resolve) => {
      const time = PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0;
      const cancel = after(tries === 0 ? time : time + Math.random() * APART, () => resolve(true));
      waiting.set(id, { why, shown: tries > 0, end: (goOn) => {
        cancel();
        resolve(goOn);
      } });
      showWaiting();
    });
  }
  async function settle(id: string, answer: Response, tries: number): Promise<void> {
    const known = answer.status < 500 && answer.status !== 401;
    if (known) for (const [asked, deed] of ids) if (deed.id === id) ids.delete(asked);
    waiting.delete(id);
    if (showWaiting() || tries < 2) return;
    const refused = !answer.ok || (await answer.clone().json() as { ok?: boolean } | null)?.ok === false;
    show(!known ? NONE : { kind: 'settled', outcome: answer.headers.get(REPLAYED_HEADER) === 'true' && !refused ? 'before' : refused ? 'refused' : 'now' });
  }

  return {
    idOf(call, input) {
      if (!isDeed(call)) return null;
      const asked = `${call} ${JSON.stringify(input)}`;
      const kept = ids.get(asked);
      if (kept !== undefined) return kept.id;
      const id = ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
      ids.set(asked, { id, call });
      return id;
    },
    async send(id, once) {
      const call = [...ids.values()].find((deed) => deed.id === id)?.call;
      for (let tries = 0; ; tries += 1) {
        const answer = await once();
        const why = await awayOf(answer);
        if (why === null && answer !== null) {
          await settle(id, answer, tries);
          return answer;
        }
        if (call !== undefined && SENT_BY_THEIR_PAGE.includes(call)) return answer;
        if (!(await pause(id, why ?? 'no-answer', tries))) return answer;
      }
    },
    giveUp() {
      for (const { end } of waiting.values()) end(false);
      waiting.clear();
      show(NONE);
    },
    stand: () => stand,
    follow(changed) {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
  };
}

/** Why an answer is none; null when it is one. A proxy that says 502 to 504 stands before a hall that is away. */
export async function awayOf(answer: Response | null): Promise<Away | null> {
  if (answer === null) return 'no-answer';
  if (answer.status < 502 || answer.status > 504) return null;
  const said: unknown = await answer.clone().json().catch(() => null);
  return DatabaseAwayAnswer.safeParse(said).success ? 'database' : 'no-answer';
}
