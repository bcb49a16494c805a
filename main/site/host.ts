import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { drop } from '../../domain/result.ts';
import { keepersWith } from '../core/keys/keepers.ts';
import { shellKeeper } from '../core/keys/shell-keeper.ts';
import { systemClock } from '../../wire/clock.ts';
import { cannotStart } from './cannot-start.ts';
import { createSiteLog } from './log.ts';
import { serveTerminal, type TerminalPort } from './terminal-road.ts';
import { openSite, type Site } from './site.ts';

/**
 * A terminal's part in its site, as Electron's utility process. The shell sends the configuration once, then a port to core at each of core's starts; beside that it answers for Windows' keeper of keys. Its death
 * is nobody's visit: core goes on, and counters go on at the other machines.
 */
type FromShell = { kind: 'configure'; config: unknown } | { kind: 'port' };

/** The shell takes a host that is silent for 20 s for hung. */
const ALIVE_MS = 2000;

const BINDING = fileURLToPath(new URL('better_sqlite3.node', import.meta.url));
const PAGES = fileURLToPath(new URL('..', import.meta.url));

const shell = process.parentPort;
const log = createSiteLog((line) => process.stdout.write(line), Date.now);
const dpapi = shellKeeper((ask) => shell.postMessage(ask));
let site: Site | null = null;
let early: TerminalPort[] = [];

shell.on('message', (event) => {
  if (dpapi.hear(event.data)) return;
  const message = event.data as FromShell;
  const [port] = event.ports;
  if (message.kind === 'configure') drop(configure(message.config));
  else if (port !== undefined) connect(port as unknown as TerminalPort);
});
setInterval(() => shell.postMessage({ kind: 'alive' }), ALIVE_MS);

function connect(port: TerminalPort): void {
  if (site === null) early.push(port);
  else serveTerminal(port, { site, clock: systemClock });
}

async function configure(candidate: unknown): Promise<void> {
  const { machine, site: name, hallName, hall, data, keys, queue } = TerminalConfig.parse(candidate);
  if (queue === null) return;
  const opened = await openSite({
    machine, site: name, hallName, hall, data: join(data, 'site'), config: queue, keepers: keepersWith(dpapi), keeper: keys.keeper, nativeBinding: existsSync(BINDING) ? BINDING : null, pages: PAGES, clock: systemClock, log,
  });
  if (!opened.ok) {
    log({ event: 'site-cannot-start', why: cannotStart(opened.error) });
    // The shell starts this process again, ever more slowly, until a technician has helped.
    process.exit(1);
  }
  site = opened.value;
  for (const port of early) connect(port);
  early = [];
}
