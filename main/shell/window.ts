import { app, BrowserWindow, MessageChannelMain } from 'electron';
import { type Front, frontAsPart } from '../../domain/contracts/front.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { APP_ORIGIN, isOwnMainFrame, SEALED } from './lockdown.ts';
import type { Host } from './hosts.ts';
import { keepScannersOut } from './scanner-keys.ts';

/** Reloads within this time count as one fault; more than `MOST_RELOADS` of them close the window and make a new one. */
const RELOAD_WINDOW_MS = 60_000;
const MOST_RELOADS = 5;

/**
 * The citizen's window. It owns nothing: a renderer that dies or hangs is loaded again and draws the step where the citizen was.
 * Each load gets a fresh port to core, and only our own main frame gets one. The first load of the app knows what is written on the machine's front, comes with its first screen already drawn, and
 * needs no core for it; a later one may find a visit, and waits for it. One that fills the screen ends with the app alone: closed by the desktop's keys or by its own page, it would leave
 * a citizen before the desktop.
 */
export function openWindow(options: { config: TerminalConfig; preload: string; core: Host; closed(): void; log(event: { event: string; reason?: string }): void }): { reconnect(): void } {
  const { config, core, log } = options;
  const { width, height, kiosk } = config.window;
  let reloads: number[] = [];
  let ending = false;
  let front: Front | null = frontOf(config);
  app.once('before-quit', () => {
    ending = true;
  });
  let window = create();

  function create(): BrowserWindow {
    const created = new BrowserWindow({
      width,
      height,
      kiosk,
      frame: !kiosk,
      useContentSize: true,
      show: false,
      backgroundColor: '#f6f3ec',
      autoHideMenuBar: true,
      webPreferences: { preload: options.preload, ...SEALED },
    });
    created.removeMenu();
    created.once('ready-to-show', () => created.show());
    created.on('close', (event) => {
      if (kiosk && !ending) event.preventDefault();
    });
    // A page's own `window.close` asks nobody.
    created.on('closed', () => {
      if (!kiosk) options.closed();
      if (!kiosk || ending) return;
      log({ event: 'window-opened-anew' });
      window = create();
    });
    keepScannersOut(created.webContents, log);
    created.webContents.on('did-finish-load', giveCorePort);
    created.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason !== 'clean-exit') reload(details.reason);
    });
    created.on('unresponsive', () => {
      log({ event: 'window-unresponsive' });
      created.webContents.forcefullyCrashRenderer();
    });
    void created.loadURL(`${APP_ORIGIN}/index.html${front === null ? '' : frontAsPart(front)}`);
    front = null;
    return created;
  }

  function giveCorePort(): void {
    if (window.isDestroyed() || !isOwnMainFrame(window.webContents.mainFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    core.post({ kind: 'port', to: 'window', instance: core.instance }, [port1]);
    window.webContents.postMessage('jinban:core-port', null, [port2]);
  }

  function reload(reason: string): void {
    const now = Date.now();
    reloads = [...reloads.filter((at) => now - at < RELOAD_WINDOW_MS), now];
    log({ event: 'window-reloaded', reason });
    const wait = reloads.length > MOST_RELOADS ? RELOAD_WINDOW_MS / MOST_RELOADS : 0;
    setTimeout(() => {
      if (!window.isDestroyed()) void window.loadURL(`${APP_ORIGIN}/index.html`);
    }, wait);
  }

  return { reconnect: giveCorePort };
}

function frontOf({ site, hallName, machine, phone, complaintPhone, queue }: TerminalConfig): Front {
  return { site, hall: hallName, machine, phone, complaintPhone, tickets: queue !== null };
}
