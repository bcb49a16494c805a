/**
 * The road between the hall's console in a browser (client) and the hall (server), HTTPS with JSON, session cookie (SameSite=Strict,
 * HttpOnly), same origin only. Every answer that holds personal data is recorded in the hall's read log.
 */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Instant } from '../time.ts';
import { appointmentsContract } from './appointments.ts';
import { calendarContract } from './calendar.ts';
import { accountsContract } from './accounts.ts';
import { auditContract } from './audit.ts';
import { casesContract } from './cases.ts';
import { deskContract } from './desk.ts';
import { catalogueContract } from './catalogue.ts';
import { MachineReport } from './fleet.ts';
import { LeaseKind } from './hall.ts';
import { HelpAnswer } from './help.ts';
import { Ulid } from '../ids.ts';
import { messagesContract } from './messages.ts';
import { queueContract } from './queue.ts';
import { ratingsContract } from './ratings.ts';
import { papersContract } from './papers.ts';
import { kind, resultOf } from './result-schema.ts';
import { smsContract } from './sms.ts';
import { sessionContract } from './staff.ts';
import { supervisionContract } from './supervision.ts';
import { surveysContract } from './surveys.ts';
import { windowContract } from './window.ts';

/** A run of numbers that stand alike, as they are printed. `reason` says why a gap is one; null for the others. */
export const NumberRun = z.strictObject({
  machine: z.string(), state: z.enum(['used', 'open', 'gap']), reason: z.enum(['machine-retired', 'machine-replaced', 'skipped', 'kept-aside', 'unaccounted']).nullable(),
  first: z.string(), last: z.string(), count: z.int(),
});
/** Numbers of one kind and year: granted = used + open + gaps, always. `ranges` hold every one of them, in order. */
export const NumberAccount = z.strictObject({ kind: LeaseKind, year: z.string(), granted: z.int(), used: z.int(), open: z.int(), gaps: z.int(), ranges: z.array(NumberRun) });
export type NumberAccount = z.infer<typeof NumberAccount>;

export const consoleContract = {
  ...sessionContract,
  ...casesContract,
  ...supervisionContract,
  ...ratingsContract, ...queueContract, ...appointmentsContract,
  ...messagesContract, ...smsContract, ...surveysContract,
  ...windowContract,
  ...papersContract,
  ...calendarContract,
  ...deskContract,
  ...accountsContract,
  ...auditContract,
  ...catalogueContract,
  machines: oc.route({ method: 'GET', path: '/machines' }).output(z.array(z.strictObject({
    machine: z.string(), enrolledAt: Instant.nullable(), retired: z.boolean(), lastContact: Instant.nullable(), actions: z.int(), quarantined: z.int(),
    /** The machine's clock minus the hall's at its last token, milliseconds; null, as the two after it, when it did not say. */
    clockOffset: z.int().nullable(), /** Of the road that it speaks with the hall. */ protocol: z.int().nullable(), program: z.string().nullable(),
    /** The last that it reported; null when it never did. */
    report: MachineReport.nullable(), reportedAt: Instant.nullable(),
  }))),
  /** Terminals at which somebody waits for a person, longest first. */
  helpCalls: oc.route({ method: 'GET', path: '/help-calls' }).output(z.array(z.strictObject({ call: Ulid, machine: z.string(), site: z.string(), step: z.string(), item: z.string().nullable(), since: Instant, answer: HelpAnswer.nullable(), account: z.string().nullable() }))),
  /** The terminal shows it at once. `answered` ends the call. */
  answerHelp: oc.route({ method: 'POST', path: '/help-calls/{call}/answer' }).input(z.strictObject({ call: Ulid, answer: HelpAnswer })).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('unknown-call')]))),
  /** Where every number is that was ever given out: for county IT and auditors. */
  numbers: oc.route({ method: 'GET', path: '/numbers' }).output(z.array(NumberAccount)),
  quarantine: oc.route({ method: 'GET', path: '/quarantine' }).output(z.array(z.strictObject({ id: z.int(), machine: z.string(), reason: z.string(), at: Instant, action: z.string().nullable(), /** It has its place in the chain: it can be judged again. */ held: z.boolean() }))),
  /** Judges an entry that is held once more, with all of its case that is aside; answers how many actions were applied and how many are aside still. */
  judgeAgain: oc.route({ method: 'POST', path: '/quarantine/{id}/judgement' }).input(z.strictObject({ id: z.coerce.number().int().min(1) }))
    .output(resultOf(z.strictObject({ applied: z.int(), aside: z.int() }), z.discriminatedUnion('kind', [kind('unknown-entry'), kind('not-held')]))),
};

/** A call of the console's road, by its name in the contract. */
export type ConsoleCall = keyof typeof consoleContract;
