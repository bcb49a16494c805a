/** Cases of fictional people at every stage, as the hall would tell the console of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Payload, type PayloadOf } from '../../../domain/action/payload.ts';
import type { Action, Actor } from '../../../domain/action/types.ts';
import { foldCase, isPaused } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { type CaseId, Hash } from '../../../domain/ids.ts';
import { buildCertificate } from '../../../domain/item/certificate.ts';
import { isPerson } from '../../../domain/identity/applicant.ts';
import { legalName } from '../../../domain/item/form.ts';
import { Item } from '../../../domain/item/types.ts';
import type { TimeEvidence } from '../../../domain/time.ts';
import { caseId, createMaker, handedIn } from '../../fixtures/actions.ts';

/** The moment all pictures are taken at: a Tuesday, ten past ten in China. */
export const NOW = Date.parse('2026-11-24T02:10:00.000Z');
export const TODAY = '2026-11-24';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function item(name: string): Item {
  return Item.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, `../../../packs/xinchang/items/${name}.json`), 'utf8')));
}
export const elderCard = item('elder-card');
export const business = item('business-registration');
export const water = item('water-permit');

/** A hash that names a picture of the fake hall. */
export function pictureHash(serial: number): Hash {
  return Hash.parse(serial.toString(16).padStart(64, '0'));
}
export const SIGNATURE = pictureHash(900);

const terminal = createMaker('T330624-0001');
const hall = createMaker('H330624');

/** How a machine's time stands: counted on from a contact, set right by a known drift, or bare. */
export type Evidence = 'counted' | 'drift' | 'bare';

function evidence(at: number, kind: Evidence): TimeEvidence {
  const monotonic = 9 * HOUR;
  const contact = at - 3 * HOUR;
  const iso = (moment: number) => new Date(moment).toISOString();
  if (kind === 'counted') return { wall: iso(at + 4 * MINUTE), monotonic, boot: 'boot-1', trusted: { at: iso(contact), monotonic: monotonic - 3 * HOUR, boot: 'boot-1' }, drift: { offset: 4 * MINUTE, bound: 120 } };
  if (kind === 'drift') return { wall: iso(at - 2 * MINUTE), monotonic: 5 * MINUTE, boot: 'boot-2', trusted: { at: iso(contact), monotonic, boot: 'boot-1' }, drift: { offset: -2 * MINUTE, bound: 200 } };
  return { wall: iso(at), monotonic: 5 * MINUTE, boot: 'boot-1', trusted: null, drift: null };
}

/** One step of a case's story. @property ago milliseconds before `NOW` */
export type Step = { payload: Payload; ago: number; by?: string; evidence?: Evidence };

const MADE_HERE: readonly Payload['kind'][] = ['handed-in', 'supplemented', 'withdrawn', 'rated', 'result-printed'];

export function actionOf(id: CaseId, of: Item, { payload, ago, by, evidence: kind = 'counted' }: Step): Action {
  const citizens = MADE_HERE.includes(payload.kind);
  const actor: Actor = citizens ? { kind: 'citizen' } : by === undefined ? { kind: 'machine' } : { kind: 'staff', account: by, role: 'clerk' };
  const action = (citizens ? terminal : hall).make(payload, { case: id, actor, code: of.code });
  return { ...action, time: evidence(NOW - ago, citizens ? kind : 'counted') };
}

export type Told = { item: Item; steps: readonly Step[]; daysLeft?: number | null; claimedBy?: string | null; missing?: readonly Hash[]; promisedBy?: string };

/** Everything the console is told of a case: the real fold over its actions. */
export function caseOf(serial: number, told: Told): ConsoleCase {
  const id = caseId(serial);
  return tell(id, told.item, told.steps.map((step) => actionOf(id, told.item, step)), told);
}

