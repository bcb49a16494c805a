/** Which calls of the console's road are deeds that the hall does once, however often they are sent. */
import type { ConsoleCall } from '../contracts/console.ts';

/** The header by which a console names a deed: a ULID of its own, the same every time that it sends the deed. IETF draft-ietf-httpapi-idempotency-key-header. */
export const DEED_HEADER = 'idempotency-key';
/** Of an answer: the deed had been done before, and this is what was answered then. */
export const REPLAYED_HEADER = 'idempotent-replayed';

/**
 * - `read`: does nothing; some are sent with POST, so that what they ask about stands in no address. What they answer is kept nowhere: it may be about people.
 * - `deed`: its answer is kept, and given again when it comes again.
 * - `secret`: sends or answers a secret, which is kept nowhere. Signing in has no account yet whose deed it could be.
 *
 * Every call has its row, so that a new one is neither forgotten nor kept by mistake.
 */
const KINDS: Readonly<Record<ConsoleCall, 'read' | 'deed' | 'secret'>> = {
  me: 'read', myAccount: 'read', inbox: 'read', tasks: 'read', live: 'read', colleagues: 'read', open: 'read', cards: 'read', openCard: 'read', figures: 'read', bulletins: 'read',
  openBulletin: 'read', rules: 'read', outages: 'read', ratingDuties: 'read', ratingDuty: 'read', ratingFigures: 'read', queueFigures: 'read', bookingCalendars: 'read', freeSlots: 'read', appointments: 'read', findAppointments: 'read', messages: 'read', message: 'read', messageOwners: 'read',
  settings: 'read', smsQueue: 'read', smsTemplates: 'read', surveys: 'read', surveyResults: 'read', windowItems: 'read', knownPerson: 'read', lateEntries: 'read', papers: 'read',
  calendar: 'read', filters: 'read', sentences: 'read', accounts: 'read', scopeChoices: 'read', proposals: 'read', auditReads: 'read', auditDeeds: 'read', auditDays: 'read',
  checkJournals: 'read', catalogue: 'read', catalogueItem: 'read', catalogueVersion: 'read', drafts: 'read', openDraft: 'read', previewImport: 'read', exportItems: 'read', shelf: 'read',
  checkShelf: 'read', themes: 'read', machines: 'read', helpCalls: 'read', numbers: 'read', quarantine: 'read',
  saveBookingCalendar: 'deed', book: 'deed', cancelAppointment: 'deed', moveAppointment: 'deed', settleAppointment: 'deed',
  endMySessions: 'deed', claim: 'deed', release: 'deed', accept: 'deed', refuse: 'deed', askCorrection: 'deed', supplement: 'deed', finish: 'deed', closeCase: 'deed', withdraw: 'deed',
  seeOriginals: 'deed', checkIdentity: 'deed', correctForm: 'deed', pause: 'deed', resume: 'deed', extend: 'deed', preReview: 'deed', review: 'deed', appointSurvey: 'deed', holdSurvey: 'deed', handOver: 'deed',
  takeOver: 'deed', deliver: 'deed', actOnCard: 'deed', publishBulletin: 'deed', proposeRule: 'deed', decideRule: 'deed', registerOutage: 'deed', endOutage: 'deed', callBack: 'deed',
  answerRating: 'deed', appealRating: 'deed', judgeAppeal: 'deed', closeRating: 'deed', registerRating: 'deed', registerFollowUp: 'deed', registerMessage: 'deed', assignMessage: 'deed',
  transferMessage: 'deed', takeUpMessage: 'deed', replyMessage: 'deed', rateMessage: 'deed', reopenMessage: 'deed', closeMessage: 'deed', handOverMessage: 'deed', hotlineSaid: 'deed',
  changeSetting: 'deed', retrySms: 'deed', changeTemplate: 'deed', saveSurvey: 'deed', publishSurvey: 'deed', endSurvey: 'deed', handInAtWindow: 'deed', archive: 'deed',
  importNotice: 'deed', setLocalDay: 'deed', saveFilter: 'deed', dropFilter: 'deed', saveSentence: 'deed', dropSentence: 'deed', renameAccount: 'deed', proposeRole: 'deed',
  proposeNoSecondFactor: 'deed', disableAccount: 'deed', enableAccount: 'deed', endSessions: 'deed', decideProposal: 'deed', withdrawProposal: 'deed', proposeRetention: 'deed',
  beginDraft: 'deed', holdDraft: 'deed', saveDraft: 'deed', submitDraft: 'deed', recallDraft: 'deed', withdrawDraft: 'deed', reviewDraft: 'deed', publishDraft: 'deed', takeImport: 'deed',
  putShelfRule: 'deed', removeShelfRule: 'deed', publishTheme: 'deed', judgeAgain: 'deed', answerHelp: 'deed',
  signIn: 'secret', giveCode: 'secret', choosePassword: 'secret', signOut: 'secret', beginSecondFactor: 'secret', proveSecondFactor: 'secret', changePassword: 'secret',
  renewRecovery: 'secret', makeAccount: 'secret', resetPassword: 'secret', openSlip: 'secret',
};

/** Whether the hall keeps what it answered, and answers the same when the call comes again under the same name. */
export function isDeed(call: ConsoleCall): boolean {
  return KINDS[call] === 'deed';
}
