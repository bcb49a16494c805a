import { describe, expect, test } from 'vitest';
import { sha256 } from '../../crypto/node.ts';
import { createMaker, handedIn } from '../../test/fixtures/actions.ts';
import { jointItem } from '../../test/fixtures/joint-item.ts';
import { packItem } from '../../test/fixtures/pack-item.ts';
import type { Payload } from '../action/payload.ts';
import type { Action } from '../action/types.ts';
import { NATIONAL_CALENDAR } from '../calendar/working-days.ts';
import type { Item } from '../item/types.ts';
import { type CaseFile, type HallFacts, paperOf, papersOf } from './from-case.ts';
import { type LegalKind, LegalPaper, LITIGATION_MONTHS, RECONSIDERATION_DAYS } from './legal.ts';

const remedies = { reconsideration: { authority: '示例县人民政府', days: RECONSIDERATION_DAYS, first: false }, litigation: { court: '示例县人民法院', within: LITIGATION_MONTHS, unit: 'months' } } as const;
const hall: HallFacts = { name: '示例县政务服务中心', remedies: () => remedies, phone: null, complaintPhone: '12345' };
const permit = packItem('water-permit');
const page = handedIn().materials[0]?.pages[0];
const limits = { promisedBy: '2026-12-30', statutoryBy: '2027-01-07', provisional: true, calendar: 'test' };

const accepted = { kind: 'accepted', number: '330624202600000001', acceptedOn: '2026-11-23', promisedBy: '2026-12-14', statutoryBy: '2026-12-21', provisional: false } as const;
const correction = { kind: 'correction-asked', asks: [{ target: 'form', key: 'amount', words: '请核对取水量' }, { target: 'material', key: 'location', words: '缺少位置图' }], within: '2026-12-14' } as const satisfies Payload;
const paused = { kind: 'paused', why: 'special-procedure', procedure: '专家审查', allowed: { days: 10, unit: 'working' }, reason: '要请专家看方案', on: '2026-11-25' } as const;

/** A case with these actions after its hand-in. */
function file(payloads: readonly Payload[], item: Item = permit): CaseFile & { last: Action } {
  const maker = createMaker('T330624-0001');
  const about = { code: item.code };
  const first = maker.make(handedIn({ form: {}, materials: page === undefined ? [] : [{ key: 'location', pages: [page, page], trust: 'C' }] }), about);
  const rest = payloads.map((payload) => maker.make(payload, { ...about, actor: { kind: 'staff', account: 'wang', role: 'clerk' } }));
  return { actions: [first, ...rest], item, receivedOn: '2026-11-23', calendar: NATIONAL_CALENDAR, last: rest.at(-1) ?? first };
}

function paper<Kind extends LegalKind>(kind: Kind, payloads: readonly Payload[], item: Item = permit): Extract<LegalPaper, { kind: Kind }> {
  const whole = file(payloads, item);
  const made = paperOf(kind, { action: whole.last.id, paperNumber: '示〔2026〕1号' }, whole, hall);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value as Extract<LegalPaper, { kind: Kind }>;
}

const WAYS: Readonly<Record<LegalKind, readonly Payload[]>> = {
  'materials-receipt': [],
  'acceptance-notice': [accepted],
  'lacking-commitment': [{ ...accepted, lacking: [{ key: 'meter', by: '2026-12-01' }] }],
  'joint-acceptance': [accepted],
  'correction-notice': [correction],
  'refusal-notice': [{ kind: 'refused', reason: '不属于本县' }],
  'withdrawal-confirmation': [{ kind: 'withdrawn', reason: '先不办了' }],
  'special-procedure-notice': [accepted, paused],
  'resumption-notice': [accepted, paused, { kind: 'resumed', words: '', on: '2026-12-09', limits }],
  'extension-notice': [accepted, { kind: 'extended', days: 10, approvedBy: '局长', reason: '数据没有到齐', on: '2026-12-01', limits }],
  'approval-decision': [accepted, { kind: 'decided', granted: true, reason: '' }],
  'denial-decision': [accepted, { kind: 'decided', granted: false, reason: '取水总量已满' }],
  'return-notice': [{ kind: 'finished', result: 'returned', words: '申请人要求取回', certificate: null }],
  'lapse-notice': [correction, { kind: 'finished', result: 'lapsed', words: '', certificate: null }],
  'hand-over-receipt': [accepted, { kind: 'handed-over', to: '审批科', papers: ['申请书原件'], words: '' }],
  'delivery-receipt': [{ kind: 'refused', reason: '不属于本县' }, { kind: 'delivered', way: 'window', collector: '李示例', relation: 'agent', on: '2026-12-02' }],
};

