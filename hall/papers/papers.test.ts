import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { ELDER_CARD, packItem, POSTGRES, type ReadingConsole, signInAt } from '../../test/fixtures/hall.ts';
import { jointItem } from '../../test/fixtures/joint-item.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { handInAt } from '../../test/rigs/window.ts';
import { textOf } from '../../printers/papers/test-rig.ts';
import { CaseId } from '../../domain/ids.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { publishItems } from '../catalogue/publish.ts';
import { readPaper } from './documents.ts';
import { PaperSettings } from './settings.ts';

const MATERIALS = ['third-party', 'location', 'meter'];

describe('the papers of a case at the hall', () => {
  const served = hallOfSuite(POSTGRES);
  let desks: Record<'wang' | 'auditor' | 'elsewhere' | 'editor', ReadingConsole>;
  beforeAll(async () => {
    await publishItems(served.hall.hall.ground, [jointItem()]);
    desks = {
      wang: await signInAt(served.hall, 'wang', 'clerk'), auditor: await signInAt(served.hall, 'auditor', 'auditor'), editor: await signInAt(served.hall, 'editor', 'editor'),
      elsewhere: await signInAt(served.hall, 'elsewhere', 'clerk', { departments: null, sites: null, items: [ELDER_CARD] }),
    };
  });

  const set = (papers: object) => void Object.assign(served.hall.hall.ground, { papers: PaperSettings.parse(papers) });
  const fresh = async () => (await handInAt(desks.wang, { itemCode: packItem('water-permit').code, materials: MATERIALS })).id;
  const act = async (id: string, deed: string, input: object) => expect((await desks.wang.call('POST', `/cases/${id}/${deed}`, input)).body.ok).toBe(true);
  const listed = async (id: string) => (await desks.wang.call('GET', `/papers/${id}`)).body.value as { action: string; kind: string; number: string | null }[];
  /** PDFs are bytes: read here as they came. */
  const open = async (who: ReadingConsole, path: string) => who.file(`/papers/${path}`);

  test('a paper gets its number when it is first opened, and is the same paper ever after', async () => {
    const id = await fresh();
    await act(id, 'accept', { lacking: [{ key: 'meter', by: '2026-12-31' }] });
    const before = await listed(id);
    expect(before.map(({ kind, number }) => [kind, number])).toEqual([['materials-receipt', null], ['acceptance-notice', null], ['lacking-commitment', null]]);
    const action = before[1]?.action ?? '';
    // An auditor looks and makes nothing.
    expect((await open(desks.auditor, `${id}/${action}.pdf`)).status).toBe(422);
    const first = await open(desks.wang, `${id}/${action}.pdf`);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('application/pdf');
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(decodeURIComponent(first.headers.get('content-disposition') ?? '')).toBe("inline; filename*=UTF-8''330624受〔2026〕1号.pdf");
    const text = textOf(first.bytes);
    for (const words of ['受理通知书', '330624受〔2026〕1号', '张＊＊', '暂缺的材料由您按承诺补交']) expect(text.replaceAll(/\s/g, '')).toContain(words);
    expect(text).not.toContain('张测试');
    set({ mark: '新政服' });
    const again = await open(desks.auditor, `${id}/${action}.pdf`);
    expect(Buffer.from(again.bytes).equals(Buffer.from(first.bytes))).toBe(true);
    const large = await open(desks.wang, `${id}/${action}.pdf?look=large`);
    expect(textOf(large.bytes).replaceAll(/\s/g, '')).toContain('330624受〔2026〕1号');
    const promise = await open(desks.wang, `${id}/${action}.pdf?kind=lacking-commitment`);
    expect(textOf(promise.bytes).replaceAll(/\s/g, '')).toContain('新政服容〔2026〕1号');
    expect((await listed(id)).map(({ number }) => number)).toEqual([null, '330624受〔2026〕1号', '新政服容〔2026〕1号']);
  });

  test('many ask at once: one number', async () => {
    set({});
    const id = await fresh();
    const staff = { account: 'wang', name: '', role: 'clerk', scope: COUNTY } as const;
    // All connections are up before, so that nobody is late by opening one.
    const { ground } = served.hall.hall;
    const eight = <Answer>(ask: () => Promise<Answer>) => Promise.all(Array.from({ length: 8 }, ask));
    await eight(() => ground.db.write((write) => sql`select pg_sleep(0.1)`.execute(write)));
    const papers = await eight(() => readPaper(ground, staff, { id: CaseId.parse(id), action: null, kind: null }));
    expect(papers.map((paper) => (paper.ok ? paper.value.paperNumber : paper.error.kind))).toEqual(papers.map(() => '330624收〔2026〕1号'));
    const next = await fresh();
    const numbers = async (one: string) => (await listed(one)).map(({ number }) => number);
    await open(desks.wang, `${next}/latest.pdf`);
    expect([await numbers(id), await numbers(next)]).toEqual([['330624收〔2026〕1号'], ['330624收〔2026〕2号']]);
  });

  test('remedies are the hall\'s to set: without them no refusal is printed, and no number is spent', async () => {
    set({});
    const id = await fresh();
    await act(id, 'refuse', { reason: '不属于本县' });
    const refused = await open(desks.wang, `${id}/latest.pdf`);
    expect([refused.status, new TextDecoder().decode(refused.bytes)]).toEqual([422, expect.stringContaining('大厅还没有设置')]);
    set({ reconsideration: '新昌县人民政府', court: '新昌县人民法院' });
    const text = textOf((await open(desks.wang, `${id}/latest.pdf`)).bytes).replaceAll(/\s/g, '');
    for (const words of ['330624不受〔2026〕1号', '60日内向新昌县人民政府申请行政复议', '6个月内依法向新昌县人民法院提起行政诉讼']) expect(text).toContain(words);
  });

  test('a character that no font has stops the paper with a sentence', async () => {
    const id = await fresh();
    await act(id, 'refuse', { reason: '地名“\u{E000}村”不明' });
    const answer = await open(desks.wang, `${id}/latest.pdf`);
    expect([answer.status, new TextDecoder().decode(answer.bytes)]).toEqual([422, expect.stringContaining('U+E000')]);
  });

  test('only who may read the case; every look is written down', async () => {
    const id = await fresh();
    const reads = async () => (await served.db.read.selectFrom('read_audit').selectAll().where('cases', '=', JSON.stringify([id])).execute()).length;
    expect((await open(desks.elsewhere, `${id}/latest.pdf`)).status).toBe(404);
    expect((await desks.elsewhere.call('GET', `/papers/${id}`)).body).toEqual({ ok: false, error: { kind: 'unknown-case' } });
    expect((await open(desks.editor, `${id}/latest.pdf`)).status).toBe(403);
    expect((await fetch(`${served.hall.url}/console/api/papers/${id}/latest.pdf`)).status).toBe(401);
    for (const path of [`${id}/nonsense.pdf`, `${id}/latest.exe`, 'x/latest.pdf', `${id}/latest.pdf?kind=no-such`]) expect((await open(desks.wang, path)).status).toBe(404);
    const before = await reads();
    await open(desks.wang, `${id}/latest.pdf`);
    expect(await reads()).toBe(before + 1);
  });
});
