import { civilDate } from '../../domain/calendar/civil-date.ts';
import { type DayPattern, daysToAddUp, type Forecast, forecast, patternOf } from '../../domain/queue/forecast.ts';
import type { Clock } from '../../domain/time.ts';
import type { SiteDays } from './days.ts';

/** What a manager plans by. */
const AHEAD_HOURS = 4;
/** Between two days that are added up, milliseconds: each takes some tens, and counters wait meanwhile. */
const REST = 50;

/** What the coming hours will bring, by the days that this machine knows. Each is added up once. */
export function createForecasts({ days, clock }: { days: Pick<SiteDays, 'days' | 'entries' | 'queue'>; clock: Clock }): () => Promise<Forecast> {
  const patterns = new Map<string, DayPattern>();
  return async () => {
    const known = days.days();
    for (const day of patterns.keys()) if (!known.includes(day)) patterns.delete(day);
    const today = civilDate(clock.now());
    for (let lacking = daysToAddUp(known, patterns, today); lacking.length > 0; lacking = daysToAddUp(known, patterns, today)) {
      for (const day of lacking) {
        const list = days.entries(day);
        patterns.set(day, list === null ? { day, came: {}, spells: {} } : patternOf(day, list.rules, list.entries));
        await new Promise<void>((resolve) => clock.after(REST, resolve));
      }
    }
    return forecast({ rules: days.queue.get().rules, past: [...patterns.values()], at: clock.now(), ahead: AHEAD_HOURS });
  };
}
