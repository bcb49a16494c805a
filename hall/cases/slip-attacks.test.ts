/** A slip of a terminal at a window as somebody would attack it, at the real cost of a try. */
import { expect, test } from 'vitest';
import { sealKept } from '../../crypto/kept.ts';
import { MOST_SIGNS } from '../../domain/item/kept.ts';
import { packItem, PGLITE, signInAt, type TestConsole } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';

const SLOW = 120_000;
const CARD = '330624195103020016';
const CODE = '304958';
const elder = packItem('elder-card');
const kept = { division: '330624', item: elder.code, version: elder.version, until: '2099-12-31', answers: {}, form: { emergencyName: '李样本' } };
const served = hallOfSuite(PGLITE);

async function slipOf(of: unknown): Promise<string> {
  const sealed = await sealKept(JSON.stringify(of), CARD, CODE);
  if (!sealed.ok) throw new Error(sealed.error.kind);
  return sealed.value;
}
const open = (who: TestConsole, text: string, code = CODE) => who.call('POST', '/window/slip', { text, card: CARD, code });

test('of another county, with other signs, longer than any, of a text that swells, or for whoever may not take cases in: none opens', async () => {
  const clerk = await signInAt(served.hall, 'zhou', 'clerk');
  const own = await slipOf(kept);
  const kind = async (text: string) => (await open(clerk, text)).body.error?.kind;
  expect(await kind(await slipOf({ ...kept, division: '330681' }))).toBe('slip-of-others');
  for (const at of [8, 40, own.length - 4]) expect(await kind(`${own.slice(0, at)}${own.charAt(at) === '0' ? '1' : '0'}${own.slice(at + 1)}`), String(at)).toBe('wrong-code');
  for (const none of ['', own.slice(5), own.toLowerCase(), `${own}${own}`.slice(0, MOST_SIGNS - 1)]) expect(await kind(none), none.slice(0, 9)).toBe('not-a-slip');
  expect((await open(clerk, `JBK1:${'A'.repeat(MOST_SIGNS)}.`)).status).toBe(400);
  // Half a megabyte of one letter fits the code, and no more than half of that is unpacked.
  expect(await kind(await slipOf({ ...kept, form: { emergencyName: 'a'.repeat(512 * 1024) } }))).toBe('wrong-code');
  expect((await open(await signInAt(served.hall, 'gu', 'issuer'), own)).status).toBe(403);
  expect(served.hall.logged.join('')).not.toMatch(/330624195103020016|304958|JBK1/);
}, SLOW);

test('the digits are not guessed: by many calls at once, with a colleague, or by changing the slip', async () => {
  const [one, two, three] = [await signInAt(served.hall, 'wu', 'clerk'), await signInAt(served.hall, 'zheng', 'clerk'), await signInAt(served.hall, 'feng', 'clerk')];
  const own = await slipOf(kept);
  const kinds = await Promise.all(Array.from({ length: 40 }, async (_, at) => (await open(at % 2 === 0 ? one : two, own, String(500_000 + at))).body.error?.kind));
  expect([kinds.filter((kind) => kind === 'wrong-code').length, kinds.filter((kind) => kind === 'locked').length]).toEqual([5, 35]);
  expect((await open(three, `${own.slice(0, -4)}000.`)).body.error?.kind).toBe('locked');
}, SLOW);
