import { describe, expect, test, vi } from 'vitest';
import { sealKept, slipName } from '../../crypto/kept.ts';
import type { KeptVisit } from '../../domain/item/kept.ts';
import type { Item } from '../../domain/item/types.ts';
import { packItem, PGLITE, POSTGRES, signInAt } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { sweepAudit } from '../audit/chain.ts';
import { sweepRetention } from '../audit/retention.ts';
import { publishItems } from '../catalogue/publish.ts';

// The real cost is tried beside it (`crypto/kept.test.ts`); here it would be most of the time.
vi.mock(import('../../crypto/kept.ts'), async (original) => {
  const real = await original();
  const quick = { N: 2 ** 10, r: 8, p: 1, maxmem: 2 ** 28 };
  return { ...real, sealKept: (text, card, code) => real.sealKept(text, card, code, quick), openKept: (kept, card, code) => real.openKept(kept, card, code, quick) };
});

const elder = packItem('elder-card');
const water = packItem('water-permit');
const CARD = '330624195103020016';
const CODE = '304958';
const MINUTE = 60_000;
/** The elder card's item as it was kept, and the visit that a terminal seals: nothing of the card. */
const visit: KeptVisit = { division: '330624', item: elder.code, version: elder.version, until: '2026-12-23', answers: { age: 'yes', why: 'lost', household: 'yes' }, form: { emergencyName: '李样本', emergencyPhone: '1390000', localHousehold: true }, who: { way: 'agent', values: { name: '王委托', number: '330624196603010011' } } };

async function slipOf(change: Partial<KeptVisit> = {}): Promise<string> {
  const sealed = await sealKept(JSON.stringify({ ...visit, ...change }), CARD, CODE);
  if (!sealed.ok) throw new Error(sealed.error.kind);
  return sealed.value;
}

