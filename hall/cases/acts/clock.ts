import type { PayloadOf } from '../../../domain/action/payload.ts';
import { isJoint, processOf } from '../../../domain/approval/process.ts';
import { isPaused } from '../../../domain/case/fold.ts';
import { type Limits, reckonLimits } from '../../../domain/clock/limits.ts';
import { err, ok } from '../../../domain/result.ts';
import { type Deed, type Loaded, sayOnly } from './deed.ts';

/** 行政许可法 Art 42: how many days the head of the body may add, and for a joint case the head of the government. */
export const LONGEST_EXTENSION = { single: 10, joint: 15 } as const;

/** 挂起. A special procedure is one that the item names, so that nobody invents one to gain time. */
export function pause(why: Omit<PayloadOf<'paused'>, 'kind' | 'on'>): Deed {
  return {
    name: 'pause', keepsClaim: true,
    make({ state, item, today }) {
      const special = why.why === 'special-procedure';
      if (special !== (why.procedure !== '') || (special && (!item.specialProcedures.includes(why.procedure) || why.allowed === null))) return err({ kind: 'bad-act' });
      return sayOnly(state, { kind: 'paused', ...why, on: today });
    },
  };
}

/** 恢复: the days since the pause began are not counted, and both due dates move by them. */
export function resume(words: string): Deed {
  return {
    name: 'resume', keepsClaim: true,
    make(loaded) {
      const { state, today } = loaded;
      if (!isPaused(state)) return err({ kind: 'wrong-stage' });
      const pauses = state.pauses.map(({ from, to }) => ({ from, to: to ?? today }));
      return sayOnly(state, { kind: 'resumed', words, on: today, limits: limitsOf(loaded, { pauses, extension: state.extension?.days ?? 0 }) });
    },
  };
}

/** 延期: once, before the statutory day has passed. */
export function extend({ days, approvedBy, reason }: { days: number; approvedBy: string; reason: string }): Deed {
  return {
    name: 'extend', keepsClaim: true,
    make(loaded) {
      const { state, item, today } = loaded;
      if (state.limits === null) return err({ kind: isPaused(state) ? 'paused' : 'wrong-stage' });
      if (days > (isJoint(processOf(item)) ? LONGEST_EXTENSION.joint : LONGEST_EXTENSION.single) || today > state.limits.statutoryBy) return err({ kind: 'over-law' });
      return sayOnly(state, { kind: 'extended', days, approvedBy, reason, on: today, limits: limitsOf(loaded, { pauses: state.pauses, extension: days }) });
    },
  };
}

/** Reckons the due dates again on the calendar as it stands; nothing when they come out the same. */
export function setLimits(why: PayloadOf<'limits-set'>['why']): Pick<Deed, 'name' | 'make'> {
  return {
    name: 'set-limits',
    make(loaded) {
      const { state } = loaded;
      if (state.limits === null || isPaused(state)) return ok([]);
      const limits = limitsOf(loaded, { pauses: state.pauses, extension: state.extension?.days ?? 0 });
      const same = limits.promisedBy === state.limits.promisedBy && limits.statutoryBy === state.limits.statutoryBy && limits.provisional === state.limits.provisional;
      return same ? ok([]) : sayOnly(state, { kind: 'limits-set', why, limits });
    },
  };
}

function limitsOf({ state, item, calendar }: Loaded, { pauses, extension }: { pauses: readonly { from: string; to: string | null }[]; extension: number }): Limits {
  if (state.accepted === null) throw new Error('limits of a case that was not accepted');
  const limits = reckonLimits({ acceptedOn: state.accepted.acceptedOn, promised: item.promised, statutory: item.statutory, pauses, extension }, calendar);
  if (limits === null) throw new Error('limits while the clock stands');
  return limits;
}
