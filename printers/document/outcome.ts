/** What may be said about a job that has ended. Pure: every claim made on paper is decided in this one table. */
import type { JobReading } from './driver.ts';
import type { Judgement } from './reasons.ts';
import type { Outcome, Reason } from './types.ts';

export type Evidence = {
  /** Pages of the document. */
  pages: number;
  /** False when the printer never confirmed the document: it may hold half of it. */
  whole: boolean;
  /** As `Driver.confirms`. */
  confirms: boolean;
  /** Whether this printer counts impressions, as far as is known. One that ended a job as completed with 0 does not. */
  counts: boolean;
  /** A reason seen while the job ran that may leave an unfinished sheet in the paper path. */
  sheetInDoubt: Reason | null;
  /** Why we asked for the job's end; null when we did not. */
  cancelledFor: Reason | null;
  /** The printer after the job; null when it did not answer any more. */
  after: Judgement | null;
};

/**
 * | job ended as | evidence | outcome |
 * |---|---|---|
 * | completed | printer clear, or only out of paper after the last page | printed |
 * | completed | never confirmed that it had the whole document | unknown connection-lost |
 * | completed | known to have left for the printer, and no more | unknown cannot-confirm |
 * | completed | counted fewer pages than sent | unknown incomplete |
 * | completed | its end was asked for, and nothing counted says that it came out before | unknown |
 * | completed | jam, cover, toner … seen during or after | unknown |
 * | completed | with errors, or the printer silent afterwards | unknown |
 * | canceled, aborted | counts impressions, counted 0, no sheet in doubt | not-printed |
 * | canceled, aborted | anything else | unknown |
 */
export function outcomeOf(job: JobReading, evidence: Evidence): Outcome {
  return job.state === 'completed' ? completed(job, evidence) : ended(job, evidence);
}

export function hasEnded(job: JobReading): boolean {
  return job.state === 'completed' || job.state === 'canceled' || job.state === 'aborted';
}

function completed(job: JobReading, { pages, whole, confirms, counts, sheetInDoubt, cancelledFor, after }: Evidence): Outcome {
  if (!whole) return { kind: 'unknown', reason: 'connection-lost' satisfies Reason };
  const counted = counts && job.impressions !== null && job.impressions > 0 ? job.impressions : null;
  if (counted !== null && counted < pages) return { kind: 'unknown', reason: 'incomplete' satisfies Reason };
  if (job.reasons.includes('job-completed-with-errors')) return { kind: 'unknown', reason: 'aborted' satisfies Reason };
  if (sheetInDoubt !== null) return { kind: 'unknown', reason: sheetInDoubt };
  // Printers are known to call a job completed that they let go of.
  if (cancelledFor !== null && counted === null) return { kind: 'unknown', reason: cancelledFor };
  if (after === null) return { kind: 'unknown', reason: 'connection-lost' satisfies Reason };
  if (!confirms) return { kind: 'unknown', reason: 'cannot-confirm' satisfies Reason };
  if (after.blocked === null || after.blocked.newJobsOnly) return { kind: 'printed' };
  // The last sheet of a tray is a good sheet, if the printer counted it.
  if (!after.blocked.sheet && counted !== null) return { kind: 'printed' };
  return { kind: 'unknown', reason: after.blocked.reason };
}

function ended(job: JobReading, { counts, sheetInDoubt, cancelledFor, after }: Evidence): Outcome {
  const reason = cancelledFor ?? endReason(job);
  const doubt = sheetInDoubt ?? (after?.blocked?.sheet === true ? after.blocked.reason : null);
  if (doubt !== null) return { kind: 'unknown', reason: doubt };
  return job.impressions === 0 && counts ? { kind: 'not-printed', reason } : { kind: 'unknown', reason };
}

function endReason(job: JobReading): Reason {
  return job.state === 'canceled' ? 'cancelled-at-printer' : 'aborted';
}
