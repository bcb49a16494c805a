import type { CaretakerView, CourierOutcome, PapersView } from '../../../domain/contracts/caretaker.ts';
import type { ExchangeView } from '../../../domain/contracts/exchange.ts';
import type { SelfTest } from '../../../domain/contracts/fleet.ts';
import type { CaseDetail, CaseSummary, Elsewhere, PrintView, SessionView, TerminalView } from '../../../domain/contracts/kiosk.ts';
import { NOBODY } from '../../../domain/contracts/kiosk-start.ts';
import { CaseId, MachineId, PrintId } from '../../../domain/ids.ts';
import { commitmentText, deferralText } from '../../../domain/material/promises.ts';
import { Item } from '../../../domain/item/types.ts';
import businessRegistration from '../../../packs/xinchang/items/business-registration.json' with { type: 'json' };
import elderCard from '../../../packs/xinchang/items/elder-card.json' with { type: 'json' };
import { bookingScenes } from './booking-scenes.ts';
import { ticketScenes } from './ticket-scenes.ts';
import { talkScenes } from './talk-scenes.ts';
import waterPermit from '../../../packs/xinchang/items/water-permit.json' with { type: 'json' };

/** One moment of a visit. Every person here is fictional. */
export type Scene = { view: SessionView; terminal: TerminalView; caretaker?: CaretakerView; /** Where all else can be done. */ elsewhere?: Elsewhere; /** Instead of the pack's items. */ items?: readonly Item[]; away?: true };

export const items = [elderCard, businessRegistration, waterPermit].map((item) => Item.parse(item));
const [elder, business, water] = items as [Item, Item, Item];

export const SESSION = '01J5SESS10N000000000000001'.replaceAll(/[ILOU]/g, '0');
const case1 = CaseId.parse('01J5CASE000000000000000001');
const case2 = CaseId.parse('01J5CASE000000000000000002');
const case3 = CaseId.parse('01J5CASE000000000000000003');
const prints = ['01J5PR1NT00000000000000001', '01J5PR1NT00000000000000002', '01J5PR1NT00000000000000003'].map((id) => PrintId.parse(id));

const terminal: TerminalView = {
  site: '儒岙镇便民服务中心', hall: '新昌县政务服务中心', machine: 'T330624-0007', phone: '0575-86000000', complaintPhone: '0575-86000001', surveys: [], help: { kind: 'none' }, own: { phone: false, stick: false }, tickets: null, bookings: null, takesLetters: true, line: 'online', lastContact: '2026-06-08T01:32:00.000Z', waiting: 0, waitingSince: null, power: 'mains',
  devices: { 'id-card-reader': { kind: 'online', warnings: [] }, 'code-scanner': { kind: 'offline', reason: 'not-configured' }, 'document-scanner': { kind: 'offline', reason: 'not-configured' }, 'ticket-printer': { kind: 'online', warnings: [] }, 'document-printer': { kind: 'online', warnings: [] }, board: { kind: 'offline', reason: 'not-configured' }, ups: { kind: 'offline', reason: 'not-configured' } }, now: '2026-06-08T01:32:00.000Z',
};
const offline: TerminalView = { ...terminal, line: 'offline', lastContact: '2026-06-07T09:15:00.000Z', waiting: 3, waitingSince: '2026-06-07T09:21:00.000Z' };
const outdated: TerminalView = { ...offline, line: 'outdated' };
const onBattery: TerminalView = { ...terminal, power: 'battery' };
const ending: TerminalView = { ...offline, power: 'critical' };
const troubled: TerminalView = { ...offline, devices: { ...terminal.devices, 'id-card-reader': { kind: 'offline', reason: 'unplugged' }, 'document-printer': { kind: 'blocked', reason: 'paper-out' } } };

