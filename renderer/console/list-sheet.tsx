import type { ReactNode } from 'react';
import { Failed, Loading, Nothing } from './parts.tsx';
import type { Answer } from './session.tsx';

/**
 * A screen that is one list of the hall's: its title and what it is about; below, that it is on its way, that it did not come, that nothing is in it, or
 * the list.
 * @param props.name of the screen, for the name of its title
 * @param props.note what is to be said at once of this list; left out: nothing
 * @param props.children draws the list, which has rows, as it was at `at`
 */
export function ListSheet<Row>(props: { name: string; title: string; words: string; note?: ReactNode; answer: Answer<readonly Row[], { kind: string }>; onRetry: () => void; empty: string; children: (rows: readonly Row[], at: number) => ReactNode }): ReactNode {
  const { name, answer } = props;
  return (
    <section className="sheet" aria-labelledby={`${name}-title`}>
      <header>
        <h1 id={`${name}-title`}>{props.title}</h1>
        <p>{props.words}</p>
        {props.note}
      </header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={props.onRetry} />}
      {answer.kind === 'here' && answer.value.length === 0 && <Nothing words={props.empty} />}
      {answer.kind === 'here' && answer.value.length > 0 && props.children(answer.value, answer.at)}
    </section>
  );
}
