import { useSyncExternalStore } from 'react';
import { CaseId } from '../../domain/ids.ts';
import { StageName } from '../../domain/contracts/cases.ts';
import type { InboxRow } from '../../domain/contracts/cases.ts';

export type StageFilter = InboxRow['stage'] | 'open' | 'all';

/** Where the console stands. It lives behind the `#` of the address: the hall serves one page, and the browser's own way back works. */
export type Route =
  | { page: 'inbox'; stage: StageFilter; query: string }
  | { page: 'case'; id: CaseId }
  /** A sheet, and where in it: `at` is the rest of the address, for the sheet itself to read. */
  | { page: SheetName; at: string };

/** Pages beside the inbox. `sheets.tsx` says what each is and who may look. */
export const SHEETS = ['machines', 'quarantine', 'numbers', 'accounts', 'proposals', 'audit', 'my-account'] as const;
export type SheetName = (typeof SHEETS)[number];

/** Longest search the hall takes. */
export const LONGEST_QUERY = 60;

/** Any address that makes no sense is the inbox. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?');
  const [, page = '', id = ''] = path.split('/');
  if (isSheet(page)) return { page, at: hash.replace(/^#/, '').slice(page.length + 2) };
  const parsed = CaseId.safeParse(id);
  if (page === 'cases' && parsed.success) return { page: 'case', id: parsed.data };
  const values = new URLSearchParams(search);
  const stage = values.get('stage') ?? 'open';
  const known = StageName.safeParse(stage);
  return { page: 'inbox', stage: known.success ? known.data : stage === 'all' ? 'all' : 'open', query: (values.get('query') ?? '').slice(0, LONGEST_QUERY) };
}

export function routeText(route: Route): string {
  switch (route.page) {
    case 'inbox': {
      const values = new URLSearchParams({ stage: route.stage, ...(route.query === '' ? {} : { query: route.query }) });
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
