import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseId, handedIn } from '../../test/fixtures/actions.ts';
import { acceptedOn, anyOutages, anyTrail, HOUR, jointItem, materialsOf, PLAIN_WORLD, type Told, trailOf } from '../../test/fixtures/trails.ts';
import type { Payload } from '../action/payload.ts';
import type { Item } from '../item/types.ts';
import { type Finish, judgeAccount } from './accounts.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';
import { applyDeed, foldCard, growsAt } from './card.ts';
import { DEFAULT_RULES, type Rule, RULE_IDS, ruleFault, rulesOn } from './rules.ts';
import type { Trail, World } from './trail.ts';

const instant = (time: string) => Date.parse(`${time.length === 16 ? `${time}:00` : time}.000+08:00`);
const item = jointItem();
const single: Item = { ...item, steps: item.steps.map(({ task: _task, ...step }) => step) };
const hand: Told = { at: '2026-11-23T09:00', payload: handedIn({ materials: materialsOf(item) }) };
const take = (payload: Payload, at: string, by = 'wang'): Told => ({ at, by, payload });
const accept = take(acceptedOn(item, '2026-11-23'), '2026-11-23T10:00');
const review = (step: string, at: string, on = at.slice(0, 10)): Told => take({ kind: 'reviewed', step, outcome: 'agrees', opinion: '', on }, at, 'li');
const finish = (at: string, change: Partial<Extract<Payload, { kind: 'finished' }>> = {}, by = 'li'): Told => take({ kind: 'finished', result: 'granted', words: '符合条件', certificate: null, ...change }, at, by);
const pause = (change: Partial<Extract<Payload, { kind: 'paused' }>> = {}, at = '2026-11-24T09:00'): Told => take({ kind: 'paused', why: 'special-procedure', procedure: '听证', allowed: { days: 3, unit: 'working' }, reason: '依法听证', on: at.slice(0, 10), ...change }, at);
const correct: Told = take({ kind: 'correction-asked', asks: [{ target: 'form', key: 'phone', words: '请补' }], within: '2026-12-14' }, '2026-11-23T15:00');
const supplement = (at: string, known = at): Told => ({ at, known, payload: { kind: 'supplemented', form: { phone: '1' }, materials: [] } });
const paper = (at: string, happened = '2026-11-23T09:00'): Told => ({ at: happened, known: at, by: 'wang', payload: handedIn({ materials: materialsOf(item), late: { paper: 'E-1', happenedAt: new Date(instant(happened)).toISOString(), outage: '停电' } }) });
const out = (from: string, to: string | null) => ({ from: instant(from), to: to === null ? null : instant(to), scope: 'hall' });

type Case = { rule: Rule['id']; raises: Told[]; at: string; since?: string; spares: Told[]; of?: Item; world?: Partial<World>; sparesIn?: Partial<World>; sparesAt?: string; sparesOf?: Item };

