/** What a role lets somebody do at the console: the hall refuses what is not in the row, and the console does not offer it. */
import type { ConsoleCall } from '../contracts/console.ts';
import type { Role } from '../contracts/staff.ts';

/**
 * - `read-cases`: cases and scans within one's scope.
 * - `receive`: 收件 and 受理 at the window: accept, refuse, ask for a correction and take it, hand in for somebody, see originals, withdraw.
 * - `review`: 审查: the department's own steps of a case, pauses and extensions.
 * - `decide`: 决定 and 办结.
 * - `issue`: 出件: hand results over.
 * - `queues`: what the queues of the sites add up to, by window and by account.
 * - `book`: appointments for citizens: book, cancel, move. `booking-calendars`: when a site takes people by appointment.
 * - `approve`: the second pair of eyes that sensitive acts ask for.
 */
export type Right =
  | 'read-cases' | 'receive' | 'review' | 'decide' | 'issue' | 'archive'
  | 'edit-items' | 'review-items' | 'publish-items' | 'calendar'
  | 'messages' | 'ratings' | 'supervise' | 'answer-cards' | 'figures' | 'queues' | 'book' | 'booking-calendars'
  | 'accounts' | 'approve' | 'audit'
  | 'machines' | 'quarantine' | 'judge-again' | 'numbers';

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  clerk: ['read-cases', 'receive', 'decide', 'issue', 'messages', 'answer-cards', 'figures', 'book'],
  department: ['read-cases', 'receive', 'review', 'decide', 'messages', 'answer-cards', 'figures', 'review-items'],
  issuer: ['read-cases', 'issue', 'archive'],
  supervisor: ['read-cases', 'supervise', 'ratings', 'messages', 'figures', 'queues', 'book', 'booking-calendars', 'approve'],
  // Writes what citizens read, and sees nobody's file.
  editor: ['edit-items', 'publish-items', 'calendar', 'figures'],
  auditor: ['read-cases', 'audit', 'figures', 'machines', 'quarantine', 'numbers'],
  caretaker: ['machines'],
  // Runs accounts and machines and has no business in people's files.
  administrator: ['accounts', 'approve', 'calendar', 'queues', 'booking-calendars', 'machines', 'quarantine', 'judge-again', 'numbers'],
};

export function may(role: Role, right: Right): boolean {
  return RIGHTS[role].includes(right);
}

/** `open`: whoever comes. `signed-in`: whoever has a session. An array: any of these rights. */
export type Demand = 'open' | 'signed-in' | Right | readonly Right[];

/** Those who answer for a service and those who watch over it. Who of them may not touch a case that he handled is the duty's own rule. */
const RATED = ['ratings', 'messages'] as const;

