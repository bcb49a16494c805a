import { describe, expect, test } from 'vitest';
import { ulid } from '../../domain/ids.ts';
import { TicketId } from '../../domain/queue/types.ts';
import { ASKS_FOR, BEGUN_FOR, choose, follow, IDLE, send, sent, THANKS_FOR, toggle } from './rating-flow.ts';

const ticket = (number: number) => ({ ticket: TicketId.parse(ulid(number, new Uint8Array(10))), code: `A00${number}` });
const [first, second] = [ticket(1), ticket(2)];
const asked = () => follow(IDLE, first, 0);

describe('the screen before a window', () => {
  test('asks whoever was served, and nobody who was not', () => {
    expect(follow(IDLE, null, 0)).toEqual(IDLE);
    expect(asked().step).toMatchObject({ kind: 'asking', asked: first, level: null });
  });

  test('who walks away has rated nothing, and is not asked again', () => {
    expect(follow(asked(), first, ASKS_FOR - 1).step.kind).toBe('asking');
    const gone = follow(asked(), first, ASKS_FOR);
    expect(gone.step.kind).toBe('idle');
    expect(follow(gone, first, ASKS_FOR + 1).step.kind).toBe('idle');
    expect(follow(gone, second, ASKS_FOR + 1).step).toMatchObject({ kind: 'asking', asked: second });
  });

  test('the next one who was served is asked instead of one who did not begin, and not instead of one who did', () => {
    expect(follow(asked(), second, 10).step).toMatchObject({ asked: second });
    expect(follow(asked(), null, 10).step.kind).toBe('idle');
    const begun = choose(asked(), 5, 10);
    expect(follow(begun, second, 20).step).toMatchObject({ asked: first, level: 5 });
    expect(follow(begun, null, 10 + BEGUN_FOR).step.kind).toBe('idle');
  });

  test('reasons belong to their level, at most eight', () => {
    const poor = toggle(choose(asked(), 1, 1), '108', 2);
    expect(poor.step).toMatchObject({ tags: ['108'], touched: 2 });
    expect(toggle(poor, '108', 3).step).toMatchObject({ tags: [] });
    expect(choose(poor, 1, 3).step).toMatchObject({ tags: ['108'] });
    expect(choose(poor, 5, 3).step).toMatchObject({ tags: [] });
    const many = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].reduce((flow, tag) => toggle(flow, tag, 4), choose(asked(), 5, 3));
    expect(many.step).toMatchObject({ tags: ['1', '2', '3', '4', '5', '6', '7', '8'] });
  });

  test('what is on its way waits for its answer and is the same rating when it is sent again', () => {
    expect(send(asked(), 'id-1')).toEqual(expect.objectContaining({ step: expect.objectContaining({ state: 'open' }) }));
    const sending = send(choose(asked(), 4, 1), 'id-1');
    expect(choose(sending, 1, 2)).toBe(sending);
    expect(follow(sending, second, BEGUN_FOR * 2)).toBe(sending);
    const failed = sent(sending, 'failed', 3);
    expect(failed.step).toMatchObject({ kind: 'asking', state: 'failed', level: 4 });
    expect(send(failed, 'id-2').step).toMatchObject({ id: 'id-1' });
    const done = sent(send(failed, 'id-2'), 'done', 10);
    expect(done.step.kind).toBe('thanks');
    expect(follow(done, first, 10 + THANKS_FOR - 1).step.kind).toBe('thanks');
    // The machine may still say that it is to be rated.
    expect(follow(done, first, 10 + THANKS_FOR).step.kind).toBe('idle');
    expect(follow(done, second, 10 + THANKS_FOR).step).toMatchObject({ kind: 'asking', asked: second });
  });
});
