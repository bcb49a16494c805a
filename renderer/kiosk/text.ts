import type { Language } from './texts/languages.ts';
import type { zhCN } from './texts/zh-CN.ts';

/** Names one sentence in every language. */
export type TextKey = keyof typeof zhCN;
export type Texts = Record<TextKey, string>;

/** A place of China's one civil time: the machine's own zone may be set wrong. */
const ZONE = 'Asia/Shanghai';

/** Everything the screen says, in one language. */
export type Speech = {
  /** The language that the voice reads it in; a screen in a language without a voice is joined as this one. */
  language: Language['spoken'];
  /** `{name}` in the text is replaced by `values.name`. */
  t(key: TextKey, values?: Record<string, string | number>): string;
  /**
   * A keyword that came over the road (a device's reason, a form's error). One that this version does not know is said in general words.
   * @param prefix what stands before the keyword in the key
   */
  word(prefix: string, keyword: string, otherwise: TextKey): string;
  /** `6月8日 09:12` */
  moment(instant: string): string;
  /** `2026年6月8日`, of an instant or a civil date */
  day(date: string): string;
  clock(instant: string): string;
  /** `6月8日` */
  date(instant: string): string;
  /** `周一` */
  weekday(instant: string): string;
};

export function speech({ code, direction, spoken, texts }: Language): Speech {
  // A name or a number keeps its own direction within a line that runs the other way (UAX #9, isolates).
  const own = (value: string | number) => (direction === 'rtl' ? `\u2068${value}\u2069` : String(value));
  const isKey = (key: string): key is TextKey => Object.hasOwn(texts, key);
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(code, { timeZone: ZONE, ...options });
  const moment = format({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
  const day = format({ year: 'numeric', month: 'long', day: 'numeric' });
  const date = format({ month: 'short', day: 'numeric' });
  const weekday = format({ weekday: 'short' });
  const clock = format({ hour: '2-digit', minute: '2-digit', hour12: false });
  return {
    language: spoken,
    t: (key, values = {}) => texts[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => own(values[name] ?? whole)),
    word(prefix, keyword, otherwise) {
      const key = `${prefix}${keyword}`;
      return isKey(key) ? texts[key] : texts[otherwise];
    },
    moment: (instant) => moment.format(new Date(instant)),
    day: (date) => day.format(new Date(date.length === 10 ? `${date}T12:00:00+08:00` : date)),
    clock: (instant) => clock.format(new Date(instant)),
    date: (instant) => date.format(new Date(instant)),
    weekday: (instant) => weekday.format(new Date(instant)),
  };
}
