import { instant } from '../ground.ts';
import type { TimeEvidence } from '../../domain/time.ts';

/**
 * When a terminal did something, as far as its evidence says: counted on from the last trusted contact where the same boot's counter ran
 * through, else the wall clock set right by the last known drift. Never before that contact and never after the action reached the hall.
 * @param receivedAt milliseconds since 1970
 * @returns an ISO instant
 */
export function happenedAt(evidence: TimeEvidence, receivedAt: number): string {
  const { trusted, drift } = evidence;
  if (trusted !== null && trusted.boot === evidence.boot && evidence.monotonic >= trusted.monotonic) {
    return instant(Math.min(Date.parse(trusted.at) + evidence.monotonic - trusted.monotonic, receivedAt));
  }
  const wall = Date.parse(evidence.wall) - (drift?.offset ?? 0);
  const earliest = trusted === null ? wall : Math.max(wall, Date.parse(trusted.at));
  return instant(Math.min(earliest, receivedAt));
}
