/** Pages in the order a person wants them, before they become one file. Pure: every operation answers a new list; a place that is not there is a RangeError. */
import type { ScannedPage } from '../../../domain/contracts/document-scanner.ts';

/** @property turns quarter turns clockwise @property straighten degrees clockwise that its picture is turned back by */
export type ListedPage = { page: ScannedPage; turns: 0 | 1 | 2 | 3; straighten: number };
export type PageList = readonly ListedPage[];

export function addPages(list: PageList, pages: readonly ScannedPage[]): PageList {
  return [...list, ...pages.map((page) => fresh(page))];
}

/** The same place with a newer picture; what was done to the old one goes with it. */
export function retakePage(list: PageList, place: number, page: ScannedPage): PageList {
  return list.with(within(list, place), fresh(page));
}

export function movePage(list: PageList, from: number, to: number): PageList {
  const moved = list[within(list, from)] as ListedPage;
  return removePage(list, from).toSpliced(within(list, to), 0, moved);
}

export function removePage(list: PageList, place: number): PageList {
  return list.toSpliced(within(list, place), 1);
}

/** @param quarters clockwise; negative turns the other way */
export function turnPage(list: PageList, place: number, quarters: number): PageList {
  const listed = list[within(list, place)] as ListedPage;
  return list.with(place, { ...listed, turns: ((((listed.turns + quarters) % 4) + 4) % 4) as ListedPage['turns'] });
}

/** Turns a page's picture back by what was found; a page that lies straight stays as it is. */
export function straightenPage(list: PageList, place: number): PageList {
  const listed = list[within(list, place)] as ListedPage;
  const skewed = listed.page.findings.find((finding) => finding.kind === 'skewed');
  return list.with(place, { ...listed, straighten: skewed?.degrees ?? 0 });
}

function fresh(page: ScannedPage): ListedPage {
  return { page, turns: 0, straighten: 0 };
}

function within(list: PageList, place: number): number {
  if (!Number.isInteger(place) || place < 0 || place >= list.length) throw new RangeError(`no page at ${place}`);
  return place;
}
