import { BookOpen, CalendarClock, CalendarDays, ChartColumn, Cpu, FilePlus, Hash, ListChecks, MessageSquareText, MessagesSquare, NotebookPen, Scale, ScrollText, ShieldAlert, Star, UserCheck, UserRound, Users, UsersRound } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import type { Role } from '../../domain/contracts/staff.ts';
import { may, type Right } from '../../domain/staff/rights.ts';
import { AppointmentsPage } from './appointments/appointments-page.tsx';
import { AuditPage } from './audit/audit-page.tsx';
import { CalendarPage } from './calendar/calendar-page.tsx';
import { SentencesPage } from './sentences/sentences-page.tsx';
import { CataloguePage } from './catalogue/catalogue-page.tsx';
import { AccountsPage } from './identity/accounts.tsx';
import { MyAccountPage } from './identity/my-account.tsx';
import { ProposalsPage } from './identity/proposals.tsx';
import { MachinesPage } from './machines.tsx';
import { MessagesPage } from './messages/messages-page.tsx';
import { NumbersPage } from './numbers.tsx';
import { QuarantinePage } from './quarantine.tsx';
import { homeOf, type Route, type SheetName } from './route.ts';
import { QueuePage } from './queue/queue-page.tsx';
import { RatingsPage } from './ratings/ratings-page.tsx';
import { SmsPage } from './sms/sms-page.tsx';
import { FiguresPage } from './supervision/figures.tsx';
import { SupervisionPage } from './supervision/page.tsx';
import { SurveysPage } from './surveys/surveys-page.tsx';
import type { TextKey } from './texts.ts';
import { WindowPage } from './window/window-page.tsx';

/**
 * A page beside the inbox. In the navigation in this order, the first of which is where an account without an inbox begins; an account sees those that one of its role's `rights` opens. `everybody`: all see it, and the way
 * to it is their name above.
 * @property Page draws it; `at` is where in it one stands, from the address
 */
export type Sheet = { name: SheetName; rights: readonly Right[] | 'everybody'; title: TextKey; icon: ReactNode; Page: ComponentType<{ at: string }> };

const ICON = { size: 16, 'aria-hidden': true } as const;

export const SHEET_LIST: readonly Sheet[] = [
  { name: 'window', rights: ['receive', 'supervise', 'audit'], title: 'shell.window', icon: <FilePlus {...ICON} />, Page: WindowPage },
  { name: 'sentences', rights: ['receive'], title: 'shell.sentences', icon: <NotebookPen {...ICON} />, Page: SentencesPage },
  { name: 'messages', rights: ['messages'], title: 'shell.messages', icon: <MessagesSquare {...ICON} />, Page: MessagesPage },
  { name: 'ratings', rights: ['ratings', 'messages'], title: 'shell.ratings', icon: <Star {...ICON} />, Page: RatingsPage },
  { name: 'supervision', rights: ['supervise', 'answer-cards'], title: 'shell.supervision', icon: <Scale {...ICON} />, Page: SupervisionPage },
  { name: 'figures', rights: ['figures'], title: 'shell.figures', icon: <ChartColumn {...ICON} />, Page: FiguresPage },
  { name: 'surveys', rights: ['messages', 'edit-items'], title: 'shell.surveys', icon: <ListChecks {...ICON} />, Page: SurveysPage },
  { name: 'catalogue', rights: ['edit-items', 'review-items', 'publish-items'], title: 'catalogue.title', icon: <BookOpen {...ICON} />, Page: CataloguePage },
  { name: 'machines', rights: ['machines'], title: 'shell.machines', icon: <Cpu {...ICON} />, Page: MachinesPage },
  { name: 'quarantine', rights: ['quarantine'], title: 'shell.quarantine', icon: <ShieldAlert {...ICON} />, Page: QuarantinePage },
  { name: 'numbers', rights: ['numbers'], title: 'shell.numbers', icon: <Hash {...ICON} />, Page: NumbersPage },
  { name: 'queue', rights: ['queues'], title: 'shell.queue', icon: <UsersRound {...ICON} />, Page: QueuePage },
  { name: 'appointments', rights: ['book', 'booking-calendars'], title: 'shell.appointments', icon: <CalendarClock {...ICON} />, Page: AppointmentsPage },
  { name: 'calendar', rights: ['calendar'], title: 'shell.calendar', icon: <CalendarDays {...ICON} />, Page: CalendarPage },
  { name: 'sms', rights: ['accounts', 'supervise'], title: 'shell.sms', icon: <MessageSquareText {...ICON} />, Page: SmsPage },
  { name: 'accounts', rights: ['accounts'], title: 'shell.accounts', icon: <Users {...ICON} />, Page: AccountsPage },
  { name: 'proposals', rights: ['approve', 'accounts', 'audit'], title: 'shell.proposals', icon: <UserCheck {...ICON} />, Page: ProposalsPage },
  { name: 'audit', rights: ['audit'], title: 'shell.audit', icon: <ScrollText {...ICON} />, Page: AuditPage },
  { name: 'my-account', rights: 'everybody', title: 'shell.my-account', icon: <UserRound {...ICON} />, Page: MyAccountPage },
];

/** The sheets that a role may look at. */
export function sheetsOf(role: Role): readonly Sheet[] {
  return SHEET_LIST.filter(({ rights }) => rights === 'everybody' || rights.some((right) => may(role, right)));
}

/** What a role may look at, nearest to what was asked for. */
export function allowedRoute(route: Route, role: Role): Route {
  const reads = may(role, 'read-cases');
  const sheets = sheetsOf(role);
  if (route.page === 'inbox' || route.page === 'case' ? reads : sheets.some(({ name }) => name === route.page)) return route;
  const [first] = sheets;
  if (reads || first === undefined) return homeOf(role);
  return { page: first.name, at: '' };
}
