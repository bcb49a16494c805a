import { CardTurn } from '../../../domain/contracts/supervision.ts';

/** Where in the pages of supervision one stands, from the address behind `#/supervision/`. */
export type Place =
  | { part: 'cards'; turn: CardTurn; card: string | null }
  | { part: 'bulletins'; year: string; serial: number | null }
  | { part: 'rules' | 'outages' };

/** An address that makes no sense is the cards that wait for their owners. */
export function placeOf(at: string): Place {
  const [part = '', first = '', second = ''] = at.split('/');
  if (part === 'rules' || part === 'outages') return { part };
  if (part === 'bulletins') return /^\d{4}$/.test(first) && /^\d{1,4}$/.test(second) ? { part, year: first, serial: Number(second) } : { part, year: '', serial: null };
  const turn = CardTurn.safeParse(first);
  return { part: 'cards', turn: turn.success ? turn.data : 'owner', card: /^[0-9a-f]{32}$/.test(second) ? second : null };
}

export function placeText(place: Place): string {
  switch (place.part) {
    case 'cards':
      return `cards/${place.turn}${place.card === null ? '' : `/${place.card}`}`;
    case 'bulletins':
      return place.serial === null ? 'bulletins' : `bulletins/${place.year}/${place.serial}`;
    case 'rules':
    case 'outages':
      return place.part;
  }
}
