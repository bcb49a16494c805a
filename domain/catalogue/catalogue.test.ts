import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packItem } from '../../test/fixtures/hall.ts';
import { addNaturalDays } from '../calendar/civil-date.ts';
import type { Item } from '../item/types.ts';
import { checkItem } from '../item/validate.ts';
import { itemInForce } from '../item/versions.ts';
import { blankItem, renamed } from './blank.ts';
import { findingsOf, isPublishable } from './findings.ts';
import { type Adjusted, type DraftContent, periodsOf, planPublication } from './publication.ts';
import { reachesCodes } from './reach.ts';
import { afterDeed, type DraftDeed, DraftState, mayReview } from './states.ts';
import { sharedMaterials } from './theme.ts';

const elder = packItem('elder-card');
const water = packItem('water-permit');
const context = { today: '2026-11-23', others: [] };
const day = fc.integer({ min: 0, max: 60 }).map((days) => addNaturalDays('2026-01-01', days));

describe('the way of a draft', () => {
  const deeds: DraftDeed[] = ['save', 'submit', 'approve', 'reject', 'recall', 'publish', 'withdraw'];

  test('whatever is tried, nothing is published that was not approved after its last change', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...deeds), { maxLength: 30 }), (tried) => {
      let state: DraftState = 'draft';
      let approved = false;
      for (const deed of tried) {
        const next = afterDeed(state, deed);
        if (!next.ok) continue;
        if (deed === 'publish') expect(approved).toBe(true);
        approved = deed === 'approve' || (approved && deed === 'publish');
        state = next.value;
      }
    }));
  });

  test('published and withdrawn are ends', () => {
    for (const end of ['published', 'withdrawn'] as const) expect(deeds.filter((deed) => afterDeed(end, deed).ok)).toEqual([]);
  });

  test('who wrote a line of it does not judge it', () => {
    expect([mayReview('li', ['wang', 'li']), mayReview('zhao', ['wang', 'li'])]).toEqual([false, true]);
  });
});

describe('publishing', () => {
  const content = (kind: Adjusted, change: Partial<DraftContent> = {}): DraftContent => ({ kind, bases: [elder], drafted: new Map([[elder.code, 1]]), bodies: [], reason: '法规修改', ...change });
  const when = { from: '2026-12-01', today: '2026-11-23' };
  const plan = (given: DraftContent, at = when, taken = new Set<string>()) => planPublication(given, at, taken);

  test('a change is the next version from its day on, and says where it came from', () => {
    const planned = plan(content('changed', { bodies: [{ ...elder, summary: '新的说法' }] }));
    expect(planned).toEqual({ ok: true, value: [{ ...elder, summary: '新的说法', version: 2, effectiveFrom: '2026-12-01', adjustment: { kind: 'changed', from: [elder.code], note: '法规修改' } }] });
    expect(planned.ok && checkItem(planned.value[0]).ok).toBe(true);
  });

  test('suspending and cancelling keep the text; cancelling ends a plan to cancel', () => {
    const [suspended] = valueOf(plan(content('suspended')));
    expect(suspended).toMatchObject({ version: 2, state: 'suspended', name: elder.name, adjustment: { kind: 'suspended', note: '法规修改' } });
    const [cancelled] = valueOf(plan(content('cancelled', { bases: [{ ...elder, plannedCancellation: '2026-12-31' }] })));
    expect(cancelled).toMatchObject({ version: 2, state: 'cancelled' });
    expect(cancelled).not.toHaveProperty('plannedCancellation');
  });

  test('a split names the old code in the new ones and cancels it; a merger the other way round', () => {
    const [one, two] = ['1', '2'].map((digit): Item => ({ ...elder, code: `${elder.code.slice(0, 30)}${digit}`, version: 1 }));
    const split = valueOf(plan(content('split', { bodies: [one as Item, two as Item] })));
    expect(split.map(({ code, version, state, adjustment }) => [code, version, state, adjustment?.from])).toEqual([[one?.code, 1, 'active', [elder.code]], [two?.code, 1, 'active', [elder.code]], [elder.code, 2, 'cancelled', [elder.code]]]);
    const merged = valueOf(plan(content('merged', { bases: [elder, water], drafted: new Map([[elder.code, 1], [water.code, water.version]]), bodies: [one as Item] })));
    expect(merged.map(({ code, state }) => [code, state])).toEqual([[one?.code, 'active'], [elder.code, 'cancelled'], [water.code, 'cancelled']]);
  });

  test('is refused for another base, a taken or cancelled code, a day that is past, a missing reason, and what is not of its shape', () => {
    const kinds = [
      plan(content('suspended', { bases: [{ ...elder, version: 2 }] })), plan(content('suspended', { bases: [{ ...elder, state: 'cancelled' }] })),
      plan(content('new', { bases: [], bodies: [water] }), when, new Set([water.code])), plan(content('suspended'), { from: '2026-11-22', today: '2026-11-23' }),
      plan(content('suspended', { bases: [{ ...elder, effectiveFrom: '2027-01-01' }] })), plan(content('cancelled', { reason: ' ' })), plan(content('changed')),
      plan(content('changed', { bodies: [water] })), plan(content('split', { bodies: [elder] })), plan(content('new', { bodies: [water] })), plan(content('split', { bodies: [water, water] })),
    ];
    expect(kinds.map((planned) => (planned.ok ? 'ok' : planned.error.kind))).toEqual(['base-changed', 'base-cancelled', 'code-taken', 'bad-date', 'bad-date', 'reason-missing', 'wrong-shape', 'wrong-shape', 'wrong-shape', 'wrong-shape', 'wrong-shape']);
  });

  test('the periods of the time line are what is in force, day by day', () => {
    const version = fc.record({ effectiveFrom: day, effectiveTo: fc.option(day) });
    fc.assert(fc.property(fc.array(version, { maxLength: 6 }), day, (dates, date) => {
      const versions = dates.map((one, index): Item => ({ ...elder, ...one, version: index + 1 }));
      const there = periodsOf(versions).filter(({ period }) => period !== null && period.from <= date && (period.to === null || date <= period.to));
      expect(there.map(({ version: one }) => one.version)).toEqual([itemInForce(versions, elder.code, date)?.version].filter((one) => one !== undefined));
    }));
  });
});

