import { describe, expect, test } from 'vitest';
import { base32, matchingStep, totpCode, totpStep } from './totp.ts';

/** RFC 6238, appendix B: the secret of its SHA-1 rows. */
const SECRET = new TextEncoder().encode('12345678901234567890');

describe('a time-based code', () => {
  test.each([[59, '94287082'], [1_111_111_109, '07081804'], [1_111_111_111, '14050471'], [1_234_567_890, '89005924'], [2_000_000_000, '69279037'], [20_000_000_000, '65353130']])('at second %i is the one of RFC 6238, appendix B', (second, code) => {
    expect(totpCode(SECRET, totpStep(second * 1000), 8)).toBe(code);
    expect(totpCode(SECRET, totpStep(second * 1000))).toBe(code.slice(2));
  });

  test('by its counter is the one of RFC 4226, appendix D', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) => totpCode(SECRET, step))).toEqual(['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']);
  });

  test('is taken one step either way, no further, and once', () => {
    const now = 1_700_000_000_000;
    const step = totpStep(now);
    for (const near of [step - 1, step, step + 1]) expect(matchingStep(SECRET, totpCode(SECRET, near), now, null)).toBe(near);
    for (const far of [step - 2, step + 2]) expect(matchingStep(SECRET, totpCode(SECRET, far), now, null)).toBeNull();
    expect(matchingStep(SECRET, totpCode(SECRET, step), now, step)).toBeNull();
    expect(matchingStep(SECRET, totpCode(SECRET, step - 1), now, step)).toBeNull();
    expect(matchingStep(SECRET, totpCode(SECRET, step + 1), now, step)).toBe(step + 1);
    for (const none of ['', '12345', '1234567', 'abcdef', '１２３４５６']) expect(matchingStep(SECRET, none, now, null)).toBeNull();
  });
});

test('base 32 is the one of RFC 4648, 10, without padding', () => {
  expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(new TextEncoder().encode(text)))).toEqual(['MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
});
