import { beforeAll, describe, expect, test } from 'vitest';
import { verifier } from '../../crypto/node.ts';
import { Shelf } from '../../domain/catalogue/shelf.ts';
import { openSigned } from '../../domain/catalogue/signed.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { Item } from '../../domain/item/types.ts';
import { type AnswerBody, ELDER_CARD, packItem, PGLITE, signInAt, type TestConsole } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { beginDraft, openDraft } from './drafts.ts';
import { publishItems } from './publish.ts';
import { publishedItems } from './versions.ts';

const served = hallOfSuite(PGLITE);
const elder = packItem('elder-card');
const water = packItem('water-permit');
const shop = packItem('business-registration');
let [editor, second, reviewer, clerk]: TestConsole[] = [];

beforeAll(async () => {
  editor = await signInAt(served.hall, 'editor', 'editor');
  second = await signInAt(served.hall, 'second', 'editor');
  reviewer = await signInAt(served.hall, 'reviewer', 'department');
  clerk = await signInAt(served.hall, 'clerk', 'clerk');
});

async function ask(who: TestConsole | undefined, method: string, path: string, body?: unknown): Promise<AnswerBody> {
  const answer = await who?.call(method, path, body);
  if (answer?.status !== 200) throw new Error(`${method} ${path}: ${answer?.status}`);
  return answer.body;
}
const drafts = (path: string, body?: unknown, who = editor, method = body === undefined ? 'GET' : 'POST') => ask(who, method, `/catalogue/drafts${path}`, body);
const errorOf = (answer: AnswerBody): string => (answer.ok === false ? answer.error.kind : 'ok');

/** A draft as far as it is approved; answers its id and revision. */
async function approved(kind: string, codes: string[], bodies: unknown[] | null, reason = '国办文件要求'): Promise<{ id: string; revision: number }> {
  const { id } = (await drafts('', { kind, codes })).value;
  const saved = await drafts(`/${id}`, { id, revision: 1, bodies: bodies ?? (await drafts(`/${id}`)).value.bodies, reason }, editor, 'PUT');
  const submitted = await drafts(`/${id}/submission`, { id, revision: saved.value.revision });
  if (!submitted.ok) throw new Error(JSON.stringify([submitted, saved.value.findings]));
  const { value } = await drafts(`/${id}/reviews`, { id, revision: submitted.value.revision, verdict: 'approve', words: '' }, reviewer);
  return { id, revision: value.revision };
}
const publish = ({ id, revision }: { id: string; revision: number }, effectiveFrom: string) => drafts(`/${id}/publication`, { id, revision, effectiveFrom });

