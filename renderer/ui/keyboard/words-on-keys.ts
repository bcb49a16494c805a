/** Words on the keyboard, in the language of the screen. */
export type KeyboardWords = Readonly<
  Record<
    | 'title' | 'hide' | 'space' | 'enter' | 'erase' | 'shift' | 'layers' | 'chinese' | 'english' | 'signs' | 'write' | 'parts' | 'dot' | 'candidates' | 'more' | 'fewer' | 'pageUp' | 'pageDown'
    | 'hint' | 'loading' | 'failed' | 'nothing' | 'writeHere' | 'unknown' | 'undoStroke' | 'clear' | 'chooseParts' | 'chosenParts' | 'undoPart' | 'noCharacter',
    string
  >
> & { /** How many characters this machine has no shape for. */ undrawable(count: number): string };
