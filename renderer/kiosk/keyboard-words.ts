import type { KeyboardWords } from '../ui/keyboard/words-on-keys.ts';
import type { Speech } from './text.ts';

/** The words on the keyboard in the language of the screen. */
export function keyboardWords(t: Speech['t']): KeyboardWords {
  return {
    title: t('keyboard.title'), hide: t('keyboard.hide'), space: t('keyboard.space'), enter: t('keyboard.enter'), erase: t('keyboard.erase'), shift: t('keyboard.shift'),
    layers: t('keyboard.layers'), chinese: t('keyboard.chinese'), english: t('keyboard.english'), signs: t('keyboard.signs'), write: t('keyboard.write'), parts: t('keyboard.parts'), dot: t('keyboard.dot'),
    candidates: t('keyboard.candidates'), more: t('keyboard.more'), fewer: t('keyboard.fewer'), pageUp: t('keyboard.pageUp'), pageDown: t('keyboard.pageDown'),
    hint: t('keyboard.hint'), loading: t('keyboard.loading'), failed: t('keyboard.failed'), nothing: t('keyboard.nothing'),
    writeHere: t('keyboard.writeHere'), unknown: t('keyboard.unknown'), undoStroke: t('keyboard.undoStroke'), clear: t('keyboard.clear'),
    chooseParts: t('keyboard.chooseParts'), chosenParts: t('keyboard.chosenParts'), undoPart: t('keyboard.undoPart'), noCharacter: t('keyboard.noCharacter'),
    undrawable: (count) => t('keyboard.undrawable', { count }),
  };
}
