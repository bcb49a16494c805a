import { describe, expect, test } from 'vitest';
import { checkRating, RATINGS, ratingOf, tagText } from './ratings.ts';

describe('ratings', () => {
  test('five levels, eight tags each, no code twice', () => {
    expect(RATINGS.map(({ level, name, poor }) => [level, name, poor])).toEqual([[5, '非常满意', false], [4, '满意', false], [3, '基本满意', false], [2, '不满意', true], [1, '非常不满意', true]]);
    const codes = RATINGS.flatMap(({ tags }) => tags.map(({ code }) => code));
    expect([codes.length, new Set(codes).size]).toEqual([40, 40]);
    for (const { level, tags } of RATINGS) for (const { code, text } of tags) expect([code.startsWith(String(level)), /^\d{3}$/.test(code), text.length > 4]).toEqual([true, true, true]);
  });
  test('lookup', () => {
    expect(tagText('412')).toBe('可以使用自助机办理');
    expect(tagText('115')).toBe('服务态度差效率低');
    expect(tagText('510')).toBe('一窗受理一次办结');
    expect(tagText('999')).toBe(null);
    expect(ratingOf(0)).toBe(null);
  });
  test('a tag must belong to its level, and once', () => {
    expect(checkRating(5, [])).toMatchObject({ ok: true, value: { level: 5 } });
    expect(checkRating(4, ['412', '411']).ok).toBe(true);
    expect(checkRating(5, ['517', '412'])).toEqual({ ok: false, error: { kind: 'foreign-tag', code: '412' } });
    expect(checkRating(5, ['517', '517'])).toEqual({ ok: false, error: { kind: 'repeated-tag', code: '517' } });
    expect(checkRating(6, [])).toEqual({ ok: false, error: { kind: 'unknown-level' } });
    expect(checkRating(4.5, [])).toEqual({ ok: false, error: { kind: 'unknown-level' } });
  });
});
