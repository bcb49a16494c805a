import { FINDING_WORDS } from './doctor-words.ts';
import { ONLINE_WHOLE } from './dictionaries.ts';
import { LAWS, type Law, lawTitled } from './laws.ts';
import { compareSurfaces, SURFACES, type SurfaceText } from './surfaces.ts';
import type { Item, ItemMaterial } from './types.ts';
import { checkItem, type ItemFaultKind, shareDay } from './validate.ts';

/**
 * What the doctor finds wrong with a guide. `blocks` cannot be published; `needs-reason` can, if `reasons` answers it, and the public reads the answer.
 * What spans fields and is wrong in any guide is refused by `validate.ts` and only put into words here.
 */
export type Finding = { kind: FindingKind; path: string; severity: 'blocks' | 'needs-reason'; words: string };
export type FindingKind = ItemFaultKind | DoctorKind;
export type DoctorKind =
  | 'issuer-missing' | 'sample-missing' | 'fee-basis-expired' | 'holder-unsaid' | 'held-by-government' | 'collected-before' | 'collected-by-unknown'
  | 'law-not-in-force' | 'surface-differs' | 'vague-words' | 'condition-uncheckable' | 'visits-though-online' | 'limit-without-unit' | 'quantity-limit-unsaid'
  | 'not-filled' | 'dates-overlap' | 'adjustment-without-source' | 'forms-contradict' | 'reason-unused'
  | 'question-without-effect' | 'answer-without-difference' | 'ends-nowhere';

/** Stands in a skeleton where somebody has to write. */
export const TO_FILL = '待填写';

/** What a guide is held against. */
export type GuideContext = {
  /** Civil date: laws and fees are looked at as they stand on the later of this day and the day the version begins. */
  today: string;
  /** Other items and versions that are published or in the same pack; the item itself may be among them. */
  others?: readonly Item[];
  surfaces?: readonly SurfaceText[];
  laws?: readonly Law[];
};

/** Every finding, answered or not. A candidate that is no item yet has only its faults. */
export function examine(candidate: unknown, context: GuideContext): Finding[] {
  const checked = checkItem(candidate);
  if (!checked.ok) return checked.error.faults.map(({ kind, path }) => ({ kind, path, severity: 'blocks', words: FINDING_WORDS[kind]('') }));
  const item = checked.value;
  const found = [...unfilled(item, []), ...materialFindings(item, context), ...lawFindings(item, context), ...wordFindings(item), ...elementFindings(item, context), ...situationFindings(item, context), ...surfaceFindings(item, context)];
  return [...found, ...(item.reasons ?? []).flatMap(({ finding, path }, index) => (
    found.some((one) => answers({ finding, path }, one)) ? [] : blocks('reason-unused', `reasons.${index}`, path)
  ))];
}

/** The findings that keep an item from being published: what blocks, and what needs a reason that is not given. */
export function openFindings(item: Item, found: readonly Finding[]): Finding[] {
  return found.filter((finding) => finding.severity === 'blocks' || !(item.reasons ?? []).some((reason) => answers(reason, finding)));
}

/** Whether a candidate may be published as it stands. */
export function mayPublish(candidate: unknown, context: GuideContext): boolean {
  const checked = checkItem(candidate);
  return checked.ok && openFindings(checked.value, examine(candidate, context)).length === 0;
}

function answers({ finding, path }: { finding: string; path: string }, found: Finding): boolean {
  return found.severity === 'needs-reason' && finding === found.kind && path === found.path;
}

/** @param about what the words are about: a title, the words found, a day */
function blocks(kind: DoctorKind, path: string, about = ''): Finding[] {
  return [{ kind, path, severity: 'blocks', words: FINDING_WORDS[kind](about) }];
}
function needsReason(kind: DoctorKind, path: string, about = ''): Finding[] {
  return [{ kind, path, severity: 'needs-reason', words: FINDING_WORDS[kind](about) }];
}
const none: Finding[] = [];

function unfilled(value: unknown, path: readonly string[]): Finding[] {
  if (typeof value === 'string') return value.includes(TO_FILL) ? blocks('not-filled', path.join('.')) : none;
  if (typeof value !== 'object' || value === null) return none;
  return Object.entries(value).flatMap(([name, inner]) => unfilled(inner, [...path, name]));
}

