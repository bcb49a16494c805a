/** What the console says about times, limits and values: pure functions of facts and of the moment they are read at. */
import type { InboxRow } from '../../domain/contracts/cases.ts';
import type { FormValues } from '../../domain/action/payload.ts';
import { addNaturalDays, civilDate, civilTime, weekday } from '../../domain/calendar/civil-date.ts';
import type { Alarm } from '../../domain/fleet/alarms.ts';
import { deviceName, reasonWords } from '../../domain/fleet/device-words.ts';
import { findingWords } from '../../domain/fleet/self-test-words.ts';
import type { FormField, Limit } from '../../domain/item/types.ts';
import { never } from '../../domain/result.ts';
import { CLOCK_OFF, type TimeEvidence } from '../../domain/time.ts';
import { t } from './texts.ts';

type Stage = InboxRow['stage'];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A machine clock this wrong is worth a word: a minute shows in the times that people compare. */
const NOTICEABLE_DRIFT = MINUTE;

const WEEKDAYS = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** `09:41` of an instant, in China's time. */
export function clockWords(instant: string): string {
  return civilTime(Date.parse(instant)).slice(0, 5);
}

/** `今天 09:41`, `昨天 17:05`, `11月20日 09:41`, `2025年11月20日 09:41`. @param now milliseconds since 1970 */
export function momentWords(instant: string, now: number): string {
  const day = civilDate(Date.parse(instant));
  const today = civilDate(now);
  const time = clockWords(instant);
  if (day === today) return t('today', { time });
  if (day === addNaturalDays(today, -1)) return t('yesterday', { time });
  return `${dateWords(day, now)} ${time}`;
}

/** `11月25日`, with the year when it is another than now's. */
export function dateWords(date: string, now: number): string {
  const [year = '', month, day] = date.split('-');
  const short = `${Number(month)}月${Number(day)}日`;
  return civilDate(now).startsWith(year) ? short : `${year}年${short}`;
}

/** `11月25日（周三）` */
export function dayWords(date: string, now: number): string {
  return `${dateWords(date, now)}（${WEEKDAYS[weekday(date)] ?? ''}）`;
}

/** `3 小时`: how long something lasted, to the unit that matters. */
export function spanWords(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  if (span < MINUTE) return t('span.instant');
  if (span < HOUR) return t('span.minutes', { count: Math.floor(span / MINUTE) });
  if (span < DAY) return t('span.hours', { count: Math.floor(span / HOUR) });
  return t('span.days', { count: Math.floor(span / DAY) });
}

/** `15 个工作日` */
export function limitWords({ days, unit }: Pick<Limit, 'days' | 'unit'>): string {
  return t(unit === 'working' ? 'days.working' : 'days.natural', { count: days });
}

/** How pressing a duty is. `none`: nothing is owed by the hall now. */
export type DueTone = 'late' | 'today' | 'soon' | 'calm' | 'none';
export type Due = { tone: DueTone; words: string; note: string };

/** Days within which a duty counts as soon. */
const SOON = 2;

/**
 * A row's duty in words. The law's first answer is due in working days; a promise is in the unit of its item.
 * @param now milliseconds since 1970
 * @param unit of the item's promise, where the item is known
 */
export function dueOf(row: Pick<InboxRow, 'stage' | 'promisedBy' | 'daysLeft'> & Partial<Pick<InboxRow, 'paused'>>, now: number, unit: Limit['unit'] | null = null): Due {
  const note = dutyNote(row, now);
  const { daysLeft } = row;
  const days = (count: number) => (row.promisedBy === null ? limitWords({ days: count, unit: 'working' }) : unit === null ? t('days', { count }) : limitWords({ days: count, unit }));
  if (row.paused === true) return { tone: 'none', words: t('due.paused'), note: '' };
  if (daysLeft === null) return { tone: 'none', words: row.stage === 'correction-asked' ? t('due.citizen') : t('due.none'), note: '' };
  if (daysLeft < 0) return { tone: 'late', words: t('due.late', { days: days(-daysLeft) }), note };
  if (daysLeft === 0) return { tone: 'today', words: t('due.today'), note };
  return { tone: daysLeft <= SOON ? 'soon' : 'calm', words: t('due.left', { days: days(daysLeft) }), note };
}

/** The own last day of a department's step, in words. */
export function taskDue({ dueBy, daysLeft }: { dueBy: string | null; daysLeft: number | null }, now: number): Due {
  if (dueBy === null || daysLeft === null) return { tone: 'none', words: t('due.paused'), note: '' };
  const note = t('due.step', { date: dateWords(dueBy, now) });
  if (daysLeft < 0) return { tone: 'late', words: t('due.late', { days: t('days', { count: -daysLeft }) }), note };
  if (daysLeft === 0) return { tone: 'today', words: t('due.today'), note };
  return { tone: daysLeft <= SOON ? 'soon' : 'calm', words: t('due.left', { days: t('days', { count: daysLeft }) }), note };
}

