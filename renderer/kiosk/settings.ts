/** How this citizen wants the screen. Attributes of the root element, so that one stylesheet serves all; gone with the session. */
export type Settings = {
  size: 'normal' | 'elder';
  contrast: 'normal' | 'high';
  reach: 'normal' | 'low';
  language: 'zh-CN' | 'en';
};

export const DEFAULT_SETTINGS: Settings = { size: 'normal', contrast: 'normal', reach: 'normal', language: 'zh-CN' };

export function applySettings(root: HTMLElement, settings: Settings): void {
  root.dataset['size'] = settings.size;
  root.dataset['contrast'] = settings.contrast;
  root.dataset['reach'] = settings.reach;
  root.lang = settings.language;
}
