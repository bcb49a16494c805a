import type { TransportFailure } from '../transport/types.ts';
import type { Run } from '../types.ts';

/** Letters read at once. */
const PAGE = 50;
/** Letters that the hall failed on before the rest waits for the next run: one may be poison, three are a sick hall. */
const MOST_FAULTS = 3;

/**
 * Sends letters, one a request: a county has some a day. A lane of its own behind the actions: whatever becomes of a letter, only a line that is gone ends the run.
 */
export async function sendLetters(run: Run): Promise<TransportFailure | null> {
  let faults = 0;
  for (let after = ''; ; ) {
    const page = await run.store.letters.waiting(PAGE, after);
    for (const letter of page) {
      after = letter.id;
      const answer = await run.transport.letter(letter, { signal: run.signal });
      if (answer.ok && answer.value === 'not-spoken') return null;
      if (answer.ok && answer.value !== 'not-spoken') {
        if (answer.value.kind === 'refused') run.log({ event: 'letter-refused', letter: letter.id, why: answer.value.reason });
        await run.store.letters.settle(letter.id, answer.value);
        run.report.letters += 1;
      } else if (!answer.ok) {
        if (answer.error.kind === 'unreachable') return answer.error;
        run.log({ event: 'letter-not-taken', letter: letter.id, why: answer.error.kind });
        faults += 1;
        if (faults === MOST_FAULTS) return null;
      }
    }
    if (page.length < PAGE) return null;
  }
}
