import { type ReactNode, useMemo, useState } from 'react';
import { Icon } from '../icons.tsx';
import { type BoardProps, LastRow } from './board.tsx';
import { CandidateGrid, CandidateStrip } from './candidates.tsx';
import { Key } from './key.tsx';
import { LETTER_ROWS } from './layouts.ts';
import { loadPinyinDictionary } from './load.ts';
import type { Candidate } from './pinyin.ts';
import { erase, type } from './typing.ts';
import { useLoaded } from './use-loaded.ts';

/** As many as a syllable has characters (yi: some 600), so that the grid leaves nothing out. */
const MOST = 800;

/** Pinyin: letters gather above the keys until a candidate is chosen. */
export function PinyinBoard({ field, words, layers }: BoardProps): ReactNode {
  const dictionary = useLoaded(loadPinyinDictionary);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const candidates = useMemo<readonly Candidate[]>(() => (dictionary.kind === 'ready' ? dictionary.value.suggest(typed, MOST) : []), [dictionary, typed]);
  const texts = useMemo(() => candidates.map(({ text }) => text), [candidates]);

  function take(index: number): void {
    const candidate = candidates[index];
    if (candidate === undefined) return;
    type(field, candidate.text);
    setTyped(typed.slice(candidate.uses));
    setOpen(false);
  }
  function back(): void {
    if (typed === '') erase(field);
    else setTyped((held) => held.slice(0, -1));
  }
  const eraseKey = (
    <Key label={words.erase} tone="dim" wide repeats onPress={back}>
      <Icon name="erase" />
    </Key>
  );

  return (
    <>
      {typed === '' ? (
        <div className="candidates">
          {layers}
          <span className="candidates-hint">{words.hint}</span>
        </div>
      ) : (
        <CandidateStrip
          lead={<span className="candidates-typed" aria-live="polite"><span>{typed}</span></span>}
          candidates={texts} open={open} words={words} onTake={take} onOpen={setOpen}
          note={dictionary.kind === 'loading' ? words.loading : dictionary.kind === 'failed' ? words.failed : words.nothing}
        />
      )}
      {open && texts.length > 0 ? (
        <CandidateGrid candidates={texts} words={words} beside={eraseKey} onTake={take} />
      ) : (
        LETTER_ROWS.map((row, index) => (
          <div key={row} className="keyboard-row">
            {[...row].map((sign) => (
              <Key key={sign} onPress={() => setTyped((held) => held + sign)}>
                {sign}
              </Key>
            ))}
            {index === 2 ? eraseKey : null}
          </div>
        ))
      )}
      <LastRow field={field} words={words} onSpace={() => (typed === '' ? type(field, ' ') : take(0))} />
    </>
  );
}