describe('a draft', () => {
  test('goes from its editor over a reviewer into the catalogue, to take the old version\'s place on its day', async () => {
    const { id } = (await drafts('', { kind: 'changed', codes: [elder.code] })).value;
    // While it is open nobody else begins one from the same code.
    expect(await drafts('', { kind: 'suspended', codes: [elder.code] }, second)).toEqual({ ok: false, error: { kind: 'drafted', id } });
    const opened = (await drafts(`/${id}`)).value;
    expect(opened).toMatchObject({ revision: 1, holder: { account: 'editor' }, bodies: [{ code: elder.code }], row: { state: 'draft', name: elder.name } });

    expect(opened.findings[0].every(({ answered }: { answered: boolean }) => answered)).toBe(true);
    const body = { ...opened.bodies[0], summary: '年满60周岁就能办，全程免费。' };
    const broken = await drafts(`/${id}`, { id, revision: 1, bodies: [{ ...body, promised: { ...body.promised, days: 9 } }], reason: '' }, editor, 'PUT');
    expect(broken.value.findings[0]).toContainEqual(expect.objectContaining({ kind: 'promise-over-law', path: 'promised.days', severity: 'blocks', answered: false }));
    expect(errorOf(await drafts(`/${id}/submission`, { id, revision: 2 }))).toBe('findings');
    await drafts(`/${id}`, { id, revision: 2, bodies: [body], reason: '' }, editor, 'PUT');
    expect((await drafts(`/${id}/submission`, { id, revision: 3 })).value).toEqual({ state: 'in-review', revision: 4 });

    // Nothing is changed or published while somebody judges it, and no editor judges.
    expect(errorOf(await drafts(`/${id}`, { id, revision: 4, bodies: [body], reason: '' }, editor, 'PUT'))).toBe('wrong-state');
    expect(errorOf(await publish({ id, revision: 4 }, '2026-12-01'))).toBe('wrong-state');
    expect((await editor?.call('POST', `/catalogue/drafts/${id}/reviews`, { id, revision: 4, verdict: 'approve', words: '' }))?.status).toBe(403);
    expect((await reviewer?.call('POST', `/catalogue/drafts/${id}/reviews`, { id, revision: 4, verdict: 'reject', words: ' ' }))?.status).toBe(400);
    await drafts(`/${id}/reviews`, { id, revision: 4, verdict: 'reject', words: '一句话说明里写清年龄怎么算。' }, reviewer);
    expect((await drafts('?state=rejected', undefined, reviewer))).toMatchObject([{ id }]);
    await drafts(`/${id}`, { id, revision: 5, bodies: [body], reason: '把说明写明白' }, editor, 'PUT');
    await drafts(`/${id}/submission`, { id, revision: 6 });
    await drafts(`/${id}/reviews`, { id, revision: 7, verdict: 'approve', words: '' }, reviewer);
    expect(errorOf(await publish({ id, revision: 8 }, '2026-11-22'))).toBe('bad-date');
    expect((await publish({ id, revision: 8 }, '2026-12-01')).value).toEqual({ published: [{ code: elder.code, version: 2, state: 'active' }] });

    const item = (await ask(editor, 'GET', `/catalogue/items/${elder.code}`)).value;
    expect(item.item.version).toBe(1);
    expect(item.versions).toMatchObject([
      { version: 2, kind: 'changed', account: 'editor', reviewers: ['reviewer'], reason: '把说明写明白', from: [elder.code], changes: 1, effectiveFrom: '2026-12-01' },
      { version: 1, kind: 'new', account: null },
    ]);
    expect(item.drafts).toMatchObject([{ id, state: 'published' }]);
    const { rows } = await ask(reviewer, 'GET', '/catalogue');
    expect(rows.find(({ code }: { code: string }) => code === elder.code)).toMatchObject({ version: 1, next: { version: 2, effectiveFrom: '2026-12-01' }, draft: null });
    expect((await publishedItems(served.hall.hall.ground)).map(({ code, version }) => [code, version])).toContainEqual([elder.code, 1]);
  });

  test('in two hands: the second is told at once, and whoever was passed over hears it with the next save', async () => {
    const { id } = (await drafts('', { kind: 'changed', codes: [water.code] })).value;
    const { bodies } = (await drafts(`/${id}`, undefined, second)).value;
    expect(await drafts(`/${id}/holder`, { id, takeOver: false }, second)).toMatchObject({ ok: false, error: { kind: 'held', by: 'editor' } });
    expect(await drafts(`/${id}`, { id, revision: 1, bodies, reason: '' }, second, 'PUT')).toEqual({ ok: false, error: { kind: 'stale', by: 'editor' } });
    expect(await drafts(`/${id}/holder`, { id, takeOver: true }, second)).toEqual({ ok: true, value: { revision: 1 } });
    expect((await drafts(`/${id}`, { id, revision: 1, bodies, reason: '' }, second, 'PUT')).value.revision).toBe(2);
    expect(await drafts(`/${id}`, { id, revision: 1, bodies, reason: '' }, editor, 'PUT')).toEqual({ ok: false, error: { kind: 'stale', by: 'second' } });
    // Half an hour after the last save it is in nobody's hands.
    served.hall.clock.advance(31 * 60_000);
    [editor, second, reviewer] = [await signInAt(served.hall, 'editor', 'editor'), await signInAt(served.hall, 'second', 'editor'), await signInAt(served.hall, 'reviewer', 'department')];
    expect((await drafts(`/${id}`, { id, revision: 2, bodies, reason: '' }, editor, 'PUT')).ok).toBe(true);
    // Both wrote in it, and neither may judge it; given up, its code is free.
    expect((await drafts(`/${id}`)).value.authors).toEqual(['editor', 'second']);
    expect((await drafts(`/${id}/withdrawal`, { id, revision: 3 })).value.state).toBe('withdrawn');
    expect(errorOf(await drafts('', { kind: 'suspended', codes: [water.code] }))).toBe('ok');
    const [open] = await drafts('?state=open');
    await drafts(`/${open.id}/withdrawal`, { id: open.id, revision: 1 });
  });

  test('that takes something from citizens says why, and a base that moved on is heard', async () => {
    const suspension = await approved('suspended', [water.code], []);
    const { division, db } = served.hall.hall.ground;
    await db.write((write) => write.updateTable('item_draft').set({ bases: JSON.stringify([{ code: water.code, version: 7 }]) }).where('division', '=', division).where('id', '=', suspension.id).execute());
    expect((await drafts(`/${suspension.id}`)).value.stale).toBe(true);
    expect(await publish(suspension, '2026-11-23')).toEqual({ ok: false, error: { kind: 'base-changed', code: water.code } });
    // Nothing of it was done: it is still to be published.
    expect((await drafts(`/${suspension.id}`)).value).toMatchObject({ revision: suspension.revision, row: { state: 'approved' } });
    await drafts(`/${suspension.id}/withdrawal`, suspension);
    const { id } = (await drafts('', { kind: 'suspended', codes: [water.code] })).value;
    expect(errorOf(await drafts(`/${id}/submission`, { id, revision: 1 }))).toBe('reason-missing');
    await drafts(`/${id}/withdrawal`, { id, revision: 1 });
  });

  test('a split cancels the old code and names what took its place, all at once', async () => {
    const parts = ['2', '3'].map((digit) => ({ ...water, basicCode: `${water.basicCode.slice(0, 11)}${digit}`, code: `${water.code.slice(0, 30)}${digit}`, handlingCode: `${water.code.slice(0, 30)}${digit}01`, name: `${water.name}（${digit}）` }));
    const split = await approved('split', [water.code], parts);
    const answer = await publish(split, '2026-11-23');
    expect(answer).toMatchObject({ ok: true });
    expect(answer.value.published.map(({ state }: { state: string }) => state)).toEqual(['active', 'active', 'cancelled']);
    expect((await ask(editor, 'GET', `/catalogue/items/${water.code}`)).value).toMatchObject({ item: { state: 'cancelled' }, versions: [{ kind: 'split', to: parts.map(({ code }) => code), reason: '国办文件要求' }, { version: water.version }] });
    expect((await publishedItems(served.hall.hall.ground)).map(({ code }) => code).toSorted()).toEqual([elder.code, ...parts.map(({ code }) => code)].toSorted());
    expect(errorOf(await drafts('', { kind: 'changed', codes: [water.code] }))).toBe('cancelled');
  });

  test('lies outside a scope that does not hold its department, and says nothing there', async () => {
    const { ground } = served.hall.hall;
    const [{ id }] = await drafts('?state=published');
    const staff = { account: 'narrow', name: '窄', role: 'department' as const, scope: { ...COUNTY, departments: [shop.body.creditCode] } };
    expect(await openDraft(ground, staff, id)).toBeNull();
    expect(await beginDraft(ground, staff, { kind: 'changed', codes: [elder.code] })).toEqual({ ok: false, error: { kind: 'unknown-item' } });
  });

  test('clerks have no business here', async () => {
    expect((await clerk?.call('GET', '/catalogue'))?.status).not.toBe(200);
  });
});

