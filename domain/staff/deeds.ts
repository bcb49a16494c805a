/** Which calls of the console's road are deeds that the hall does once, however often they are sent. */
import { consoleContract, type ConsoleCall } from '../contracts/console.ts';

/** The header by which a console names a deed: a ULID of its own, the same every time that it sends the deed. IETF draft-ietf-httpapi-idempotency-key-header. */
export const DEED_HEADER = 'idempotency-key';
/** Of an answer: the deed had been done before, and this is what was answered then. */
export const REPLAYED_HEADER = 'idempotent-replayed';

/**
 * Calls that are sent with POST and do nothing, so that what they ask about stands in no address. A new one belongs here: what it answers would else be kept, and it may be about people.
 */
const READS: readonly ConsoleCall[] = ['inbox', 'knownPerson', 'auditReads', 'auditDeeds', 'checkJournals', 'previewImport', 'exportItems', 'checkShelf'];

/** What they send or answer is a secret, which is kept nowhere. Signing in has no account yet whose deed it could be. */
const SECRET: readonly ConsoleCall[] = [
  'signIn', 'signOut', 'giveCode', 'choosePassword', 'beginSecondFactor', 'proveSecondFactor', 'changePassword', 'renewRecovery', 'makeAccount', 'resetPassword',
];

/** Whether the hall keeps what it answered, and answers the same when the call comes again under the same name. */
export function isDeed(call: ConsoleCall): boolean {
  return consoleContract[call]['~orpc'].route.method !== 'GET' && !READS.includes(call) && !SECRET.includes(call);
}