function materialFindings(item: Item, { others = [] }: GuideContext): Finding[] {
  return item.materials.flatMap((material) => {
    const path = `materials.${material.key}`;
    return [
      ...(namesNobody(material.issuer) ? blocks('issuer-missing', `${path}.issuer`, material.name) : none),
      ...(material.sample === '' && material.sampleFile === undefined ? needsReason('sample-missing', `${path}.sample`, material.name) : none),
      ...(material.holder !== undefined ? needsReason('held-by-government', path, `“${material.name}”（${material.holder.body}，${material.holder.register}）`) : none),
      ...(material.holder === undefined && material.source === 'government' ? needsReason('holder-unsaid', path, material.name) : none),
      ...collected(item, material, others),
    ];
  });
}

function collected(item: Item, { key, name, collectedBy }: ItemMaterial, others: readonly Item[]): Finding[] {
  if (collectedBy === undefined) return none;
  const path = `materials.${key}`;
  const where = collectedBy.kind === 'step' ? item.steps.find((step) => step.key === collectedBy.key)?.name : others.find(({ code }) => code === collectedBy.key)?.name;
  // An item of another county's pack is not at hand; a step of the item itself is.
  if (where === undefined && (collectedBy.kind === 'step' || others.length > 0)) return blocks('collected-by-unknown', path, collectedBy.key);
  return needsReason('collected-before', path, `“${name}”（${where ?? collectedBy.key}）`);
}

/** What validation lets pass but helps nobody: a question or an answer that changes nothing, and a way out that leads nowhere. */
function situationFindings(item: Item, { others = [] }: GuideContext): Finding[] {
  const { situations = [] } = item;
  const applying = [...(item.applicants?.ways ?? []), ...(item.applicants?.together === undefined ? [] : [item.applicants.together])];
  const conditions = [...situations.flatMap(({ shownWhen }) => shownWhen), ...item.materials.flatMap(({ neededWhen = [] }) => neededWhen), ...applying.flatMap(({ when = [] }) => when)];
  return situations.flatMap(({ key, question, options, ends = [], fills }) => {
    const path = `situations.${key}`;
    const own = conditions.filter((condition) => condition.question === key);
    /** Everything that hangs on this answer, in one word. */
    const effect = (value: string) => `${own.map((condition) => Number(condition.in.includes(value))).join('')} ${ends.find((end) => end.value === value)?.words ?? ''}`;
    const alike = fills === undefined ? options.filter(({ value }, index) => options.some((other, at) => at < index && effect(other.value) === effect(value))) : [];
    const nowhere = ends.flatMap(({ item: code }) => (code === undefined || others.length === 0 || others.some((other) => other.code === code) ? [] : [code]));
    return [
      ...(fills === undefined && new Set(options.map(({ value }) => effect(value))).size === 1 ? blocks('question-without-effect', path, question) : alike.length > 0 ? needsReason('answer-without-difference', path, alike.map(({ label }) => `“${label}”`).join('')) : none),
      ...nowhere.flatMap((code) => blocks('ends-nowhere', path, code)),
    ];
  });
}

/** 相关部门, 有关单位, 无, — … */
function namesNobody(issuer: string): boolean {
  return /^(相关|有关|各|其他|其它)?(部门|单位|机关|机构|人员)$|^[无—\-/\s]+$/.test(issuer.trim());
}

function lawFindings(item: Item, { today, laws = LAWS }: GuideContext): Finding[] {
  const day = item.effectiveFrom > today ? item.effectiveFrom : today;
  const judged = (name: string, path: string): Finding[] => {
    const law = lawTitled(name, laws);
    if (law === null || (law.inForceFrom <= day && (law.endedOn === null || day < law.endedOn))) return none;
    return blocks('law-not-in-force', path, law.inForceFrom > day ? `《${law.title}》（${law.inForceFrom}起施行）` : `《${law.title}》（${law.endedOn}起废止${law.replacedBy === '' ? '' : `，现行《${law.replacedBy}》`}）`);
  };
  /** Titles within a text; one without book marks names no law. */
  const named = (text: string, path: string): Finding[] => (text.match(/《[^》]+》/g) ?? []).flatMap((title) => judged(title, path));
  return [
    ...item.legalBasis.flatMap(({ law }, index) => judged(law, `legalBasis.${index}`)),
    ...item.materials.flatMap(({ key, basis }) => named(basis, `materials.${key}.basis`)),
    ...(item.agencies ?? []).flatMap(({ basis }, index) => named(basis, `agencies.${index}.basis`)),
    ...named(item.fee.basis, 'fee.basis'),
    ...(item.fee.charged && item.fee.basisUntil !== undefined && item.fee.basisUntil < day ? blocks('fee-basis-expired', 'fee.basisUntil', item.fee.basisUntil) : none),
  ];
}

