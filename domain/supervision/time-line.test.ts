import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyOutages, anyTrail, HOUR, jointItem, PLAIN_WORLD, trailOf, acceptedOn, materialsOf } from '../../test/fixtures/trails.ts';
import { handedIn } from '../../test/fixtures/actions.ts';
import { NATIONAL_CALENDAR } from '../calendar/working-days.ts';
import { workingTime } from './outages.ts';
import { timeLine, workingByOwner } from './time-line.ts';
import { endOfWay, stretchesOf } from './trail.ts';

const END = Date.parse('2026-08-01T00:00:00.000Z');

describe('whose time it was', () => {
  test('the spans cover everything once, and their sums are the whole', () => {
    fc.assert(fc.property(anyTrail(), anyOutages, fc.nat(3000), (trail, outages, hours) => {
      const until = Math.min(END, (trail.deeds[0]?.at ?? 0) + hours * HOUR);
      const spans = timeLine(trail, until, { ...PLAIN_WORLD, outages });
      const from = trail.deeds[0]?.at ?? 0;
      const to = Math.max(from, Math.min(endOfWay(stretchesOf(trail)), until));
      let at = from;
      for (const span of spans) {
        expect(span.from).toBe(at);
        expect(span.to).toBeGreaterThan(span.from);
        at = span.to;
      }
      expect(at).toBe(to);
      const whole = workingTime(from, to, NATIONAL_CALENDAR);
      expect(Object.values(workingByOwner(spans)).reduce((sum, part) => sum + part, 0)).toBe(whole);
      expect(spans.reduce((sum, { working }) => sum + working, 0)).toBe(whole);
    }), { numRuns: 60 });
  });

  test('a joint case: way, window, both departments, one, a hearing, a correction and an outage', () => {
    const item = jointItem();
    const [own, other] = [item.body.creditCode, item.steps[1]?.task?.department ?? ''];
    const trail = trailOf(item, [
      { at: '2026-11-23T09:00', known: '2026-11-23T12:00', payload: handedIn({ materials: materialsOf(item) }) },
      { at: '2026-11-23T15:00', by: 'wang', payload: { kind: 'correction-asked', asks: [{ target: 'form', key: 'phone', words: '请补' }], within: '2026-12-14' } },
      { at: '2026-11-24T10:00', known: '2026-11-24T16:00', payload: { kind: 'supplemented', form: { phone: '1' }, materials: [] } },
      { at: '2026-11-25T09:00', by: 'wang', payload: acceptedOn(item, '2026-11-25') },
      { at: '2026-11-26T09:00', by: 'li', payload: { kind: 'reviewed', step: 'site', outcome: 'agrees', opinion: '', on: '2026-11-26' } },
      { at: '2026-11-27T09:00', by: 'li', payload: { kind: 'paused', why: 'special-procedure', procedure: '听证', allowed: { days: 5, unit: 'working' }, reason: '听证', on: '2026-11-27' } },
    ]);
    const line = timeLine(trail, Date.parse('2026-11-30T09:00:00.000+08:00'), { ...PLAIN_WORLD, outages: [{ from: Date.parse('2026-11-24T18:00:00.000+08:00'), to: Date.parse('2026-11-24T20:00:00.000+08:00'), scope: 'hall' }] });
    expect(line.map(({ owner, working }) => [owner.kind, 'departments' in owner ? owner.departments : [], working / HOUR])).toEqual([
      ['transport', [], 3], ['window', [], 3], ['citizen', [], 19], ['transport', [], 6], ['window', [], 2], ['outage', [], 2], ['window', [], 13],
      ['department', [own, other].toSorted(), 24], ['department', [other], 24], ['suspension', [], 24],
    ]);
  });

  test('what a window took on paper lay with the window, but for the outage', () => {
    const item = jointItem();
    const at = (time: string) => Date.parse(`${time}:00.000+08:00`);
    const trail = trailOf(item, [{ at: '2026-11-23T09:00', known: '2026-11-23T15:00', by: 'wang', payload: handedIn({ late: { paper: 'E-1', happenedAt: '2026-11-23T01:00:00.000Z', outage: '停电' } }) }]);
    const line = timeLine(trail, at('2026-11-23T15:00'), { ...PLAIN_WORLD, outages: [{ from: at('2026-11-23T08:30'), to: at('2026-11-23T11:00'), scope: 'hall' }] });
    expect(line.map(({ owner, working }) => [owner.kind, working / HOUR])).toEqual([['outage', 2], ['window', 4]]);
  });
});
