import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packItem } from '../../test/fixtures/pack-item.ts';
import { examine, type GuideContext, mayPublish, openFindings } from './doctor.ts';
import { FINDING_WORDS } from './doctor-words.ts';
import { LAWS, lawTitled } from './laws.ts';
import { skeletonItem } from './skeleton.ts';
import { compareSurfaces, type SurfaceText } from './surfaces.ts';
import type { Item, ItemMaterial } from './types.ts';

const today = '2026-11-27';
const elder = packItem('elder-card');
const water = packItem('water-permit');
const first = (item: Item): ItemMaterial => item.materials[0] ?? expect.unreachable();

/** What is found after a change to a copy of the water permit, which has no finding of its own. */
function foundAfter(change: (item: Item) => void, context: Partial<GuideContext> = {}): string[] {
  const copy = structuredClone(water);
  change(copy);
  return examine(copy, { today, ...context }).map(({ severity, kind, path }) => `${severity} ${kind} ${path}`);
}

describe('the guide doctor', () => {
  test('a right guide has no finding', () => {
    expect(foundAfter(() => {})).toEqual([]);
    expect(mayPublish(water, { today })).toBe(true);
  });
  test.each<[string, (item: Item) => void]>([
    ['blocks catch-all-material materials.third-party', (item) => { first(item).name = '其他有关材料'; }],
    ['blocks promise-over-law promised.days', (item) => { item.promised.days = 60; }],
    ['blocks fee-without-basis fee.basis', (item) => { item.fee.charged = true; }],
    ['blocks issuer-missing materials.third-party.issuer', (item) => { first(item).issuer = '相关部门'; }],
    ['blocks issuer-missing materials.third-party.issuer', (item) => { first(item).issuer = '无'; }],
    ['needs-reason sample-missing materials.third-party.sample', (item) => { first(item).sample = ''; }],
    ['needs-reason holder-unsaid materials.third-party', (item) => { first(item).source = 'government'; }],
    ['needs-reason held-by-government materials.third-party', (item) => { first(item).holder = { body: '新昌县公安局', register: '人口信息库' }; }],
    ['needs-reason collected-before materials.third-party', (item) => { first(item).collectedBy = { kind: 'step', key: 'hand-in' }; }],
    ['needs-reason collected-before materials.third-party', (item) => { first(item).collectedBy = { kind: 'item', key: elder.code }; }],
    ['blocks collected-by-unknown materials.third-party', (item) => { first(item).collectedBy = { kind: 'step', key: 'nowhere' }; }],
    ['blocks fee-basis-expired fee.basisUntil', (item) => { item.fee = { charged: true, basis: '样本收费文件', rows: [{ name: '工本费', standard: '5元' }], basisUntil: '2026-11-26' }; }],
    ['blocks law-not-in-force legalBasis.0', (item) => { item.legalBasis[0] = { law: '《中华人民共和国物权法》', article: '第一条', text: '' }; }],
    ['blocks law-not-in-force materials.third-party.basis', (item) => { first(item).basis = '依照《中华人民共和国合同法》（1999年）第九条'; }],
    ['needs-reason vague-words conditions.0', (item) => { item.conditions[0] = '取水口在县境内的相关河段'; }],
    ['needs-reason vague-words materials.third-party.acceptance', (item) => { first(item).acceptance = '写明水量、时间等。'; }],
    ['needs-reason vague-words specialProcedures.0', (item) => { item.specialProcedures[0] = '视情况听证'; }],
    ['needs-reason condition-uncheckable conditions.0', (item) => { item.conditions[0] = '申请人信誉良好'; }],
    ['needs-reason condition-uncheckable conditions.0', (item) => { item.conditions[0] = '取水设施符合国家规定的标准'; }],
    ['blocks visits-though-online visits.count', (item) => { item.visits = { count: 1, reason: '现场领取' }; }],
    ['needs-reason limit-without-unit promised.note', (item) => { item.promised.note = '公告需要30日。'; }],
    ['needs-reason limit-without-unit steps.site.note', (item) => { item.steps.find(({ key }) => key === 'site')!.note = '五日内到现场。'; }],
    ['blocks quantity-limit-unsaid quantityLimit.note', (item) => { item.quantityLimit = { limited: true, note: '' }; }],
    ['blocks adjustment-without-source adjustment.from', (item) => { item.adjustment = { kind: 'merged', from: [], note: '' }; }],
    ['blocks forms-contradict services.terminal', (item) => { item.forms = ['window']; }],
    ['blocks not-filled conditions.0', (item) => { item.conditions[0] = '待填写'; }],
    ['blocks reason-unused reasons.0', (item) => { item.reasons = [{ finding: 'vague-words', path: 'conditions.0', words: '没有这个问题' }]; }],
    ['blocks reason-unused reasons.0', (item) => { item.forms = ['window']; item.reasons = [{ finding: 'forms-contradict', path: 'services.terminal', words: '不能靠说明放行' }]; }],
  ])('%s', (finding, change) => {
    expect(foundAfter(change, { others: [elder] })).toContain(finding);
  });
  test.each<[string, (item: Item) => void]>([
    ['等 within other words', (item) => { item.conditions[0] = '等级为二等以上，平等对待，等待不超过3个工作日，上下等高'; }],
    ['有关系 is no vagueness', (item) => { item.conditions[0] = '与下游用水户没有关系'; }],
    ['a named standard can be checked', (item) => { item.conditions[0] = '计量设施符合《用水单位水计量器具配备和管理通则》的要求'; }],
    ['a date and a unit', (item) => { item.promised.note = '3月1日起，5个工作日内办结，工作日办理'; }],
    ['a law that is in force', (item) => { item.legalBasis[0] = { law: '《中华人民共和国民法典》', article: '', text: '' }; }],
    ['a law that nobody listed', (item) => { item.legalBasis[0] = { law: '《样本县样本办法》', article: '', text: '' }; }],
  ])('nothing for %s', (_name, change) => {
    expect(foundAfter(change)).toEqual([]);
  });
  test('a reason answers one finding at its place, and then it may be published', () => {
    const asked = structuredClone(water);
    asked.conditions[0] = '取水口在县境内的相关河段';
    expect(mayPublish(asked, { today })).toBe(false);
    expect(mayPublish({ ...asked, reasons: [{ finding: 'vague-words', path: 'conditions.1', words: '说错了地方' }] }, { today })).toBe(false);
    const answered: Item = { ...asked, reasons: [{ finding: 'vague-words', path: 'conditions.0', words: '河段名录每年公布，见水利局网站。' }] };
    expect(openFindings(answered, examine(answered, { today }))).toEqual([]);
    expect(mayPublish(answered, { today })).toBe(true);
  });
  test('laws are looked at as of the day the version begins', () => {
    const laws = [{ title: '样本法', inForceFrom: '2027-01-01', endedOn: null, replacedBy: '', source: '样本' }];
    const named = (item: Item) => { item.legalBasis = [{ law: '《样本法》（2026年通过）', article: '', text: '' }]; };
    expect(foundAfter(named, { laws })).toEqual(['blocks law-not-in-force legalBasis.0']);
    expect(foundAfter((item) => { named(item); item.effectiveFrom = '2027-01-01'; }, { laws })).toEqual([]);
  });
  test('a later version takes over from one without an end; two that cannot be told apart are refused', () => {
    const later = (change: Partial<Item>): string[] => foundAfter((item) => void Object.assign(item, { version: water.version + 1, ...change }), { others: [water] });
    expect(later({ effectiveFrom: '2027-01-01' })).toEqual([]);
    expect(later({})).toEqual(['blocks dates-overlap effectiveFrom']);
    expect(later({ effectiveFrom: '2025-01-01' })).toEqual(['blocks dates-overlap effectiveFrom']);
    expect(foundAfter(() => {}, { others: [{ ...water, version: water.version + 1, effectiveFrom: '2027-01-01' }] })).toEqual([]);
    expect(later({ effectiveFrom: '2025-01-01', effectiveTo: '2025-12-31' })).toEqual([]);
  });
  test('what is no item has its faults in words', () => {
    expect(examine({ ...water, version: 0 }, { today })).toEqual([{ kind: 'schema', path: 'version', severity: 'blocks', words: FINDING_WORDS.schema('') }]);
  });
  test('never throws, and what blocks is never answered by a reason', () => {
    fc.assert(fc.property(fc.constantFrom('name', 'conditions', 'materials', 'reasons', 'fee', 'steps'), fc.jsonValue(), (element, value) => {
      const candidate = { ...water, [element]: value };
      const found = examine(candidate, { today });
      for (const { words } of found) expect(words).not.toBe('');
      if (found.some(({ severity }) => severity === 'blocks')) expect(mayPublish(candidate, { today })).toBe(false);
    }));
  });
});

