/**
 * The counter's keys: one table that the page obeys and its buttons show. Keys are told by where they lie (`KeyboardEvent.code`), so an input method that is switched to Chinese takes none of them.
 * Single letters can be turned off (WCAG 2.1.4); function keys work all the same.
 */
export type Command =
  | 'next' | 'recall' | 'start' | 'finish' | 'finish-next' | 'missed'
  | 'suspend' | 'return' | 'transfer' | 'call' | 'note' | 'priority' | 'leave'
  | 'take' | 'serve' | 'roll' | 'pause' | 'resume' | 'close'
  | 'open-case' | 'undo' | 'help' | 'manager' | 'arrange' | 'save' | 'sign-out';

/** @property group where its button stands */
export type KeyRow = { command: Command; codes: readonly string[]; group: 'in-hand' | 'about' | 'desk' | 'page' | 'manager' };

export const KEYS: readonly KeyRow[] = [
  { command: 'next', codes: ['KeyN', 'F2'], group: 'in-hand' },
  { command: 'recall', codes: ['KeyR', 'F3'], group: 'in-hand' },
  { command: 'start', codes: ['KeyS', 'F4'], group: 'in-hand' },
  { command: 'finish', codes: ['KeyF', 'F6'], group: 'in-hand' },
  { command: 'finish-next', codes: ['KeyG', 'F7'], group: 'in-hand' },
  { command: 'missed', codes: ['KeyM', 'F8'], group: 'in-hand' },
  { command: 'suspend', codes: ['KeyW'], group: 'about' },
  { command: 'return', codes: ['KeyB'], group: 'about' },
  { command: 'transfer', codes: ['KeyT'], group: 'about' },
  { command: 'call', codes: ['KeyC'], group: 'about' },
  { command: 'note', codes: ['KeyL'], group: 'about' },
  { command: 'priority', codes: ['KeyY'], group: 'about' },
  { command: 'leave', codes: ['KeyZ'], group: 'about' },
  { command: 'open-case', codes: ['KeyK'], group: 'about' },
  { command: 'take', codes: ['KeyQ'], group: 'desk' },
  { command: 'serve', codes: ['KeyO'], group: 'desk' },
  { command: 'roll', codes: ['KeyD'], group: 'desk' },
  { command: 'pause', codes: ['KeyP'], group: 'desk' },
  // The same key: a window is paused or it is not.
  { command: 'resume', codes: ['KeyP'], group: 'desk' },
  { command: 'close', codes: ['KeyX'], group: 'desk' },
  { command: 'undo', codes: ['KeyU'], group: 'page' },
  { command: 'help', codes: ['F1', 'Slash'], group: 'page' },
  { command: 'manager', codes: ['F9'], group: 'page' },
  { command: 'arrange', codes: ['KeyA'], group: 'manager' },
  { command: 'save', codes: ['KeyV'], group: 'manager' },
  { command: 'sign-out', codes: ['F10'], group: 'page' },
];

/** How a key is written on its cap. */
export function keyName(code: string): string {
  return code === 'Slash' ? '?' : code.replace(/^(Key|Digit|Numpad)/, '');
}

/** The cap that stands on a command's button. */
export function hintOf(command: Command): string {
  return keyName(KEYS.find((row) => row.command === command)?.codes[0] ?? '');
}

export type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'isComposing'>;

/** What a key means; the first is what counts where it means two. Keys with a modifier are the browser's; a key that is held down does nothing further. */
export function commandsOf({ code, ctrlKey, metaKey, altKey, repeat, isComposing }: Pressed, singleKeys: boolean): readonly Command[] {
  if (ctrlKey || metaKey || altKey || repeat || isComposing) return [];
  if (!singleKeys && !/^F\d+$/.test(code)) return [];
  return KEYS.filter(({ codes }) => codes.includes(code)).map(({ command }) => command);
}

/** `1` … `9` on either part of the keyboard, as 0 … 8; null for any other key. */
export function digitOf({ code, ctrlKey, metaKey, altKey, repeat }: Pressed): number | null {
  const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(code) ?? [];
  return digit === undefined || ctrlKey || metaKey || altKey || repeat ? null : Number(digit) - 1;
}

const SETTING = 'jinban-counter-single-keys';

/** Whether single letters act, as this computer's user chose. */
export function singleKeys(store: Storage): boolean {
  return store.getItem(SETTING) !== 'off';
}

export function keepSingleKeys(store: Storage, on: boolean): void {
  store.setItem(SETTING, on ? 'on' : 'off');
}
