import { createInterface } from 'node:readline/promises';
import { DEEDS, type Person, QUESTIONS } from './types.ts';

/** The person at the keyboard: Enter when it is done, `s` for what cannot be done, `y` or `n` to a question. */
export function personAtKeyboard(): Person & { leave(): void } {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return {
    async do(deed) {
      const answer = await lines.question(`\n→ ${DEEDS[deed]}\n  Enter when done, s and Enter when it cannot be done: `);
      return answer.trim().toLowerCase() !== 's';
    },
    async answer(question, about) {
      for (;;) {
        const answer = (await lines.question(`\n? ${about === undefined ? '' : `${about}: `}${QUESTIONS[question]} y/n: `)).trim().toLowerCase();
        if (answer === 'y' || answer === 'n') return answer === 'y';
      }
    },
    leave: () => lines.close(),
  };
}
