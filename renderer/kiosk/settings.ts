import { type Language, LANGUAGES } from './texts/languages.ts';
import { ORDINARY_PACE, ORDINARY_VOLUME } from './voice/voice.ts';

/** How this citizen wants the screen. Attributes of the root element, so that one stylesheet serves all; gone with the session. */
export type Settings = {
  size: 'normal' | 'elder';
  contrast: 'normal' | 'high';
  reach: 'normal' | 'low';
  /** Its code. */
  language: Language['code'];
  /** Whether the screen is read aloud, and with what: places in `PACES` and `VOLUMES`. */
  voice: 'off' | 'on';
  pace: number;
  volume: number;
  /** Somebody uses the keypad. */
  keys: 'off' | 'on';
};

export const DEFAULT_SETTINGS: Settings = { size: 'normal', contrast: 'normal', reach: 'normal', language: LANGUAGES[0].code, voice: 'off', pace: ORDINARY_PACE, volume: ORDINARY_VOLUME, keys: 'off' };

export function applySettings(root: Pick<HTMLElement, 'dataset' | 'lang' | 'dir'>, settings: Settings, { code, direction }: Language): void {
  root.dataset['size'] = settings.size;
  root.dataset['contrast'] = settings.contrast;
  root.dataset['reach'] = settings.reach;
  root.dataset['keys'] = settings.keys;
  root.lang = code;
  root.dir = direction;
}
