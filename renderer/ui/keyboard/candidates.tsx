import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../icons.tsx';
import { Key } from './key.tsx';
import type { KeyboardWords } from './words-on-keys.ts';

/** Candidates of the strip; the rest waits in the grid. */
const IN_STRIP = 40;

/**
 * One line of candidates, the best first and largest, with a key that opens them all over the keys.
 * @param lead what was typed, written or put together so far
 * @param note said in the place of candidates when there are none
 */
export function CandidateStrip(props: { lead: ReactNode; candidates: readonly string[]; note: string; open: boolean; words: KeyboardWords; onTake(index: number): void; onOpen(open: boolean): void }): ReactNode {
  const strip = useRef<HTMLDivElement>(null);
  const { candidates, words } = props;
  useEffect(() => {
    if (strip.current !== null) strip.current.scrollLeft = 0;
  }, [candidates]);
  return (
    <div className="candidates">
      {props.lead}
      {candidates.length === 0 ? (
        <span className="candidates-hint" role="status">{props.note}</span>
      ) : (
        <div className="candidates-strip" ref={strip} role="group" aria-label={words.candidates}>
          {props.open ? null : candidates.slice(0, IN_STRIP).map((text, index) => (
            <Key key={text} tone={index === 0 ? 'best' : 'bare'} onPress={() => props.onTake(index)}>
              {text}
            </Key>
          ))}
        </div>
      )}
      {candidates.length === 0 ? null : (
        <Key tone="dim" label={props.open ? words.fewer : words.more} pressed={props.open} onPress={() => props.onOpen(!props.open)}>
          <Icon name={props.open ? 'up' : 'down'} />
        </Key>
      )}
    </div>
  );
}

/** A page of things to press that lies where the keys were, with keys to turn pages at its side. `note` stands below the last one. */
export function PressGrid(props: { label: string; words: KeyboardWords; note?: string; beside?: ReactNode; children: ReactNode; /** Goes back to the first page when it changes. */ of: unknown }): ReactNode {
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (grid.current !== null) grid.current.scrollTop = 0;
  }, [props.of]);
  const turn = (pages: number) => {
    const element = grid.current;
    if (element !== null) element.scrollBy({ top: element.clientHeight * pages * 0.9, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  };
  return (
    <div className="press-grid">
      <div className="press-grid-page" ref={grid} role="group" aria-label={props.label}>
        {props.children}
        {props.note === undefined ? null : <p className="press-grid-note" role="status">{props.note}</p>}
      </div>
      <div className="press-grid-side">
        <Key tone="dim" label={props.words.pageUp} onPress={() => turn(-1)}>
          <Icon name="up" />
        </Key>
        <Key tone="dim" label={props.words.pageDown} onPress={() => turn(1)}>
          <Icon name="down" />
        </Key>
        {props.beside}
      </div>
    </div>
  );
}

/** All candidates. */
export function CandidateGrid(props: { candidates: readonly string[]; words: KeyboardWords; note?: string; beside?: ReactNode; onTake(index: number): void }): ReactNode {
  return (
    <PressGrid label={props.words.candidates} words={props.words} of={props.candidates} beside={props.beside} {...(props.note === undefined ? {} : { note: props.note })}>
      {props.candidates.map((text, index) => (
        <Key key={text} tone={index === 0 ? 'best' : 'bare'} onPress={() => props.onTake(index)}>
          {text}
        </Key>
      ))}
    </PressGrid>
  );
}
