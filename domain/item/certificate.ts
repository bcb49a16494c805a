import type { Certificate } from '../action/payload.ts';
import { addNaturalDays } from '../calendar/civil-date.ts';
import type { CaseState } from '../case/types.ts';
import { maskNumber } from '../masking.ts';
import { ALPHABET_31 } from '../numbers/check/mod-31-3.ts';
import { makeCreditCode } from '../numbers/credit-code.ts';
import { makeLicenceIdentifier } from '../numbers/licence-identifier.ts';
import { err, never, ok, type Result } from '../result.ts';
import { isPerson } from '../identity/applicant.ts';
import { fieldsOf, legalName } from './form.ts';
import type { Item } from './types.ts';

/** What the hall adds when it issues: never guessed from the case. */
export type IssuingFacts = {
  /** Runs from 1 per issuing body and certificate kind and is never reset: the hall gives each number once. */
  serial: number;
  /** Civil date. */
  issuedOn: string;
};

type Template = Certificate['template'];
type Applied = Pick<CaseState, 'handedIn' | 'form'>;

/** Where a printed value comes from: a fixed text, a fact of the applicant's card, or the answer to a form field. */
type Source = { fixed: string } | { card: 'name' | 'sex' | 'birth' | 'number' } | { field: string };
type Line = { label: string } & Source;
type Recipe = {
  title: string;
  /** Last three digits of the licence type code, after the credit code of the body that defines the type; these types are the county's own. */
  type: string;
  /** Whole years it is valid, or null for no end. */
  years: number | null;
  number(division: string, facts: IssuingFacts): string;
  /** Whose right it is: a unit's permit is the unit's, whoever handed the application in. */
  holder: Source;
  lines: readonly Line[];
};

const RECIPES: Readonly<Record<Template, Recipe>> = {
  'elder-card': {
    title: '浙江省老年人优待证',
    type: '001',
    years: null,
    number: (division, { issuedOn, serial }) => division + issuedOn.slice(0, 4) + padded(serial, 6),
    holder: { card: 'name' },
    lines: [
      { label: '姓名', card: 'name' }, { label: '性别', card: 'sex' }, { label: '出生日期', card: 'birth' }, { label: '证件号码', card: 'number' },
      { label: '居住地', field: 'town' }, { label: '紧急联系人', field: 'emergencyName' }, { label: '联系电话', field: 'emergencyPhone' },
    ],
  },
  'business-licence': {
    title: '营业执照',
    type: '002',
    years: null,
    number: (division, { serial }) => businessCode(division, serial),
    holder: { card: 'name' },
    lines: [
      { label: '名称', field: 'tradeName' }, { label: '类型', fixed: '个体工商户' }, { label: '经营者', card: 'name' }, { label: '组成形式', field: 'formation' },
      { label: '经营场所', field: 'premises' }, { label: '经营范围', field: 'scope' }, { label: '资金数额（万元）', field: 'capital' },
    ],
  },
  'water-permit': {
    title: '取水许可证',
    type: '003',
    // 取水许可和水资源费征收管理条例 Art 25: five years as a rule, ten at most.
    years: 5,
    number: (division, { issuedOn, serial }) => `D${division}-${issuedOn.slice(0, 4)}-${padded(serial, 4)}`,
    holder: { field: 'unitName' },
    lines: [
      { label: '取水权人', field: 'unitName' }, { label: '水源类型', field: 'source' }, { label: '取水地点', field: 'place' }, { label: '取水方式', field: 'means' },
      { label: '年取水量（立方米）', field: 'amount' }, { label: '取水用途', field: 'use' }, { label: '退水地点', field: 'returnPlace' },
    ],
  },
};

/** The form fields a template prints; an item that uses it must ask them. */
export function templateFields(template: Template): string[] {
  return RECIPES[template].lines.flatMap((line) => ('field' in line ? [line.field] : []));
}

/**
 * Builds what the certificate of a granted case says. A full identity number never stands on it, and since the date of birth does,
 * the number keeps only its ends.
 * @returns `no-template` for an item whose result is no certificate of ours
 */
export function buildCertificate(item: Item, applied: Applied, facts: IssuingFacts): Result<Certificate, { kind: 'no-template' }> {
  const { template } = item.result;
  if (template === null) return err({ kind: 'no-template' });
  const recipe = RECIPES[template];
  const { creditCode } = item.body;
  return ok({
    template,
    title: recipe.title,
    licence: makeLicenceIdentifier({ type: creditCode + recipe.type, issuer: creditCode, serial: facts.issuedOn.slice(0, 4) + padded(facts.serial, 7), version: 1 }),
    // Characters 3 to 8 of a credit code are the division of the registering body: here the county.
    number: recipe.number(creditCode.slice(2, 8), facts),
    holder: valueOf(recipe.holder, item, applied),
    fields: recipe.lines.map((line) => ({ label: line.label, value: valueOf(line, item, applied) })),
    issuer: item.body.name,
    issuedOn: facts.issuedOn,
    validTo: recipe.years === null ? null : lastDay(facts.issuedOn, recipe.years),
  });
}

function valueOf(source: Source, item: Item, { handedIn, form }: Applied): string {
  if ('fixed' in source) return source.fixed;
  if ('field' in source) return answer(item, form, source.field);
  const { applicant } = handedIn;
  switch (source.card) {
    case 'name': return legalName(applicant);
    case 'sex': return isPerson(applicant) ? { male: '男', female: '女', unknown: '未知', unstated: '未说明' }[applicant.sex] : '—';
    case 'birth': return isPerson(applicant) ? applicant.birth : '—';
    case 'number': return maskNumber(applicant.number);
    default: return never(source.card);
  }
}

/** What the form says, in the words the citizen chose; a field that was not shown or filled prints as a dash. */
function answer(item: Item, form: Applied['form'], name: string): string {
  const value = form[name] ?? null;
  const option = fieldsOf(item.form).find((field) => field.name === name)?.options.find((one) => one.value === value);
  if (option !== undefined) return option.label;
  return value === null ? '—' : typeof value === 'boolean' ? (value ? '是' : '否') : String(value);
}

/** The code a new 个体工商户 gets with its registration: kind 92, organisation code MA and a serial in the alphabet of GB 32100. */
function businessCode(division: string, serial: number): string {
  let rest = serial;
  let tail = '';
  for (let place = 0; place < 6; place += 1) {
    tail = ALPHABET_31.charAt(rest % 31) + tail;
    rest = Math.floor(rest / 31);
  }
  return makeCreditCode({ kind: '92', division, organisation: `MA${tail}` });
}

function padded(serial: number, width: number): string {
  if (!Number.isInteger(serial) || serial < 1 || String(serial).length > width) throw new RangeError('a certificate serial out of range');
  return String(serial).padStart(width, '0');
}

/** The last day of so many years that begin on `date`. */
function lastDay(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) + years);
  // 29 February ends on 28 February, whether or not the last year has a 29th.
  return date.endsWith('-02-29') ? `${year}-02-28` : addNaturalDays(`${year}${date.slice(4)}`, -1);
}
