import { useEffect, useState } from 'react';
import type { ItemCard } from '../../domain/contracts/kiosk.ts';
import { useVisit } from './visit.tsx';

/** Typing is followed after this pause: a search a letter would only make the list jump. */
const PAUSE_MS = 120;

/** The items that match, from core. `cards` is null until the first answer; the last answer stays while the next is on its way. */
export function useItems(query: string): { cards: ItemCard[] | null; failed: boolean } {
  const { client, terminal, whenStill } = useVisit();
  const [state, setState] = useState<{ cards: ItemCard[] | null; failed: boolean }>({ cards: null, failed: false });
  // What can be done here follows the line and the devices, so a change of either asks again.
  const circumstances = `${terminal.line} ${JSON.stringify(terminal.devices)}`;
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () => {
        client.items({ query }).then(
          (cards) => whenStill(() => (wanted ? setState({ cards, failed: false }) : undefined)),
          () => whenStill(() => (wanted ? setState((held) => ({ ...held, failed: true })) : undefined)),
        );
      },
      query === '' ? 0 : PAUSE_MS,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [client, query, circumstances, whenStill]);
  return state;
}
