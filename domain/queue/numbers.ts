/** Ticket numbers as they are printed, said and typed. */

/** One recorded piece of a call. `key`: which recording, the same in both languages for letters and figures; `text`: what it says. */
export type Segment = { key: string; text: string };

const CHINESE_FIGURES = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const ENGLISH_FIGURES = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const ENGLISH_TEENS = ['ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const ENGLISH_TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** `A001` */
export function ticketCode(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(3, '0')}`;
}

/** 请 A 零 零 一 到 十二 号窗口办理: letter and figures of the ticket one by one, the window as a number. */
export function callInChinese(code: string, window: number): Segment[] {
  return [{ key: 'please', text: '请' }, ...spelled(code, CHINESE_FIGURES), { key: 'to', text: '到' }, ...chineseNumber(window), { key: 'at-window', text: '号窗口办理' }];
}

/** Ticket A zero zero one, please go to window twelve. */
export function callInEnglish(code: string, window: number): Segment[] {
  return [{ key: 'ticket', text: 'Ticket' }, ...spelled(code, ENGLISH_FIGURES), { key: 'please-go-to-window', text: 'please go to window' }, englishNumber(window)];
}

/** As a voice reads it that makes its own pauses. */
export function textOf(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join(' ');
}

export type TypedTicket = { prefix: string | null; number: number };

/**
 * What somebody means who types `a1`, `Ａ－００１` or `A OO1`; `prefix` null: figures alone. Letters that look like figures are figures behind the prefix, since no
 * prefix is one of them. Null: that is no ticket number.
 */
export function parseTicket(typed: string): TypedTicket | null {
  const plain = typed.normalize('NFKC').toUpperCase().replaceAll(/[\s\-_.·]/gu, '');
  const [, prefix = '', behind = ''] = /^([A-HJ-NPR-Z]?)([\dIOQL]{1,4})$/.exec(plain) ?? [];
  const number = Number(behind.replaceAll(/[OQ]/g, '0').replaceAll(/[IL]/g, '1'));
  return behind === '' || number < 1 || number > 999 ? null : { prefix: prefix === '' ? null : prefix, number };
}

function spelled(code: string, figures: readonly string[]): Segment[] {
  return [...code].map((sign) => ({ key: sign, text: figures[sign >= '0' && sign <= '9' ? Number(sign) : -1] ?? sign }));
}

/** 1 … 99: 二, 十二, 二十, 二十二. */
export function chineseNumber(number: number): Segment[] {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const figure = (value: number): Segment => ({ key: String(value), text: CHINESE_FIGURES[value] ?? '' });
  return [...(tens > 1 ? [figure(tens)] : []), ...(tens > 0 ? [{ key: 'ten', text: '十' }] : []), ...(ones > 0 ? [figure(ones)] : [])];
}

/** 1 … 99, one recording each: English numbers are no sequence of others. */
function englishNumber(number: number): Segment {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const text = number < 10 ? ENGLISH_FIGURES[number] : number < 20 ? ENGLISH_TEENS[ones] : `${ENGLISH_TENS[tens]}${ones === 0 ? '' : `-${ENGLISH_FIGURES[ones]}`}`;
  return { key: `window-${number}`, text: text ?? '' };
}
