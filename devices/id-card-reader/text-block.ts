/**
 * The 256-byte text block of the four identity cards: UTF-16LE, padded with spaces, offsets in bytes from its start. The same bytes
 * mean different things on different cards, so the type flag at 248 is read before anything else.
 * Sources: GA 490 (machine-readable information of resident cards); layouts of the foreign permanent residence cards of 2017 and 2023;
 * 港澳台居民居住证机读信息规范(试行).
 */
import { dateOfDigits } from '../../domain/calendar/civil-date.ts';
import type { CardHolder } from '../../domain/identity/card-holder.ts';
import { citizenId, permitId } from '../../domain/numbers/citizen-id.ts';
import type { NumberFault } from '../../domain/numbers/fault.ts';
import { foreigner2017Id } from '../../domain/numbers/foreigner-2017.ts';
import { foreigner2023Id } from '../../domain/numbers/foreigner-2023.ts';
import type { Result } from '../../domain/result.ts';
import { err, never, ok } from '../../domain/result.ts';

export const TEXT_BLOCK_LENGTH = 256;
const FLAG_OFFSET = 248;

type Card = CardHolder['card'];
/** The character at 248. */
const FLAGS: Readonly<Record<string, Card>> = { ' ': 'resident', I: 'foreigner-2017', Y: 'foreigner-2023', J: 'hong-kong-macau-taiwan' };

/** Offset and length in bytes. Fields named `reserved` are blank on every card seen. */
type Layout = Readonly<Record<string, readonly [offset: number, bytes: number]>>;

export const LAYOUTS = {
  resident: {
    /** 姓名 */
    name: [0, 30],
    /** 性别 */
    sex: [30, 2],
    /** 民族, GB/T 3304 */
    ethnicity: [32, 4],
    /** 出生 YYYYMMDD */
    birth: [36, 16],
    /** 住址 */
    address: [52, 70],
    /** 公民身份号码 */
    number: [122, 36],
    /** 签发机关 */
    authority: [158, 30],
    /** 有效期起始 */
    validFrom: [188, 16],
    /** 有效期截止, YYYYMMDD or 长期 */
    validTo: [204, 16],
    reserved: [220, 28],
    flag: [248, 2],
    reservedEnd: [250, 6],
  },
  'foreigner-2017': {
    englishName: [0, 120],
    sex: [120, 2],
    number: [122, 30],
    /** ISO 3166 alpha-3 */
    nationality: [152, 6],
    name: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
    birth: [220, 16],
    /** 证件版本号: not taken over, no rule depends on it. */
    version: [236, 4],
    /** 受理机关代码 */
    authorityCode: [240, 8],
    flag: [248, 2],
    reserved: [250, 6],
  },
  'foreigner-2023': {
    name: [0, 30],
    sex: [30, 2],
    /** 换证次数, where a resident card has the ethnicity */
    reissues: [32, 4],
    birth: [36, 16],
    /** The first 35 characters, where a resident card has the address */
    englishName: [52, 70],
    number: [122, 36],
    reserved: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
    /** The next 11 characters: the name goes on here without a separator */
    englishNameRest: [220, 22],
    nationality: [242, 6],
    flag: [248, 2],
    /** 既往版本号码关联项 */
    formerNumberLink: [250, 6],
  },
  'hong-kong-macau-taiwan': {
    name: [0, 30],
    sex: [30, 2],
    reserved: [32, 4],
    birth: [36, 16],
    address: [52, 70],
    number: [122, 36],
    authority: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
    /** 通行证号码 */
    travelPermit: [220, 18],
    /** 签发次数 */
    issues: [238, 4],
    reservedMiddle: [242, 6],
    flag: [248, 2],
    reservedEnd: [250, 6],
  },
} as const satisfies Record<Card, Layout>;

/** GB/T 2261.1 */
const SEXES: Readonly<Record<string, CardHolder['sex']>> = { '0': 'unknown', '1': 'male', '2': 'female', '9': 'unstated' };
const LONG_TERM = '长期';

/** Why a text block is no card holder. Names a field at most: faults reach logs. */
export type TextFault =
  | { kind: 'wrong-length'; actual: number }
  /** A card of another kind than the four. @property flag its UTF-16 code as 4 hex digits */
  | { kind: 'unsupported-card'; flag: string }
  | { kind: 'bad-field'; field: string }
  | { kind: 'bad-number'; fault: NumberFault };

