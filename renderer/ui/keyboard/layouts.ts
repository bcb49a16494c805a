/** What a field accepts decides which keys are offered. Fields name one in `data-keyboard`. */
export const KEYBOARDS = ['text', 'latin', 'digits', 'decimal', 'phone', 'citizen-id', 'credit-code'] as const;
export type KeyboardKind = (typeof KEYBOARDS)[number];

export function isKeyboardKind(name: string | undefined): name is KeyboardKind {
  return KEYBOARDS.some((kind) => kind === name);
}

export const LETTER_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;
export const SIGN_ROWS = ['1234567890', '-/:;()、，。？', '·《》@#&！—'] as const;

/** Rows of a keypad; `erase` is the key that takes the last sign away, an empty string leaves a gap. */
export const KEYPADS: Record<Exclude<KeyboardKind, 'text' | 'latin'>, readonly (readonly string[])[]> = {
  digits: [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['', '0', 'erase']],
  decimal: [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['.', '0', 'erase']],
  phone: [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['-', '0', 'erase']],
  // The check digit of a citizen number may be X (GB 11643).
  'citizen-id': [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['X', '0', 'erase']],
  // GB 32100 leaves out I, O, S, V and Z.
  'credit-code': [
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K'],
    ['L', 'M', 'N', 'P', 'Q', 'R', 'T', 'U', 'W', 'X'],
    ['Y', 'erase'],
  ],
};