describe('packs beside the console', () => {
  test('a code that the console published is the console\'s; others still come from packs', async () => {
    const { ground } = served.hall.hall;
    expect(await publishItems(ground, [{ ...elder, version: 2, summary: '程序包里的第二版' }, { ...elder, version: 3 }, shop])).toEqual({ ok: true, value: 1 });
    expect(served.hall.logged.filter((line) => line.includes('pack-item-passed-over'))).toHaveLength(2);
  });
});

describe('files', () => {
  test('what is exported comes in again as nothing new; a changed item becomes a draft', async () => {
    for (const format of ['json', 'workbook']) {
      const { bytes, name } = await ask(editor, 'POST', '/catalogue/exports', { format, codes: [elder.code, shop.code] });
      expect(name).toMatch(/^items-330624-2026-11-23\.(json|xlsx)$/);
      const { value } = await ask(editor, 'POST', '/catalogue/imports/preview', { format, bytes });
      expect(value.map((row: AnswerBody) => [row.code, row.what])).toEqual([[elder.code, 'changed'], [shop.code, 'same']]);
    }
    const bytes = Buffer.from(JSON.stringify([{ ...shop, summary: '改过的说明' }, { ...shop, code: `${shop.code.slice(0, 30)}9` }])).toString('base64');
    const preview = (await ask(editor, 'POST', '/catalogue/imports/preview', { format: 'json', bytes })).value;
    expect(preview).toMatchObject([{ code: shop.code, what: 'changed', changes: 1 }, { what: 'new', findings: expect.arrayContaining([expect.objectContaining({ path: 'code' })]) }]);
    const taken = await ask(editor, 'POST', '/catalogue/imports', { format: 'json', bytes, codes: [shop.code, 'nothing'] });
    expect(taken.value).toEqual({ drafts: [expect.any(String)], passedOver: ['nothing'] });
    expect((await ask(editor, 'POST', '/catalogue/imports/preview', { format: 'json', bytes })).value[0].what).toBe('drafted');
    expect((await ask(editor, 'POST', '/catalogue/imports/preview', { format: 'workbook', bytes })).error.kind).toBe('unreadable');
    expect((await ask(editor, 'POST', '/catalogue/imports/preview', { format: 'json', bytes: Buffer.from('{').toString('base64') })).error.kind).toBe('unreadable');
  });
});