test('a version that has ended brings none before it back', () => {
  const versions = [elder, { ...elder, version: 2, effectiveFrom: '2026-06-01', effectiveTo: '2026-06-30' }];
  expect(['2026-05-31', '2026-06-30', '2026-07-01'].map((date) => itemInForce(versions, elder.code, date)?.version)).toEqual([1, 2, undefined]);
});

test('a blank item has findings and no other fault than what is still to be filled in; a text under a new code waits for its codes', () => {
  expect(isPublishable(findingsOf(blankItem('2026-11-23'), context))).toBe(false);
  expect(findingsOf(blankItem('2026-11-23'), context).map(({ path }) => path)).toEqual(expect.arrayContaining(['name', 'code', 'legalBasis', 'conditions']));
  expect(new Set(findingsOf(renamed(elder, '2026-11-23'), context).filter(({ severity }) => severity === 'blocks').map(({ path }) => path))).toEqual(new Set(['basicCode', 'code', 'handlingCode']));
  expect(isPublishable(findingsOf(elder, context))).toBe(true);
});

test('an account reaches codes of its departments and items only, and nothing of which it reaches a part', () => {
  const codes = [elder, water].map(({ code, body }) => ({ code, creditCode: body.creditCode }));
  const scope = { departments: [elder.body.creditCode], sites: null, items: null };
  expect([reachesCodes(scope, codes.slice(0, 1)), reachesCodes(scope, codes), reachesCodes({ ...scope, departments: null, items: [water.code] }, codes.slice(1))]).toEqual([true, false, true]);
});

test('a journey asks for a paper once, those that most of its items need first', () => {
  const paper = (name: string, required: boolean) => ({ ...(elder.materials[0] as Item['materials'][number]), name, required });
  const items = [{ ...elder, materials: [paper('照片', false), paper('身份证', true)] }, { ...water, materials: [paper('身份证 ', false), paper('方案', true)] }];
  expect(sharedMaterials({ items: [elder, water].map(({ code }) => ({ code, note: '' })) }, items)).toEqual([
    { name: '身份证', required: true, codes: [elder.code, water.code] }, { name: '照片', required: false, codes: [elder.code] }, { name: '方案', required: true, codes: [water.code] },
  ]);
});

function valueOf(planned: ReturnType<typeof planPublication>): Item[] {
  if (!planned.ok) throw new Error(planned.error.kind);
  return planned.value;
}
