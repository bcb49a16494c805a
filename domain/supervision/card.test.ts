import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDeed, type Card, type CardDeed, foldCard, isOver, openDeeds } from './card.ts';

const raised = (level: Card['level'] = 'yellow') => foldCard([{ at: '2026-11-23T01:00:00.000Z', by: 'hall', deed: { kind: 'raised', level, replyBy: level === 'yellow' || level === 'red' ? '2026-11-30' : null } }]);
const steps = (card: Card, ...deeds: [string, CardDeed][]) => deeds.reduce<Card | string>((now, [by, deed]) => {
  if (typeof now === 'string') return now;
  const next = applyDeed(now, { by, deed });
  return next.ok ? next.value : next.error.kind;
}, card);
const urge: CardDeed = { kind: 'urged', words: '请尽快', replyBy: '2026-12-01' };
const explain: CardDeed = { kind: 'explained', words: '当天停电' };
const reject: CardDeed = { kind: 'rejected', words: '停电只有一小时', replyBy: '2026-12-03' };
const appeal: CardDeed = { kind: 'appealed', words: '时限算错' };
const uphold: CardDeed = { kind: 'upheld', words: '没有算错', replyBy: '2026-12-05' };
const revoke: CardDeed = { kind: 'revoked', words: '确实算错' };
const correct: CardDeed = { kind: 'corrected', words: '已经办结' };
const close: CardDeed = { kind: 'closed', words: '' };

describe('a card', () => {
  test('is urged, explained and accepted', () => {
    expect(steps(raised(), ['sun', urge], ['li', explain], ['sun', { kind: 'accepted', words: '' }])).toMatchObject({ state: 'accepted', replyBy: null, level: 'yellow' });
  });
  test('is rejected, put right and closed', () => {
    expect(steps(raised(), ['li', explain], ['sun', reject], ['li', correct], ['sun', close])).toMatchObject({ state: 'closed' });
  });
  test('an appeal is examined by somebody who took no stand on it, and not by whoever appealed', () => {
    expect(steps(raised(), ['sun', urge], ['li', appeal], ['sun', revoke])).toBe('same-person');
    expect(steps(raised(), ['li', appeal], ['li', revoke])).toBe('same-person');
    expect(steps(raised(), ['sun', urge], ['li', appeal], ['qian', revoke])).toMatchObject({ state: 'revoked' });
  });
  test('an appeal is heard once', () => {
    expect(steps(raised(), ['li', appeal], ['sun', uphold], ['li', appeal])).toBe('wrong-state');
    expect(steps(raised(), ['li', appeal], ['sun', uphold], ['li', correct], ['sun', close])).toMatchObject({ state: 'closed' });
  });
  test('a hint asks for nothing and can only be closed', () => {
    expect(openDeeds(raised('hint'))).toEqual(['closed']);
    expect(openDeeds(raised('red'))).toEqual(['urged', 'explained', 'corrected', 'appealed', 'closed']);
  });
  test('whatever is done, it is over for good or there is a next step; an owner is never due without a day', () => {
    const deed = fc.constantFrom<CardDeed>(urge, explain, reject, appeal, uphold, revoke, correct, close, { kind: 'accepted', words: '' }, { kind: 'escalated', replyBy: '2026-12-09' }, { kind: 'voided' });
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('sun', 'qian', 'li'), deed), { maxLength: 14 }), (deeds) => {
      let card = raised();
      for (const [by, one] of deeds) {
        const next = applyDeed(card, { by, deed: one });
        if (isOver(card.state)) expect(next.ok).toBe(false);
        if (next.ok) card = next.value;
        expect(isOver(card.state) || openDeeds(card).length > 0).toBe(true);
        expect(card.replyBy !== null).toBe(['raised', 'urged', 'rejected', 'upheld'].includes(card.state));
      }
    }));
  });
});
