import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MOST_SIGNS } from '../domain/item/kept.ts';
import { isKept, openKept, sealKept, slipName } from './kept.ts';

const CARD = '330624195103020016';
/** As slow as a test may be; the real cost is tried once below. */
const QUICK = { N: 2 ** 10, r: 8, p: 1, maxmem: 2 ** 28 };

async function kept(text: string): Promise<string> {
  const sealed = await sealKept(text, CARD, '304958', QUICK);
  if (!sealed.ok) throw new Error(sealed.error.kind);
  return sealed.value;
}

describe('a text carried away on paper', () => {
  test('opens with the card and the digits at the real cost, and with nothing else', async () => {
    const sealed = await sealKept('姓名：王守田', CARD, '304958');
    if (!sealed.ok) throw new Error(sealed.error.kind);
    expect(await openKept(sealed.value, CARD, '304958')).toEqual({ ok: true, value: '姓名：王守田' });
    expect(await openKept(sealed.value, CARD, '304959')).toEqual({ ok: false, error: { kind: 'cannot-open' } });
  });
  test('another card, a changed sign, a cut one, another text: all the same answer', async () => {
    const text = await kept('x'.repeat(40));
    const changed = `${text.slice(0, 20)}${text.charAt(20) === 'A' ? 'B' : 'A'}${text.slice(21)}`;
    for (const [slip, card] of [[text, '330624195103020024'], [changed, CARD], [text.slice(0, -3), CARD], ['JBK1:.', CARD], ['JB-01J5CASE', CARD], [`JBK1:${'A'.repeat(60)}.`, CARD], [text.slice(0, -1), CARD]] as const) expect(await openKept(slip, card, '304958', QUICK)).toEqual({ ok: false, error: { kind: 'cannot-open' } });
    expect([isKept(text), isKept('JB-01J5CASE0-000000')]).toEqual([true, false]);
  });
  test('twice the same is never the same code, and nothing of it stands in it', async () => {
    const [one, two] = [await kept('330624'), await kept('330624')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('330624');
    const changed = `${one.slice(0, -3)}${one.charAt(one.length - 3) === '0' ? '1' : '0'}${one.slice(-2)}`;
    // A slip with other signs behind its salt is tried as the same one.
    expect([slipName(changed), slipName(one) === slipName(two), slipName('JB-01J5CASE0-000000'), slipName('JBK1:A.')]).toEqual([slipName(one), false, null, null]);
  });
  test('what no code holds is said; what is promised fits', async () => {
    const text = (bytes: number) => randomBytes(bytes).toString('base64');
    expect(await sealKept(text(1200), CARD, '304958', QUICK)).toEqual({ ok: false, error: { kind: 'too-large' } });
    for (let bytes = 600; bytes < 1000; bytes += 25) {
      const sealed = await sealKept(text(bytes), CARD, '304958', QUICK);
      if (sealed.ok) expect(sealed.value.length).toBeLessThanOrEqual(MOST_SIGNS);
    }
  });
});