const here: SessionView = { ...NOBODY, session: SESSION };
/** Nobody said yet for whom it is. */
export function whoOf(item: Item): SessionView['who'] {
  if (item.applicants === undefined) return null;
  const { ways, assurance, together } = item.applicants;
  return {
    ways: ways.map(({ way }) => way), way: null, noCard: assurance.self === 'typed', typed: false, mustRead: assurance.principal !== 'typed',
    values: { name: '', number: '', company: '', creditCode: '', representative: '' }, errors: {}, principal: null, together: [], most: together?.most ?? 0, reading: null,
  };
}
const applies = (item: Item, part: Partial<NonNullable<SessionView['who']>>): Pick<SessionView, 'item' | 'who'> => {
  const none = whoOf(item);
  return { item, who: none === null ? null : { ...none, ...part } };
};
const person = { name: '王**', number: '33**************16', card: 'resident' };
const applying: SessionView = { ...here, errand: 'apply', person, item: elder, stamp: '仅用于《老年人优待证办理》申请 2026-06-08 编号7K3M-Q9TX 他用无效', slip: { ...here.slip, worth: true } };
const noValues = { name: '', number: '', company: '', creditCode: '', representative: '' };
const filled = {
  town: '330624002', address: '浙江省新昌县南明街道人民西路12号3幢2单元501室', localHousehold: true, phone: '13800138000', emergencyName: '王小禾', emergencyRelation: 'child', emergencyPhone: '13900139000',
};
const form = { values: filled, prefilled: { address: 'card-address' }, errors: {} };
const page = (number: number) => ({ id: `01J5PAGE0000000000000000${10 + number}`, width: 620, height: 877 });
const materials = elder.materials.map(({ key }, index) => ({ key, pages: index === 0 ? [page(0), page(1)] : [] }));
/** 50 characters, as the longest names on cards are. */
const LONG_NAME = '阿卜杜热合曼·买买提吐尔逊·努尔麦麦提·伊力哈木江·艾尼瓦尔·阿不都克里木·玉素甫·热合木图拉克孜';

const summary: CaseSummary = {
  id: case1, number: '33062426060800017', provisional: false, itemName: elder.name, stage: 'accepted', travel: 'received-by-hall', travelSince: '2026-06-03T02:10:04.000Z', handedInAt: '2026-06-03T02:10:00.000Z', daysLeft: 3, promisedBy: '2026-06-11', holder: '新昌县卫生健康局 · 审查',
  asOf: '2026-06-08T01:32:00.000Z', canPrint: false, canRate: false, canSupplement: false,
};
const correction: CaseSummary = { ...summary, id: case2, number: '33062426060500003', itemName: business.name, stage: 'correction-asked', daysLeft: null, promisedBy: null, holder: '等您补正', canSupplement: true };
const finished: CaseSummary = { ...summary, id: case3, number: '33062426051200041', itemName: water.name, stage: 'finished', daysLeft: null, promisedBy: null, holder: '', handedInAt: '2026-05-12T06:40:00.000Z', canPrint: true, canRate: true };
const waiting: CaseSummary = { ...summary, id: case3, number: 'L0007-26060800002', provisional: true, stage: 'handed-in', travel: 'waiting-to-travel', travelSince: '2026-06-08T01:31:00.000Z', daysLeft: null, promisedBy: null, holder: '本机，等待送达大厅' };

const history = [
  { kind: 'handed-in', at: '2026-06-03T02:10:00.000Z', words: '您在儒岙镇便民服务中心提交' },
  { kind: 'received', at: '2026-06-03T02:10:21.000Z', words: '县大厅收到' },
  { kind: 'accepted', at: '2026-06-04T01:05:00.000Z', words: '受理，开始计算时限' },
];
const detail = (from: CaseSummary, more: Partial<CaseDetail> = {}): CaseDetail => ({ ...from, history, asks: [], reason: '', certificate: null, rating: null, ...more });
const asks: CaseDetail['asks'] = [
  { target: 'material', key: business.materials[1]?.key ?? '', words: '租赁合同没有房东签字，请签好后重新拍一份。' },
  { target: 'form', key: 'scope', words: '经营范围请写明卖什么，例如“茶叶零售”。' },
];
const certificate = { title: '取水许可证', number: '取水（新昌）字〔2026〕第 041 号', holder: '王守田', issuer: '新昌县水利局', issuedOn: '2026-05-27' };

