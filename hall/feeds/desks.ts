import type { CaseWord } from '../../domain/contracts/cases.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/staff/scope.ts';
import { withinScope } from '../cases/scope.ts';
import type { Ground } from '../ground.ts';
import { readCaseWord } from './case-words.ts';
import { type Bell, createBell, createListening } from './listening.ts';

/** Live lines of the consoles at this server: two clerks on one case see what the other does at once, whichever servers they are at. */
export type Desks = {
  /**
   * What changed within a scope: an empty word at once and at every heartbeat, and one for each change. Ends when `scopeNow` answers null, or with the signal.
   * @param scopeNow the account's scope as it stands; null: the session is over
   */
  follow(scopeNow: () => Promise<Scope | null>, signal: AbortSignal | undefined): AsyncGenerator<CaseWord>;
  close(): Promise<void>;
};

/** Words kept for a line that is slow; beyond them it is told to look again. */
const MOST_WAITING = 200;
/** Not of a case: somebody at a terminal calls, waits no longer, or was answered. */
export const HELP = 'help';
const LOOK: CaseWord = { cases: [], by: '', what: 'beat' };
const MANY: CaseWord = { cases: [], by: '', what: 'many' };

export function createDesks(ground: Ground): Desks {
  const lines = new Set<{ bell: Bell; waiting: CaseWord[] }>();
  const listening = createListening(ground, (text) => {
    const told = readCaseWord(text);
    if (told === null || told.division !== ground.division) return;
    for (const { bell, waiting } of lines) {
      if (waiting.length < MOST_WAITING) waiting.push(told.word.cases.length === 0 && told.word.what !== HELP ? MANY : told.word);
      else waiting.splice(0, waiting.length, MANY);
      bell.ring();
    }
  });
  return {
    async *follow(scopeNow, signal) {
      const line = { bell: createBell(ground.clock), waiting: [] as CaseWord[] };
      const hang = () => line.bell.hang();
      lines.add(line);
      signal?.addEventListener('abort', hang);
      try {
        if (signal?.aborted === true) return;
        do {
          await listening.begin();
          const scope = await scopeNow();
          if (scope === null) return;
          const words = line.waiting.splice(0);
          if (words.length === 0) yield LOOK;
          for (const word of words) {
            const cases = await reached(ground, word.cases, scope);
            if (cases.length > 0 || word.cases.length === 0) yield { ...word, cases };
          }
        } while ((await line.bell.wait()) === 'rung');
      } finally {
        signal?.removeEventListener('abort', hang);
        lines.delete(line);
      }
    },
    async close() {
      for (const { bell } of lines) bell.hang();
      await listening.close();
    },
  };
}

async function reached({ db, division }: Ground, ids: readonly CaseId[], scope: Scope): Promise<CaseId[]> {
  if (ids.length === 0 || (scope.departments === null && scope.sites === null && scope.items === null)) return [...ids];
  const rows = await db.read.selectFrom('case_view').select('case_view.id').where('division', '=', division).where('id', '=', ({ fn, val }) => fn.any(val(ids))).where(withinScope(scope)).execute();
  return rows.map(({ id }) => id as CaseId);
}
