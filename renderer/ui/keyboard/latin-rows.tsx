import { type ReactNode, useState } from 'react';
import { Icon } from '../icons.tsx';
import { Key } from './key.tsx';
import { LETTER_ROWS } from './layouts.ts';
import { erase, type, type Typable } from './typing.ts';
import type { KeyboardWords } from './words-on-keys.ts';

/** Letters as they are; the shift key makes the next one a capital. */
export function LatinRows({ field, words }: { field: Typable; words: KeyboardWords }): ReactNode {
  const [shift, setShift] = useState(false);
  return LETTER_ROWS.map((row, index) => (
    <div key={row} className="keyboard-row">
      {index === 2 ? (
        <Key label={words.shift} tone={shift ? 'on' : 'dim'} wide pressed={shift} onPress={() => setShift(!shift)}>
          <Icon name="up" />
        </Key>
      ) : null}
      {[...row].map((sign) => {
        const letter = shift ? sign.toUpperCase() : sign;
        return (
          <Key key={sign} onPress={() => { type(field, letter); setShift(false); }}>
            {letter}
          </Key>
        );
      })}
      {index === 2 ? (
        <Key label={words.erase} tone="dim" wide repeats onPress={() => erase(field)}>
          <Icon name="erase" />
        </Key>
      ) : null}
    </div>
  ));
}