/** The case as it stands after these actions. */
export function tell(id: CaseId, of: Item, actions: readonly Action[], { daysLeft = null, claimedBy = null, missing = [] }: Pick<Told, 'daysLeft' | 'claimedBy' | 'missing'>): ConsoleCase {
  const folded = foldCase(actions);
  if (!folded.ok) throw new Error(`a fixture breaks the law: ${folded.error.kind}`);
  const state = folded.value;
  const { applicant, assurance, phone } = state.handedIn;
  const hashes = [...state.materials.flatMap(({ pages }) => pages.map(({ hash }) => hash)), ...(state.handedIn.signature.image === undefined ? [] : [state.handedIn.signature.image.hash])];
  return ConsoleCase.parse({
    row: {
      id, number: state.number, itemName: of.name, person: legalName(applicant), stage: state.stage, handedInAt: handedInAt(actions[0]), machine: 'T330624-0001',
      promisedBy: state.accepted?.promisedBy ?? null, daysLeft, missing: hashes.filter((hash) => missing.includes(hash)).length, claimedBy, paused: isPaused(state),
    },
    item: of,
    applicant: { name: legalName(applicant), number: applicant.number, birth: isPerson(applicant) ? applicant.birth : null, sex: isPerson(applicant) ? applicant.sex : '', card: applicant.card, address: 'address' in applicant ? applicant.address : '', assurance, phone },
    representative: null, acting: null, together: [], identity: { blocks: false, checks: [] },
    form: state.form,
    materials: state.materials,
    here: [...hashes.filter((hash) => !missing.includes(hash)), ...state.materials.flatMap(({ pages }) => pages.flatMap(({ thumbnail }) => (thumbnail === undefined ? [] : [thumbnail.hash])))],
    signature: state.handedIn.signature.image?.hash ?? null,
    correction: state.correction?.asks ?? [],
    certificate: state.certificate,
    actions,
    visits: visitsAfter(Date.parse(handedInAt(actions[0]))),
    ratedLevel: state.rating?.level ?? null, situation: state.handedIn.situation ?? null,
    own: [],
    promises: [],
    duplicates: [],
    proposed: proposed(of, state),
  });
}

/** Whoever handed in took a number for a window. @param at milliseconds since 1970 */
function visitsAfter(at: number): ConsoleCase['visits'] {
  const steps = [['issued', 2, null], ['called', 13, 3], ['started', 14, 3], ['finished', 26, 3]] as const;
  return [{ site: '七星街道便民服务中心', code: 'A027', steps: steps.map(([kind, minutes, window]) => ({ kind, at: new Date(at + minutes * 60_000).toISOString(), window })) }];
}

function handedInAt(action: Action | undefined): string {
  const { trusted, monotonic } = action?.time ?? evidence(NOW, 'bare');
  return trusted === null ? action?.time.wall ?? '' : new Date(Date.parse(trusted.at) + Math.max(monotonic - trusted.monotonic, 3 * HOUR)).toISOString();
}

function proposed(of: Item, state: CaseState): ConsoleCase['proposed'] {
  if (state.stage !== 'accepted' && state.stage !== 'decided') return null;
  const built = buildCertificate(of, state, { serial: 128, issuedOn: TODAY });
  return built.ok ? built.value : null;
}

type Person = { name: string; number: string; birth: string; sex: 'male' | 'female'; address: string };
const WANG: Person = { name: '王守田', number: '330624195603120019', birth: '1956-03-12', sex: 'male', address: '浙江省新昌县沃洲镇大市聚村 12 号' };
const NAMES = ['俞秋兰', '潘国荣', '石小英', '梁伯年', '吕桂花', '章大海', '求明月', '陈阿根', '黄翠娥', '丁水生', '张月仙', '何长庚', '徐银凤', '董立冬'];

export function handIn(person: Person, serial: number, of: Item, change: Partial<PayloadOf<'handed-in'>>): PayloadOf<'handed-in'> {
  const { name, number, birth, sex, address } = person;
  const base = handedIn();
  return handedIn({
    number: { value: `330624-2026${String(1100 + serial).padStart(6, '0')}`, provisional: false },
    applicant: { card: 'resident', name, sex, ethnicity: '01', birth, address, number, authority: '新昌县公安局', validFrom: '2020-01-01', validTo: null },
    phone: '13800001234',
    signature: { ...base.signature, image: { hash: SIGNATURE, size: 5200, mediaType: 'image/png' } },
    form: of === elderCard ? ELDER_FORM : of === business ? BUSINESS_FORM : WATER_FORM,
    ...change,
  });
}

