/** The hall's live line: one a window, whatever looks at it. It tells that a case changed and by whom; what changed is read when somebody needs it. */
import { useEffect, useEffectEvent } from 'react';
import { CaseWord } from '../../domain/contracts/cases.ts';

const watchers = new Set<(word: CaseWord) => void>();

/** The line was cut and is back: whatever was said meanwhile was not heard. */
const MISSED: CaseWord = { cases: [], by: '', what: 'many' };

/** Milliseconds before a line that was refused is asked for again: a database that starts is there after some seconds, and a session that is over stays so. */
const AGAIN = 2000;
const LONGEST_PAUSE = 30_000;

/** Holds the line open while the shell stands. @param wanted false for a role that reads no cases @param broke hears when it is cut: the hall may be away */
export function useLiveLine(wanted: boolean, broke: () => void): void {
  const tellBroken = useEffectEvent(broke);
  useEffect(() => {
    if (!wanted) return undefined;
    let cut = false;
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    let pause = AGAIN;
    const tell = (word: CaseWord) => {
      for (const watch of [...watchers]) watch(word);
    };
    const open = () => {
      source = new EventSource('/console/api/live');
      source.addEventListener('message', ({ data }) => {
        const word = CaseWord.safeParse(JSON.parse(String(data)));
        if (word.success && word.data.what !== 'beat') tell(word.data);
      });
      source.addEventListener('open', () => {
        pause = AGAIN;
        if (cut) tell(MISSED);
        cut = false;
      });
      source.addEventListener('error', () => {
        if (!cut) tellBroken();
        cut = true;
        // A browser opens a line again that broke, and never one that was answered with a refusal, as 503 is.
        if (source.readyState !== EventSource.CLOSED) return;
        again = setTimeout(open, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      });
    };
    open();
    return () => {
      clearTimeout(again);
      source.close();
    };
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
