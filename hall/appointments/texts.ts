const UTC_PLUS_8 = 8 * 3_600_000;

/** `11月28日 09:30`, as a text says when: China's clock, whatever the server's. */
export function momentOf(instant: string): string {
  const [, month = '', day = '', time = ''] = /^\d{4}-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(new Date(Date.parse(instant) + UTC_PLUS_8).toISOString()) ?? [];
  return `${Number(month)}月${Number(day)}日 ${time}`;
}