const print = (index: number, paper: PrintView['paper'], state: PrintView['state'], reason = ''): PrintView => ({ print: prints[index] ?? PrintId.parse(prints[0]), paper, state, reason });
const handedIn = { case: case1, number: '33062426060800017', provisional: false, itemName: elder.name, at: '2026-06-08T01:31:00.000Z', travel: 'received-by-hall' as const, travelSince: '2026-06-08T01:31:04.000Z' as string | null, token: 'JB1:01J5CASE000000000000000001:K7Q2M4' };
const done: SessionView = { ...applying, slip: here.slip, step: 'handed-in', handedIn, prints: [print(0, 'hand-in-slip', 'printed'), print(1, 'hand-in-receipt', 'sent')] };
const identify: SessionView = { ...here, step: 'identify', errand: 'apply', ...applies(elder, { way: 'self' }), card: { kind: 'place-card' } };
const looking: SessionView = { ...here, errand: 'progress', person, step: 'progress', cases: [summary, correction, finished] };

const scene = (view: SessionView, at: TerminalView = terminal): Scene => ({ view, terminal: at });

/** 09:32 in China, 42 minutes after the other machine last said how it is. */
const near: Elsewhere = { site: '沙溪镇便民服务中心', address: '沙溪镇董村路 28 号', metres: 6_240, opening: { kind: 'open', until: '17:30' }, asOf: '2026-06-08T00:50:00.000Z', now: '2026-06-08T01:32:00.000Z' };
/** With the line cut on Saturday night, and names as long as they may be. */
const far: Elsewhere = {
  site: '新昌县七星街道元岙村（原下里、棠村、五马地三村合并）村级便民服务点与农村信用合作联社助农取款服务点（合署）', address: '浙江省绍兴市新昌县七星街道元岙村下里自然村文化礼堂一楼东侧门厅（从村口老樟树往里走，第二个路口左转，公交 12 路元岙村站下车步行约 300 米）',
  metres: 14_310, opening: { kind: 'opens', date: '2026-06-22', at: '08:30' }, asOf: '2026-06-07T09:15:00.000Z', now: '2026-06-08T01:32:00.000Z',
};
const noPaper: TerminalView = { ...terminal, devices: { ...terminal.devices, 'document-printer': { kind: 'blocked', reason: 'paper-out' } } };
const noReader: TerminalView = { ...terminal, devices: { ...terminal.devices, 'id-card-reader': { kind: 'offline', reason: 'unplugged' } } };
/** A hall that is closed now, with the machine next door. */
const beside: Elsewhere = { ...near, site: '儒岙镇便民服务中心', address: '儒岙镇儒一村 1 号', metres: 12, opening: { kind: 'always' } };

const at = '2026-06-08T01:32:00.000Z';
const sticks = [{ stick: 'JINBAN-01', free: 29_400_000_000, parcels: 2 }];
const exported: CourierOutcome = { kind: 'exported', stick: 'JINBAN-01', at, actions: 41, pages: 186, left: 0 };
const imported: CourierOutcome = { kind: 'imported', stick: 'JINBAN-01', at, parcels: 1, repeated: 0, enrolled: true, acknowledged: 41, keptAside: 0, pages: 186, decisions: 12, items: 3, numbers: 1, refused: [] };
const quiet: PapersView = { unknown: [], blanks: [], today: [], slip: null };
const blankPaper: PapersView['blanks'][number] = { stock: 'business-licence', name: '营业执照（正本）专用纸', prefix: '浙A', digits: 8, loaded: 200, left: 141, used: 55, void: 3, inDoubt: 1, next: '浙A00012404' };
const busy: PapersView = {
  unknown: [
    { print: prints[0] as PrintId, paper: 'certificate', at: '2026-06-08T00:41:00.000Z', number: '33062426051200041', blank: '浙A00012403' },
    { print: prints[1] as PrintId, paper: 'hand-in-slip', at: '2026-06-08T01:12:00.000Z', number: 'L0007-26060800002', blank: null },
  ],
  blanks: [blankPaper, { ...blankPaper, stock: 'elder-card', name: '老年人优待证专用纸', prefix: '', digits: 6, loaded: 50, left: 0, used: 50, void: 0, inDoubt: 0, next: null }],
  today: [{ paper: 'hand-in-slip', printed: 31, notPrinted: 2, unknown: 1 }, { paper: 'hand-in-receipt', printed: 33, notPrinted: 0, unknown: 0 }, { paper: 'certificate', printed: 6, notPrinted: 1, unknown: 1 }],
  slip: { what: 'day-sum', state: 'not-printed', reason: 'paper-out' },
};

