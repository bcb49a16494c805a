import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ulid } from '../ids.ts';
import { decidingRule, EVERY_ITEM, offShelf, ShelfRule, type ShelfSpot } from './shelf.ts';

const [ELDER, WATER] = ['11330624002600018R4332001001001', '11330624002600149X3332001001002'];
const list = (...values: string[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: null });
const rule = fc.record({
  id: fc.integer({ min: 0, max: 1e6 }).map((number) => ulid(number, new Uint8Array(10))),
  item: fc.constantFrom(ELDER, WATER, EVERY_ITEM), sites: list('县中心', '沙溪镇'), machines: list('T330624-0001', 'T330624-0002'), machineTypes: list('立式', '壁挂'), operators: list('wang', 'li'),
  weekdays: fc.option(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), { nil: null }),
  hours: fc.option(fc.constantFrom({ from: '08:30', to: '12:00' }, { from: '12:00', to: '24:00' }, { from: '00:00', to: '08:30' }), { nil: null }),
  on: fc.boolean(), reason: fc.constant('暂停办理'), from: fc.constantFrom('2026-01-01', '2026-11-24'), to: fc.constantFrom(null, '2026-11-23', '2026-12-31'),
}).filter((made) => ShelfRule.safeParse(made).success).map((made) => ShelfRule.parse(made));
const spot = fc.record({
  item: fc.constantFrom(ELDER, WATER), site: fc.constantFrom('县中心', '沙溪镇', '别处'), machine: fc.constantFrom('T330624-0001', 'T330624-0002', 'T330624-0003'),
  machineType: fc.constantFrom('立式', '壁挂', ''), operator: fc.constantFrom(null, 'wang', 'zhao'), at: fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => Date.UTC(2026, 10, 22) + minutes * 60_000),
});
const plain = (change: Partial<ShelfRule>): ShelfRule => ({ id: ulid(1, new Uint8Array(10)), item: EVERY_ITEM, sites: null, machines: null, machineTypes: null, operators: null, weekdays: null, hours: null, on: false, reason: '停', from: '2026-01-01', to: null, ...change });
/** Monday 23 November 2026, 09:30 in China. */
const here: ShelfSpot = { item: ELDER, site: '县中心', machine: 'T330624-0001', machineType: '立式', operator: null, at: Date.UTC(2026, 10, 23, 1, 30) };

describe('the shelf', () => {
  test('is decided by the rules and not by their order', () => {
    fc.assert(fc.property(fc.array(rule, { maxLength: 8 }).chain((rules) => fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length }))), spot, ([rules, shuffled], at) => {
      expect(offShelf(shuffled, at)).toEqual(offShelf(rules, at));
    }));
  });

  test('a rule that does not decide changes nothing when it goes', () => {
    fc.assert(fc.property(fc.array(rule, { maxLength: 8 }), spot, (rules, at) => {
      const decides = decidingRule(rules, at);
      for (const other of rules) if (other !== decides) expect(decidingRule(rules.filter((one) => one !== other), at)).toEqual(decides);
    }));
  });

  test('a rule that says the same and more wins over the one that says less', () => {
    fc.assert(fc.property(rule, spot, fc.constantFrom('sites', 'machines', 'machineTypes', 'weekdays', 'item'), (less, at, narrowed) => {
      const weekday = [1, 2, 3, 4, 5, 6, 7];
      const more: ShelfRule = { ...less, ...(narrowed === 'item' ? { item: at.item } : { [narrowed]: narrowed === 'sites' ? [at.site] : narrowed === 'machines' ? [at.machine] : narrowed === 'machineTypes' ? [at.machineType] : weekday }), on: !less.on };
      fc.pre(less[narrowed] === null || (narrowed === 'item' && less.item === EVERY_ITEM));
      if (decidingRule([less], at) !== null) expect(decidingRule([less, more], at)).toEqual(more);
    }));
  });

  test('between equals off wins', () => {
    fc.assert(fc.property(rule, spot, (one, at) => {
      if (decidingRule([one], at) !== null) expect(offShelf([{ ...one, on: true }, { ...one, on: false }], at)).toEqual({ reason: one.reason });
    }));
  });

  test('without a word of it everything is on; an item on at one machine stays on where the whole machine is off', () => {
    expect(offShelf([], here)).toBeNull();
    const machine = plain({ machines: ['T330624-0001' as never], reason: '迁移中' });
    expect(offShelf([machine], here)).toEqual({ reason: '迁移中' });
    expect(offShelf([machine, { ...machine, item: ELDER, on: true }], here)).toBeNull();
    // What is on everywhere is still off where the machine is.
    expect(offShelf([machine, plain({ item: ELDER, on: true })], here)).toEqual({ reason: '迁移中' });
  });

  test('hours and weekdays are those of China, the end not included; a rule for an operator says nothing to citizens', () => {
    const morning = plain({ hours: { from: '08:30', to: '09:30' } });
    expect([offShelf([morning], here), offShelf([morning], { ...here, at: here.at - 60_000 })]).toEqual([null, { reason: '停' }]);
    expect([offShelf([plain({ weekdays: [1] })], here), offShelf([plain({ weekdays: [7] })], { ...here, at: Date.UTC(2026, 10, 22, 15, 59) }), offShelf([plain({ weekdays: [7] })], { ...here, at: Date.UTC(2026, 10, 22, 16) })]).toEqual([{ reason: '停' }, { reason: '停' }, null]);
    expect([offShelf([plain({ operators: ['wang'] })], here), offShelf([plain({ operators: ['wang'] })], { ...here, operator: 'wang' })]).toEqual([null, { reason: '停' }]);
  });

  test('what is taken off says why, and neither hours nor days run backwards', () => {
    expect([plain({ reason: ' ' }), plain({ hours: { from: '12:00', to: '08:00' } }), plain({ to: '2025-12-31' }), plain({ on: true, reason: '' })].map((one) => ShelfRule.safeParse(one).success)).toEqual([false, false, false, true]);
  });
});
