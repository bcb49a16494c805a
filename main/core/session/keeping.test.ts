import { describe, expect, test, vi } from 'vitest';
import { CardHolder } from '../../../domain/identity/card-holder.ts';
import { sealKept } from '../../../crypto/kept.ts';
import { isWeakCode, stillFitting, withoutLongest, worthKeeping } from '../../../domain/item/kept.ts';
import { PrintEntry } from '../../../domain/print-ledger/types.ts';
import type { FormValues } from '../../../domain/action/payload.ts';
import { packItem } from '../../../test/fixtures/pack-item.ts';
import type { Job, Printing } from '../printing.ts';
import { hasWorth, keepForLater, openSlip, takeSlip } from './keeping.ts';
import { newSession, type SessionState } from './state.ts';
import { goOn } from './applying.ts';
import { NOBODY_ELSE } from './who-state.ts';
import type { Visit } from './visit.ts';

// The real cost is tried beside it (`crypto/kept.test.ts`); here it would be most of the time.
vi.mock(import('../../../crypto/kept.ts'), async (original) => {
  const real = await original();
  const quick = { N: 2 ** 10, r: 8, p: 1, maxmem: 2 ** 28 };
  return { ...real, sealKept: (text, card, code) => real.sealKept(text, card, code, quick), openKept: (kept, card, code) => real.openKept(kept, card, code, quick) };
});

const item = packItem('business-registration');
const NOON = Date.UTC(2026, 10, 27, 4);
const id = (number: number) => `01J5V1S1T${String(number).padStart(17, '0')}`;
const holder = CardHolder.parse({ card: 'resident', name: '张测试', sex: 'male', birth: '1951-03-02', number: '330624195103020016', validFrom: '2010-01-01', validTo: null, ethnicity: '01', address: '浙江省新昌县沃洲镇样板村1号', authority: '新昌县公安局' });
const PRINCIPALS_HOME = '浙江省新昌县样板村2号';
const principal = CardHolder.parse({ ...holder, name: '王委托', number: '330624195103020024', address: PRINCIPALS_HOME });
const CODE = '304958';
const typed: FormValues = { formation: 'family', 'memberName-1': '张测试', 'memberShare-1': '60', 'memberName-2': '', phone: '1380000', operatorAddress: '别处 1 号', premises: null };

/** A machine with a form that is begun, over a ledger in memory. */
function machine(change: { now?: number; machine?: string; item?: typeof item } = {}) {
  const now = { at: change.now ?? NOON };
  const own = change.item ?? item;
  let state: SessionState = { ...newSession(id(1), 'boot', NOON), holder, item: { code: item.code, version: item.version }, filling: { code: item.code, version: item.version }, case: id(9) as SessionState['case'], form: typed, prefilled: { operatorAddress: 'card-address' }, answers: { who: 'family' }, step: 'keep' };
  const jobs: Job[] = [];
  const ledger: PrintEntry[] = [];
  const put = async (part: Partial<SessionState>) => void (state = { ...state, ...part });
  let outcome: PrintEntry['state'] = 'printed';
  const visit = {
    state: () => state, change: put, show: put, clock: { now: () => now.at }, newId: () => id(77), offShelf: async () => () => null, room: { standing: async () => 'enough' },
    item: async (wanted: { version: number }) => (wanted.version === own.version ? own : wanted.version === item.version ? item : null), currentItem: async () => own,
    store: { caseKeys: { create: async () => {} }, discardCase: async () => {}, log: { ofCase: async () => [] } },
    config: { hallName: '新昌县政务服务中心', site: '儒岙镇便民服务中心', phone: '0575-86000000', machine: change.machine ?? 'T330624-0007' },
  } as unknown as Visit;
  const printing = {
    ofCase: async () => ledger, all: async () => ledger,
    async start(job: Job) {
      jobs.push(job);
      const entry = PrintEntry.parse({ id: id(1000 + ledger.length), case: job.case, paper: job.paper, session: job.session, state: outcome, reason: '', host: null, licence: '', history: [{ state: 'reserved', at: new Date(NOON).toISOString(), by: 'core' }] });
      ledger.push(entry);
      return entry.id;
    },
  } as unknown as Printing;
  const kind = (answer: { ok: true } | { ok: false; error: { kind: string } }) => (answer.ok ? 'ok' : answer.error.kind);
  return {
    jobs, now, put, state: () => state,
    ends: (as: PrintEntry['state']) => void (outcome = as),
    keep: async (code = CODE) => kind(await keepForLater(visit, printing, code)),
    open: async (code = CODE) => kind(await openSlip(visit, code)),
    goOn: async () => kind(await goOn(visit)),
    /** Another visit, at the step where a slip is asked for. */
    async scan(text: string, by = holder) {
      state = { ...newSession(id(2), 'boot', now.at), holder: by, step: 'resume', errand: 'resume' };
      return takeSlip(visit, text);
    },
    code: () => (jobs.at(-1) as unknown as { content: { ticket: { code: string } } }).content.ticket.code,
  };
}