export const opened: ExchangeView = { device: 'document-printer', state: 'active', since: '2026-06-08T01:21:00.000Z', interrupted: false, step: 'open', status: { kind: 'blocked', reason: 'paper-out' }, tried: null };
const tested: SelfTest = {
  at: '2026-06-07T23:30:00.000Z',
  findings: [
    { check: 'id-card-reader', name: '', result: 'well', reasons: [] }, { check: 'ticket-printer', name: '', result: 'warning', reasons: ['paper-low'] }, { check: 'document-printer', name: '', result: 'fault', reasons: ['paper-out'] },
    { check: 'blanks', name: '营业执照（正本）专用纸', result: 'warning', reasons: ['few-blanks'] }, { check: 'prints', name: '', result: 'well', reasons: [] }, { check: 'disk', name: '', result: 'well', reasons: [] },
    { check: 'line', name: '', result: 'warning', reasons: ['offline'] }, { check: 'clock', name: '', result: 'fault', reasons: ['clock-off'] }, { check: 'keys', name: '', result: 'well', reasons: [] },
  ],
};

/** The caretaker's screen, over an offline machine with a full outbox. */
const caretaker = (more: Partial<Extract<CaretakerView, { kind: 'open' }>> = {}): Scene => ({
  ...scene(NOBODY, offline),
  caretaker: { kind: 'open', waiting: { cases: 37, actions: 41, pages: 186, bytes: 214_000_000 }, enrolled: true, outdated: null, room: 'enough', papers: quiet, exchanges: [], selfTest: { last: null, running: false }, bySticks: true, sticks, deed: null, outcome: null, secondsLeft: 170, ...more },
});

const underRepair: TerminalView = { ...terminal, devices: { ...terminal.devices, 'document-printer': { kind: 'out-of-service', reason: 'maintenance' }, 'id-card-reader': { kind: 'out-of-service', reason: 'maintenance' } } };
const maintenance = (more: Partial<Extract<CaretakerView, { kind: 'open' }>>): Scene => ({ ...caretaker({ bySticks: false, ...more }), terminal: underRepair });

/** As many as a county has, over the shelves of its pack and some more. */
const OFFICES = ['新昌县人力资源和社会保障局', '新昌县自然资源和规划局', '新昌县农业农村局', '新昌县公安局', '新昌县住房和城乡建设局', '新昌县卫生健康局', '新昌县市场监督管理局行政审批科（食品、药品、医疗器械）'];
const TOPICS = ['生育收养', '就业创业', '社会保障', '住房保障', '职业资格', '婚姻登记', '医疗卫生', '死亡殡葬', '出境入境'];
const county: readonly Item[] = [...items, ...Array.from({ length: 57 }, (_, index): Item => {
  const base = items[index % 3] ?? elder;
  return { ...base, code: `${base.code.slice(0, -3)}${100 + index}`, name: `${TOPICS[index % TOPICS.length]}事项${index + 1}`, topics: [TOPICS[index % TOPICS.length] ?? ''], corporateTopics: [], body: { ...base.body, name: OFFICES[index % OFFICES.length] ?? '' } };
})];

/** What may be promised for one material. */
function offers(item: Item, key: string): SessionView['promisable'] {
  const material = item.materials.find((one) => one.key === key);
  if (material === undefined) return [];
  const [commitment, deferral] = [commitmentText(item, material), deferralText(item, material, '2026-06-23')];
  return [...(commitment === null ? [] : [{ key, kind: 'commitment' as const, text: commitment, by: null }]), ...(deferral === null ? [] : [{ key, kind: 'deferral' as const, text: deferral, by: '2026-06-23' }])];
}