const ELDER_FORM = { town: '330624112', address: '浙江省新昌县沃洲镇大市聚村 12 号', localHousehold: true, phone: '13800001234', emergencyName: '王小满', emergencyRelation: 'child', emergencyPhone: '13900005678' };
const BUSINESS_FORM = { formation: 'personal', operatorAddress: '浙江省新昌县七星街道五都村 8 号', phone: '13800001234', town: '330624003', premises: '新昌县七星街道人民西路 216 号一楼', premisesRight: 'rented', landlord: '石伯钧', tradeName: '新昌县七星街道老灶头小吃店', scope: '许可项目：餐饮服务；食品销售。一般项目：外卖递送服务。', capital: 5, workers: 2 };
const WATER_FORM = { applicantKind: 'person', phone: '13800001234', source: 'river', town: '330624112', place: '黄泽江大市聚村段右岸，村东机耕桥下游 60 米', means: 'pump', 'pumpPower-1': 7.5, 'pumpFlow-1': 50, 'pumpHours-1': 300, 'pumpYear-1': 15000, 'pumpPower-2': 3, 'pumpFlow-2': 20, 'pumpHours-2': 200, 'pumpYear-2': 4000, pumpTotal: 19000, amount: 18000, use: 'irrigation', returnPlace: '田间渗漏，无集中退水', startsOn: '2027-03-01', endsOn: '2032-02-29', termDays: 1826 };

const page = (serial: number) => ({ hash: pictureHash(serial), size: 240_000, mediaType: 'image/jpeg' as const });
const household = { key: 'household-or-id', pages: [page(1), page(2)], trust: 'C' as const };
const shopPapers = [
  { key: 'identity', pages: [page(2)], trust: 'B' as const },
  { key: 'premises', pages: [page(3), page(4), page(5)], trust: 'C' as const },
];
const wellPapers = [{ key: 'third-party', pages: [page(6)], trust: 'D' as const }, { key: 'location', pages: [{ ...page(7), thumbnail: page(11) }, page(8)], trust: 'C' as const }, { key: 'meter', pages: [page(9)], trust: 'C' as const }];

const PAN = { ...WANG, name: '潘国荣', number: '330624198807210018', birth: '1988-07-21', address: '浙江省新昌县七星街道五都村 8 号' };
const LONG_NAME = { ...WANG, name: '阿卜杜热合曼·买买提依明·吾守尔江', address: '新疆维吾尔自治区喀什地区疏勒县巴仁乡库木西力克（13）村阿亚格库木西力克组 128 号附 2 号（现居浙江省新昌县羽林街道）' };

const ASK = { kind: 'correction-asked', asks: [{ target: 'form', key: 'premises', words: '“经营场所详细地址”与租房合同上写的不一致，请核对后改正。' }, { target: 'material', key: 'premises', words: '“租房合同”缺页，请把签名页一起拍齐。' }], within: '2026-12-15' } satisfies Payload;
const accepted = (serial: number, promisedBy: string): Payload => ({ kind: 'accepted', number: `330624-2026${String(1100 + serial).padStart(6, '0')}`, acceptedOn: '2026-11-23', promisedBy, statutoryBy: '2026-11-30', provisional: false });