describe('terminals', () => {
  test('get items and the newest shelf under the hall\'s signature; those of an older protocol get items alone, without one', async () => {
    const id = '01K0000000000000000000000A';
    const rule = { id, item: elder.code, sites: ['沙溪镇便民服务中心'], machines: null, machineTypes: null, operators: null, weekdays: [6, 7], hours: null, on: false, reason: '周末请到县中心办理', from: '2026-11-01', to: null };
    expect((await ask(editor, 'PUT', `/shelf/${id}`, { id, rule })).value).toEqual({ serial: 1 });
    expect((await ask(editor, 'PUT', `/shelf/${id}`, { id, rule: { ...rule, weekdays: [7] } })).value).toEqual({ serial: 2 });
    expect(errorOf(await ask(editor, 'PUT', `/shelf/${id}`, { id, rule: { ...rule, item: `${ELDER_CARD.slice(0, 30)}X` } }))).toBe('unknown-item');
    const at = { site: '沙溪镇便民服务中心', machine: 'T330624-0001', machineType: '', operator: null };
    const shows = async (instant: string) => (await ask(reviewer, 'POST', '/shelf/check', { ...at, at: instant })).find(({ code }: { code: string }) => code === elder.code);
    expect([await shows('2026-11-29T02:00:00.000Z'), await shows('2026-11-28T02:00:00.000Z')]).toMatchObject([{ on: false, rule: { id } }, { on: true, rule: null }]);

    const terminal = await served.freshTerminal();
    const feed = async (protocol: number) => (await terminal.call('GET', `/feed?after=0&limit=100&protocol=${protocol}`)).body.entries as AnswerBody[];
    const entries = await feed(3);
    expect(entries.some(({ kind }) => kind === 'item')).toBe(false);
    const { publicKeys } = served.hall.hall.ground;
    const items = entries.filter(({ kind }) => kind === 'signed-item').map(({ signed }) => openSigned('item', signed, Item, publicKeys, verifier));
    expect(items.map((item) => (item.ok ? [item.value.code, item.value.version] : item.error.kind))).toContainEqual([elder.code, 2]);
    expect(items.every(({ ok }) => ok)).toBe(true);
    const shelves = entries.filter(({ kind }) => kind === 'shelf');
    expect(shelves.map(({ signed }) => openSigned('shelf', signed, Shelf, publicKeys, verifier))).toEqual([{ ok: true, value: { serial: 2, rules: [{ ...rule, weekdays: [7] }] } }]);
    // What was signed as a shelf is no item, whatever it says.
    expect(openSigned('item', shelves[0].signed, Item, publicKeys, verifier)).toEqual({ ok: false, error: { kind: 'forged' } });
    expect(new Set((await feed(2)).map(({ kind }) => kind))).toEqual(new Set(['item']));

    expect((await ask(editor, 'DELETE', `/shelf/${id}`)).value).toEqual({ serial: 3 });
    expect(errorOf(await ask(editor, 'DELETE', `/shelf/${id}`))).toBe('unknown-rule');
    expect((await ask(editor, 'GET', '/shelf'))).toEqual({ serial: 3, rules: [] });
  });
});

describe('journeys', () => {
  test('are published in versions, of items that are in force, with what they ask for', async () => {
    const theme = { code: 'YJS-001', version: 1, state: 'active', effectiveFrom: '2026-11-23', effectiveTo: null, name: '退休一件事', summary: '到龄以后要办的，一次办完。', journey: '先办优待证，再领执照。', items: [{ code: elder.code, note: '' }, { code: shop.code, note: '想开店的再办' }] };
    expect((await ask(editor, 'POST', '/themes', { theme })).value).toEqual({ version: 1 });
    expect(errorOf(await ask(editor, 'POST', '/themes', { theme }))).toBe('stale');
    expect(errorOf(await ask(editor, 'POST', '/themes', { theme: { ...theme, version: 2, items: [theme.items[0], { code: water.code, note: '' }] } }))).toBe('unknown-item');
    const [listed] = await ask(reviewer, 'GET', '/themes');
    expect(listed).toMatchObject({ theme: { code: 'YJS-001' }, account: 'editor' });
    expect(listed.materials.length).toBeGreaterThan(0);
  });
});