describe('two surfaces of one item', () => {
  const leaflet: SurfaceText = { code: water.code, surface: 'window', seen: '告知单', name: water.name, materials: water.materials.map(({ name }) => name), statutory: { days: 45, unit: 'working' }, promised: { days: 15, unit: 'working' } };
  test('blanks and the width of brackets are no difference; anything else is', () => {
    expect(compareSurfaces(water, [{ ...leaflet, name: ' 取水许可(新办,小型取水)' }])).toEqual([]);
    const other: SurfaceText = { ...leaflet, promised: { days: 20, unit: 'working' }, materials: [...leaflet.materials.slice(1), '申请人身份证复印件'] };
    expect(compareSurfaces(water, [other]).map(({ path, terminal, other: theirs }) => [path, terminal, theirs])).toEqual([
      ['promised.days', '15个工作日', '20个工作日'], ['materials.third-party', '与第三者利害关系的说明', null], ['materials', null, '申请人身份证复印件'],
    ]);
    expect(examine(water, { today, surfaces: [other] }).map(({ severity, kind }) => `${severity} ${kind}`)).toEqual(['blocks surface-differs', 'blocks surface-differs', 'blocks surface-differs']);
    expect(compareSurfaces(elder, [other])).toEqual([]);
  });
});

test('laws: each ends after it began, names what replaces it if that is a law, and is listed once', () => {
  for (const { title, inForceFrom, endedOn, replacedBy } of LAWS) {
    expect([title, endedOn === null || endedOn > inForceFrom]).toEqual([title, true]);
    if (replacedBy !== '') expect(LAWS.map((law) => law.title)).toContain(replacedBy);
  }
  expect(new Set(LAWS.map(({ title }) => title)).size).toBe(LAWS.length);
  expect(lawTitled('《中华人民共和国水法》（2016年修正）', LAWS)).toBe(lawTitled('中华人民共和国水法（2016年修正）', LAWS));
});

test('a skeleton is an item whose every open place the doctor names', () => {
  const made = skeletonItem(elder.code, today);
  if (!made.ok) return expect.unreachable();
  const found = examine(made.value, { today });
  expect(found.length).toBeGreaterThan(20);
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['not-filled']));
  expect(skeletonItem(elder.code.slice(1), today).ok).toBe(false);
});