function dutyNote({ stage, promisedBy }: Pick<InboxRow, 'stage' | 'promisedBy'>, now: number): string {
  switch (stage) {
    case 'handed-in':
      return t('due.answer');
    case 'supplemented':
      return t('due.answer-again');
    case 'accepted':
    case 'decided':
      return promisedBy === null ? '' : t('due.promised', { date: dateWords(promisedBy, now) });
    case 'correction-asked':
    case 'finished':
    case 'refused':
    case 'withdrawn':
      return '';
    default:
      return never(stage);
  }
}

/** Whether the hall, and so somebody at a window, has to do the next step. */
export function isHallsTurn(stage: Stage): boolean {
  return stage === 'handed-in' || stage === 'supplemented' || stage === 'accepted' || stage === 'decided';
}

/** When something happened as far as the evidence says, and how sure that is. */
export type Happened = { at: string; sure: 'sure' | 'reckoned' | 'unsure'; words: string };

/**
 * A machine's time evidence in plain words: counted on from the last contact within one boot, else the wall clock set right by the
 * last known drift, else the bare wall clock.
 */
export function happened(machine: string, evidence: TimeEvidence): Happened {
  const { wall, trusted, drift } = evidence;
  if (machine.startsWith('H')) return { at: wall, sure: 'sure', words: t('evidence.hall') };
  if (trusted !== null && trusted.boot === evidence.boot && evidence.monotonic >= trusted.monotonic) {
    const since = evidence.monotonic - trusted.monotonic;
    const at = Date.parse(trusted.at) + since;
    return { at: new Date(at).toISOString(), sure: 'sure', words: join(t('evidence.counted', { span: spanWords(since) }), driftWords(Date.parse(wall) - at)) };
  }
  if (trusted === null && drift === null) return { at: wall, sure: 'unsure', words: t('evidence.wall') };
  const offset = drift?.offset ?? 0;
  // Nothing can have happened before a contact that went before it.
  const at = Math.max(Date.parse(wall) - offset, trusted === null ? 0 : Date.parse(trusted.at));
  return { at: new Date(at).toISOString(), sure: 'reckoned', words: join(t('evidence.drift'), driftWords(offset)) };
}

function driftWords(offset: number): string {
  if (Math.abs(offset) < NOTICEABLE_DRIFT) return '';
  return t(offset > 0 ? 'evidence.fast' : 'evidence.slow', { span: spanWords(offset) });
}

/** What somebody has to see to at a machine, in a few words. */
export function alarmWords(alarm: Alarm): string {
  switch (alarm.kind) {
    case 'device':
      return t('machines.alarm.device', { device: deviceName(alarm.device), reason: reasonWords(alarm.reason) });
    case 'unknown-prints':
      return t('machines.alarm.unknown-prints', { count: alarm.count });
    case 'no-blanks':
    case 'blanks-in-doubt':
    case 'few-blanks':
      return t(`machines.alarm.${alarm.kind}`, { name: alarm.name, left: alarm.left });
    case 'room':
      return t(`machines.alarm.${alarm.room}`);
    case 'self-test': {
      const { check, reasons } = findingWords({ ...alarm, name: '' });
      return t('machines.alarm.device', { device: check, reason: reasons });
    }
    default:
      return never(alarm);
  }
}

/** How right a machine's clock is. `off`: somebody must set it. @param offset its clock minus the hall's, milliseconds */
export function machineClock(offset: number): { words: string; off: boolean } {
  const off = Math.abs(offset) > CLOCK_OFF;
  if (Math.abs(offset) < NOTICEABLE_DRIFT) return { words: t('machines.clock.right'), off };
  return { words: t(offset > 0 ? 'machines.clock.fast' : 'machines.clock.slow', { span: spanWords(offset) }), off };
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('；');
}

/** An answer as the citizen chose it: an option by its label, a yes or no in words. */
export function valueWords(field: FormField, value: FormValues[string] | undefined): string {
  if (value === undefined || value === null || value === '') return t('value.none');
  if (typeof value === 'boolean') return field.options.find((option) => option.value === String(value))?.label ?? t(value ? 'value.yes' : 'value.no');
  return field.options.find((option) => option.value === String(value))?.label ?? String(value);
}

/** `T330624-0007` → `0007`: what a county calls its machine when the county is plain. */
export function machineWords(machine: string): string {
  return machine.startsWith('H') ? t('history.hall') : t('history.terminal', { machine: machine.split('-').at(-1) ?? machine });
}
