/** The hall's live line: one a window, whatever looks at it. It tells that a case changed and by whom; what changed is read when somebody needs it. */
import { useEffect, useEffectEvent } from 'react';
import { CaseWord } from '../../domain/contracts/cases.ts';

const watchers = new Set<(word: CaseWord) => void>();

/** The line was cut and is back: whatever was said meanwhile was not heard. */
const MISSED: CaseWord = { cases: [], by: '', what: 'many' };

/** Holds the line open while the shell stands. @param wanted false for a role that reads no cases */
export function useLiveLine(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return undefined;
    const source = new EventSource('/console/api/live');
    let cut = false;
    const tell = (word: CaseWord) => {
      for (const watch of [...watchers]) watch(word);
    };
    source.addEventListener('message', ({ data }) => {
      const word = CaseWord.safeParse(JSON.parse(String(data)));
      if (word.success && word.data.what !== 'beat') tell(word.data);
    });
    source.addEventListener('open', () => {
      if (cut) tell(MISSED);
      cut = false;
    });
    source.addEventListener('error', () => {
      cut = true;
    });
    return () => source.close();
  }, [wanted]);
}

/** Calls with every word while the screen is there. */
export function useCaseWords(heard: (word: CaseWord) => void): void {
  const hear = useEffectEvent(heard);
  useEffect(() => {
    const watch = (word: CaseWord) => hear(word);
    watchers.add(watch);
    return () => void watchers.delete(watch);
  }, []);
}
