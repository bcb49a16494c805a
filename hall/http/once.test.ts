import { beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleCall, consoleContract } from '../../domain/contracts/console.ts';
import { DEED_HEADER, isDeed, REPLAYED_HEADER } from '../../domain/staff/deeds.ts';
import { ulid } from '../../domain/ids.ts';
import { PGLITE, POSTGRES, signInAt, type TestConsole, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { sweepRetention } from '../audit/retention.ts';

const DAY = 86_400_000;
let ids = 0;
const freshId = () => ulid(1_780_000_000_000 + (ids += 1), new Uint8Array(10));

test('reads and secrets are no deeds; everything else that is not GET is', () => {
  expect([isDeed('accept'), isDeed('saveDraft'), isDeed('dropFilter'), isDeed('changeSetting')]).toEqual([true, true, true, true]);
  expect([isDeed('inbox'), isDeed('knownPerson'), isDeed('makeAccount'), isDeed('changePassword'), isDeed('signIn')]).toEqual([false, false, false, false, false]);
  const reads = (Object.keys(consoleContract) as ConsoleCall[]).filter((call) => consoleContract[call]['~orpc'].route.method === 'GET');
  expect(reads.filter(isDeed)).toEqual([]);
});

describe.each([PGLITE, POSTGRES])('a deed under an id of its console, on $name', (databases) => {
  const served = hallOfSuite(databases);
  let terminal: TestTerminal;
  let wang: TestConsole;

  beforeAll(async () => {
    terminal = await served.freshTerminal();
    wang = await signInAt(served.hall, 'wang', 'clerk');
  }, 180_000);

  async function freshCase() {
    const action = served.handIn(terminal);
    await terminal.intake([action]);
    return action.case;
  }
  const does = async (who: TestConsole, path: string, input: object, id: string) => {
    const { status, body, headers } = await who.call('POST', path, input, { [DEED_HEADER]: id });
    return { status, body, replayed: headers.get(REPLAYED_HEADER) === 'true' };
  };
  const kinds = async (id: string) => (await served.db.read.selectFrom('action').select('kind').where('case_id', '=', id).orderBy('case_position').execute()).map(({ kind }) => kind);
  const answers = async (id: string) => (await served.db.read.selectFrom('deed_answer').select(['account', 'call', 'answer']).where('id', '=', id).execute());
  const decision = { granted: true, words: '' };

  test('is done once however often it comes, and is answered as it was', async () => {
    const [id, deed] = [await freshCase(), freshId()];
    expect(await does(wang, `/cases/${id}/refuse`, { reason: '不属于本机关职权' }, deed)).toEqual({ status: 200, body: { ok: true, value: { stage: 'refused' } }, replayed: false });
    for (let times = 0; times < 2; times += 1) expect(await does(wang, `/cases/${id}/refuse`, { reason: '不属于本机关职权' }, deed)).toEqual({ status: 200, body: { ok: true, value: { stage: 'refused' } }, replayed: true });
    expect(await kinds(id)).toEqual(['handed-in', 'refused']);
    expect((await wang.call('POST', `/cases/${id}/refuse`, { reason: '不属于本机关职权' })).body).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
  });

  test('that comes eight times at once is done once', async () => {
    const [id, deed] = [await freshCase(), freshId()];
    const said = await Promise.all(Array.from({ length: 8 }, () => does(wang, `/cases/${id}/form`, { form: { town: '330624002', address: '新路2号', localHousehold: true, phone: '13800000001', emergencyName: '李测试', emergencyRelation: 'child', emergencyPhone: '13900000001' }, reason: '申请人来电更正' }, deed)));
    expect(new Set(said.map(({ body }) => JSON.stringify(body)))).toEqual(new Set([JSON.stringify({ ok: true, value: { stage: 'handed-in' } })]));
    expect(said.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await kinds(id)).filter((kind) => kind === 'staff-corrected')).toHaveLength(1);
  });

  test('that was refused stays so: another one may do it', async () => {
    const [id, deed] = [await freshCase(), freshId()];
    const refused = { ok: false, error: { kind: 'wrong-stage' } };
    expect((await does(wang, `/cases/${id}/finish`, decision, deed)).body).toEqual(refused);
    expect(await does(wang, `/cases/${id}/finish`, decision, deed)).toEqual({ status: 200, body: refused, replayed: true });
  });

  test('is another one for another account, and its id never stands for something else', async () => {
    const [id, deed] = [await freshCase(), freshId()];
    const li = await signInAt(served.hall, 'li', 'department');
    expect((await does(wang, `/cases/${id}/claim`, {}, deed)).body.ok).toBe(true);
    expect((await does(li, `/cases/${id}/claim`, {}, deed)).body).toEqual({ ok: false, error: { kind: 'claimed-by-other' } });
    expect(await does(wang, `/cases/${id}/release`, {}, deed)).toMatchObject({ status: 422 });
    expect(await does(wang, `/cases/${await freshCase()}/claim`, {}, deed)).toMatchObject({ status: 422 });
    expect((await does(wang, `/cases/${id}/claim`, {}, deed)).replayed).toBe(true);
    expect((await answers(deed)).map(({ account }) => account).toSorted()).toEqual(['li', 'wang']);
  });

  test('that failed left nothing, and may be sent again; a word that is no id counts as none', async () => {
    const [id, deed] = [await freshCase(), freshId()];
    expect((await does(wang, `/cases/${id}/refuse`, { reason: '' }, deed)).status).toBe(400);
    expect(await answers(deed)).toEqual([]);
    expect((await does(wang, `/cases/${id}/refuse`, { reason: '不属于' }, deed)).body.ok).toBe(true);
    expect((await does(wang, `/cases/${await freshCase()}/claim`, {}, 'not-an-id')).body.ok).toBe(true);
  });

  test('is forgotten after two days, and not before', async () => {
    const [id, deed] = [await freshCase(), freshId()];
    await does(wang, `/cases/${id}/claim`, {}, deed);
    served.hall.clock.advance(DAY);
    await sweepRetention(served.hall.hall.ground);
    expect(await answers(deed)).toHaveLength(1);
    served.hall.clock.advance(2 * DAY);
    await sweepRetention(served.hall.hall.ground);
    expect(await answers(deed)).toEqual([]);
  });

  describe('work as a whole', () => {
    const counters = async () => (await served.db.read.selectFrom('counter').select(['name', 'value']).where('name', 'like', 'whole-%').orderBy('name').execute()).map(({ name }) => name);
    const add = (name: string) => served.db.write((write) => write.insertInto('counter').values({ division: '330624', name, value: 1 }).execute());

    test('is there with all of its parts, sees what it wrote, and a part that failed is taken back alone', async () => {
      const seen = await served.db.whole(async () => {
        await add('whole-1');
        await expect(add('whole-1')).rejects.toMatchObject({ code: '23505' });
        await expect(served.db.write(async () => {
          await add('whole-2');
          throw new Error('a surprise');
        })).rejects.toThrow('a surprise');
        await served.db.writeBrief((write) => write.insertInto('counter').values({ division: '330624', name: 'whole-3', value: 1 }).execute());
        return counters();
      });
      expect(seen).toEqual(['whole-1', 'whole-3']);
      expect(await counters()).toEqual(seen);
    });

    test('that fails leaves nothing of any part', async () => {
      const before = await counters();
      await expect(served.db.whole(async () => {
        await add('whole-4');
        throw new Error('a surprise');
      })).rejects.toThrow('a surprise');
      expect(await counters()).toEqual(before);
    });
  });
});