/** Each rule with a log that just raises it, and one that just does not. */
const CASES: Case[] = [
  // Promised by 2026-12-07: ten working days from Monday the 23rd.
  { rule: 'promise-tomorrow', raises: [hand, accept], at: '2026-12-04T00:00', since: '2026-12-04T00:00', spares: [hand, accept], sparesAt: '2026-12-03T23:59' },
  { rule: 'promise-near', raises: [hand, accept], at: '2026-12-03T00:00', since: '2026-12-03T00:00', spares: [hand, accept], sparesAt: '2026-12-02T23:59' },
  { rule: 'promise-over', raises: [hand, accept], at: '2026-12-08T00:00', since: '2026-12-08T00:00', spares: [hand, accept, finish('2026-12-07T23:59')] },
  { rule: 'promise-over', raises: [hand, accept], at: '2026-12-08T00:00', since: '2026-12-08T00:00', spares: [hand, accept], sparesIn: { outages: [out('2026-11-25T09:00', '2026-11-25T17:00')] }, sparesAt: '2026-12-08T23:59' },
  { rule: 'statutory-over', raises: [hand, accept], at: '2026-12-22T00:00', since: '2026-12-22T00:00', spares: [hand, accept, finish('2026-12-21T18:00')] },
  { rule: 'step-over', raises: [hand, accept, review('fire', '2026-11-24T10:00')], at: '2026-11-27T00:00', since: '2026-11-27T00:00', spares: [hand, accept, review('fire', '2026-11-24T10:00'), review('site', '2026-11-26T23:59')] },
  { rule: 'answer-late', raises: [hand], at: '2026-12-01T00:00', since: '2026-12-01T00:00', spares: [hand, take(acceptedOn(item, '2026-11-30'), '2026-11-30T17:00')] },
  { rule: 'answer-late', raises: [hand, correct, supplement('2026-11-24T09:00')], at: '2026-12-02T00:00', since: '2026-12-02T00:00', spares: [hand, correct, supplement('2026-11-24T09:00', '2026-11-25T09:00')], sparesAt: '2026-12-02T23:00' },
  { rule: 'deemed-accepted', raises: [hand, take(acceptedOn(item, '2026-11-23', { deemed: true }), '2026-12-01T09:00')], at: '2026-12-01T09:00', since: '2026-12-01T09:00', spares: [{ ...hand, known: '2026-11-30T09:00' }, take(acceptedOn(item, '2026-11-23', { deemed: true }), '2026-12-01T09:00')] },
  { rule: 'pause-over', raises: [hand, accept, pause()], at: '2026-11-28T00:00', since: '2026-11-28T00:00', spares: [hand, accept, pause(), take({ kind: 'resumed', words: '', on: '2026-11-27', limits: { promisedBy: '2026-12-10', statutoryBy: '2026-12-24', provisional: false, calendar: '' } }, '2026-11-27T17:00')] },
  { rule: 'pause-endless', raises: [hand, accept, pause({ allowed: null })], at: '2026-12-23T00:00', since: '2026-12-23T00:00', spares: [hand, accept, pause({ allowed: { days: 60, unit: 'working' } })] },
  { rule: 'order-broken', raises: [hand, accept, review('site', '2026-11-24T10:00', '2026-11-20')], at: '2026-11-24T10:00', since: '2026-11-24T10:00', spares: [hand, accept, review('site', '2026-11-24T10:00', '2026-11-23')] },
  { rule: 'order-broken', raises: [hand, correct, supplement('2026-11-23T14:00', '2026-11-23T16:00')], at: '2026-11-23T16:00', spares: [hand, correct, supplement('2026-11-23T15:00', '2026-11-23T16:00')] },
  { rule: 'reason-missing', raises: [hand, take({ kind: 'refused', reason: '不行。。 ' }, '2026-11-24T10:00')], at: '2026-11-24T10:00', spares: [hand, take({ kind: 'refused', reason: '不在范围' }, '2026-11-24T10:00')] },
  { rule: 'reason-missing', raises: [hand, accept, pause({ why: 'hold', reason: '等' })], at: '2026-11-24T09:00', spares: [hand, accept, pause({ reason: '等' })] },
  { rule: 'correction-repeated', raises: [hand, correct, supplement('2026-11-24T09:00'), finish('2026-11-25T09:00', { result: 'returned', words: '还缺材料' })], at: '2026-11-25T09:00', spares: [hand, finish('2026-11-25T09:00', { result: 'returned', words: '不是本局事项' })] },
  { rule: 'material-absent', raises: [{ ...hand, payload: handedIn({ materials: [] }) }, accept], at: '2026-11-23T10:00', spares: [{ ...hand, payload: handedIn({ materials: [] }) }, take(acceptedOn(item, '2026-11-23', { lacking: materialsOf(item).map(({ key }) => ({ key, by: '2026-12-01' })) }), '2026-11-23T10:00')] },
  { rule: 'process-skipped', raises: [hand, accept, review('site', '2026-11-24T09:00'), finish('2026-11-25T09:00')], at: '2026-11-25T09:00', spares: [hand, accept, review('site', '2026-11-24T09:00'), review('fire', '2026-11-24T09:30'), review('decide', '2026-11-24T10:00'), finish('2026-11-25T09:00')] },
  { rule: 'late-entry-late', raises: [paper('2026-11-26T00:00')], at: '2026-11-26T00:01', world: { outages: [out('2026-11-23T08:30', '2026-11-23T11:00')] }, spares: [paper('2026-11-25T23:59')], sparesIn: { outages: [out('2026-11-23T08:30', '2026-11-23T11:00')] }, sparesAt: '2026-12-01T00:00' },
  { rule: 'late-entry-unfounded', raises: [paper('2026-11-23T15:00')], at: '2026-11-25T00:00', since: '2026-11-25T00:00', spares: [paper('2026-11-23T15:00')], sparesIn: { outages: [out('2026-11-23T08:30', '2026-11-23T11:00')] } },
  { rule: 'instant-finish', of: single, raises: [hand, accept, finish('2026-11-23T10:09')], at: '2026-11-23T10:09', spares: [hand, accept, finish('2026-11-23T10:10')] },
  { rule: 'instant-finish', of: single, raises: [hand, accept, finish('2026-11-23T10:01')], at: '2026-11-23T10:01', spares: [hand, accept, finish('2026-11-23T10:01')], sparesOf: { ...single, handling: 'on-the-spot' } },
  { rule: 'back-dated', raises: [hand, accept, review('site', '2026-11-26T10:00', '2026-11-24')], at: '2026-11-26T10:00', spares: [hand, accept, review('site', '2026-11-25T10:00', '2026-11-24')] },
  { rule: 'own-rating', raises: [hand, accept, take({ kind: 'rated', level: 5, tags: [], words: '' }, '2026-11-24T10:00')], at: '2026-11-24T10:00', spares: [hand, accept, { at: '2026-11-24T10:00', payload: { kind: 'rated', level: 5, tags: [], words: '' } }] },
  { rule: 'own-case', raises: [hand, accept], at: '2026-11-23T10:00', world: { nameOf: () => '张测试' }, spares: [hand, accept], sparesIn: { nameOf: () => '王窗口' } },
];

