/** A number that a county sets for itself. `unit` is how it is shown. */
export type Setting = { fallback: number; least: number; most: number; unit: '个工作日' | '天' | '小时' | '分钟' | '次' | '厘' | '' };

/**
 * Limits and prices of ratings, messages and texts, by name. `complain.decide` 5 working days is sourced (county rule on complaints to the supervision office); the
 * limit to correct a poor rating is 5 in 德州 and 襄城县 and 15 in 遂宁; replies within 10 are one city's rule, 15 for what needs several departments.
 * None is a national value, so each can be changed.
 */
export const SETTINGS = {
  'rating.correct': { fallback: 5, least: 1, most: 30, unit: '个工作日' },
  'complain.decide': { fallback: 5, least: 1, most: 15, unit: '个工作日' },
  'consult.reply': { fallback: 10, least: 1, most: 60, unit: '个工作日' },
  'complain.reply': { fallback: 15, least: 1, most: 60, unit: '个工作日' },
  'suggest.reply': { fallback: 15, least: 1, most: 60, unit: '个工作日' },
  'guide-error.reply': { fallback: 10, least: 1, most: 60, unit: '个工作日' },
  /** Days after the reply in which the citizen may rate or come back, before the hall closes the message. */
  'message.close': { fallback: 30, least: 7, most: 180, unit: '天' },
  /** A wait at a site's queue that is too long. */
  'queue.wait': { fallback: 30, least: 1, most: 240, unit: '分钟' },
  /** 预约, in the words of `BookingRules`: every county has its own. */
  'appointment.ahead': { fallback: 0, least: 0, most: 7, unit: '天' },
  'appointment.horizon': { fallback: 14, least: 1, most: 60, unit: '天' },
  'appointment.cancel': { fallback: 120, least: 0, most: 2880, unit: '分钟' },
  'appointment.early': { fallback: 30, least: 0, most: 120, unit: '分钟' },
  'appointment.late': { fallback: 15, least: 0, most: 120, unit: '分钟' },
  'appointment.most': { fallback: 3, least: 1, most: 20, unit: '次' },
  'appointment.no-shows': { fallback: 3, least: 2, most: 20, unit: '次' },
  'appointment.within': { fallback: 90, least: 1, most: 365, unit: '天' },
  /** 0: nobody is ever kept from booking. */
  'appointment.rest': { fallback: 30, least: 0, most: 180, unit: '天' },
  /** Before the slot its holder is reminded by text. */
  'appointment.remind': { fallback: 24, least: 1, most: 72, unit: '小时' },
  /** 1: texts are made and sent. Off until a county has a gateway and wants to pay for it. */
  'sms.on': { fallback: 0, least: 0, most: 1, unit: '' },
  /** A thousandth of a yuan a part. */
  'sms.price': { fallback: 45, least: 0, most: 10_000, unit: '厘' },
} as const satisfies Record<string, Setting>;
export type SettingName = keyof typeof SETTINGS;
export type Settings = Readonly<Record<SettingName, number>>;

export function isSetting(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** What is set, and the fallback for the rest. */
export function settingsWith(set: Readonly<Record<string, number>>): Settings {
  const fallbacks = Object.entries(SETTINGS).map(([name, { fallback }]) => [name, set[name] ?? fallback]);
  return Object.fromEntries(fallbacks) as Settings;
}