export const scenes: Record<string, Scene> = {
  ...talkScenes({ here, terminal, offline, person }),
  ...ticketScenes({ here, terminal, offline, person, begun: { ...applying, step: 'form', form }, handedIn: done, visited: { ...here, step: 'guide', errand: 'apply', item: elder } }),
  ...bookingScenes({ here, terminal, offline, person, visited: { ...here, step: 'guide', errand: 'apply', item: elder } }),
  // Where nobody was here before, so that what is set by the toolbar stays.
  'power-out': scene(NOBODY, ending),
  attract: scene(NOBODY),
  home: scene(here),
  'home-offline': scene(here, offline),
  'home-outdated': scene(here, outdated),
  'home-trouble': scene(here, troubled),
  // A contact brings the news.
  'home-trouble-elsewhere': { ...scene(here, { ...troubled, lastContact: '2026-06-07T09:16:00.000Z' }), elsewhere: far },
  items: scene({ ...here, step: 'items', errand: 'apply' }),
  'items-elsewhere': { ...scene({ ...here, step: 'items', errand: 'apply' }, noReader), elsewhere: near },
  'items-elsewhere-long': { ...scene({ ...here, step: 'items', errand: 'apply' }, troubled), elsewhere: far },
  'guide-elsewhere': { ...scene({ ...here, step: 'guide', errand: 'apply', item: elder }, noReader), elsewhere: beside },
  'guide-elsewhere-long': { ...scene({ ...here, step: 'guide', errand: 'apply', item: elder }, troubled), elsewhere: far },
  'identify-elsewhere': { ...scene({ ...identify, card: { kind: 'unavailable', reason: 'unplugged' } }, noReader), elsewhere: near },
  'items-trouble': scene({ ...here, step: 'items', errand: 'apply' }, troubled),
  guide: scene({ ...here, step: 'guide', errand: 'apply', item: elder }),
  'guide-business': scene({ ...here, step: 'guide', errand: 'apply', item: business }),
  'items-shelves': { ...scene({ ...here, step: 'items', errand: 'apply' }), items: county },
  lists: scene({ ...here, step: 'lists', errand: 'apply' }),
  situation: scene({ ...here, step: 'situation', errand: 'apply', item: business, answers: { who: 'family', house: 'lent' } }),
  'situation-end': scene({ ...here, step: 'situation', errand: 'apply', item: water, answers: { use: 'home' } }),
  'situation-bring': scene({ ...here, step: 'situation', errand: 'apply', item: business, answers: { who: 'family', house: 'lent', deed: 'no', permit: 'no' }, prints: [print(0, 'materials-slip', 'printed')] }),
  'identify-place': scene(identify),
  'identify-reading': scene({ ...identify, card: { kind: 'reading' } }),
  'identify-again': scene({ ...identify, card: { kind: 'place-again' } }),
  'identify-unrecognised': scene({ ...identify, card: { kind: 'unrecognised' } }),
  'identify-expired': scene({ ...identify, card: { kind: 'expired' } }),
  'identify-unavailable': scene({ ...identify, card: { kind: 'unavailable', reason: 'unplugged' } }),
  'identify-receipt': scene({ ...identify, errand: 'progress', item: null, receipt: { kind: 'show-code' } }),
  'identify-receipt-elsewhere': scene({ ...identify, errand: 'progress', item: null, receipt: { kind: 'not-here' } }),
  'identify-receipt-only': scene({ ...identify, errand: 'progress', item: null, card: { kind: 'unavailable', reason: 'unplugged' }, receipt: { kind: 'other-code' } }),
  who: scene({ ...here, step: 'who', errand: 'apply', ...applies(elder, {}) }),
  'no-card': scene({ ...here, step: 'no-card', errand: 'apply', ...applies(elder, { way: 'self', values: { ...noValues, name: LONG_NAME, number: '33062419900101001' }, errors: { number: 'number' } }) }),
  'for-whom': scene({ ...applying, step: 'for-whom', ...applies(elder, { way: 'agent' }) }),
  together: scene({ ...applying, step: 'together', ...applies(business, { way: 'self', together: [person, { ...person, name: `${LONG_NAME.slice(0, 1)}＊＊`, number: '9****************7' }] }) }),
  form: scene({ ...applying, step: 'form', form: { ...form, values: { ...filled, town: null } } }),
  'form-contact': scene({ ...applying, step: 'form', form: { ...form, errors: { phone: 'form.error.phone', emergencyName: 'form.error.required' } } }),
  'form-business': scene({ ...applying, item: business, step: 'form', form: { values: { operatorAddress: filled.address }, prefilled: { operatorAddress: 'card-address' }, errors: {} } }),
  'form-water': scene({ ...applying, item: water, step: 'form', form: { values: { applicantKind: 'unit', unitName: LONG_NAME }, prefilled: { unitName: 'card-name' }, errors: {} } }),
  materials: scene({ ...applying, step: 'materials', form, materials }),
  'materials-scanner': scene({ ...applying, step: 'materials', form, materials }, { ...terminal, own: { phone: true, stick: true }, devices: { ...terminal.devices, 'document-scanner': { kind: 'online', warnings: [] } } }),
  'materials-empty': scene({ ...applying, item: business, step: 'materials', answers: { who: 'personal', house: 'lent', deed: 'no', permit: 'no' }, form, materials: business.materials.map(({ key }) => ({ key, pages: [] })), promisable: offers(business, 'premises-village') }),
  'materials-promised': scene({ ...applying, item: water, step: 'materials', answers: { use: 'work', applicant: 'unit', signer: 'yes', project: 'no' }, form, materials: water.materials.map(({ key }) => ({ key, pages: [] })), promises: [{ key: 'meter', kind: 'deferral', by: '2026-06-23' }], promisable: offers(water, 'meter') }),
  'form-rows': scene({ ...applying, item: business, step: 'form', form: { values: { formation: 'family', operatorAddress: filled.address, phone: filled.phone, 'memberName-1': '王守田', 'memberRelation-1': 'self', 'memberShare-1': '60', 'memberName-2': LONG_NAME, 'memberRelation-2': 'child', 'memberShare-2': '30', 'memberName-3': '王小禾' }, prefilled: { 'memberName-1': 'slip' }, errors: { 'memberShare-3': 'form.check.shares-whole' } }, slip: { kind: 'not-asked', wait: 0, lost: ['经营范围', '名称'], worth: false } }),
  check: scene({ ...applying, step: 'check', confirmable: true, form, materials, declaration: `${elder.declaration}\n申请事项：${elder.name}\n申请人：王守田` }),
  'check-long': scene({ ...applying, person: { ...person, name: LONG_NAME }, ...applies(water, { way: 'legal-agent', values: { ...noValues, company: LONG_NAME, creditCode: '1133062400260000XR', representative: LONG_NAME } }), step: 'check', form: { ...form, values: { applicantKind: 'unit', unitName: LONG_NAME, phone: '0575-86000000' } }, materials: [], declaration: water.declaration }),
  'form-computed': scene({ ...applying, item: water, step: 'form', form: { values: { means: 'pump', 'pumpPower-1': '7.5', 'pumpFlow-1': '50', 'pumpHours-1': '120', amount: '7000', startsOn: '2027-03-01', endsOn: '2032-02-29' }, prefilled: {}, errors: { phone: 'form.error.required', amount: 'form.check.pumps-suffice' } }, offers: { phone: { value: filled.phone, from: elder.name } } }),
  'handed-in': scene(done),
  'handed-in-waiting': scene({ ...done, ...applies(elder, { way: 'self', typed: true }), handedIn: { ...handedIn, number: 'L0007-26060800002', provisional: true, travel: 'waiting-to-travel', travelSince: '2026-06-08T01:31:00.000Z' }, prints: [print(0, 'hand-in-slip', 'not-printed', 'paper-out'), print(1, 'hand-in-receipt', 'unknown', 'connection-lost')] }, offline),
  'handed-in-looking': scene({ ...done, prints: [print(0, 'hand-in-slip', 'looking', 'no-answer'), print(1, 'hand-in-receipt', 'looking', 'connection-lost')] }),
  'handed-in-full': scene({ ...done, handedIn: { ...handedIn, travel: 'waiting-to-travel', travelSince: '2026-06-08T01:31:00.000Z' }, prints: [print(0, 'hand-in-slip', 'not-printed', 'store-full'), print(1, 'hand-in-receipt', 'not-printed', 'store-full')] }, offline),
  'handed-in-aside': scene({ ...done, handedIn: { ...handedIn, travel: 'kept-aside', travelSince: null }, prints: [print(0, 'hand-in-slip', 'taken'), print(1, 'hand-in-receipt', 'reserved')] }),
  progress: scene(looking),
  'progress-offline': scene({ ...looking, cases: [waiting, { ...summary, itemName: LONG_NAME }] }, offline),
  'progress-print': scene({ ...looking, errand: 'print' }),
  'progress-none': scene({ ...looking, cases: [] }),
  case: scene({ ...looking, step: 'case', case: detail(summary) }),
  'case-by-receipt': scene({ ...looking, step: 'case', person: null, cases: [], case: detail(summary) }),
  'case-correction': scene({ ...looking, step: 'case', item: business, case: detail(correction, { asks, history: [...history.slice(0, 2), { kind: 'correction-asked', at: '2026-06-05T03:00:00.000Z', words: '需要补正，一次告知' }] }) }),
  'case-finished': scene({ ...looking, step: 'case', case: detail(finished, { certificate, history: [...history, { kind: 'finished', at: '2026-05-27T08:20:00.000Z', words: '办结，可以领证' }] }) }),
  'case-refused': scene({ ...looking, step: 'case', case: detail({ ...summary, stage: 'refused', daysLeft: null, promisedBy: null, holder: '', canRate: true }, { reason: '申请人户籍不在本县，请到户籍所在地办理。如不服，可在 60 日内申请行政复议。' }) }),
  supplement: scene({ ...applying, slip: here.slip, item: business, step: 'materials', supplementing: case2, case: detail(correction, { asks }), form, materials: [] }),
  'result-printing': scene({ ...looking, step: 'result', errand: 'print', case: detail(finished, { certificate }), prints: [print(2, 'certificate', 'sent')] }),
  'result-looking': scene({ ...looking, step: 'result', errand: 'print', case: detail(finished, { certificate }), prints: [print(2, 'certificate', 'looking', 'connection-lost')] }),
  'result-printed': scene({ ...looking, step: 'result', errand: 'print', case: detail(finished, { certificate }), prints: [print(2, 'certificate', 'printed')] }),
  'result-unknown': scene({ ...looking, step: 'result', errand: 'print', case: detail(finished, { certificate }), prints: [print(2, 'certificate', 'unknown', 'connection-lost')] }),
  'result-no-blanks': scene({ ...looking, step: 'result', errand: 'print', case: detail(finished, { certificate }), prints: [print(2, 'certificate', 'not-printed', 'no-blanks')] }),
  'result-no-paper': scene({ ...looking, step: 'result', errand: 'print', case: detail(finished, { certificate }), prints: [print(2, 'certificate', 'not-printed', 'paper-out')] }, { ...offline, devices: noPaper.devices }),
  rate: scene({ ...looking, step: 'rate', errand: 'rate', case: detail(finished) }),
  keep: scene({ ...applying, step: 'keep', form, materials }),
  'keep-printed': scene({ ...applying, step: 'keep', form, materials, slip: { kind: 'not-asked', wait: 0, lost: ['经营范围'], worth: true }, prints: [print(0, 'kept-slip', 'printed')] }),
  'resume-wait': scene({ ...here, step: 'resume', errand: 'resume', person, slip: { kind: 'read', wait: 14, lost: [], worth: false } }),
  goodbye: scene({ ...done, step: 'goodbye' }),
  idle: scene({ ...applying, step: 'form', form, idle: { warning: true, secondsLeft: 18 } }),
  'home-battery': scene(here, { ...offline, power: 'battery' }),
  'form-battery': scene({ ...applying, step: 'form', form }, onBattery),
  'power-identify': scene({ ...identify, powerCut: { secondsLeft: 58 } }, ending),
  'power-form': scene({ ...applying, step: 'form', form, powerCut: { secondsLeft: 41 } }, ending),
  'power-check': scene({ ...applying, step: 'check', form, materials, declaration: elder.declaration, powerCut: { secondsLeft: 52 } }, ending),
  'power-handed-in': scene({ ...done, handedIn: { ...handedIn, travel: 'waiting-to-travel' }, prints: [print(0, 'hand-in-slip', 'printed'), print(1, 'hand-in-receipt', 'not-printed', 'power-out')], powerCut: { secondsLeft: 23 } }, ending),
  caretaker: caretaker(),
  'caretaker-no-stick': caretaker({ sticks: [], secondsLeft: 18, waiting: { cases: 0, actions: 0, pages: 0, bytes: 0 } }),
  'caretaker-papers': caretaker({ papers: busy, bySticks: false }),
  'caretaker-tampered': { ...caretaker({ papers: quiet, bySticks: false }), terminal: { ...troubled, devices: { ...troubled.devices, board: { kind: 'blocked', reason: 'tampered' }, ups: { kind: 'online', warnings: ['on-battery'] } } } },
  'caretaker-papers-quiet': caretaker({ papers: quiet, bySticks: false }),
  'caretaker-papers-tabs': caretaker({ papers: busy }),
  'home-maintenance': scene(here, underRepair),
  'caretaker-devices': maintenance({ exchanges: [opened, { ...opened, device: 'id-card-reader', interrupted: true, status: { kind: 'online', warnings: [] } }], selfTest: { last: tested, running: false } }),
  'caretaker-test-unknown': maintenance({ exchanges: [{ ...opened, device: 'ticket-printer', status: { kind: 'online', warnings: ['paper-low'] }, tried: { kind: 'no-test', outcome: 'unknown', reason: 'no-confirmation' } }, { ...opened, step: 'testing', status: { kind: 'online', warnings: [] } }], selfTest: { last: null, running: true } }),
  'caretaker-not-well': maintenance({ exchanges: [{ ...opened, status: { kind: 'blocked', reason: 'cover-open' }, tried: { kind: 'not-well', status: { kind: 'blocked', reason: 'cover-open' } } }], selfTest: { last: { ...tested, findings: tested.findings.map((one) => ({ ...one, result: 'well' as const, reasons: [] })) }, running: false } }),
  'items-maintenance': scene({ ...here, step: 'items', errand: 'apply' }, underRepair),
  'caretaker-outdated': { ...caretaker({ outdated: { program: '0.1.0', protocol: 2, oldest: 3 } }), terminal: outdated },
  'caretaker-full': caretaker({ room: 'full', outcome: { kind: 'failed', deed: 'take', why: 'machine-full' } }),
  'caretaker-writing': caretaker({ deed: { kind: 'put', stick: 'JINBAN-01', done: 92_000_000, total: 214_000_000 } }),
  'caretaker-exported': caretaker({ outcome: exported }),
  'caretaker-imported': caretaker({ waiting: { cases: 0, actions: 0, pages: 0, bytes: 0 }, outcome: imported }),
  'caretaker-refused': caretaker({ outcome: { ...imported, enrolled: false, keptAside: 1, refused: [{ fault: 'damaged', count: 2 }, { fault: 'older', count: 1 }] }, sticks: [...sticks, { stick: '7A3F-11E9 KINGSTON DATATRAVELER', free: 118_000_000, parcels: 0 }] }),
  'caretaker-failed': caretaker({ outcome: { kind: 'failed', deed: 'put', why: 'stick-gone' }, sticks: [] }),
  'caretaker-card': caretaker({ enrolled: false, waiting: { cases: 0, actions: 0, pages: 0, bytes: 0 }, outcome: { kind: 'compare-card', cards: [{ hall: MachineId.parse('H330624'), name: '新昌县政务服务中心', fingerprint: '3f2a 91bc 07de 55a1 c8e4 10b9 6d72 f03e' }] } }),
  away: { ...scene({ ...applying, step: 'form', form }), away: true },
};
