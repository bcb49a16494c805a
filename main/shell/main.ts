import { app, safeStorage } from 'electron';
import { dirname, join as joinPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mkdirSync } from 'node:fs';
import { declareScheme, serveWindow } from './app-protocol.ts';
import { configFailureText } from '../config-file.ts';
import { readTerminalConfig } from './config.ts';
import { readArguments } from './arguments.ts';
import { type Host, join, runHost, startHost } from './hosts.ts';
import { answerKeeper } from './key-desk.ts';
import { lockDown } from './lockdown.ts';
import { createMediaRule } from './media.ts';
import { openQuarantine, type Quarantine } from './quarantine.ts';
import { openWindow } from './window.ts';

/** The shell: windows, lock-down, supervision. It does nothing that can block, and keeps nothing. */
const here = dirname(fileURLToPath(import.meta.url));
const log = (event: object) => process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), process: 'shell', ...event })}\n`);

const { config: file, act } = readArguments(process.argv);
const read = readTerminalConfig(file ?? 'terminal.yaml');
if (!read.ok) {
  process.stderr.write(`${configFailureText(read.error)}\n`);
  app.exit(2);
} else {
  const config = read.value;
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  app.setPath('userData', joinPath(config.data, 'window'));
  // Two shells on one store would race for the devices and the log.
  if (!app.requestSingleInstanceLock()) app.exit(3);
  declareScheme();
  // Chromium refuses its own sandbox to root, as containers and CI run; a county's machine runs as a user and has it everywhere.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // A host gets what it needs and nothing of the shell's environment beyond locale and paths.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(PATH|HOME|LANG|LC_.*|TZ|TMPDIR|JINBAN_.*)$/.test(name)).map(([name, value]) => [name, value ?? '']));
  const media = createMediaRule();
  const keyDesk = (message: unknown) => answerKeeper(message, safeStorage, process.platform);
  void app.whenReady().then(async () => {
    if (act !== null) return app.exit(await runHost({ name: 'core', entry: joinPath(here, 'core.mjs'), env, first: { kind: 'configure', config, act }, answer: keyDesk }));
    lockDown(media);
    serveWindow(joinPath(here, '..', 'kiosk'));
    start();
  });
  // The citizen's window says itself when the app is over (`window.ts`): one that fills the screen is opened anew, and a hidden one may still be there.
  app.on('window-all-closed', () => {});

  function isServing(message: unknown): boolean {
    return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'serving';
  }

  function start(): void {
    let core: Host | null = null;
    let devices: Host | null = null;
    let window: { reconnect(): void } | null = null;
    let phone: Host | null = null;
    let site: Host | null = null;
    let quarantine: Quarantine | null = null;
    // Its first second would be taken from core and the window: the first screen is there before anybody can lay a card down.
    const startDevices = () => {
      devices = startHost({
        name: 'devices',
        entry: joinPath(here, 'devices.mjs'),
        env,
        log,
        onStart(host) {
          host.post({ kind: 'configure', config: config.devices });
          if (core !== null) join(core, host);
        },
      });
    };
    // The queue of the machine's site: it goes on calling for the counters when core dies, and core goes on when it does.
    const startSite = () => {
      if (config.queue === null) return;
      site = startHost({
        name: 'site',
        entry: joinPath(here, 'site.mjs'),
        env,
        log,
        onStart(host) {
          host.post({ kind: 'configure', config });
          if (core !== null) join(core, host, 'site');
        },
        hear(message, host) {
          const answer = keyDesk(message);
          if (answer !== null) host.post(answer);
        },
      });
    };
    core = startHost({
      name: 'core',
      entry: joinPath(here, 'core.mjs'),
      env,
      log,
      onStart(host) {
        // What the core before this one said of the microphone was of its visit.
        media.close();
        host.post({ kind: 'configure', config, act: null });
        if (devices !== null) join(host, devices);
        if (phone !== null) join(host, phone, 'phone');
        if (site !== null) join(host, site, 'site');
        window?.reconnect();
        quarantine?.reconnect();
      },
      hear(message, host) {
        const answer = keyDesk(message);
        if (answer !== null) host.post(answer);
        if (devices === null && isServing(message)) {
          startDevices();
          startSite();
        }
        media.hear(message);
        quarantine?.hear(message);
      },
    });
    if (config.phonePages !== null) {
      phone = startHost({
        name: 'phone',
        entry: joinPath(here, 'phone.mjs'),
        env,
        log,
        onStart(host) {
          host.post({ kind: 'configure', config: config.phonePages });
          if (core !== null) join(core, host, 'phone');
        },
      });
    }
    // Nothing of a citizen's own is taken here: no decoder need stand ready.
    if (config.phonePages !== null || config.sticks !== null) quarantine = openQuarantine({ folder: joinPath(here, '..', 'quarantine'), preload: joinPath(here, 'preload.cjs'), core, log });
    window = openWindow({ config, preload: joinPath(here, 'preload.cjs'), core, log, closed: () => app.quit() });
    app.on('will-quit', () => {
      core?.stop();
      devices?.stop();
      phone?.stop();
      site?.stop();
    });
  }
}
