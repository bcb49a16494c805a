import { execFile } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProject } from '../../build/paths.ts';
import { verifyFile } from '../../build/verify/verify-file.ts';
import { until } from '../../build/demo/child.ts';
import type { Action } from '../../domain/action/types.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { performAct } from '../../main/core/acts.ts';
import { openCore } from '../../main/core/core.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { createCoreLog } from '../../main/core/log.ts';
import { systemClock } from '../../main/core/system.ts';
import { configOf, ELDER_CARD, fillIn, handIn, leave } from '../rigs/citizen.ts';
import { everyDeviceOnline, startTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

const run = promisify(execFile);
let world: World;
let lost: TerminalConfig;
let spare: TerminalConfig;
const log: string[] = [];

beforeAll(async () => {
  world = await openWorld('takeover');
  lost = configOf(world.county);
  spare = { ...lost, data: join(world.county.folder, 'spare') };
}, 120_000);
afterAll(() => world?.close());

const takeOver = (from: string | null) => performAct({ kind: 'take-over', from }, { config: spare, sqlite: null, keepers: localKeepers, clock: systemClock, log: createCoreLog((line) => log.push(line), Date.now) });
const numberOf = ({ payload }: Action) => (payload.kind === 'handed-in' ? payload.number.value : '');
/** PGlite takes one process at a time, so the hall rests while county IT does its part. */
async function administer(...deeds: [flag: string, machine: string][]): Promise<string[]> {
  await world.county.killHall();
  const said: string[] = [];
  for (const deed of deeds) said.push((await run(process.execPath, ['--disable-warning=ExperimentalWarning', inProject('hall', 'main.ts'), '--data', join(world.county.folder, 'hall'), ...deed])).stdout);
  await world.county.startHall();
  return said;
}
async function oneMore(): Promise<Action> {
  const { terminal, county } = world;
  await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
  const id = await handIn(terminal);
  await terminal.see('both papers printed', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
  await leave(terminal);
  const [first] = await terminal.core.store.log.ofCase(id);
  if (first === undefined) throw new Error('the hand-in is in the log');
  return first.action;
}
async function inbox() {
  const { rows } = await world.clerk.inbox({ stage: 'open', query: '', after: '', limit: 50 });
  return rows;
}

describe('a machine is lost, and a spare takes its place', () => {
  let arrived: Action;
  let backedUp: Action;
  let never: Action;
  let backup: string;
  let mixed: string;

  test('one case has arrived, one waits when the backup is made, one comes after it: then the machine is gone', async () => {
    const { county } = world;
    mixed = join(county.folder, 'mixed');
    arrived = await oneMore();
    await world.terminal.seeTerminal('nothing waiting', ({ waiting }) => waiting === 0);
    await until('its pages at the hall', async () => (await inbox())[0]?.missing === 0);
    county.line.cut();
    const backUp = async () => (await run(process.execPath, ['--disable-warning=ExperimentalWarning', inProject('build', 'cli', 'backup.ts'), '--config', county.config, '--to', join(county.folder, 'backups')])).stdout.trim();
    const older = await backUp();
    backedUp = await oneMore();
    backup = await backUp();
    cpSync(backup, mixed, { recursive: true });
    cpSync(join(older, 'store.db'), join(mixed, 'store.db'));
    never = await oneMore();
    cpSync(lost.data, `${lost.data}.stolen`, { recursive: true });
    await world.terminal.close();
    rmSync(lost.data, { recursive: true });
    expect((await inbox()).map(({ id }) => id)).toEqual([arrived.case]);
  });

  test('without the code of county IT the spare gets nothing', async () => {
    world.county.line.restore();
    expect(await takeOver(backup)).toBe(false);
    expect(log.at(-1)).toContain('wrong-code');
  });

  test('with the code and the backup it goes on, and sends what the hall lacks', async () => {
    const [code = ''] = await administer(['--replace-machine', lost.machine]);
    spare = { ...spare, enrolmentCode: code.trim() };
    // What the newer one holds would be missing in its chain, and the hall would wait for it for ever.
    expect(await takeOver(mixed)).toBe(false);
    expect(log.at(-1)).toContain('mixed-backup');
    expect(await takeOver(backup)).toBe(true);
    expect(await takeOver(backup)).toBe(false);
    expect(log.at(-1)).toContain('store-here');
    writeFileSync(world.county.config, stringify(spare));
    world.terminal = await startTerminal(spare);
    await world.terminal.seeTerminal('nothing waiting', ({ waiting, lastContact }) => waiting === 0 && lastContact !== null);
    const rows = await until('both cases with their pages at the hall', async () => {
      const found = await inbox();
      return found.length === 2 && found.every(({ missing }) => missing === 0) ? found : null;
    });
    expect(rows.map(({ id }) => id).toSorted()).toEqual([arrived.case, backedUp.case]);
  });

  test('it serves with new numbers only; what the lost machine may have given out is told, not invented', async () => {
    await until('numbers of its own', async () => (await world.terminal.core.store.leases.left('case-number')) > 0);
    await world.terminal.seeTerminal('every device on line', everyDeviceOnline);
    const next = await oneMore();
    expect(next.sequence).toBe(backedUp.sequence + 1);
    expect([arrived, backedUp, never].map(numberOf)).not.toContain(numberOf(next));
    await world.terminal.seeTerminal('nothing waiting', ({ waiting }) => waiting === 0);
    await until('the new case at the hall', async () => (await inbox()).length === 3);
    const [gaps = '', exported = ''] = await administer(['--gaps', lost.machine], ['--export-log', lost.machine]);
    const [gap] = JSON.parse(gaps);
    expect(gap).toMatchObject({ through: backedUp.sequence, cases: [] });
    expect(gap.numbers[0].first).toBe(numberOf(never));
    expect(gap.numbers[0].last < numberOf(next)).toBe(true);
    // An auditor reads the machine's whole log, of both keys.
    const file = join(world.county.folder, 'log.ndjson');
    writeFileSync(file, exported);
    const checked = await verifyFile(file, { machine: null, hall: null });
    expect(checked).toMatchObject({ ok: true, value: { entries: next.sequence, former: [{ publicKey: gap.publicKey, through: backedUp.sequence }], faults: [], endFault: null } });
  });

  test('the lost machine comes back with its keys and its cases, and the hall does not know it any more', async () => {
    const lines: string[] = [];
    const opened = await openCore({ config: { ...lost, data: `${lost.data}.stolen` }, sqlite: null, clock: systemClock, log: createCoreLog((line) => lines.push(line), Date.now) });
    if (!opened.ok) return expect.unreachable(opened.error.kind);
    await until('a refused run', () => lines.some((line) => line.includes('"refused"')));
    expect(await opened.value.store.log.waiting()).toBe(2);
    await opened.value.close();
    expect((await inbox()).map(({ id }) => id)).not.toContain(never.case);
  });

  test('nothing personal stands in the logs, and no key', () => {
    expect([...log, ...world.terminal.log].join('\n')).not.toMatch(/李漹兰|330624\d{11}[\dX]|13800000000|[A-Za-z0-9+/]{43}=/);
  });
});