/** The cases that tests go into; the rest of the inbox is `crowd`. Keys say what each is for. */
export const CASES = {
  /** To be accepted: everything is here. */
  fresh: caseOf(1, { item: elderCard, daysLeft: 0, steps: [{ ago: 26 * HOUR, payload: handIn(WANG, 1, elderCard, { materials: [household] }) }] }),
  /** To be corrected: the contract's last page stands on its head. */
  shop: caseOf(2, { item: business, daysLeft: 2, steps: [{ ago: 2 * HOUR, evidence: 'drift', payload: handIn(PAN, 2, business, { materials: shopPapers, assurance: 'card-checked' }) }] }),
  /** Two pages are on their way, of one the thumbnail is here, and the number is provisional. */
  onItsWay: caseOf(3, { item: water, daysLeft: 4, missing: [pictureHash(7), pictureHash(8)], steps: [{ ago: 5 * HOUR, evidence: 'bare', payload: handIn({ ...WANG, name: '梁伯年' }, 3, water, { materials: wellPapers, number: { value: 'L-0001-000017', provisional: true } }) }] }),
  /** A colleague has it. */
  taken: caseOf(4, { item: elderCard, daysLeft: 1, claimedBy: 'lvguihua', steps: [{ ago: 22 * HOUR, payload: handIn({ ...WANG, name: '求明月', sex: 'female' }, 4, elderCard, { materials: [household] }) }] }),
  /** Corrected by the citizen. */
  supplemented: caseOf(5, {
    item: business, daysLeft: 5,
    steps: [
      { ago: 96 * HOUR, payload: handIn({ ...PAN, name: '石小英', sex: 'female' }, 5, business, { materials: shopPapers }) },
      { ago: 70 * HOUR, by: 'chenlijun', payload: ASK },
      { ago: 1 * HOUR, payload: { kind: 'supplemented', form: { premises: '新昌县七星街道人民西路 216-1 号一楼' }, materials: [{ key: 'premises', pages: [page(3), page(4), page(10)], trust: 'C' }] } },
    ],
  }),
  /** To be finished with a certificate. */
  accepted: caseOf(6, { item: elderCard, daysLeft: -1, claimedBy: 'chenlijun', steps: [{ ago: 50 * HOUR, payload: handIn({ ...WANG, name: '俞秋兰', sex: 'female' }, 6, elderCard, { materials: [household] }) }, { ago: 24 * HOUR, by: 'chenlijun', payload: accepted(6, '2026-11-23') }] }),
  waiting: caseOf(7, { item: business, steps: [{ ago: 72 * HOUR, payload: handIn({ ...PAN, name: '章大海' }, 7, business, { materials: shopPapers }) }, { ago: 48 * HOUR, by: 'chenlijun', payload: ASK }] }),
  finished: caseOf(8, {
    item: elderCard,
    steps: [
      { ago: 120 * HOUR, payload: handIn({ ...WANG, name: '陈阿根' }, 8, elderCard, { materials: [household] }) },
      { ago: 97 * HOUR, by: 'chenlijun', payload: accepted(8, '2026-11-21') },
      { ago: 96 * HOUR, by: 'chenlijun', payload: { kind: 'decided', granted: true, reason: '' } },
      { ago: 96 * HOUR, by: 'chenlijun', payload: { kind: 'finished', result: 'granted', words: '证已办好，请到沃洲镇便民服务中心自助机打印。', certificate: certificateOf(elderCard, handIn({ ...WANG, name: '陈阿根' }, 8, elderCard, {})) } },
      { ago: 90 * HOUR, payload: { kind: 'result-printed', licence: '1.2.156', outcome: 'printed' } },
      { ago: 90 * HOUR, payload: { kind: 'rated', level: 5, tags: [], words: '机器上就能办，不用跑县城。' } },
    ],
  }),
  refused: caseOf(9, { item: water, steps: [{ ago: 200 * HOUR, payload: handIn({ ...WANG, name: '何长庚' }, 9, water, { materials: wellPapers }) }, { ago: 170 * HOUR, by: 'chenlijun', payload: { kind: 'refused', reason: '您申请的取水点在嵊州市境内，不属于新昌县水利水电局职权范围。请向嵊州市水利水电局申请。' } }] }),
  /** The longest texts that may come. */
  long: caseOf(10, { item: { ...water, name: '建设项目水资源论证报告表审查及取水许可（新办，含农业灌溉、规模畜禽养殖与小型工业取水）一并办理' }, daysLeft: 12, claimedBy: 'zhang-meili-of-the-water-bureau', steps: [{ ago: 30 * HOUR, payload: handIn(LONG_NAME, 10, water, { materials: wellPapers, form: { ...WATER_FORM, place: WATER_FORM.place.repeat(8) } }) }] }),
  /** Nothing was to be handed in. */
  bare: caseOf(11, { item: elderCard, daysLeft: 5, steps: [{ ago: 20 * MINUTE, payload: handIn({ ...WANG, name: '丁水生' }, 11, elderCard, { materials: [], phone: '', assurance: 'typed' }) }] }),
} satisfies Record<string, ConsoleCase>;

function certificateOf(of: Item, payload: PayloadOf<'handed-in'>) {
  const built = buildCertificate(of, { handedIn: payload, form: payload.form }, { serial: 127, issuedOn: '2026-11-20' });
  return built.ok ? built.value : null;
}

/** Enough others to make the inbox two pages long. */
export const CROWD: readonly ConsoleCase[] = Array.from({ length: 58 }, (_, index) => {
  const of = [elderCard, business, water][index % 3] ?? elderCard;
  const materials = of === elderCard ? [household] : of === business ? shopPapers : wellPapers;
  const name = NAMES[index % NAMES.length] ?? '';
  const steps: Step[] = [{ ago: (30 + index * 3) * HOUR, payload: handIn({ ...WANG, name }, 20 + index, of, { materials }) }];
  if (index % 4 === 3) steps.push({ ago: 20 * HOUR, by: 'lvguihua', payload: accepted(20 + index, '2026-12-04') });
  return caseOf(20 + index, { item: of, daysLeft: index % 4 === 3 ? 8 : 3 + Math.floor(index / 12), claimedBy: index % 7 === 5 ? 'lvguihua' : null, steps });
});
