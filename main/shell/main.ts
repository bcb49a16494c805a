import { app } from 'electron';
import { dirname, join as joinPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mkdirSync } from 'node:fs';
import { declareScheme, serveWindow } from './app-protocol.ts';
import { configFailureText, readTerminalConfig } from './config.ts';
import { type Host, join, startHost } from './hosts.ts';
import { lockDown } from './lockdown.ts';
import { openWindow } from './window.ts';

/** The shell: windows, lock-down, supervision. It does nothing that can block, and keeps nothing. */
const here = dirname(fileURLToPath(import.meta.url));
const log = (event: object) => process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), process: 'shell', ...event })}\n`);

const file = argument('--config');
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
  void app.whenReady().then(() => {
    lockDown();
    serveWindow(joinPath(here, '..', 'kiosk'));
    start();
  });
  app.on('window-all-closed', () => app.quit());

  function start(): void {
    // A host gets what it needs and nothing of the shell's environment beyond locale and paths.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(PATH|HOME|LANG|LC_.*|TZ|TMPDIR|JINBAN_.*)$/.test(name)).map(([name, value]) => [name, value ?? '']));
    let core: Host | null = null;
    let devices: Host | null = null;
    let window: { reconnect(): void } | null = null;
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
    core = startHost({
      name: 'core',
      entry: joinPath(here, 'core.mjs'),
      env,
      log,
      onStart(host) {
        host.post({ kind: 'configure', config });
        if (devices !== null) join(host, devices);
        window?.reconnect();
      },
    });
    window = openWindow({ config, preload: joinPath(here, 'preload.cjs'), core, log });
    app.on('will-quit', () => {
      core?.stop();
      devices?.stop();
    });
  }
}

function argument(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index === -1 ? undefined : process.argv[index + 1];
}
