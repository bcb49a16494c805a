import type { ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { HideKey, Key } from './key.tsx';
import { type KeyboardKind, KEYPADS } from './layouts.ts';
import { erase, type, type Typable } from './typing.ts';
import type { KeyboardWords } from './words-on-keys.ts';

/** Digits and what else a number is written with. */
export function Keypad({ field, kind, words }: { field: Typable; kind: Exclude<KeyboardKind, 'text' | 'latin'>; words: KeyboardWords }): ReactNode {
  return (
    <div className={`keypad keypad-${kind}`}>
      {KEYPADS[kind].map((row) => (
        <div key={row.join('')} className="keyboard-row">
          {row.map((sign) =>
            sign === '' ? (
              <span key="gap" className="key-gap" />
            ) : sign === 'erase' ? (
              <Key key="erase" label={words.erase} tone="dim" repeats onPress={() => erase(field)}>
                <Icon name="erase" />
              </Key>
            ) : (
              <Key key={sign} onPress={() => type(field, sign)}>
                {sign}
              </Key>
            ),
          )}
          {kind === 'credit-code' && row.includes('erase') ? <HideKey field={field} words={words} /> : null}
        </div>
      ))}
      {kind === 'credit-code' ? null : (
        <div className="keyboard-row">
          <HideKey field={field} words={words} />
        </div>
      )}
    </div>
  );
}
