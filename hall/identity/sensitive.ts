import { removeExpiredReads } from '../audit/retention.ts';
import { changeRole, resetSecondFactor } from './administer.ts';
import type { SensitiveAct } from './sensitive-act.ts';

/**
 * Every act that takes two people, by the name that its proposals bear. A capability adds its own here. Each stands behind a function, so that the modules may
 * import `propose` in turn.
 */
export const SENSITIVE: Readonly<Record<string, () => SensitiveAct>> = {
  'account.role': () => changeRole,
  'account.second-factor-reset': () => resetSecondFactor,
  'retention.reads': () => removeExpiredReads,
};