/**
 * Words that leave open what is meant. 等 counts where a list ends in it (`身份证等材料`, `营业执照等。`), not within 等级, 等待, 平等; 其他 only as the rest of a
 * list (`其他材料`): a guide may speak of other people.
 */
const VAGUE = /相关|有关(?!系|联)|视情况|必要时|酌情|原则上|一般情况下|其[他它](?=材料|证明|文件|资料|情形|条件)|(?<![平同相对均劣优次下上中高初一二三特])等(?![级待候于同额效分号])/g;
/** What nobody can check: an attitude, a standard that is not named. Where a law or a standard is named by its title, it can be looked up. */
const UNCHECKABLE = /良好|诚信|信誉|遵纪守法|无不良|相应(的)?(能力|条件|资格)|具备.{0,8}能力|符合[^《》（）]{0,16}(规定|要求|条件|标准)|适当|合理/;

function wordFindings(item: Item): Finding[] {
  const texts: [path: string, text: string][] = [
    ['summary', item.summary],
    ...item.conditions.map((text, index): [string, string] => [`conditions.${index}`, text]),
    ...item.materials.flatMap(({ key, name, condition, issuer, acceptance, notes }) => Object.entries({ name, condition, issuer, acceptance, notes }).map(([element, text]): [string, string] => [`materials.${key}.${element}`, text])),
    ...item.specialProcedures.map((text, index): [string, string] => [`specialProcedures.${index}`, text]),
    ['quantityLimit.note', item.quantityLimit?.note ?? ''],
  ];
  return [
    ...texts.flatMap(([path, text]) => {
      const words = [...new Set(text.match(VAGUE) ?? [])];
      return words.length === 0 ? none : needsReason('vague-words', path, words.map((word) => `“${word}”`).join(''));
    }),
    ...item.conditions.flatMap((text, index) => {
      const word = UNCHECKABLE.exec(text)?.[0];
      return word === undefined || /《[^》]+》/.test(text) ? none : needsReason('condition-uncheckable', `conditions.${index}`, word);
    }),
  ];
}

/** A number of days that does not say which days: `5日内`. A date (`3月1日`), a stretch of a week and `当日` are no such. */
const DAYS_WITHOUT_UNIT = /(?<![月第\d])(\d+|[一二三四五六七八九十]+)个?(日|天)(?!期|历|常)/;

function elementFindings(item: Item, { others = [] }: GuideContext): Finding[] {
  const limits: [string, string][] = [
    ['statutory.note', item.statutory.note], ['promised.note', item.promised.note],
    ...item.steps.map(({ key, note }): [string, string] => [`steps.${key}.note`, note]),
    ...item.specialProcedures.map((text, index): [string, string] => [`specialProcedures.${index}`, text]),
  ];
  const { services, forms, adjustment, quantityLimit } = item;
  const overlapping = others.find((other) => other.code === item.code && other.version !== item.version && shareDay(item, other) && !follows(item, other) && !follows(other, item));
  return [
    ...limits.flatMap(([path, text]) => (DAYS_WITHOUT_UNIT.test(text) ? needsReason('limit-without-unit', path, DAYS_WITHOUT_UNIT.exec(text)?.[0]) : none)),
    ...(item.visits.count > 0 && item.online.depth >= ONLINE_WHOLE ? blocks('visits-though-online', 'visits.count') : none),
    ...(quantityLimit?.limited === true && quantityLimit.note === '' ? blocks('quantity-limit-unsaid', 'quantityLimit.note') : none),
    ...((adjustment?.kind === 'split' || adjustment?.kind === 'merged') && adjustment.from.length === 0 ? blocks('adjustment-without-source', 'adjustment.from') : none),
    ...(services !== undefined && forms !== undefined && services.terminal !== forms.includes('terminal') ? blocks('forms-contradict', 'services.terminal') : none),
    ...(overlapping === undefined ? none : blocks('dates-overlap', 'effectiveFrom', String(overlapping.version))),
  ];
}

/** A later version takes over from one without an end: that is how versions follow each other, since a published one is never given an end. */
function follows(later: Item, earlier: Item): boolean {
  return later.version > earlier.version && later.effectiveFrom > earlier.effectiveFrom;
}

function surfaceFindings(item: Item, { surfaces = [] }: GuideContext): Finding[] {
  return compareSurfaces(item, surfaces).flatMap(({ path, label, surface, seen, terminal, other }) => (
    blocks('surface-differs', path, `${label}：本指南“${terminal ?? '没有'}”，${SURFACES[surface]}“${other ?? '没有'}”（${seen}）`)
  ));
}
