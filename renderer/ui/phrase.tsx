import { Fragment, type ReactNode } from 'react';

const HAN = /\p{sc=Han}/u;
/** What ends a word may not begin a line. */
const CLOSES = /^[\p{Pe}\p{Pf}、。，；：？！…·%％]/u;
const OPENS = /[\p{Ps}\p{Pi}]$/u;
/** A screen shows a few dozen; the same ones again at every drawing. */
const MOST_KNOWN = 500;
const known = new Map<string, readonly string[]>();
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Short words of a title or a button: a line ends between two words, never inside one. Chinese has no spaces, so the browser may break anywhere; where words end is asked of its own dictionary (UAX #29). The text
 * stays what it is for those who hear it.
 */
export function Phrase({ children }: { children: ReactNode }): ReactNode {
  if (typeof children !== 'string' || !HAN.test(children)) return children;
  return (
    <span className="phrase">
      {piecesOf(children).map((piece, place) => (
        <Fragment key={place}>
          {place === 0 ? null : <wbr />}
          {piece}
        </Fragment>
      ))}
    </span>
  );
}

/** The text cut where a line may end. */
export function piecesOf(text: string): readonly string[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && (CLOSES.test(segment) || OPENS.test(last) || segment.trim() === '')) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, pieces);
  return pieces;
}
