import { beforeAll, describe, expect, test } from 'vitest';
import { packItem, PGLITE, signInAt, type TestConsole } from '../../test/fixtures/hall.ts';
import { LAND, WATER, jointItem } from '../../test/fixtures/joint-item.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { handInAt } from '../../test/rigs/window.ts';
import { publishItems } from '../catalogue/publish.ts';

const of = (department: string) => ({ departments: [department], sites: null, items: null });
const MATERIALS = ['third-party', 'location', 'meter'];
const WATER_PERMIT = packItem('water-permit').code;

describe('a desk at the hall', () => {
  const served = hallOfSuite(PGLITE);
  const joint = jointItem();
  let desks: Record<'wang' | 'zhou' | 'water' | 'land' | 'sun', TestConsole>;
  beforeAll(async () => {
    await publishItems(served.hall.hall.ground, [joint]);
    desks = { wang: await signInAt(served.hall, 'wang', 'clerk'), zhou: await signInAt(served.hall, 'zhou', 'issuer'), water: await signInAt(served.hall, 'water', 'department', of(WATER)), land: await signInAt(served.hall, 'land', 'department', of(LAND)), sun: await signInAt(served.hall, 'sun', 'supervisor') };
  });
  const handIn = async (who: { name: string; number: string; phone?: string }, itemCode = WATER_PERMIT) => {
    const { id, body } = await handInAt(desks.wang, { itemCode, materials: MATERIALS, applicant: { name: who.name, number: who.number, address: '浙江省新昌县测试路2号', birth: null }, phone: who.phone ?? '13800005678' });
    return { id, number: body.value.number as string };
  };
  const act = async (who: TestConsole, id: string, deed: string, input: object = {}) => {
    const { status, body } = await who.call('POST', `/cases/${id}/${deed}`, input);
    return status === 200 ? (body.ok === true ? body.value.stage : body.error.kind) : status;
  };
  const list = async (who: TestConsole, query: string, stage = 'all', order = 'duty') => {
    const { body } = await who.call('POST', '/inbox', { stage, query, order, after: '', limit: 50 });
    return body.rows.map(({ id }: { id: string }) => id) as string[];
  };

  test('finds cases by name, number, phone, identity number, item and words together; a percent sign is a letter', async () => {
    const ding = await handIn({ name: '丁百', number: '330624199001010018', phone: '13900004321' });
    const dong = await handIn({ name: '丁百分', number: '330624198805060024' }, joint.code);
    const percent = await handIn({ name: '丁%', number: '33062419770101001X' });
    expect(await list(desks.wang, '丁百')).toEqual([ding.id, dong.id]);
    expect(await list(desks.wang, '丁%')).toEqual([percent.id]);
    expect(await list(desks.wang, '%')).toEqual([]);
    expect(await list(desks.wang, '百')).toEqual([]);
    expect(await list(desks.wang, ding.number)).toEqual([ding.id]);
    expect(await list(desks.wang, dong.number.slice(-5))).toEqual([dong.id]);
    expect(await list(desks.wang, '4321')).toEqual([ding.id]);
    expect(await list(desks.wang, '13900004321')).toEqual([ding.id]);
    expect(await list(desks.wang, '321')).toEqual([]);
    expect(await list(desks.wang, '330624198805060024')).toEqual([dong.id]);
    expect(await list(desks.wang, '联合')).toEqual([dong.id]);
    expect(await list(desks.wang, '取水许可 丁百')).toEqual([ding.id, dong.id]);
    expect(await list(desks.wang, '联合 丁百 4321')).toEqual([]);
    expect(await list(desks.wang, '丁百', 'handed-in', 'newest')).toEqual([dong.id, ding.id]);
    expect(await list(desks.wang, '丁百', 'accepted')).toEqual([]);
    // Land has a step of the joint case only.
    expect(await list(desks.land, '丁百')).toEqual([dong.id]);
  });

  test('every list turns its pages without a gap, in both orders', async () => {
    for (const order of ['duty', 'newest']) {
      const whole = await list(desks.wang, '', 'open', order);
      const paged: string[] = [];
      for (let after = '', turn = 0; turn < 20; turn += 1) {
        const { body } = await desks.wang.call('POST', '/inbox', { stage: 'open', query: '', order, after, limit: 2 });
        paged.push(...body.rows.map(({ id }: { id: string }) => id));
        after = body.next;
        if (after === '') break;
      }
      expect(paged).toEqual(whole);
    }
    expect((await desks.wang.call('POST', '/inbox', { stage: 'open', query: '', after: 'nonsense', limit: 2 })).status).toBe(400);
  });

  test('what I claimed, let go of, hand over, take over, and hand out', async () => {
    const { id } = await handIn({ name: '卫测试', number: '330624196601010018' });
    expect([await act(desks.wang, id, 'claim'), await list(desks.wang, '', 'mine'), await act(desks.water, id, 'claim')]).toEqual(['handed-in', [id], 'claimed-by-other']);
    expect([await act(desks.water, id, 'release'), await act(desks.wang, id, 'release'), await list(desks.wang, '', 'mine')]).toEqual(['claimed-by-other', 'handed-in', []]);
    expect(await act(desks.wang, id, 'hand-over', { to: 'zhou', papers: ['取水口位置图'], words: '' })).toBe('handed-in');
    expect([await list(desks.zhou, '', 'papers'), await list(desks.wang, '', 'papers')]).toEqual([[id], []]);
    expect([await act(desks.zhou, id, 'take-over', { missing: [] }), await list(desks.zhou, '', 'papers')]).toEqual(['handed-in', []]);
    expect([await act(desks.wang, id, 'accept', { lacking: [] }), await act(desks.wang, id, 'finish', { granted: true, words: '' })]).toEqual(['accepted', 'finished']);
    expect(await list(desks.zhou, '', 'to-issue')).toEqual([id]);
    expect((await desks.zhou.call('POST', '/inbox', { stage: 'to-issue', query: '', after: '', limit: 5 })).body.counts).toMatchObject({ 'to-issue': 1, papers: 0, mine: 0 });
    expect([await act(desks.zhou, id, 'delivery', { way: 'window', collector: '卫测试', relation: 'applicant' }), await list(desks.zhou, '', 'to-issue')]).toEqual(['finished', []]);
    expect((await desks.wang.call('GET', '/colleagues')).body.map(({ account }: { account: string }) => account)).toEqual(['water', 'zhou', 'wang', 'land']);
  });

  test('a department sees the steps that wait for it, soonest first, and which steps of a case are its own', async () => {
    const { id } = await handIn({ name: '步测试', number: '330624196601010034' }, joint.code);
    const tasks = async (who: TestConsole) => (await who.call('GET', '/tasks?after=&limit=20')).body.rows.filter(({ row }: { row: { id: string } }) => row.id === id);
    expect(await tasks(desks.land)).toMatchObject([{ step: 'land', name: '用地审查', kind: 'pre-review', dueBy: '2026-11-30' }]);
    expect(await tasks(desks.water)).toEqual([]);
    await act(desks.land, id, 'pre-review', { step: 'land', verdict: 'fits', asks: [], words: '' });
    await act(desks.wang, id, 'accept', { lacking: [] });
    expect(await tasks(desks.water)).toMatchObject([{ step: 'site', kind: 'open', dueBy: '2026-11-26', daysLeft: 3 }]);
    expect((await desks.water.call('GET', `/cases/${id}`)).body.value.own).toEqual(['site', 'approve']);
    expect((await desks.wang.call('GET', `/cases/${id}`)).body.value.own).toEqual([]);
    expect((await desks.wang.call('GET', '/tasks?after=&limit=20')).status).toBe(403);
    // Page by page.
    const first = (await desks.land.call('GET', '/tasks?after=&limit=1')).body;
    const second = (await desks.land.call('GET', `/tasks?after=${encodeURIComponent(first.next)}&limit=1`)).body;
    expect(second.rows[0].row.id).not.toBe(first.rows[0].row.id);
  });

  test('the same person and item again is told, within the scope and for ninety days, and stands in the log of reads', async () => {
    const person = { name: '重测试', number: '330624196701010015' };
    const [one, two] = [await handIn(person), await handIn(person)];
    await handIn(person, joint.code);
    const opened = async (id: string) => (await desks.wang.call('GET', `/cases/${id}`)).body.value;
    expect((await opened(two.id)).duplicates).toEqual([{ id: one.id, number: one.number, stage: 'handed-in', handedInAt: expect.any(String) }]);
    const read = await served.db.read.selectFrom('read_audit').select('cases').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
    expect(JSON.parse(read.cases)).toEqual([two.id, one.id]);
    expect(await act(desks.wang, two.id, 'close', { result: 'returned', words: `与 ${one.number} 重复` })).toBe('finished');
    expect((await opened(one.id)).duplicates).toMatchObject([{ id: two.id, stage: 'finished' }]);
    served.hall.clock.advance(91 * 86_400_000);
    desks = { wang: await signInAt(served.hall, 'wang', 'clerk'), zhou: await signInAt(served.hall, 'zhou', 'issuer'), water: await signInAt(served.hall, 'water', 'department', of(WATER)), land: await signInAt(served.hall, 'land', 'department', of(LAND)), sun: await signInAt(served.hall, 'sun', 'supervisor') };
    expect((await opened(one.id)).duplicates).toEqual([]);
    expect(await list(desks.wang, '', 'overdue')).toContain(one.id);
    expect((await desks.wang.call('POST', '/window/known', { number: person.number, itemCode: WATER_PERMIT })).body).toMatchObject({ name: '重测试', phone: '13800005678', form: { place: '测试江右岸取水口' }, from: { number: two.number } });
    expect((await desks.wang.call('POST', '/window/known', { number: '330624196701010031', itemCode: WATER_PERMIT })).body).toBeNull();
  });

  test('a filter is its account\'s own; a sentence is the county\'s, with letters that mean one thing', async () => {
    const filter = { key: 3, name: '取水今天', list: 'open', query: '取水', order: 'duty' };
    await desks.wang.call('PUT', '/filters', filter);
    await desks.wang.call('PUT', '/filters', { ...filter, name: '取水' });
    expect([(await desks.wang.call('GET', '/filters')).body, (await desks.sun.call('GET', '/filters')).body]).toEqual([[{ ...filter, name: '取水' }], []]);
    await desks.wang.call('DELETE', '/filters/3');
    expect((await desks.wang.call('GET', '/filters')).body).toEqual([]);

    const sentence = { id: '01KAT000000000000000000001', itemCode: '', use: 'correction', letters: 'hkb', words: '请补交户口簿全部内页。' };
    expect((await desks.wang.call('PUT', '/sentences', sentence)).body).toEqual({ ok: true, value: null });
    expect((await desks.wang.call('PUT', '/sentences', { ...sentence, id: '01KAT000000000000000000002' })).body).toEqual({ ok: false, error: { kind: 'letters-taken' } });
    expect((await desks.wang.call('PUT', '/sentences', { ...sentence, id: '01KAT000000000000000000002', itemCode: WATER_PERMIT })).body.ok).toBe(true);
    expect((await desks.land.call('PUT', '/sentences', { ...sentence, id: '01KAT000000000000000000003', itemCode: WATER_PERMIT })).body).toEqual({ ok: false, error: { kind: 'unknown-item' } });
    expect((await desks.land.call('GET', '/sentences')).body).toEqual([sentence]);
    expect((await desks.sun.call('PUT', '/sentences', sentence)).status).toBe(403);
    await desks.wang.call('DELETE', `/sentences/${sentence.id}`);
    expect((await desks.wang.call('GET', '/sentences')).body).toHaveLength(1);
    expect((await served.db.read.selectFrom('deed').select('what').where('what', 'like', 'sentence.%').execute()).map(({ what }) => what)).toEqual(['sentence.save', 'sentence.save', 'sentence.drop']);
  });
});
