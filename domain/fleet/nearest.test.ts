import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MachineId } from '../ids.ts';
import { metresBetween, nearest, STALE_AFTER } from './nearest.ts';
import { Neighbour } from './neighbour.ts';
import { ALL_DAY, openingAt } from './opening.ts';
import type { Capability } from './works.ts';

const NOW = Date.parse('2026-06-08T02:42:00.000Z');
const own = MachineId.parse('T330624-0001');
const desk = [{ from: '08:30', to: '17:30' }];
const office = { days: [desk, desk, desk, desk, desk, [], []], holidays: [] };
const machine = (serial: number, site: string, where: [number, number] | null, more: Partial<Neighbour> = {}): Neighbour => Neighbour.parse({
  machine: `T330624-${String(serial).padStart(4, '0')}`, works: ['read-cards', 'print-papers'], asOf: '2026-06-08T02:40:00.000Z',
  place: { site, address: `${site} 1 号`, latitude: where?.[0] ?? null, longitude: where?.[1] ?? null, hours: office }, ...more,
});
const here = machine(1, '县大厅', [29.5, 120.9]);
const find = (list: Neighbour[], need: Capability[] = ['read-cards'], now = NOW) => nearest({ need, own, list: [here, ...list], now });

describe('the nearest machine', () => {
  test('is the nearest by distance that can do all that is needed, with its hours and the time of its report', () => {
    const list = [machine(2, '远', [29.9, 120.9]), machine(3, '近，没有纸', [29.51, 120.9], { works: ['read-cards'] }), machine(4, '中', [29.6, 120.9])];
    expect(find(list, ['read-cards', 'print-papers'])).toEqual({
      machine: 'T330624-0004', site: '中', address: '中 1 号', metres: expect.closeTo(11_119.5, 0), opening: { kind: 'open', until: '17:30' }, asOf: '2026-06-08T02:40:00.000Z',
    });
    expect(find(list)).toMatchObject({ site: '近，没有纸' });
  });

  test('is never this one, one that is no more, one that never reported or not for a day, or one that never opens', () => {
    const stale = new Date(NOW - STALE_AFTER - 1).toISOString();
    const closed = { ...office, days: office.days.map(() => []) };
    expect(find([
      machine(2, '撤了', [29.5, 120.9], { place: null }), machine(3, '没报过', [29.5, 120.9], { asOf: null }), machine(4, '断网', [29.5, 120.9], { asOf: stale }),
      machine(5, '不开', [29.5, 120.9], { place: { site: '不开', address: '1', latitude: 29.5, longitude: 120.9, hours: closed } }),
    ])).toBeNull();
    expect(find([machine(4, '正好一天', [29.5, 120.9], { asOf: new Date(NOW - STALE_AFTER).toISOString() })])).toMatchObject({ site: '正好一天' });
  });

  test('that is closed says when it opens', () => {
    expect(find([machine(2, '近', [29.51, 120.9])], ['read-cards'], Date.parse('2026-06-08T12:00:00.000Z'))).toMatchObject({ opening: { kind: 'opens', date: '2026-06-09', at: '08:30' } });
  });

  test('without distances is one of the own division, by the name of its site', () => {
    const other = machine(9, '甲', null, { machine: MachineId.parse('T330625-0001') });
    const list = [other, machine(3, '丙', null), machine(2, '乙', null)];
    expect(find(list)).toMatchObject({ site: '丙', metres: null });
    expect(find([...list, machine(4, '远', [31, 121])])).toMatchObject({ site: '远' });
    // This machine's own place is not known: nobody is nearer than another.
    expect(nearest({ need: [], own, list: [machine(4, '远', [31, 121]), machine(5, '近', [29.5, 120.9]), other], now: NOW })).toMatchObject({ site: '近', metres: null });
  });

  const coordinates = fc.tuple(fc.double({ min: -89, max: 89, noNaN: true }), fc.double({ min: -179, max: 179, noNaN: true }));
  const county = fc.array(fc.record({
    serial: fc.integer({ min: 1, max: 9 }), where: fc.option(coordinates), age: fc.integer({ min: 0, max: 2 * STALE_AFTER }), works: fc.subarray<Capability>(['read-cards', 'print-papers', 'take-hand-ins']), allDay: fc.boolean(), gone: fc.boolean(),
  }), { maxLength: 12 }).map((rows) => rows.map(({ serial, where, age, works, allDay, gone }) => {
    const hours = allDay ? { days: office.days.map(() => ALL_DAY), holidays: ALL_DAY } : office;
    const { place, ...row } = machine(serial, `点${serial}`, where, { asOf: new Date(NOW - age).toISOString(), works });
    return { ...row, place: gone || place === null ? null : { ...place, hours } };
  }));
  const needs = fc.subarray<Capability>(['read-cards', 'print-papers', 'take-hand-ins']);

  test('of any county can do it, and no other that can is nearer; the order of the list does not matter', () => {
    fc.assert(fc.property(county, needs, (list, need) => {
      const known = [...new Map(list.map((each) => [each.machine, each])).values()];
      const home = known.find((each) => each.machine === own)?.place ?? null;
      const found = nearest({ need, own, list: known, now: NOW });
      const able = known.filter((each) => each.machine !== own && each.place !== null && each.asOf !== null && NOW - Date.parse(each.asOf) <= STALE_AFTER && need.every((word) => each.works.includes(word)));
      expect(found === null).toBe(able.length === 0);
      if (found === null) return;
      const chosen = able.find((each) => each.machine === found.machine);
      expect(chosen?.place?.site).toBe(found.site);
      expect(found.opening).toEqual(openingAt(chosen?.place?.hours ?? office, NOW));
      for (const { place } of able) {
        const metres = home === null || place === null ? null : metresBetween(home, place);
        expect(found.metres ?? Infinity).toBeLessThanOrEqual(metres ?? Infinity);
      }
      expect(nearest({ need, own, list: known.toReversed(), now: NOW })).toEqual(found);
    }));
  });

  test('distance is a metric: nothing to itself, the same both ways, never more than half the way round', () => {
    fc.assert(fc.property(coordinates, coordinates, ([latitude, longitude], [toLatitude, toLongitude]) => {
      const [from, to] = [{ latitude, longitude }, { latitude: toLatitude, longitude: toLongitude }];
      expect(metresBetween(from, from)).toBe(0);
      expect(metresBetween(from, to)).toBeCloseTo(metresBetween(to, from) ?? -1, 3);
      expect(metresBetween(from, to)).toBeLessThanOrEqual(20_015_200);
    }));
  });
});
