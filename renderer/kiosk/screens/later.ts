import { useEffect, useState } from 'react';
import { drop } from '../../../domain/result.ts';

/** All screens but the first, in a file of their own: a start does not wait for what nobody can see yet. */
type LaterScreens = typeof import('./later-screens.tsx');

let opened: LaterScreens | null = null;

/** Opens them. */
export async function openLaterScreens(): Promise<LaterScreens> {
  opened ??= await import('./later-screens.tsx');
  return opened;
}

/** null until they are open, which the first drawing of the window brings about. React's own `lazy` shows nothing for a third of a second, however soon they are. */
export function useLaterScreens(): LaterScreens | null {
  const [screens, setScreens] = useState(opened);
  useEffect(() => {
    if (screens === null) drop(openLaterScreens().then(setScreens));
  }, [screens]);
  return screens;
}
