import { useSyncExternalStore } from 'react';
import { CaseId } from '../../domain/ids.ts';
import { ListName, ListOrder } from '../../domain/contracts/cases.ts';
import type { Role } from '../../domain/contracts/staff.ts';
import { placeOfSearch, searchAt } from './searches.ts';

/** A list of the inbox: one of the hall's, or `tasks`, the steps that wait for the account's departments. */
export type ListFilter = ListName | 'tasks';
export type InboxRoute = { page: 'inbox'; stage: ListFilter; query: string; order: ListOrder };
export const INBOX: InboxRoute = { page: 'inbox', stage: 'open', query: '', order: 'duty' };

/** The list that a role's day begins with. */
export function homeOf(role: Role): InboxRoute {
  return { ...INBOX, stage: role === 'department' ? 'tasks' : role === 'issuer' ? 'to-issue' : 'open' };
}

/** Where the console stands. It lives behind the `#` of the address: the hall serves one page, and the browser's own way back works. */
export type Route =
  | InboxRoute
  | { page: 'case'; id: CaseId }
  /** A sheet, and where in it: `at` is the rest of the address, for the sheet itself to read. */
  | { page: SheetName; at: string };

/** Pages beside the inbox. `sheets.tsx` says what each is and who may look. */
export const SHEETS = ['window', 'sentences', 'messages', 'ratings', 'supervision', 'figures', 'queue', 'appointments', 'surveys', 'sms', 'calendar', 'machines', 'quarantine', 'numbers', 'accounts', 'proposals', 'audit', 'my-account', 'catalogue'] as const;
export type SheetName = (typeof SHEETS)[number];

/** Any address that makes no sense is the inbox. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?');
  const [, page = '', id = ''] = path.split('/');
  if (isSheet(page)) return { page, at: hash.replace(/^#/, '').slice(page.length + 2) };
  const parsed = CaseId.safeParse(id);
  if (page === 'cases' && parsed.success) return { page: 'case', id: parsed.data };
  const values = new URLSearchParams(search);
  const stage = values.get('stage') ?? INBOX.stage;
  const list = stage === 'tasks' ? { data: stage } as const : ListName.safeParse(stage);
  return { page: 'inbox', stage: list.data ?? INBOX.stage, query: searchAt(values.get('search') ?? ''), order: ListOrder.safeParse(values.get('order')).data ?? INBOX.order };
}

export function routeText(route: Route): string {
  switch (route.page) {
    case 'inbox': {
      const values = new URLSearchParams({ stage: route.stage, ...(route.query === '' ? {} : { search: placeOfSearch(route.query) }), ...(route.order === INBOX.order ? {} : { order: route.order }) });
      return `#/inbox?${values.toString()}`;
    }
    case 'case':
      return `#/cases/${route.id}`;
    default:
      return `#/${route.page}${route.at === '' ? '' : `/${route.at}`}`;
  }
}

function isSheet(name: string): name is SheetName {
  return (SHEETS as readonly string[]).includes(name);
}

/** A search or a filter replaces the address, so that the way back leaves the inbox in one step. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  const text = routeText(route);
  if (text === location.hash) return;
  if (how === 'push') history.pushState(null, '', text);
  else history.replaceState(null, '', text);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(watchAddress, () => location.hash);
  return parseRoute(hash);
}

function watchAddress(watch: () => void): () => void {
  window.addEventListener('hashchange', watch);
  window.addEventListener('popstate', watch);
  return () => {
    window.removeEventListener('hashchange', watch);
    window.removeEventListener('popstate', watch);
  };
}
