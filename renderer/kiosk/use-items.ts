import { useEffect, useState } from 'react';
import type { FoundItems, ItemCard, Shelf, Shelves } from '../../domain/contracts/kiosk.ts';
import { useVisit } from './visit.tsx';

/** Typing is followed after this pause: a search a letter would only make the list jump. */
const PAUSE_MS = 120;

/** The items that match, from core. `found` is null until the first answer; the last answer stays while the next is on its way. */
export function useItems(query: string, shelf: Shelf | null = null): { found: FoundItems | null; failed: boolean } {
  const { client, terminal, whenStill } = useVisit();
  const [state, setState] = useState<{ found: FoundItems | null; failed: boolean }>({ found: null, failed: false });
  const by = shelf?.by;
  const name = shelf?.name ?? '';
  // What can be done here follows the line and the devices, so a change of either asks again.
  const circumstances = `${terminal.line} ${JSON.stringify(terminal.devices)}`;
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () => {
        client.items({ query, shelf: by === undefined ? null : { by, name } }).then(
          (found) => whenStill(() => (wanted ? setState({ found, failed: false }) : undefined)),
          () => whenStill(() => (wanted ? setState((held) => ({ ...held, failed: true })) : undefined)),
        );
      },
      query === '' ? 0 : PAUSE_MS,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [client, query, by, name, circumstances, whenStill]);
  return state;
}

/** The shelves with their counts; null until core has answered. */
export function useShelves(): Shelves | null {
  const { client, whenStill } = useVisit();
  const [shelves, setShelves] = useState<Shelves | null>(null);
  useEffect(() => {
    let wanted = true;
    client.browse().then(
      (found) => whenStill(() => (wanted ? setShelves(found) : undefined)),
      // Without shelves the list and the search are still there.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [client, whenStill]);
  return shelves;
}

/** One item as a list shows it, with whether it can be done here now; null while that is not known. */
export function useCard(code: string): ItemCard | null {
  const { client, terminal, whenStill } = useVisit();
  const [card, setCard] = useState<ItemCard | null>(null);
  const circumstances = `${terminal.line} ${JSON.stringify(terminal.devices)}`;
  useEffect(() => {
    let wanted = true;
    client.card({ code }).then(
      (found) => whenStill(() => (wanted ? setCard(found) : undefined)),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [client, code, circumstances, whenStill]);
  return card?.code === code ? card : null;
}