/** What each call of the console's road demands. A call that is not here does not compile, so none is open by being forgotten. */
export const DEMANDS: Readonly<Record<ConsoleCall, Demand>> = {
  signIn: 'open', signOut: 'open', me: 'open',
  // Their sign-in is not whole yet: each looks at the session itself.
  giveCode: 'open', choosePassword: 'open', beginSecondFactor: 'open', proveSecondFactor: 'open',
  myAccount: 'signed-in', changePassword: 'signed-in', renewRecovery: 'signed-in', endMySessions: 'signed-in',
  accounts: 'accounts', scopeChoices: ['accounts', 'approve'], makeAccount: 'accounts', renameAccount: 'accounts', proposeRole: 'accounts', proposeNoSecondFactor: 'accounts', disableAccount: 'accounts', enableAccount: 'accounts', resetPassword: 'accounts', endSessions: 'accounts',
  // Shown and decided by the right that each proposal names.
  proposals: 'signed-in', decideProposal: 'signed-in', withdrawProposal: 'signed-in',
  auditReads: 'audit', auditDeeds: 'audit', auditDays: 'audit', checkJournals: 'audit', proposeRetention: 'audit',
  inbox: 'read-cases', open: 'read-cases', live: 'read-cases', tasks: 'review', filters: 'read-cases', saveFilter: 'read-cases', dropFilter: 'read-cases',
  claim: ['receive', 'review', 'decide'], release: ['receive', 'review', 'decide'],
  colleagues: ['receive', 'review', 'issue'], sentences: ['receive', 'review'], saveSentence: 'receive', dropSentence: 'receive',
  cards: ['supervise', 'answer-cards'], openCard: ['supervise', 'answer-cards'], actOnCard: ['supervise', 'answer-cards'],
  figures: 'figures', bulletins: ['supervise', 'figures'], openBulletin: ['supervise', 'figures'], publishBulletin: 'supervise',
  rules: ['supervise', 'answer-cards', 'approve'], proposeRule: 'supervise', decideRule: 'approve',
  outages: ['supervise', 'answer-cards', 'judge-again'], registerOutage: ['supervise', 'judge-again'], endOutage: ['supervise', 'judge-again'],
  ratingDuties: RATED, ratingDuty: RATED, callBack: RATED, answerRating: RATED, appealRating: RATED,
  judgeAppeal: ['approve', 'supervise'], closeRating: 'ratings', ratingFigures: ['ratings', 'figures'], registerRating: RATED, registerFollowUp: RATED,
  queueFigures: 'queues',
  bookingCalendars: ['book', 'booking-calendars'], saveBookingCalendar: 'booking-calendars', freeSlots: 'book', appointments: 'book', findAppointments: 'book', book: 'book', cancelAppointment: 'book', moveAppointment: 'book', settleAppointment: 'book',
  messages: 'messages', message: 'messages', messageOwners: 'messages', registerMessage: 'messages', assignMessage: 'messages', transferMessage: 'messages', takeUpMessage: 'messages',
  replyMessage: 'messages', rateMessage: 'messages', reopenMessage: 'messages', closeMessage: 'messages', handOverMessage: 'messages', hotlineSaid: 'messages',
  settings: 'signed-in', changeSetting: 'supervise',
  smsQueue: ['accounts', 'supervise'], retrySms: ['accounts', 'supervise'], smsTemplates: ['accounts', 'supervise'], changeTemplate: ['accounts', 'supervise'],
  surveys: ['messages', 'edit-items'], saveSurvey: ['supervise', 'edit-items'], publishSurvey: ['supervise', 'edit-items'], endSurvey: ['supervise', 'edit-items'], surveyResults: ['messages', 'edit-items'],
  accept: 'receive', refuse: 'receive', askCorrection: 'receive', supplement: 'receive', closeCase: 'receive', withdraw: 'receive', seeOriginals: 'receive', checkIdentity: 'receive', correctForm: 'receive',
  finish: 'decide', pause: 'decide', resume: 'decide', extend: 'decide', appointSurvey: 'decide', holdSurvey: 'decide',
  preReview: 'review', review: 'review',
  handOver: ['receive', 'review', 'issue'], takeOver: ['receive', 'review', 'issue'], deliver: 'issue',
  windowItems: 'receive', knownPerson: 'receive', openSlip: 'receive', handInAtWindow: 'receive', lateEntries: ['receive', 'supervise', 'audit'],
  papers: 'read-cases', archive: 'archive',
  calendar: 'signed-in', importNotice: 'calendar', setLocalDay: 'calendar',
  catalogue: ['edit-items', 'review-items', 'publish-items'], catalogueItem: ['edit-items', 'review-items', 'publish-items'], catalogueVersion: ['edit-items', 'review-items', 'publish-items'],
  drafts: ['edit-items', 'review-items', 'publish-items'], openDraft: ['edit-items', 'review-items', 'publish-items'],
  beginDraft: 'edit-items', holdDraft: 'edit-items', saveDraft: 'edit-items', submitDraft: 'edit-items', recallDraft: 'edit-items', withdrawDraft: 'edit-items',
  reviewDraft: 'review-items', publishDraft: 'publish-items',
  previewImport: 'edit-items', takeImport: 'edit-items', exportItems: ['edit-items', 'review-items', 'publish-items'],
  shelf: ['edit-items', 'review-items', 'publish-items'], checkShelf: ['edit-items', 'review-items', 'publish-items'], putShelfRule: 'publish-items', removeShelfRule: 'publish-items',
  themes: ['edit-items', 'review-items', 'publish-items'], publishTheme: 'publish-items',
  // Whoever looks after machines, or stands in the hall, may go.
  helpCalls: ['machines', 'receive'], answerHelp: ['machines', 'receive'],
  machines: 'machines', numbers: 'numbers', quarantine: 'quarantine', judgeAgain: 'judge-again',
};

/** Whether a role may make a call. Scopes narrow further which cases and items it reaches. */
export function mayCall(role: Role, call: ConsoleCall): boolean {
  const demand = DEMANDS[call];
  if (demand === 'open' || demand === 'signed-in') return true;
  return typeof demand === 'string' ? may(role, demand) : demand.some((right) => may(role, right));
}
