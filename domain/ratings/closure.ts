/**
 * What a poor rating (差评) obliges a hall to: it is called back about, answered, and closed within a limit, by other people than the one it is about.
 * 国办发〔2019〕51号 (整改率与回访); 谁办理、谁负责 puts the work with those who handled the case, and a real-name poor rating is called back about always.
 * Pure: what happened is a list of events, and `foldDuty` says how the duty stands.
 */
import { z } from 'zod';
import { civilDate } from '../calendar/civil-date.ts';
import { err, never, ok, type Result } from '../result.ts';
import { CivilDate, Instant } from '../time.ts';

/** How somebody tried to speak with the citizen. */
export const CallWay = z.enum(['phone', 'visit']);

export const DutyEvent = z.discriminatedUnion('kind', [
  /** `due`: the last day to have answered. `realName`: we know who rated, so there is somebody to call. */
  z.strictObject({ kind: z.literal('opened'), at: Instant, level: z.int().min(1).max(2), due: CivilDate, realName: z.boolean() }),
  /** 回访核实. `said`: what the citizen told, empty when nobody was reached. */
  z.strictObject({ kind: z.literal('called'), at: Instant, by: z.string(), way: CallWay, reached: z.boolean(), said: z.string().max(1000) }),
  /** 整改 what was mended, or 解释 why there is nothing to mend. */
  z.strictObject({ kind: z.enum(['put-right', 'explained']), at: Instant, by: z.string(), words: z.string().min(1).max(1000) }),
  /** 申诉: it is held to be malicious or given by mistake. */
  z.strictObject({ kind: z.literal('appealed'), at: Instant, by: z.string(), reason: z.enum(['malicious', 'mistaken']), words: z.string().min(1).max(1000) }),
  /** 复核 of the appeal. */
  z.strictObject({ kind: z.literal('judged'), at: Instant, by: z.string(), upheld: z.boolean(), words: z.string().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('overdue'), at: Instant }),
  z.strictObject({ kind: z.literal('closed'), at: Instant, by: z.string() }),
]);
export type DutyEvent = z.infer<typeof DutyEvent>;
export type DutyEventOf<Kind extends DutyEvent['kind']> = Extract<DutyEvent, { kind: Kind }>;

/** `alert`: nobody has spoken with the citizen. `answered`: put right or explained. `judged`: the appeal was upheld. */
export const DutyStage = z.enum(['alert', 'called-back', 'answered', 'appealed', 'judged', 'closed']);
export type DutyStage = z.infer<typeof DutyStage>;

/**
 * @property attempts how often somebody tried to reach the citizen, and on how many days (`days`)
 * @property verified the citizen was reached at least once
 * @property excluded left out of every figure, and shown as left out
 */
export type Duty = {
  stage: DutyStage;
  level: number;
  due: string;
  realName: boolean;
  attempts: number;
  days: readonly string[];
  verified: boolean;
  answer: 'put-right' | 'explained' | null;
  appeal: { by: string; reason: 'malicious' | 'mistaken'; upheld: boolean | null } | null;
  excluded: boolean;
  overdue: boolean;
};

/**
 * - `wrong-stage`: not now.
 * - `not-verified`: nobody has spoken with the citizen yet, nor tried often enough.
 * - `own-appeal`: who appealed does not examine the appeal.
 * - `own-case`: who handled the case neither calls back, nor examines, nor closes.
 */
export type DutyFault = { kind: 'wrong-stage' | 'not-verified' | 'own-appeal' | 'own-case' };

/** A citizen who cannot be reached on so many different days was called back about as well as anybody can. Our own rule; the sources set none. */
export const UNREACHED_DAYS = 3;

/** Whether the duty to speak with the citizen is done. A rating without a name has nobody to call. */
export function calledBackEnough({ realName, verified, days }: Pick<Duty, 'realName' | 'verified' | 'days'>): boolean {
  return !realName || verified || days.length >= UNREACHED_DAYS;
}

/**
 * One more event. @param state null before the first
 * @param handlers accounts that handled the case; empty while folding what was let in before
 */
export function applyDuty(state: Duty | null, event: DutyEvent, handlers: readonly string[] = []): Result<Duty, DutyFault> {
  const refused = err({ kind: 'wrong-stage' as const });
  if (state === null) {
    if (event.kind !== 'opened') return refused;
    const { level, due, realName } = event;
    return ok({ stage: 'alert', level, due, realName, attempts: 0, days: [], verified: false, answer: null, appeal: null, excluded: false, overdue: false });
  }
  if (state.stage === 'closed') return refused;
  const own = 'by' in event && handlers.includes(event.by);
  switch (event.kind) {
    case 'opened':
      return refused;
    case 'called': {
      if (own) return err({ kind: 'own-case' });
      const day = civilDate(Date.parse(event.at));
      const days = event.reached || state.days.includes(day) ? state.days : [...state.days, day];
      return ok({ ...state, stage: state.stage === 'alert' ? 'called-back' : state.stage, attempts: state.attempts + 1, days, verified: state.verified || event.reached });
    }
    case 'put-right':
    case 'explained':
      if (state.stage !== 'alert' && state.stage !== 'called-back') return refused;
      return calledBackEnough(state) ? ok({ ...state, stage: 'answered', answer: event.kind }) : err({ kind: 'not-verified' });
    case 'appealed':
      if (state.appeal !== null || (state.stage !== 'alert' && state.stage !== 'called-back')) return refused;
      return ok({ ...state, stage: 'appealed', appeal: { by: event.by, reason: event.reason, upheld: null } });
    case 'judged':
      if (state.stage !== 'appealed' || state.appeal === null) return refused;
      if (state.appeal.by === event.by) return err({ kind: 'own-appeal' });
      if (own) return err({ kind: 'own-case' });
      return ok({ ...state, stage: event.upheld ? 'judged' : state.attempts > 0 ? 'called-back' : 'alert', appeal: { ...state.appeal, upheld: event.upheld }, excluded: event.upheld });
    case 'overdue':
      return state.overdue ? refused : ok({ ...state, overdue: true });
    case 'closed':
      if (state.stage !== 'answered' && state.stage !== 'judged') return refused;
      if (own) return err({ kind: 'own-case' });
      return calledBackEnough(state) ? ok({ ...state, stage: 'closed' }) : err({ kind: 'not-verified' });
    default:
      return never(event);
  }
}

/** How a duty stands after its events. */
export function foldDuty(events: readonly DutyEvent[]): Result<Duty, DutyFault> {
  let state: Duty | null = null;
  for (const event of events) {
    const next = applyDuty(state, event);
    if (!next.ok) return next;
    state = next.value;
  }
  return state === null ? err({ kind: 'wrong-stage' }) : ok(state);
}