describe('going on another day', () => {
  test('what was typed comes back at another machine, as it was typed; the card is read there anew', async () => {
    const first = machine();
    expect(await first.keep()).toBe('ok');
    expect(first.jobs).toMatchObject([{ paper: 'kept-slip', content: { ticket: { kind: 'kept-slip', item: item.name, until: '2026-12-27', left: [] } } }]);
    expect(JSON.stringify(first.jobs)).not.toMatch(/张测试|330624195103/);
    const second = machine({ machine: 'T330624-0042' });
    expect([await second.scan('JB-01J5CASE0-000000'), await second.scan(first.code()), await second.open()]).toEqual([false, true, 'ok']);
    // A family applies together: whoever else it is shows a card again.
    expect(second.state()).toMatchObject({ step: 'together', who: { together: [] } });
    await second.put({ who: { ...second.state().who, complete: true } });
    expect(await second.goOn()).toBe('ok');
    expect(second.state()).toMatchObject({
      step: 'form', errand: 'apply', case: id(77), item: { code: item.code }, answers: { who: 'family' }, slip: { text: null }, lost: [],
      form: { formation: 'family', 'memberName-1': '张测试', 'memberShare-1': '60', phone: '1380000', operatorAddress: '浙江省新昌县沃洲镇样板村1号' }, prefilled: { phone: 'slip', operatorAddress: 'card-address' },
    });
  });
  test('for whom it is comes with it, and what was typed of them; whoever is applied for is asked for again before the form, and their card fills what it filled before', async () => {
    const first = machine();
    await first.put({ answers: { who: 'personal' }, who: { ...NOBODY_ELSE, way: 'agent', principal: { holder: principal, offline: false } }, form: { ...typed, formation: 'personal', operatorAddress: PRINCIPALS_HOME }, prefilled: { operatorAddress: 'card-address' } });
    expect(await first.keep()).toBe('ok');
    const second = machine();
    await second.scan(first.code());
    expect(await second.open()).toBe('ok');
    expect(second.state()).toMatchObject({ step: 'for-whom', who: { way: 'agent', principal: null, midway: true } });
    expect(JSON.stringify([second.state().form, second.state().who])).not.toContain(principal.name);
    await second.put({ who: { ...second.state().who, principal: { holder: principal, offline: false } } });
    expect(await second.goOn()).toBe('ok');
    expect(second.state()).toMatchObject({ step: 'form', form: { phone: '1380000', operatorAddress: PRINCIPALS_HOME }, prefilled: { operatorAddress: 'card-address' } });
  });
  test('what was typed of an organisation comes back to be seen again; a way that the item no longer has is asked for anew', async () => {
    const permit = packItem('water-permit');
    const who = { ...NOBODY_ELSE, way: 'legal-agent' as const, values: { company: '新昌县样本茶叶专业合作社', creditCode: '93330624MA0TE5T08Q', representative: '' }, told: true };
    const unit = { answers: { use: 'work', applicant: 'unit', signer: 'no' }, item: { code: permit.code, version: permit.version }, filling: { code: permit.code, version: permit.version }, form: { phone: '13800001234' }, prefilled: {}, who };
    const first = machine({ item: permit });
    await first.put(unit);
    await first.keep();
    const second = machine({ item: permit });
    await second.scan(first.code());
    expect(await second.open()).toBe('ok');
    expect(second.state()).toMatchObject({ step: 'for-whom', who: { way: 'legal-agent', values: { company: '新昌县样本茶叶专业合作社', creditCode: '93330624MA0TE5T08Q' }, told: false } });
    const changed = machine({ item: { ...permit, applicants: { ways: [{ way: 'self' }], assurance: { self: 'card-offline', principal: 'card-offline' } } } as unknown as typeof item });
    await changed.scan(first.code());
    expect(await changed.open()).toBe('ok');
    expect(changed.state()).toMatchObject({ step: 'form', who: { way: null, values: {} } });
  });
  test('a sealed text that is no visit is a slip of others, and nothing breaks', async () => {
    const { scan, open } = machine();
    for (const text of ['no JSON', '{"who":1}']) {
      const sealed = await sealKept(text, holder.number, CODE);
      if (!sealed.ok) throw new Error(sealed.error.kind);
      await scan(sealed.value);
      expect(await open()).toBe('slip-of-others');
    }
  });
  test('wrong digits make wait, longer each time; another card never opens it', async () => {
    const { keep, code, scan, open, state, now } = machine();
    await keep();
    await scan(code());
    expect([await open('304959'), await open('304957')]).toEqual(['wrong-code', 'wrong-code']);
    expect([await open(), state().slip.waitUntil - now.at]).toEqual(['wrong-step', 5000]);
    now.at += 5000;
    expect(await open()).toBe('ok');
    await scan(code(), { ...holder, number: '330624195103020024' });
    expect(await open()).toBe('wrong-code');
  });
  test('a slip of another county, or one that is too old, is named', async () => {
    const { keep, code } = machine();
    await keep();
    const other = machine({ machine: 'T330681-0001' });
    await other.scan(code());
    const late = machine({ now: NOON + 31 * 86_400_000 });
    await late.scan(code());
    expect([await other.open(), await late.open()]).toEqual(['slip-of-others', 'slip-expired']);
  });
  test('digits that anybody tries are refused; one slip a visit, unless it did not come out; nothing for a supplement', async () => {
    const { keep, ends, put, state } = machine();
    expect(await keep('123456')).toBe('weak-code');
    ends('not-printed');
    expect([await keep(), await keep()]).toEqual(['ok', 'ok']);
    ends('printed');
    expect([await keep(), await keep(), state().prints.length]).toEqual(['ok', 'enough-printed', 1]);
    await put({ supplementing: state().case });
    expect(await keep()).toBe('wrong-step');
    expect(['000000', '654321', '195103', '510302', '330624', '135790', '304958'].map((code) => isWeakCode(code, holder.number))).toEqual([true, true, true, true, true, false, false]);
  });
  test('with a number the slip says which; while another item is looked at, or where nothing was typed, there is nothing to carry', async () => {
    const { keep, put, jobs, state } = machine();
    const other = { code: 'another item', version: 1 };
    expect([hasWorth(state(), item), hasWorth({ ...state(), holder: null }, item), hasWorth({ ...state(), handedIn: id(9) as SessionState['case'] }, item), hasWorth({ ...state(), supplementing: id(9) as SessionState['case'] }, item), hasWorth({ ...state(), item: other }, item)]).toEqual([true, false, false, false, false]);
    expect(hasWorth({ ...state(), form: { operatorAddress: '浙江省新昌县沃洲镇样板村1号', phone: '', workers: null }, prefilled: { operatorAddress: 'card-address' } }, item)).toBe(false);
    const own = state().filling;
    await put({ filling: other });
    expect(await keep()).toBe('wrong-step');
    await put({ filling: own });
    const paper = { ticket: id(5), code: 'A027', business: '市场准入', at: new Date(NOON).toISOString(), wait: null, windows: [], position: null, alone: false };
    await put({ ticket: { business: 'market', case: null, byPhone: null, wrongPhone: false, appointment: null, priority: null, asked: null, papers: [paper], shown: { ticket: paper.ticket, held: false } } as unknown as SessionState['ticket'] });
    expect(await keep()).toBe('ok');
    expect(jobs).toMatchObject([{ content: { ticket: { kind: 'kept-slip', number: 'A027' } } }]);
  });
  test('an item that changed meanwhile takes what still fits and names the rest', () => {
    const later = { ...item, version: 3, form: { ...item.form, sections: item.form.sections.map((section) => ({ ...section, repeat: undefined, fields: section.fields.filter(({ name }) => name !== 'phone').map((field) => (field.name === 'formation' ? { ...field, options: [{ value: 'personal', label: '个人经营' }] } : field)) })) } } as unknown as typeof item;
    const { form, lost } = stillFitting(later, item, { formation: 'family', phone: '1380000', premises: '样板路8号', 'memberName-1': '张测试' });
    expect([form, lost]).toEqual([{ premises: '样板路8号' }, ['组成形式', '联系电话', '家庭成员 1 · 姓名']]);
  });
  test('nothing of the card, nothing empty; the longest text goes first when there is no room', async () => {
    expect(worthKeeping(item, typed, { operatorAddress: 'card-address' })).toEqual({ formation: 'family', 'memberName-1': '张测试', 'memberShare-1': '60', phone: '1380000' });
    expect(withoutLongest(item, { scope: '餐饮服务；食品销售', phone: '13800001234', workers: 2 })).toEqual({ form: { scope: '餐饮服务；食品销售', workers: 2 }, label: '联系电话' });
    expect(withoutLongest(item, { workers: 2 })).toBeNull();
    const { keep, put, jobs } = machine();
    await put({ form: { ...typed, scope: Array.from({ length: 500 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000))).join('') } });
    expect(await keep()).toBe('ok');
    expect(jobs).toMatchObject([{ content: { ticket: { left: ['经营范围'] } } }]);
  });
});
