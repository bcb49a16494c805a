import { app, session, type WebContents } from 'electron';
import type { MediaRule } from './media.ts';

/** The only origin that a window of ours may show. A scheme of our own: no server, no file system behind it. */
export const APP_ORIGIN = 'jinban://kiosk';

/** Whether a frame is our own window's main frame on our own origin; empty and about:blank are not. */
export function isOwnMainFrame(frame: { url: string; parent: unknown } | null | undefined): boolean {
  if (frame === null || frame === undefined || frame.parent !== null) return false;
  return frame.url === `${APP_ORIGIN}/index.html` || frame.url.startsWith(`${APP_ORIGIN}/index.html?`);
}

/** What every window of ours is opened with: no Node, no tools, no way for a dropped file, and no dialog that a page could put over the kiosk. */
export const SEALED = { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false, devTools: false, navigateOnDragDrop: false, backgroundThrottling: false, disableDialogs: true } as const;

/** Everything is refused but what stands here with its reason. */
const PERMISSIONS: Record<string, string> = {
  media: 'the document camera is read through the window (video); a message may be spoken (audio, while core says that the visit stands at writing one: `media.ts`)',
};

/** The same in tests as in production. */
export function lockDown(media: MediaRule): void {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(permission in PERMISSIONS && isOwnMainFrame(contents.mainFrame) && kinds.length > 0 && kinds.every(media.allows));
  });
  own.setPermissionCheckHandler((_contents, permission, origin, details) => permission in PERMISSIONS && origin.startsWith(APP_ORIGIN) && (details.mediaType !== 'audio' || media.allows('audio')));
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
  // Nothing leaves the window but our own scheme; the hall is reached from core alone.
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !/^(jinban|devtools|blob|data):/.test(details.url) }));
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // No zoom, no reload, no developer tools, no printing, no context menu: none has a meaning for a citizen.
  contents.on('before-input-event', (event, input) => {
    if (input.control || input.meta || input.alt || /^F\d+$/.test(input.key)) event.preventDefault();
  });
  contents.on('context-menu', (event) => event.preventDefault());
}
