import { type ReactNode, useMemo, useState } from 'react';
import { Icon } from '../icons.tsx';
import type { BoardProps } from './board.tsx';
import { CandidateGrid, CandidateStrip, PressGrid } from './candidates.tsx';
import { openDrawable } from './drawable.ts';
import { Key } from './key.tsx';
import { loadPartsIndex } from './load.ts';
import type { PartKey } from './parts.ts';
import { erase, type } from './typing.ts';
import { useLoaded } from './use-loaded.ts';

/** Characters looked at for their shape and offered: who needs one further down adds a part. */
const MOST = 300;

/** A character from its parts: for what nobody can read, and for what no other layer knows. */
export function PartsBoard({ field, words, layers }: BoardProps): ReactNode {
  const index = useLoaded(loadPartsIndex);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [open, setOpen] = useState(false);
  // Kept for this visit only: it knows which characters were looked for.
  const [canDraw] = useState(openDrawable);
  const found = useMemo(() => (index.kind === 'ready' ? index.value.find(chosen) : { characters: [], next: [] }), [index, chosen]);
  const { texts, hidden } = useMemo(() => {
    const looked = found.characters.slice(0, MOST);
    const shown = looked.filter(canDraw);
    return { texts: shown, hidden: looked.length - shown.length };
  }, [found, canDraw]);
  const keys: readonly PartKey[] = index.kind !== 'ready' ? [] : chosen.length === 0 ? index.value.palette : found.next;
  const note = hidden === 0 ? undefined : words.undrawable(hidden);

  function take(place: number): void {
    const text = texts[place];
    if (text === undefined) return;
    type(field, text);
    setChosen([]);
    setOpen(false);
  }
  function back(): void {
    if (chosen.length === 0) erase(field);
    else setChosen(chosen.slice(0, -1));
  }
  const eraseKey = (
    <Key label={chosen.length === 0 ? words.erase : words.undoPart} tone="dim" repeats onPress={back}>
      <Icon name="erase" />
    </Key>
  );

  return (
    <>
      {chosen.length === 0 ? (
        <div className="candidates">
          {layers}
          <span className="candidates-hint">{index.kind === 'failed' ? words.failed : index.kind === 'loading' ? words.loading : words.chooseParts}</span>
        </div>
      ) : (
        <CandidateStrip
          lead={<span className="candidates-typed" aria-label={words.chosenParts} role="group"><span>{chosen.join(' + ')}</span></span>}
          candidates={texts} note={note ?? words.noCharacter} open={open} words={words} onTake={take} onOpen={setOpen}
        />
      )}
      {open && texts.length > 0 ? (
        <CandidateGrid candidates={texts} words={words} beside={eraseKey} onTake={take} {...(note === undefined ? {} : { note })} />
      ) : (
        <PressGrid label={words.chooseParts} words={words} of={chosen} beside={eraseKey} {...(note === undefined || texts.length === 0 ? {} : { note })}>
          {keys.filter(({ part }) => canDraw(part)).map(({ part }) => (
            <Key key={part} onRelease onPress={() => setChosen([...chosen, part])}>
              {part}
            </Key>
          ))}
        </PressGrid>
      )}
    </>
  );
}
