/** Checks of this machine itself: ports, disk, database, lock-down. */
import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { SerialPort } from 'serialport';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { fine, lacking, warning } from './check.ts';
import type { Check } from './check.ts';

const gigabyte = 1024 ** 3;
/** Below this a day of scans does not fit. */
const leastDisk = 1;
/** A week without the hall at a busy place: 200 cases a day at 10 MB, and as much again for backups. */
const comfortableDisk = 30;

/**
 * Room for what citizens hand in until the hall has it.
 * @param folder need not be there yet: then the disk that it will be on
 */
export async function checkDisk(folder: string): Promise<Check> {
  if (!existsSync(folder) && path.dirname(folder) !== folder) return checkDisk(path.dirname(folder));
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / gigabyte;
  const found = `${free.toFixed(1)} GB free at ${folder}`;
  if (free < leastDisk) return lacking('disk', found, `Free at least ${leastDisk} GB.`);
  if (free < comfortableDisk) return warning('disk', found, `A week without network can need ${comfortableDisk} GB.`);
  return fine('disk', found);
}

/** Serial ports that are here, and that this user may open. */
export async function checkSerialPorts(): Promise<Check> {
  const ports = await SerialPort.list();
  const closed: string[] = [];
  for (const port of ports) if (!(await mayOpen(port.path))) closed.push(port.path);
  if (closed.length > 0) return warning('serial ports', `no permission for ${closed.join(', ')}`, 'Add this user to the group that owns them: usermod -aG dialout USER');
  if (ports.length === 0) return warning('serial ports', 'none', 'A real ID card reader needs one; emulators bring their own.');
  return fine('serial ports', ports.map((port) => port.path).join(', '));
}

function mayOpen(file: string): Promise<boolean> {
  return access(file, constants.R_OK | constants.W_OK).then(() => true, () => false);
}

/** The hall's database: the one DATABASE_URL names, or the embedded one. */
export async function checkDatabase(): Promise<Check> {
  const address = process.env['DATABASE_URL'];
  if (address === undefined) return warning('database', 'embedded (PGlite)', 'For a real hall set DATABASE_URL to a PostgreSQL.');
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return fine('database', `PostgreSQL ${rows[0]?.server_version ?? ''}`);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer';
    return lacking('database', `the one DATABASE_URL names does not take the connection (${code})`, 'Start it, or correct DATABASE_URL.');
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether programs here may listen at all: some locked-down systems forbid even that. */
export function checkLocalPort(): Promise<Check> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(lacking('local network', 'a program may not listen on 127.0.0.1', 'Allow it in this machine\'s firewall or security policy.')));
    server.listen(0, '127.0.0.1', () => server.close(() => resolve(fine('local network', '127.0.0.1 can be listened on'))));
  });
}

/** What a public machine should not be. */
export function checkLockdown(config: TerminalConfig | null): Check[] {
  const checks: Check[] = [];
  if (process.getuid?.() === 0) checks.push(warning('user', 'root: Chromium runs without its sandbox', 'Run the terminal as a user of its own, without other rights.'));
  else checks.push(fine('user', 'not root'));
  if (config !== null) checks.push(config.window.kiosk ? fine('window', 'full screen, locked') : warning('window', 'a plain window', 'On a public machine set window.kiosk to true.'));
  return checks;
}
