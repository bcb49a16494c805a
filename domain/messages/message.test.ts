import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyMessage, foldMessage, lateOn, type MessageEvent, messageNumber, type MessageState } from './message.ts';

const at = '2026-11-23T02:00:00.000Z';
const registered = (of: 'consult' | 'complain' = 'consult'): MessageEvent => ({ kind: 'registered', at, by: null, of, due: '2026-12-07', decideBy: of === 'complain' ? '2026-11-30' : null });
const owner = { department: '11330624MB0000000X', account: 'li' };
const assigned: MessageEvent = { kind: 'assigned', at, by: 'zhou', owner };
const replied: MessageEvent = { kind: 'replied', at, by: 'li', words: '请带身份证到 3 号窗口。' };
const rated: MessageEvent = { kind: 'rated', at, by: null, level: 4, words: '' };
const closed: MessageEvent = { kind: 'closed', at, by: null };
const reopened: MessageEvent = { kind: 'reopened', at, by: 'wang', words: '还是不行', due: '2026-12-14' };
const handedOver: MessageEvent = { kind: 'handed-over', at, by: 'zhou', package: 'a'.repeat(64) };
const hotline = (state: 'received' | 'answered' | 'returned'): MessageEvent => ({ kind: 'hotline-said', at, by: 'zhou', state, reference: 'R1', words: '已答复' });

function fold(...events: MessageEvent[]): MessageState {
  const folded = foldMessage(events);
  if (!folded.ok) throw new Error(folded.error.kind);
  return folded.value;
}

describe('a message', () => {
  test('numbers', () => {
    expect(messageNumber('complain', '330624', '2026', 1)).toBe('TS3306242026000001');
    expect(messageNumber('guide-error', '330624', '2026', 1_234_567)).toBe('ZN33062420261234567');
  });
  test('is assigned, moved, answered, rated, closed, and comes back once', () => {
    const moved: MessageEvent = { kind: 'transferred', at, by: 'li', department: 'B', words: '归住建' };
    expect(fold(registered(), assigned, moved)).toMatchObject({ stage: 'transferred', owner: { department: 'B', account: null } });
    expect(applyMessage(fold(registered(), assigned, moved), replied).ok).toBe(false);
    const done = fold(registered(), assigned, moved, assigned, replied, rated, closed);
    expect(done).toMatchObject({ stage: 'closed', rating: 4, reply: '请带身份证到 3 号窗口。' });
    const again = applyMessage(done, reopened);
    expect(again).toMatchObject({ ok: true, value: { stage: 'assigned', due: '2026-12-14', rating: null } });
    expect(applyMessage(fold(registered(), assigned, replied, reopened, replied, closed), reopened)).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
  });
  test('a complaint is taken up before it is answered, and is not answered once declined', () => {
    expect(applyMessage(fold(registered('complain'), assigned), replied)).toEqual({ ok: false, error: { kind: 'not-decided' } });
    expect(fold(registered('complain'), assigned, { kind: 'taken-up', at, by: 'li' }, replied).stage).toBe('replied');
    const declined = fold(registered('complain'), assigned, { kind: 'declined', at, by: 'li', words: '已进入诉讼' });
    expect(declined).toMatchObject({ stage: 'declined', takenUp: false });
    expect(applyMessage(declined, replied).ok).toBe(false);
    expect(applyMessage(fold(registered(), assigned), { kind: 'taken-up', at, by: 'li' }).ok).toBe(false);
  });
  test('the hotline answers it or gives it back', () => {
    expect(fold(registered(), handedOver, hotline('received'))).toMatchObject({ stage: 'handed-over', hotline: { state: 'received', reference: 'R1' } });
    expect(fold(registered(), handedOver, hotline('received'), hotline('answered'))).toMatchObject({ stage: 'replied', reply: '已答复' });
    expect(fold(registered(), assigned, handedOver, hotline('returned')).stage).toBe('assigned');
    expect(applyMessage(fold(registered(), handedOver), replied).ok).toBe(false);
  });
  test('what is late is told once', () => {
    const state = fold(registered('complain'));
    expect([lateOn(state, '2026-11-30'), lateOn(state, '2026-12-01'), lateOn(state, '2026-12-08')]).toEqual([[], ['decision'], ['decision', 'reply']]);
    expect(lateOn(fold(registered('complain'), { kind: 'overdue', at, what: 'decision' }), '2026-12-08')).toEqual(['reply']);
    expect(lateOn(fold(registered(), assigned, replied), '2027-01-01')).toEqual([]);
  });
  const pool = fc.constantFrom<MessageEvent>(registered('complain'), assigned, { kind: 'transferred', at, by: 'li', department: 'B', words: 'x' }, { kind: 'taken-up', at, by: 'li' }, { kind: 'declined', at, by: 'li', words: 'x' }, replied, rated, closed, reopened, handedOver, hotline('received'), hotline('answered'), hotline('returned'), { kind: 'overdue', at, what: 'reply' });
  test('whatever is tried: never answered undecided, rated once an answer, reopened at most once, and the log gives the same state', () => {
    fc.assert(fc.property(fc.array(pool, { maxLength: 40 }), (tries) => {
      const kept: MessageEvent[] = [registered('complain')];
      let state = fold(...kept);
      for (const event of tries) {
        const next = applyMessage(state, event);
        if (!next.ok) continue;
        if (event.kind === 'replied') expect(state.takenUp).toBe(true);
        state = next.value;
        kept.push(event);
        if (['replied', 'rated', 'closed'].includes(state.stage)) expect(state.reply).not.toBe(null);
      }
      expect(kept.filter(({ kind }) => kind === 'reopened').length).toBeLessThanOrEqual(1);
      expect(foldMessage(kept)).toEqual({ ok: true, value: state });
    }));
  });
});
