import type { QueryExecutorProvider } from 'kysely';
import * as machines from './0010-machines.ts';
import * as catalogueAndLeases from './0020-catalogue-and-leases.ts';
import * as caseLog from './0030-case-log.ts';
import * as materials from './0040-materials.ts';
import * as console from './0050-console.ts';
import * as lighterIntake from './0060-lighter-intake.ts';
import * as courier from './0080-courier.ts';
import * as takeovers from './0090-takeovers.ts';
import * as introductions from './0100-introductions.ts';
import * as caseFiles from './0110-case-files.ts';
import * as reports from './0120-reports.ts';
import * as places from './0130-places.ts';
import * as accounts from './0140-accounts.ts';
import * as audit from './0150-audit.ts';
import * as ratings from './0160-ratings.ts';
import * as messages from './0170-messages.ts';
import * as catalogue from './0180-catalogue.ts';
import * as lifecycle from './0190-lifecycle.ts';
import * as supervision from './0200-supervision.ts';
import * as supervisionPapers from './0210-supervision-papers.ts';
import * as window from './0220-window.ts';
import * as desk from './0230-desk.ts';
import * as papers from './0240-papers.ts';
import * as deedsOnce from './0250-deeds-once.ts';
import * as indexes from './0260-indexes.ts';
import * as readsByCase from './0270-reads-by-case.ts';
import * as letters from './0280-letters.ts';
import * as names from './0290-names.ts';
import * as monthSums from './0300-month-sums.ts';
import * as keptAside from './0310-kept-aside.ts';
import * as identityChecks from './0320-identity-checks.ts';
import * as siteDays from './0330-site-days.ts';
import * as appointments from './0340-appointments.ts';
import * as caseVisits from './0350-case-visits.ts';
import * as slipTries from './0360-slip-tries.ts';

/** One step of the schema: its number and what it does inside one transaction. */
export type Migration = { number: number; up(db: QueryExecutorProvider): Promise<void> };

/** Every step in order. */
export const MIGRATIONS: readonly Migration[] = [
  machines,
  catalogueAndLeases,
  caseLog,
  materials,
  console,
  lighterIntake,
  courier,
  takeovers,
  introductions,
  caseFiles,
  reports,
  places,
  accounts,
  audit,
  ratings,
  messages,
  catalogue,
  lifecycle,
  supervision,
  supervisionPapers,
  window,
  desk,
  papers,
  deedsOnce,
  indexes,
  readsByCase,
  letters,
  names,
  monthSums,
  keptAside,
  identityChecks,
  siteDays,
  appointments,
  caseVisits,
  slipTries,
];
