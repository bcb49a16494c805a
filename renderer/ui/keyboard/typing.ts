/** A field that the on-screen keyboard can type into. */
export type Typable = HTMLInputElement | HTMLTextAreaElement;

/** Puts `text` where the caret is. React hears of it through the `input` event. */
export function type(field: Typable, text: string): void {
  const start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? start;
  const room = field.maxLength < 0 ? text.length : field.maxLength - (field.value.length - (end - start));
  if (room <= 0) return;
  // Cut between characters, never inside a surrogate pair.
  let fitting = '';
  for (const character of text) {
    if (fitting.length + character.length > room) break;
    fitting += character;
  }
  field.setRangeText(fitting, start, end, 'end');
  tell(field);
}

/** Takes away what is selected, or the character before the caret. */
export function erase(field: Typable): void {
  const end = field.selectionEnd ?? field.value.length;
  const start = field.selectionStart ?? end;
  const before = [...field.value.slice(0, start)].at(-1)?.length ?? 0;
  if (start === end && before === 0) return;
  field.setRangeText('', start === end ? start - before : start, end, 'end');
  tell(field);
}

function tell(field: Typable): void {
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.scrollLeft = field.scrollWidth;
}
