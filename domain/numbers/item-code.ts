import { err, ok, type Result } from '../result.ts';
import { ALPHABET_36 } from './check/mod-37-36.ts';
import { creditCode, type CreditCode } from './credit-code.ts';
import { normaliseNumber, type NumberFault, shapeFault } from './fault.ts';

/** 行使层级: 1 国家 2 省 3 市 4 县 5 乡镇 6 村. Sources differ by one on the offset, so it is kept and shown, not reasoned from. */
export type ItemCode = { code: string; body: CreditCode; level: number; basicCode: string };

/** 基本编码: 12 characters, opaque because provinces cut them differently (GB/T 39554.1). @param value as typed */
export function basicCode(value: string): Result<string, NumberFault> {
  const code = normaliseNumber(value);
  const fault = shapeFault(code, 12, (letter) => ALPHABET_36.includes(letter));
  return fault === null ? ok(code) : err(fault);
}

/** 实施编码, 31 characters: credit code of the implementing body 18, level 1, basic code 12 (GB/T 39554.1). @param value as typed */
export function itemCode(value: string): Result<ItemCode, NumberFault> {
  const code = normaliseNumber(value);
  const fault = shapeFault(code, 31, (letter, at) => (at === 18 ? letter >= '1' && letter <= '6' : ALPHABET_36.includes(letter)));
  if (fault !== null) return err(fault);
  const body = creditCode(code.slice(0, 18));
  return body.ok ? ok({ code, body: body.value, level: Number(code.charAt(18)), basicCode: code.slice(19) }) : body;
}

/** 业务办理项编码, 33 characters: the item code and a serial of two digits. @param value as typed */
export function handlingCode(value: string): Result<{ code: string; item: ItemCode; serial: number }, NumberFault> {
  const code = normaliseNumber(value);
  const fault = shapeFault(code, 33, (letter, at) => (at < 31 ? ALPHABET_36.includes(letter) : letter >= '0' && letter <= '9'));
  if (fault !== null) return err(fault);
  const item = itemCode(code.slice(0, 31));
  return item.ok ? ok({ code, item: item.value, serial: Number(code.slice(31)) }) : item;
}

/** @param parts.level 1 … 6 */
export function makeItemCode(parts: { creditCode: string; level: number; basicCode: string }): string {
  const code = parts.creditCode + String(parts.level) + parts.basicCode;
  if (!itemCode(code).ok) throw new RangeError('parts that make no item code');
  return code;
}