const found = (trail: Trail, now: number, world: Partial<World> = {}) => judge(trail, now, DEFAULT_RULES, { ...PLAIN_WORLD, ...world }).findings;
const nameOf = ({ rule, version, level, occurrence, since, actions, owner }: Finding) => JSON.stringify([rule, version, level, occurrence, since, actions, owner]);

describe('each rule', () => {
  test.each(CASES.map((one, index) => ({ ...one, name: `${one.rule} (${index})` })))('$name raises and just does not', ({ rule, raises, at, since, spares, of = item, world, sparesIn, sparesAt = at, sparesOf = of }) => {
    const own = found(trailOf(of, raises), instant(at), world).filter((finding) => finding.rule === rule);
    expect(own).toHaveLength(1);
    if (since !== undefined) expect(new Date(own[0]?.since ?? 0).toISOString()).toBe(new Date(instant(since)).toISOString());
    // A minute before, it did not hold.
    expect(found(trailOf(of, raises), (own[0]?.since ?? 0) - 1, world).filter((finding) => finding.rule === rule)).toEqual([]);
    expect(found(trailOf(sparesOf, spares), instant(sparesAt), sparesIn).filter((finding) => finding.rule === rule)).toEqual([]);
  });

  test('about a case is in the table above; the others have tests of their own', () => {
    expect(RULE_IDS.filter((id) => !CASES.some(({ rule }) => rule === id))).toEqual(['unanswered', 'finish-burst', 'same-person']);
  });

  test('a burst and many of one person, and just not', () => {
    const done = (count: number, minutes: number, person = (index: number) => String(index)): Finish[] => Array.from({ length: count }, (_, index) => ({ case: caseId(index + 1), at: instant('2026-11-23T10:00') + index * minutes * 60_000, person: person(index), department: item.body.creditCode }));
    const rules = (finishes: Finish[]) => judgeAccount('wang', '2026-11-23', finishes, DEFAULT_RULES).map(({ rule, since }) => [rule, since]);
    expect(rules(done(20, 0.5))).toEqual([['finish-burst', instant('2026-11-23T10:09:30')]]);
    expect(rules(done(19, 0.5))).toEqual([]);
    expect(rules(done(20, 0.6))).toEqual([]);
    expect(rules(done(5, 60, () => 'one'))).toEqual([['same-person', instant('2026-11-23T14:00')]]);
    expect(rules(done(4, 60, () => 'one'))).toEqual([]);
    // The day on which it became so is the only one that finds it.
    expect(judgeAccount('wang', '2026-11-24', done(5, 60, () => 'one'), DEFAULT_RULES)).toEqual([]);
  });

  test('an unanswered yellow card grows red once its day is over, and no other', () => {
    const raised = foldCard([{ at: '2026-11-23T01:00:00.000Z', by: 'hall', deed: { kind: 'raised', level: 'yellow', replyBy: '2026-11-30' } }]);
    expect(growsAt(raised)).toBe(instant('2026-12-01T00:00'));
    const explained = applyDeed(raised, { by: 'li', deed: { kind: 'explained', words: '系统故障' } });
    expect(explained.ok && growsAt(explained.value)).toBe(null);
    const grown = applyDeed(raised, { by: 'hall', deed: { kind: 'escalated', replyBy: '2026-12-07' } });
    expect(grown.ok && [grown.value.level, growsAt(grown.value)]).toEqual(['red', null]);
  });
});

