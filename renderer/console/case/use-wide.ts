import { useSyncExternalStore } from 'react';

/** From here there is room for a third column beside form and scan; below it, guide and history stand behind tabs. */
const WIDE = '(min-width: 1680px)';

export function useWide(): boolean {
  return useSyncExternalStore((watch) => {
    const query = window.matchMedia(WIDE);
    query.addEventListener('change', watch);
    return () => query.removeEventListener('change', watch);
  }, () => window.matchMedia(WIDE).matches);
}
