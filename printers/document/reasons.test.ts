import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from './reasons.ts';

const reasonOf = (...keywords: string[]) => judge(keywords).blocked?.reason ?? null;

describe('what stops printing', () => {
  test.each([
    ['media-empty-error', 'paper-out'],
    ['media-empty', 'paper-out'],
    ['media-needed-report', 'paper-out'],
    ['media-jam-warning', 'jam'],
    ['cover-open', 'cover-open'],
    ['door-open-error', 'cover-open'],
    ['interlock-open-error', 'cover-open'],
    ['input-tray-missing-error', 'tray-missing'],
    ['output-tray-missing-error', 'tray-missing'],
    ['output-area-full-error', 'tray-full'],
    ['toner-empty-error', 'toner-empty'],
    ['marker-supply-empty-error', 'toner-empty'],
    ['marker-waste-full-error', 'waste-full'],
    ['spool-area-full', 'spool-full'],
    ['offline', 'not-available'],
    ['shutdown', 'not-available'],
    ['connecting-to-device', 'not-available'],
    ['timed-out', 'not-available'],
    ['stopped-partly', 'not-available'],
    ['paused', 'not-available'],
    ['moving-to-paused', 'not-available'],
    ['fuser-over-temp-error', 'fault'],
    ['developer-empty', 'fault'],
    ['com.example.strange-thing-error', 'fault'],
  ])('%s: %s', (keyword, reason) => {
    expect(reasonOf(keyword)).toBe(reason);
  });

  test.each([
    [['none'], []],
    [['media-low-error'], ['paper-low']],
    [['toner-low-warning', 'marker-supply-low'], ['toner-low']],
    [['output-area-almost-full-report'], ['tray-almost-full']],
    [['marker-waste-almost-full'], ['waste-almost-full']],
    [['fuser-under-temp-warning'], ['fault']],
    [['developer-low-report', 'com.example.strange-thing-report'], []],
    [['connecting-to-device-report'], []],
  ])('%j only warns of %j', (keywords, warnings) => {
    expect(judge(keywords)).toEqual({ blocked: null, warnings });
  });
});

test('of several reasons the one that a person must see first is told, whatever the order', () => {
  const keywords = ['com.example.x-error', 'media-empty-error', 'paused', 'media-jam-error', 'cover-open-error'];
  fc.assert(
    fc.property(fc.shuffledSubarray(keywords, { minLength: 5, maxLength: 5 }), (shuffled) => {
      expect(reasonOf(...shuffled)).toBe('jam');
    }),
  );
  expect(reasonOf('media-empty-error', 'media-needed-error', 'paused')).toBe('paper-out');
});

test('a sheet may be in doubt for any of the reasons, not only for the one that is told', () => {
  expect(judge(['media-empty-error']).blocked).toMatchObject({ reason: 'paper-out', sheet: false });
  expect(judge(['media-empty-error', 'output-area-full-error']).blocked).toMatchObject({ reason: 'paper-out', sheet: true });
});

test('a full spool holds up new jobs only', () => {
  expect(judge(['spool-area-full']).blocked?.newJobsOnly).toBe(true);
  expect(judge(['spool-area-full', 'paused']).blocked?.newJobsOnly).toBe(false);
});

test('keywords without meaning on a model are left out, exactly as they are written', () => {
  expect(judge(['media-empty-report'], ['media-empty-report']).blocked).toBeNull();
  expect(judge(['media-empty-error'], ['media-empty-report']).blocked?.reason).toBe('paper-out');
});
