import type { ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { HideKey, Key } from './key.tsx';
import { type, type Typable } from './typing.ts';
import type { KeyboardWords } from './words-on-keys.ts';

/** What every layer that makes Chinese is given. `layers` stands where candidates will be, for as long as there are none to show. */
export type BoardProps = { field: Typable; words: KeyboardWords; layers: ReactNode };

/** The dot of minority and foreign names: U+00B7 by the practice of GB 18030. */
const MIDDLE_DOT = '·';

/** The keys that every way of typing ends with. */
export function LastRow({ field, words, onSpace }: { field: Typable; words: KeyboardWords; onSpace(): void }): ReactNode {
  return (
    <div className="keyboard-row">
      <Key tone="dim" wide label={words.dot} onPress={() => type(field, MIDDLE_DOT)}>
        {MIDDLE_DOT}
      </Key>
      <Key space onPress={onSpace}>
        {words.space}
      </Key>
      {field instanceof HTMLTextAreaElement && field.rows > 1 ? (
        <Key tone="dim" wide label={words.enter} onPress={() => type(field, '\n')}>
          <Icon name="enter" />
        </Key>
      ) : null}
      <HideKey field={field} words={words} />
    </div>
  );
}
