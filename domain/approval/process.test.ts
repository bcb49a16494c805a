import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Review } from '../case/types.ts';
import { awaitedPreReviews, departmentsOf, isJoint, longestWay, mergedAsks, outcomeOf, type Process, processFaults, standings, type Task } from './process.ts';

const WATER = '11330624002600034F';
const LAND = '11330624002600018R';
const task = (key: string, change: Partial<Task> = {}): Task => ({ key, name: key, who: key, days: 1, department: WATER, role: 'handle', after: [], preReview: false, silence: 'none', ...change });
const done = (step: string, on: string, outcome: Review['outcome'] = 'agrees'): Review => ({ step, outcome, opinion: '', on, by: 'li' });

const joint: Process = { lead: WATER, tasks: [task('site', { days: 3, role: 'survey' }), task('land', { days: 5, department: LAND, preReview: true }), task('approve', { days: 2, after: ['site', 'land'], role: 'approve' })] };

describe('a process', () => {
  test('is joint when another body has a part', () => {
    expect([isJoint(joint), isJoint({ lead: WATER, tasks: [task('a')] })]).toEqual([true, false]);
    expect(departmentsOf(joint)).toEqual([WATER, LAND]);
  });

  test('takes the longest way, not the sum', () => {
    expect(longestWay(joint.tasks)).toBe(7);
    expect(longestWay([])).toBe(0);
  });

  test('is refused when a step waits for itself or for nothing', () => {
    expect(processFaults([task('a', { after: ['b'] }), task('b', { after: ['a'] }), task('c', { after: ['x'] })])).toEqual([
      { kind: 'after-unknown', path: 'steps.c' }, { kind: 'after-in-circle', path: 'steps.a' }, { kind: 'after-in-circle', path: 'steps.b' },
    ]);
  });

  test('opens steps beside each other, and the next when those before it are done', () => {
    const kinds = (reviews: Review[], acceptedOn: string | null = '2026-11-23') => standings(joint, acceptedOn, reviews).map((standing) => [standing.kind, 'since' in standing ? standing.since : '']);
    expect(kinds([], null)).toEqual([['waiting', ''], ['waiting', ''], ['waiting', '']]);
    expect(kinds([])).toEqual([['open', '2026-11-23'], ['open', '2026-11-23'], ['waiting', '']]);
    expect(kinds([done('land', '2026-11-26'), done('site', '2026-11-25')])).toEqual([['done', '2026-11-23'], ['done', '2026-11-23'], ['open', '2026-11-26']]);
  });

  test('one objection is enough; silence that counts as consent is not one', () => {
    expect(outcomeOf(joint, [done('site', '2026-11-25'), done('land', '2026-11-25', 'absent')])).toBe('running');
    expect(outcomeOf(joint, [done('land', '2026-11-25', 'objects')])).toBe('objected');
    expect(outcomeOf(joint, [done('site', '2026-11-25'), done('land', '2026-11-25', 'absent'), done('approve', '2026-11-26')])).toBe('agreed');
  });

  test('departments lack things together, and each thing is asked for once', () => {
    const asks = [{ target: 'material' as const, key: 'map', words: '没有比例尺' }];
    const said = [{ step: 'land', verdict: 'lacks' as const, asks, words: '', on: '2026-11-23', by: 'li' }, { step: 'site', verdict: 'lacks' as const, asks: [{ ...asks[0]!, words: '要标出取水口' }, asks[0]!], words: '', on: '2026-11-23', by: 'wu' }];
    expect(mergedAsks(said)).toEqual([{ target: 'material', key: 'map', words: '没有比例尺；要标出取水口' }]);
    expect(awaitedPreReviews(joint, [])).toMatchObject([{ key: 'land' }]);
    expect(awaitedPreReviews(joint, said)).toEqual([]);
  });
});

/** A process without a circle: each step waits for earlier ones only. */
const processes = fc.integer({ min: 1, max: 8 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => fc.record({ days: fc.integer({ min: 0, max: 9 }), after: fc.subarray(Array.from({ length: index }, (_empty, before) => `s${before}`)) })))
  .map((rows): Process => ({ lead: WATER, tasks: rows.map((row, index) => task(`s${index}`, row)) })));

test('done in any order that it allows, a process ends, and no step begins before the last that it waited for', () => {
  fc.assert(fc.property(processes, fc.infiniteStream(fc.nat()), (process, picks) => {
    expect(processFaults(process.tasks)).toEqual([]);
    const reviews: Review[] = [];
    let day = 1;
    while (outcomeOf(process, reviews) === 'running') {
      const open = standings(process, '2026-11-01', reviews).filter(({ kind }) => kind === 'open');
      const chosen = open[picks.next().value! % open.length];
      if (chosen === undefined) return expect.unreachable();
      day += 1;
      reviews.push(done(chosen.task.key, `2026-11-${String(day).padStart(2, '0')}`));
    }
    for (const standing of standings(process, '2026-11-01', reviews)) {
      if (standing.kind !== 'done') return expect.unreachable();
      expect(standing.since <= standing.review.on).toBe(true);
    }
    expect(longestWay(process.tasks)).toBeGreaterThanOrEqual(Math.max(...process.tasks.map(({ days }) => days)));
    expect(longestWay(process.tasks)).toBeLessThanOrEqual(process.tasks.reduce((sum, { days }) => sum + days, 0));
  }));
});
