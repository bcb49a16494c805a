import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TerminalAct } from '../../domain/contracts/terminal-act.ts';
import { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { drop, never } from '../../domain/result.ts';
import { performAct } from './acts.ts';
import { cannotStart } from './cannot-start.ts';
import { type Core, openCore } from './core.ts';
import { keepersWith } from './keys/keepers.ts';
import { shellKeeper } from './keys/shell-keeper.ts';
import { createCoreLog } from './log.ts';
import type { Port } from './port.ts';
import { systemClock } from './system.ts';

/**
 * Core as Electron's utility process. The shell sends the configuration once, perhaps with an act to do instead of serving, then ports: one to
 * the device host at each of its starts, one to each window at each of its loads. Beside that it answers for Windows' keeper of keys.
 */
type FromShell = { kind: 'configure'; config: unknown; act: unknown } | { kind: 'port'; to: Other; instance: string };
/** Who is at the other end. */
type Other = 'devices' | 'window' | 'phone' | 'quarantine' | 'site';

/** The shell takes a host that is silent for 20 s for hung. */
const ALIVE_MS = 2000;

/** The SQLite binding for this Electron lies beside the bundle; without one, the package's own is right. */
const BINDING = fileURLToPath(new URL('better_sqlite3.node', import.meta.url));
const sqlite = existsSync(BINDING) ? BINDING : null;

const shell = process.parentPort;
const log = createCoreLog((line) => process.stdout.write(line), Date.now);
const dpapi = shellKeeper((ask) => shell.postMessage(ask));
const keepers = keepersWith(dpapi);
let core: Core | null = null;
/** Ports that came before the store was open. */
const early: { to: Other; instance: string; port: Port }[] = [];

shell.on('message', (event) => {
  if (dpapi.hear(event.data)) return;
  const message = event.data as FromShell;
  if (message.kind === 'configure') drop(message.act === null ? configure(message.config) : act(message.config, message.act));
  else {
    const [port] = event.ports;
    if (port === undefined) return;
    const given = { to: message.to, instance: message.instance, port: port as unknown as Port };
    if (core === null) early.push(given);
    else connect(core, given);
  }
});
setInterval(() => shell.postMessage({ kind: 'alive' }), ALIVE_MS);

async function act(candidate: unknown, wanted: unknown): Promise<void> {
  const config = TerminalConfig.parse(candidate);
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  process.exit((await performAct(TerminalAct.parse(wanted), { config, sqlite, clock: systemClock, log, keepers })) ? 0 : 1);
}

async function configure(candidate: unknown): Promise<void> {
  const opened = await openCore({ config: TerminalConfig.parse(candidate), sqlite, clock: systemClock, log, keepers, quarantineHangs: () => shell.postMessage({ kind: 'quarantine-hangs' }) });
  if (!opened.ok) {
    log({ event: 'core-cannot-start', why: cannotStart(opened.error) });
    // The window keeps its "please wait" and the shell starts this process again, ever more slowly, until a technician has helped.
    process.exit(1);
  }
  core = opened.value;
  shell.postMessage({ kind: 'serving' });
  // The shell lets the window hear the microphone on that step only.
  let open = false;
  core.session.views.watch(({ step }) => {
    if (open === (step === 'message')) return;
    open = !open;
    shell.postMessage({ kind: 'microphone', open });
  });
  for (const given of early.splice(0)) connect(core, given);
}

function connect(to: Core, given: (typeof early)[number]): void {
  switch (given.to) {
    case 'devices':
      return to.connectDevices(given.port, given.instance);
    case 'window':
      return to.connectWindow(given.port);
    case 'phone':
      return to.connectPhone(given.port);
    case 'quarantine':
      return to.connectQuarantine(given.port);
    case 'site':
      return to.connectSite(given.port);
    default:
      return never(given.to);
  }
}
