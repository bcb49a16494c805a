/**
 * Words that somebody searched for may be a name or an identity number, and a browser writes its addresses into its history: an address of the console carries only
 * the place of the words in this list. It lives as long as the page, belongs to one account, and goes when it signs out.
 */
const searches: string[] = [];
let owner = '';

/** @returns what stands in the address for these words: the same for the same words */
export function placeOfSearch(query: string): string {
  const at = searches.indexOf(query);
  return String(at < 0 ? searches.push(query) : at + 1);
}

/** @returns empty for a place of another time: a page that is loaded again forgot its words */
export function searchAt(place: string): string {
  return searches[Number(place) - 1] ?? '';
}

/** Whoever sits here now finds nothing of what somebody else searched for. @param account empty: nobody */
export function searchesBelongTo(account: string): void {
  if (account !== owner) searches.length = 0;
  owner = account;
}
