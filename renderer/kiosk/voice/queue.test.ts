import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enqueue, pieceOver, type QueueState, type Saying, type SayingKind, SILENCE } from './queue.ts';

let ids = 0;
const saying = (kind: SayingKind, ...pieces: string[]): Saying => ({ id: (ids += 1), kind, pieces: pieces.length === 0 ? [kind] : pieces, hear: '' });
const after = (...sayings: Saying[]) => sayings.reduce(enqueue, SILENCE);
/** Says all there is, as it would be heard. */
function heard(state: QueueState): string[] {
  const said: string[] = [];
  for (let left = state; left.now !== null; left = pieceOver(left).state) said.push(left.now.pieces[0] ?? '');
  return said;
}

describe('what is said next', () => {
  test('a new screen takes the place of what was being said', () => {
    expect(heard(after(saying('screen', 'a', 'b'), saying('notice', 'saved'), saying('screen', 'c')))).toEqual(['c']);
  });

  test('an alert goes first, and what it interrupted goes on from the piece it was in', () => {
    const begun = pieceOver(after(saying('screen', 'title', 'lead', 'rest'))).state;
    expect(heard(enqueue(begun, saying('alert', 'wrong')))).toEqual(['wrong', 'lead', 'rest']);
    expect(heard(after(saying('alert', 'wrong'), saying('screen', 'next'), saying('focus', 'field')))).toEqual(['wrong', 'field']);
  });

  test('news waits for its turn, and is not said twice', () => {
    expect(heard(after(saying('focus', 'field'), saying('notice', 'saved'), saying('notice', 'saved'), saying('notice', 'printed')))).toEqual(['field', 'saved', 'printed']);
  });

  test('who hears all of it is told so once, at its end', () => {
    const declaration = { ...saying('focus', 'one', 'two'), hear: 'declaration' };
    const first = pieceOver(after(declaration));
    expect(first.over).toBeNull();
    expect(pieceOver(first.state).over?.hear).toBe('declaration');
  });

  test('whatever comes, no alert is lost, alerts keep their order, and little waits', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<SayingKind | 'over'>('alert', 'screen', 'focus', 'notice', 'over'), { maxLength: 60 }), (events) => {
        let state = SILENCE;
        const asked: number[] = [];
        const said: number[] = [];
        for (const [index, event] of events.entries()) {
          if (event === 'over') {
            const { state: next, over } = pieceOver(state);
            state = next;
            if (over?.kind === 'alert') said.push(over.id);
            continue;
          }
          const one = saying(event, String(index));
          if (event === 'alert') asked.push(one.id);
          state = enqueue(state, one);
          expect(state.waiting.filter(({ kind }) => kind !== 'alert').length).toBeLessThan(8);
        }
        const left = [state.now, ...state.waiting].flatMap((one) => (one?.kind === 'alert' ? [one.id] : []));
        expect([...said, ...left]).toEqual(asked);
      }),
    );
  });
});
