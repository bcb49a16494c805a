import { type ReactNode, useState } from 'react';
import { WritingBoard } from '../handwriting/writing-board.tsx';
import { Icon } from '../icons.tsx';
import { LastRow } from './board.tsx';
import { Key } from './key.tsx';
import { SIGN_ROWS } from './layouts.ts';
import { LatinRows } from './latin-rows.tsx';
import { PartsBoard } from './parts-board.tsx';
import { PinyinBoard } from './pinyin-board.tsx';
import { erase, type, type Typable } from './typing.ts';
import type { KeyboardWords } from './words-on-keys.ts';

/** Ways to type text: pinyin that becomes Chinese, a written character, a character from its parts, letters as they are, digits and signs. */
const LAYERS = ['pinyin', 'write', 'parts', 'latin', 'signs'] as const;
type Layer = (typeof LAYERS)[number];

export function TextBoard({ field, words, first }: { field: Typable; words: KeyboardWords; first: 'pinyin' | 'latin' }): ReactNode {
  const [layer, setLayer] = useState<Layer>(first);
  const names: Record<Layer, string> = { pinyin: words.chinese, write: words.write, parts: words.parts, latin: words.english, signs: words.signs };
  const layers = (
    <div className="layers" role="group" aria-label={words.layers}>
      {LAYERS.map((one) => (
        <Key key={one} tone={one === layer ? 'on' : 'dim'} pressed={one === layer} onPress={() => setLayer(one)}>
          {names[one]}
        </Key>
      ))}
    </div>
  );
  const board = { field, words, layers };
  return (
    <>
      {layer === 'pinyin' ? <PinyinBoard {...board} /> : layer === 'write' ? <WritingBoard {...board} /> : layer === 'parts' ? <PartsBoard {...board} /> : (
        <>
          <div className="candidates">{layers}</div>
          {layer === 'latin' ? <LatinRows field={field} words={words} /> : <SignRows field={field} words={words} />}
        </>
      )}
      {layer === 'pinyin' ? null : <LastRow field={field} words={words} onSpace={() => type(field, ' ')} />}
    </>
  );
}

function SignRows({ field, words }: { field: Typable; words: KeyboardWords }): ReactNode {
  return SIGN_ROWS.map((row, index) => (
    <div key={row} className="keyboard-row">
      {[...row].map((sign) => (
        <Key key={sign} onPress={() => type(field, sign)}>
          {sign}
        </Key>
      ))}
      {index === SIGN_ROWS.length - 1 ? (
        <Key label={words.erase} tone="dim" wide repeats onPress={() => erase(field)}>
          <Icon name="erase" />
        </Key>
      ) : null}
    </div>
  ));
}
