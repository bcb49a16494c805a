import { app, BrowserWindow, MessageChannelMain, session } from 'electron';
import { serveWindow } from './app-protocol.ts';
import type { Host } from './hosts.ts';
import { SEALED } from './lockdown.ts';

/** An origin of its own, so that Chromium gives it a process of its own: a file that takes this window over stands where no visit is. */
const ORIGIN = 'jinban://quarantine';
/** A window that dies is made anew after this long: a hostile file on a stick shall not keep the machine busy. */
const AGAIN_MS = 1000;

export type Quarantine = {
  /** Gives core, which was started again, a new port. */
  reconnect(): void;
  /** Takes core's word that the window hangs. */
  hear(message: unknown): void;
};

/**
 * The window in which files of citizens are decoded. It is never shown; it has no network, no permission, no storage that lasts, and no port but the one on which it
 * is given bytes and gives pictures back.
 */
export function openQuarantine(options: { folder: string; preload: string; core: Host; log(event: { event: string; reason?: string }): void }): Quarantine {
  const { core, log } = options;
  const own = session.fromPartition('quarantine');
  serveWindow(options.folder, own.protocol);
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !(details.url.startsWith(`${ORIGIN}/`) || details.url.startsWith('blob:') || details.url.startsWith('data:')) }));

  let ending = false;
  app.once('before-quit', () => {
    ending = true;
  });
  let window = create();

  function create(): BrowserWindow {
    const created = new BrowserWindow({
      show: false, width: 100, height: 100, focusable: false, skipTaskbar: true,
      webPreferences: { session: own, preload: options.preload, ...SEALED },
    });
    created.webContents.on('did-finish-load', givePort);
    created.webContents.on('render-process-gone', (_event, details) => {
      log({ event: 'quarantine-gone', reason: details.reason });
      setTimeout(() => {
        if (!created.isDestroyed()) void created.loadURL(`${ORIGIN}/index.html`);
      }, AGAIN_MS);
    });
    // A page that was taken over may close itself.
    created.on('closed', () => {
      if (ending) return;
      log({ event: 'quarantine-gone', reason: 'closed' });
      setTimeout(() => {
        if (!ending) window = create();
      }, AGAIN_MS);
    });
    void created.loadURL(`${ORIGIN}/index.html`);
    return created;
  }
  function givePort(): void {
    if (window.isDestroyed() || window.webContents.mainFrame.url !== `${ORIGIN}/index.html`) return;
    const { port1, port2 } = new MessageChannelMain();
    core.post({ kind: 'port', to: 'quarantine', instance: core.instance }, [port1]);
    window.webContents.postMessage('jinban:core-port', null, [port2]);
  }
  return {
    reconnect: givePort,
    hear(message) {
      if (typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'quarantine-hangs' && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
    },
  };
}
