import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import type { BlankStock, TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import type { Clock } from '../../domain/time.ts';
import { configOf } from './citizen.ts';
import { type Clerk, signIn } from './clerk.ts';
import { startTestCounty } from './county.ts';
import { everyDeviceUp, type RigTerminal, startTerminal } from './terminal.ts';

/** A county with one terminal, enrolled and with every device on line, and a clerk at the hall. */
export type World = {
  county: County;
  terminal: RigTerminal;
  clerk: Clerk;
  /** Closes the terminal and opens it again on the same folder, as after a restart of core. `between`: while it is down. */
  restartTerminal(between?: () => Promise<void> | void): Promise<void>;
  /** The same after a power cut: the folder as it is at this very moment is all that the next core finds. Cuts the line meanwhile. */
  crashTerminal(between?: () => Promise<void> | void): Promise<void>;
  close(): Promise<void>;
};

/** @param options for all of the terminal's lives: `settings` changes its file, `blanks` lie in its printer, `scanner` stands beside it, `devices` too, played by the test, `clock` and `freeDisk` are core's own */
export async function openWorld(name: string, options: { settings?: Partial<TerminalConfig>; blanks?: readonly BlankStock[]; scanner?: NonNullable<TerminalConfig['devices']['documentScanner']>; devices?: Partial<TerminalConfig['devices']>; clock?: Clock; freeDisk?: () => Promise<number> } = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), `jinban-${name}-`));
  const county = await startTestCounty({ folder, size: { width: 1080, height: 1920 }, ...(options.blanks === undefined ? {} : { blanks: options.blanks }), ...(options.scanner === undefined ? {} : { scanner: options.scanner }) });
  const start = async (): Promise<RigTerminal> => {
    const config = configOf(county);
    const terminal = await startTerminal({ ...config, devices: { ...config.devices, ...options.devices }, ...options.settings }, options.clock, options.freeDisk);
    await terminal.seeTerminal('every device on line', everyDeviceUp);
    return terminal;
  };
  const world: World = {
    county,
    terminal: await start(),
    clerk: await signIn(county.hallUrl, 'wang', 'jinban-demo-wang'),
    async restartTerminal(between) {
      await world.terminal.close();
      await between?.();
      world.terminal = await start();
    },
    async crashTerminal(between) {
      // What the dying core still says must reach neither the hall nor the folder.
      county.line.cut();
      const { data } = configOf(county);
      cpSync(data, `${data}.crashed`, { recursive: true });
      await world.terminal.close();
      rmSync(data, { recursive: true });
      renameSync(`${data}.crashed`, data);
      await between?.();
      county.line.restore();
      world.terminal = await start();
    },
    async close() {
      await world.terminal.close();
      await county.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await world.terminal.seeTerminal('enrolment', ({ lastContact }) => lastContact !== null);
  await until('leased case numbers', async () => (await world.terminal.core.store.leases.left('case-number')) > 0);
  return world;
}