/** Who a card belongs to. Expiry is not judged here. */
export function decodeTextBlock(block: Uint8Array): Result<CardHolder, TextFault> {
  if (block.length !== TEXT_BLOCK_LENGTH) return err({ kind: 'wrong-length', actual: block.length });
  const flag = text(block, [FLAG_OFFSET, 2]);
  const card = FLAGS[flag];
  if (card === undefined) return err({ kind: 'unsupported-card', flag: flag.charCodeAt(0).toString(16).padStart(4, '0') });

  const fields = (layout: Layout): Record<string, string> => Object.fromEntries(Object.entries(layout).map(([name, place]) => [name, text(block, place)]));
  const raw = fields(LAYOUTS[card]);
  const damaged = Object.entries(raw).find(([, value]) => !isClean(value));
  if (damaged !== undefined) return err({ kind: 'bad-field', field: damaged[0] });
  const trimmed = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, trimEnd(value)]));
  const field = (name: string): string => trimmed[name] ?? '';

  const number = checkNumber(card, field('number'));
  if (!number.ok) return err({ kind: 'bad-number', fault: number.error });
  const sex = SEXES[field('sex')];
  if (sex === undefined) return err({ kind: 'bad-field', field: 'sex' });
  const birth = dateOfDigits(field('birth'));
  if (birth === null) return err({ kind: 'bad-field', field: 'birth' });
  const validFrom = dateOfDigits(field('validFrom'));
  if (validFrom === null) return err({ kind: 'bad-field', field: 'validFrom' });
  const validTo = field('validTo') === LONG_TERM ? null : dateOfDigits(field('validTo'));
  if (validTo === null && field('validTo') !== LONG_TERM) return err({ kind: 'bad-field', field: 'validTo' });
  const common = { name: field('name'), sex, birth, number: number.value.number, validFrom, validTo };

  switch (card) {
    case 'resident':
      // Foreigners may have no Chinese name; a resident without a name is a damaged card.
      if (common.name === '') return err({ kind: 'bad-field', field: 'name' });
      if (!/^\d\d$/.test(field('ethnicity'))) return err({ kind: 'bad-field', field: 'ethnicity' });
      return ok({ card, ...common, ethnicity: field('ethnicity'), address: field('address'), authority: field('authority') });
    case 'foreigner-2017':
      return ok({ card, ...common, englishName: field('englishName'), nationality: field('nationality'), authorityCode: field('authorityCode') });
    case 'foreigner-2023': {
      // Trimmed only after joining: the 35th character may be the space between two names.
      const englishName = trimEnd((raw['englishName'] ?? '') + (raw['englishNameRest'] ?? ''));
      return ok({ card, ...common, englishName, nationality: field('nationality'), reissues: field('reissues'), formerNumberLink: field('formerNumberLink') });
    }
    case 'hong-kong-macau-taiwan':
      if (common.name === '') return err({ kind: 'bad-field', field: 'name' });
      return ok({ card, ...common, address: field('address'), authority: field('authority'), travelPermit: field('travelPermit'), issues: field('issues') });
    default:
      return never(card);
  }
}

/** The block that decodes to this holder. @throws RangeError when a field is too long for its place */
export function encodeTextBlock(holder: CardHolder): Uint8Array {
  const layout: Layout = LAYOUTS[holder.card];
  const flag = Object.keys(FLAGS).find((key) => FLAGS[key] === holder.card) ?? ' ';
  const sex = Object.keys(SEXES).find((key) => SEXES[key] === holder.sex) ?? '';
  const digits = (date: string): string => date.replaceAll('-', '');
  const values: Record<string, string> = {
    ...Object.fromEntries(Object.entries(holder).map(([name, value]) => [name, value ?? ''])),
    sex,
    flag,
    birth: digits(holder.birth),
    validFrom: digits(holder.validFrom),
    validTo: holder.validTo === null ? LONG_TERM : digits(holder.validTo),
  };
  if (holder.card === 'foreigner-2023') {
    const room = LAYOUTS['foreigner-2023'].englishName[1] / 2;
    values['englishName'] = holder.englishName.slice(0, room);
    values['englishNameRest'] = holder.englishName.slice(room);
  }
  const block = new Uint8Array(TEXT_BLOCK_LENGTH);
  const view = new DataView(block.buffer);
  for (let at = 0; at < TEXT_BLOCK_LENGTH; at += 2) view.setUint16(at, 0x20, true);
  for (const [name, [offset, bytes]] of Object.entries(layout)) {
    const value = values[name] ?? '';
    if (value.length * 2 > bytes) throw new RangeError(`${name} has room for ${bytes / 2} characters`);
    for (let index = 0; index < value.length; index += 1) view.setUint16(offset + 2 * index, value.charCodeAt(index), true);
  }
  return block;
}

function checkNumber(card: Card, number: string): Result<{ number: string }, NumberFault> {
  switch (card) {
    case 'resident':
      return citizenId(number);
    case 'foreigner-2017':
      return foreigner2017Id(number);
    case 'foreigner-2023':
      return foreigner2023Id(number);
    case 'hong-kong-macau-taiwan':
      return permitId(number);
    default:
      return never(card);
  }
}

/** By code unit: a text decoder would take a byte order mark away and put U+FFFD for what it does not like. */
function text(block: Uint8Array, [offset, bytes]: readonly [number, number]): string {
  let all = '';
  for (let at = offset; at < offset + bytes; at += 2) all += String.fromCharCode(block[at]! + block[at + 1]! * 256);
  return all;
}

/** Whole surrogate pairs and no control characters: anything else is a damaged block, not a name. */
function isClean(value: string): boolean {
  return value.isWellFormed() && !/\p{Cc}/u.test(value);
}

/** The padding only. Other white space, and the middle dot of minority names, belong to the text. */
function trimEnd(value: string): string {
  return value.replace(/ +$/, '');
}