test.each(Object.entries(WAYS) as [LegalKind, readonly Payload[]][])('%s: made from the log alone, nobody named in full, bound to its action', (kind, payloads) => {
  const item = kind === 'joint-acceptance' ? jointItem() : permit;
  const whole = file(payloads, item);
  expect(papersOf(whole.last.payload, item)).toContain(kind);
  const made = paper(kind, payloads, item);
  expect(made).toMatchObject({ kind, actionHash: whole.last.hash, person: '张＊＊', number: '330624202600000001', power: 'licence' });
  const text = JSON.stringify(made);
  for (const secret of ['张测试', '李示例', '330624199001010018', '13800000000']) expect(text).not.toContain(secret);
  expect(sha256(text)).toBe(sha256(JSON.stringify(paper(kind, payloads, item))));
});

test('every kind is made from something', () => {
  expect(new Set(Object.keys(WAYS))).toEqual(new Set(LegalPaper.options.map(({ shape }) => shape.kind.value)));
});

describe('facts', () => {
  test('an acceptance says what it is one for', () => {
    expect(paper('acceptance-notice', [accepted])).toMatchObject({ receivedOn: '2026-11-23', materials: [{ pages: 2 }], promisedBy: '2026-12-14', excluded: permit.specialProcedures });
    expect(paper('acceptance-notice', [accepted])).not.toHaveProperty('ground');
    expect(paper('acceptance-notice', [{ ...accepted, deemed: true }])).toMatchObject({ ground: 'deemed', basis: [{ article: '第三十二条第一款第四项' }, { article: '第四十八条' }, {}] });
    expect(paper('acceptance-notice', WAYS['lacking-commitment'])).toMatchObject({ ground: 'lacking' });
  });

  test('words of the item stand for its keys', () => {
    expect(paper('correction-notice', [correction]).asks.map(({ target }) => target)).toEqual([expect.stringContaining('取水量'), permit.materials.find(({ key }) => key === 'location')?.name]);
    expect(paper('lacking-commitment', WAYS['lacking-commitment']).lacking).toEqual([{ name: permit.materials.find(({ key }) => key === 'meter')?.name, by: '2026-12-01' }]);
  });

  test('a joint acceptance has every step with what it waits for', () => {
    expect(paper('joint-acceptance', [accepted], jointItem()).steps).toEqual([
      { name: '现场踏勘', department: '新昌县水利局', days: 3, unit: 'working', after: [] },
      { name: '用地审查', department: '新昌县自然资源和规划局', days: 5, unit: 'working', after: [] },
      { name: '生态流量审查', department: '新昌县生态环境局', days: 2, unit: 'working', after: [] },
      { name: '批准', department: '新昌县水利局', days: 2, unit: 'working', after: ['现场踏勘', '用地审查', '生态流量审查'] },
    ]);
  });

  test('ten working days for handing over; a delivery names its paper and a masked collector', () => {
    // 23 November 2026 is a Monday.
    expect(paper('approval-decision', WAYS['approval-decision'])).toMatchObject({ date: '2026-11-23', deliverBy: '2026-12-07', content: `准予${permit.name}。` });
    expect(paper('delivery-receipt', WAYS['delivery-receipt'])).toMatchObject({ collector: '李＊＊', papers: ['不予受理通知书'] });
  });

  test('a case that went on does not change its earlier papers', () => {
    const whole = file([accepted, paused]);
    const [, acceptance] = whole.actions;
    if (acceptance === undefined) throw new Error('two actions');
    expect(paperOf('acceptance-notice', { action: acceptance.id, paperNumber: '示〔2026〕1号' }, whole, hall)).toEqual({ ok: true, value: paper('acceptance-notice', [accepted]) });
  });

  test('what is no licence rests on no licensing law', () => {
    const other = { ...permit, type: '20' };
    expect(paper('denial-decision', WAYS['denial-decision'], other)).toMatchObject({ power: 'other', basis: permit.legalBasis.slice(0, 2).map(({ law, article }) => ({ law, article })) });
  });
});

describe('no paper rather than a wrong one', () => {
  const failure = (kind: LegalKind, payloads: readonly Payload[], facts: HallFacts = hall) => {
    const whole = file(payloads);
    const made = paperOf(kind, { action: whole.last.id, paperNumber: '示〔2026〕1号' }, whole, facts);
    return made.ok ? null : made.error;
  };

  test('of another kind than the action gives rise to', () => {
    expect(failure('denial-decision', WAYS['approval-decision'])).toEqual({ kind: 'no-such-paper' });
    expect(failure('special-procedure-notice', [accepted, { ...paused, why: 'hold', procedure: '', allowed: null }])).toEqual({ kind: 'no-such-paper' });
  });

  test.each(['refusal-notice', 'denial-decision', 'return-notice', 'lapse-notice'] as const)('%s without remedies', (kind) => {
    expect(failure(kind, WAYS[kind], { ...hall, remedies: null })).toEqual({ kind: 'remedies-unknown' });
  });

  test('with a whole identity number in a clerk\'s words', () => {
    expect(failure('refusal-notice', [{ kind: 'refused', reason: '与330624199001010018登记的不一致' }])).toEqual({ kind: 'not-printable', path: 'reason' });
  });
});
