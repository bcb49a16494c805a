import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { drop } from '../../domain/result.ts';
import { type Core, type CoreFailure, openCore } from './core.ts';
import { createCoreLog } from './log.ts';
import type { Port } from './port.ts';
import { systemClock } from './system.ts';

/**
 * Core as Electron's utility process. The shell sends the configuration once, then ports: one to the device host at each of its
 * starts, one to each window at each of its loads. Nothing else is heard.
 */
type FromShell = { kind: 'configure'; config: unknown } | { kind: 'port'; to: 'devices' | 'window'; instance: string };

/** The shell takes a host that is silent for 20 s for hung. */
const ALIVE_MS = 2000;

/** The SQLite binding for this Electron lies beside the bundle; without one, the package's own is right. */
const SQLITE = fileURLToPath(new URL('better_sqlite3.node', import.meta.url));

const shell = process.parentPort;
const log = createCoreLog((line) => process.stdout.write(line), Date.now);
let core: Core | null = null;
/** Ports that came before the store was open. */
const early: { to: 'devices' | 'window'; instance: string; port: Port }[] = [];

shell.on('message', (event) => {
  const message = event.data as FromShell;
  if (message.kind === 'configure') drop(configure(message.config));
  else {
    const [port] = event.ports;
    if (port === undefined) return;
    const given = { to: message.to, instance: message.instance, port: port as unknown as Port };
    if (core === null) early.push(given);
    else connect(core, given);
  }
});
setInterval(() => shell.postMessage({ kind: 'alive' }), ALIVE_MS);

async function configure(candidate: unknown): Promise<void> {
  const opened = await openCore({ config: TerminalConfig.parse(candidate), sqlite: existsSync(SQLITE) ? SQLITE : null, clock: systemClock, log });
  if (!opened.ok) {
    log({ event: 'core-cannot-start', why: failureText(opened.error) });
    // The window keeps its "please wait" and the shell starts this process again, ever more slowly, until a technician has helped.
    process.exit(1);
  }
  core = opened.value;
  for (const given of early.splice(0)) connect(core, given);
}

function connect(to: Core, given: (typeof early)[number]): void {
  if (given.to === 'devices') to.connectDevices(given.port, given.instance);
  else to.connectWindow(given.port);
}

function failureText(failure: CoreFailure): string {
  return failure.kind === 'store' ? `store: ${failure.why}` : failure.kind;
}