describe('live and replayed', () => {
  const world = fc.record({ outages: anyOutages });

  test('whoever looks only when something may be due finds what a replay of the whole log finds', () => {
    fc.assert(fc.property(anyTrail(), world, fc.nat(2000), (trail, part, further) => {
      const end = (trail.deeds.at(-1)?.known ?? 0) + further * HOUR;
      // Outages that still last when one looks last for good here; the hall looks again when one ends.
      const all = { ...PLAIN_WORLD, ...part };
      const live = new Map<string, Finding>();
      let next: number | null = null;
      const look = (now: number, known: Trail) => {
        const judged = judge(known, now, DEFAULT_RULES, all);
        for (const finding of judged.findings) {
          const key = `${finding.rule}/${finding.occurrence}`;
          // Seen once, it never changes.
          expect(live.has(key) ? nameOf(live.get(key) ?? finding) : nameOf(finding)).toBe(nameOf(finding));
          live.set(key, finding);
        }
        next = judged.next;
      };
      trail.deeds.forEach((deed, index) => {
        while (next !== null && next < deed.known) look(next, { ...trail, deeds: trail.deeds.slice(0, index) });
        look(deed.known, { ...trail, deeds: trail.deeds.slice(0, index + 1) });
      });
      while (next !== null && next <= end) look(next, trail);
      expect([...live.values()].map(nameOf).toSorted()).toEqual(judge(trail, end, DEFAULT_RULES, all).findings.map(nameOf).toSorted());
    }), { numRuns: 80 });
  });

  test('what a look late in the day finds has the instant of the log', () => {
    expect(found(trailOf(item, [hand, accept]), instant('2026-12-31T00:00')).find(({ rule }) => rule === 'promise-over')?.since).toBe(instant('2026-12-08T00:00'));
  });

  test('a finding goes by nobody else: later actions, even a finish, take nothing back', () => {
    fc.assert(fc.property(anyTrail(), fc.nat(11), (trail, cut) => {
      const now = trail.deeds[Math.min(cut, trail.deeds.length - 1)]?.known ?? 0;
      const later = new Set(found(trail, now + 4000 * HOUR).map(nameOf));
      expect(found(trail, now).filter((finding) => !later.has(nameOf(finding)))).toEqual([]);
    }), { numRuns: 40 });
  });

  test('a case keeps the rules of the day it came', () => {
    const stricter: Rule = { id: 'answer-late', version: 2, on: true, level: 'red', parameters: { days: 2 }, from: '2026-11-24' };
    const own = (told: Told[]) => judge(trailOf(item, told), instant('2026-12-31T00:00'), [...DEFAULT_RULES, stricter], PLAIN_WORLD).findings.filter(({ rule }) => rule === 'answer-late').map(({ version, level, since }) => [version, level, since]);
    expect(own([hand])).toEqual([[1, 'yellow', instant('2026-12-01T00:00')]]);
    expect(own([{ ...hand, at: '2026-11-24T09:00' }])).toEqual([[2, 'red', instant('2026-11-27T00:00')]]);
  });
});

describe('versions of rules', () => {
  const next: Rule = { id: 'promise-near', version: 2, on: true, level: 'warn', parameters: { days: 3 }, from: '2026-12-01' };
  test.each<[string, Partial<Rule>, ReturnType<typeof ruleFault>]>([
    ['the next, from tomorrow on', {}, null], ['a version that is there', { version: 1 }, 'not-next'], ['one too far', { version: 3 }, 'not-next'],
    ['other numbers', { parameters: { hours: 3 } }, 'other-parameters'], ['from today', { from: '2026-11-23' }, 'reaches-back'],
  ])('%s', (_name, change, fault) => {
    expect(ruleFault({ ...next, ...change }, DEFAULT_RULES, '2026-11-23')).toBe(fault);
  });
  test('one that is off holds no more from its day on', () => {
    const all = [...DEFAULT_RULES, { ...next, on: false }];
    expect([rulesOn(all, '2026-11-30').length, rulesOn(all, '2026-12-01').length]).toEqual([RULE_IDS.length, RULE_IDS.length - 1]);
  });
});
