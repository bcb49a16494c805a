import type { QueueGroup, QueueSheet } from '../../../domain/contracts/queue.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../../domain/csv.ts';
import { TicketWay } from '../../../domain/queue/types.ts';
import { t } from '../texts.ts';

const MINUTE = 60_000;
const LEVELS = [5, 4, 3, 2, 1] as const;

/** `12.5 分`, or seconds below one minute; a dash where there was nothing. */
export function timeWords(ms: number | undefined): string {
  if (ms === undefined) return t('queue.none');
  return ms < MINUTE ? t('queue.seconds', { seconds: Math.round(ms / 1000) }) : t('queue.minutes', { minutes: (Math.round(ms / MINUTE * 10) / 10).toLocaleString('zh-CN') });
}

export function shareWords(share: number | null): string {
  return share === null ? t('queue.none') : t('queue.share', { share: Math.round(share * 1000) / 10 });
}

/** How many waited too long, of how many. */
export function overWords({ waiting }: Pick<QueueGroup, 'waiting'>): string {
  return waiting === null ? t('queue.none') : t('queue.over', { count: waiting.over, share: Math.round(waiting.over / waiting.count * 1000) / 10 });
}

export function ratingWords({ ratings }: Pick<QueueGroup, 'ratings'>): string {
  const count = LEVELS.reduce((sum, level) => sum + ratings[level], 0);
  return count === 0 ? t('queue.none') : t('queue.ratings', { mean: (LEVELS.reduce((sum, level) => sum + level * ratings[level], 0) / count).toFixed(1), count });
}

/** The parts that a sheet is told in, each a table. */
export const PARTS = ['sites', 'businesses', 'windows', 'accounts', 'hours', 'days'] as const;
export type Part = (typeof PARTS)[number];

export function nameWords(part: Part, { name }: Pick<QueueGroup, 'name'>): string {
  return part === 'hours' ? t('queue.hour', { hour: name }) : part === 'windows' ? t('queue.window', { window: name }) : name;
}

/** A spreadsheet's text: the whole and every part, with plain numbers, minutes where it is a time. */
export function csvOf(sheet: QueueSheet): string {
  const minutes = (ms: number | undefined) => (ms === undefined ? '' : String(Math.round(ms / MINUTE * 100) / 100));
  const line = (part: string, name: string, group: QueueGroup) => [
    part, name, String(group.days), ...[group.taken, ...TicketWay.options.map((way) => group.ways[way]), group.served, group.withoutTicket, group.missed, group.left, group.abandoned].map(String), group.kioskShare === null ? '' : String(Math.round(group.kioskShare * 1000) / 1000),
    minutes(group.waiting?.mean), minutes(group.waiting?.median), minutes(group.waiting?.p90), group.waiting === null ? '' : String(group.waiting.over), minutes(group.walking?.mean), minutes(group.service?.mean), ...LEVELS.map((level) => String(group.ratings[level])),
  ];
  const head = [
    '', t('queue.name'), t('queue.figure.days'), t('queue.figure.taken'), ...TicketWay.options.map((way) => t(`queue.figure.way.${way}`)), t('queue.figure.served'), t('queue.figure.without'), t('queue.figure.missed'), t('queue.figure.left'), t('queue.figure.abandoned'), t('queue.figure.kiosk'),
    t('queue.figure.waiting'), t('queue.figure.median'), t('queue.figure.p90'), t('queue.figure.over', { minutes: sheet.overMinutes }), t('queue.figure.walking'), t('queue.figure.service'), ...LEVELS.map((level) => `${t('queue.figure.rating')} ${level}`),
  ];
  const rows = [head, line(`${sheet.from} – ${sheet.to}`, sheet.site === '' ? t('queue.whole') : sheet.site, sheet.whole), ...PARTS.flatMap((part) => sheet[part].map((group) => line(t(`queue.part.${part}`), nameWords(part, group), group)))];
  return BYTE_ORDER_MARK + rows.map(csvLine).join('');
}