describe.each([PGLITE, POSTGRES])('a slip of a terminal at a window, on $name', (databases) => {
  const served = hallOfSuite(databases);
  let accounts = 0;
  /** Somebody who has tried nothing yet. */
  async function clerk(scope?: object) {
    const name = `window-${(accounts += 1)}`;
    const who = await signInAt(served.hall, name, 'clerk', scope as never);
    return { name, open: async (text: string, code = CODE, card = CARD) => (await who.call('POST', '/window/slip', { text, card, code })).body };
  }
  const reads = () => served.db.read.selectFrom('read_audit').selectAll().where('what', '=', 'slip').execute();
  const deeds = () => served.db.read.selectFrom('deed').selectAll().where('what', '=', 'slip.locked').execute();

  test('gives what was filled in, with the situation and for whom; that it was opened is found by the person, and of number, digits and text nothing is written', async () => {
    const { name, open } = await clerk();
    const text = await slipOf();
    expect(await open(text)).toEqual({ ok: true, value: { item: { code: elder.code, version: elder.version }, answers: visit.answers, who: visit.who, form: visit.form, lost: [] } });
    // The line may have gone with the answer: it opens again.
    expect((await open(text)).ok).toBe(true);
    expect((await reads()).map(({ account }) => account)).toEqual([name, name]);
    await sweepAudit(served.hall.hall.ground);
    const auditor = await signInAt(served.hall, 'shen', 'auditor');
    const search = async (subject: string) => (await auditor.call('POST', '/audit/reads', { from: '2026-11-20', to: '2026-11-30', account: '', before: 0, subject, what: 'all' })).body.value.rows;
    expect([(await search(CARD)).map(({ what }: { what: string }) => what), await search('330624196603010011')]).toEqual([['slip', 'slip'], []]);
    const written = JSON.stringify([await reads(), await served.db.read.selectFrom('deed').selectAll().execute(), await served.db.read.selectFrom('slip_try').selectAll().execute(), await served.db.read.selectFrom('deed_answer').selectAll().execute(), served.hall.logged]);
    for (const secret of [CARD, CODE, text.slice(0, 40), '李样本', '王委托', '1390000']) expect(written).not.toContain(secret);
  });

  test('five wrong tries at a slip, whoever tries, and it rests for a quarter of an hour; another slip does not', async () => {
    const [first, second] = [await clerk(), await clerk()];
    const text = await slipOf();
    const wrong = (left: number, until: string | null = null) => ({ ok: false, error: { kind: 'wrong-code', left, until } });
    expect([await first.open(text, '111112'), await first.open(text, CODE, '330624195103020024'), await second.open(text, '111113')]).toEqual([wrong(4), wrong(3), wrong(2)]);
    // Signs that are changed behind the salt make no other slip of it.
    const changed = `${text.slice(0, -3)}${text.charAt(text.length - 3) === '0' ? '1' : '0'}${text.slice(-2)}`;
    expect(await second.open(changed)).toEqual(wrong(1));
    const until = new Date(served.hall.clock.now() + 15 * MINUTE).toISOString();
    expect(await first.open(text, '111114')).toEqual(wrong(0, until));
    expect([await first.open(text), await second.open(text)]).toEqual([{ ok: false, error: { kind: 'locked', until } }, { ok: false, error: { kind: 'locked', until } }]);
    expect((await deeds()).filter(({ subject }) => subject === slipName(text)).map(({ account, body }) => [account, body])).toEqual([[first.name, '{"tries":5}']]);
    expect((await first.open(await slipOf())).ok).toBe(true);
    served.hall.clock.advance(15 * MINUTE);
    expect((await second.open(text)).ok).toBe(true);
    expect(await sweepRetention(served.hall.hall.ground)).toBeGreaterThanOrEqual(0);
  });

  test('five wrong tries of an account at any slips, and it waits; what was right in between takes none of them back', async () => {
    const { open } = await clerk();
    const own = await slipOf();
    for (let tries = 0; tries < 4; tries += 1) {
      expect((await open(await slipOf(), '111112')).error).toMatchObject({ kind: 'wrong-code', left: 4 - tries });
      expect((await open(own)).ok).toBe(true);
    }
    expect((await open(await slipOf(), '111112')).error).toMatchObject({ kind: 'wrong-code', left: 0 });
    expect((await open(own)).error).toMatchObject({ kind: 'locked' });
    served.hall.clock.advance(15 * MINUTE - 1);
    expect((await open(own)).error).toMatchObject({ kind: 'locked' });
    served.hall.clock.advance(1);
    expect((await open(own)).ok).toBe(true);
  });

  test('thirty tries at once are five', async () => {
    const { open } = await clerk();
    const text = await slipOf();
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => open(text, String(500_000 + at))));
    expect([answers.filter(({ error }) => error.kind === 'wrong-code').length, answers.filter(({ error }) => error.kind === 'locked').length]).toEqual([5, 25]);
    expect((await deeds()).filter(({ subject }) => subject === slipName(text))).toHaveLength(1);
  });

  test('what is no slip, or no number, is said and is no try; a slip of another county, an old one, and what is no visit are named', async () => {
    const { name, open } = await clerk();
    const kinds = async (text: string, card?: string) => (await open(text, CODE, card)).error?.kind;
    const foreign = await sealKept('{"who":1}', CARD, CODE);
    expect([await kinds('JB-01J5CASE0-000000'), await kinds('JBK1:.'), await kinds(`${await slipOf()} `), await kinds(await slipOf(), '330624195103020017')]).toEqual(['not-a-slip', 'not-a-slip', 'not-a-slip', 'number']);
    expect(await served.db.read.selectFrom('slip_try').selectAll().where('what', '=', `account/${name}`).execute()).toEqual([]);
    const before = (await reads()).length;
    expect([await kinds(await slipOf({ division: '330681' })), await kinds(await slipOf({ until: '2026-11-22' })), await kinds(foreign.ok ? foreign.value : ''), await kinds(await slipOf({ item: `${elder.code.slice(0, -1)}9` }))]).toEqual(['slip-of-others', 'slip-expired', 'slip-of-others', 'unknown-item']);
    // Nobody was shown anything.
    expect((await reads()).length).toBe(before);
  });

  test('an item of other windows is unknown here; one that changed takes what still fits and names the rest; one that is over is withdrawn', async () => {
    const elsewhere = await clerk({ departments: ['0'.repeat(18)], sites: null, items: null });
    expect((await elsewhere.open(await slipOf())).error).toEqual({ kind: 'unknown-item' });
    const { open } = await clerk();
    const text = await slipOf({ item: water.code, version: water.version, answers: {}, form: { phone: '1380000', place: '测试江右岸', unitName: '张测试' }, who: { way: 'self', values: {} } });
    const today = '2026-11-23';
    const next: Item = { ...water, version: water.version + 1, effectiveFrom: today, form: { ...water.form, sections: water.form.sections.map((section) => ({ ...section, fields: section.fields.filter(({ name }) => name !== 'place') })) } };
    await publishItems(served.hall.hall.ground, [next]);
    expect(await open(text)).toMatchObject({ ok: true, value: { item: { version: next.version }, form: { phone: '1380000', unitName: '张测试' }, lost: [water.form.sections.flatMap(({ fields }) => fields).find(({ name }) => name === 'place')?.label] } });
    await publishItems(served.hall.hall.ground, [{ ...next, version: next.version + 1, state: 'cancelled' }]);
    expect((await open(text)).error).toEqual({ kind: 'item-withdrawn' });
  });
});
