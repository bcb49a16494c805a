/** What the tests of this folder share. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PageReading, ScanWish } from '../../domain/contracts/document-scanner.ts';
import type { Clock } from '../../domain/time.ts';
import { systemClock } from '../../wire/clock.ts';
import { settled } from '../technician.ts';
import { openEsclClient } from './escl/client.ts';
import type { EsclTimes } from './escl/client.ts';
import { openEsclDriver } from './escl/driver.ts';
import type { EsclEmulator } from './escl/emulator.ts';
import { openEsclEmulator } from './escl/emulator.ts';
import { samplePage } from './sample-pages.ts';
import { openSaneDriver } from './sane/driver.ts';
import { openDocumentScanner } from './service.ts';
import type { DocumentScanner, DocumentScannerLogEntry } from './types.ts';

export const WISH: ScanWish = { source: 'feeder', resolution: 150, colour: 'grey' };

/** Debian's sane-utils; its virtual scanner is called `test`. */
export const hasScanimage = spawnSync('scanimage', ['--version']).status === 0;

export async function readAll(scanner: DocumentScanner, wish: ScanWish, each: (reading: PageReading) => void = () => {}, signal = new AbortController().signal): Promise<PageReading[]> {
  const told: PageReading[] = [];
  for await (const reading of scanner.scan(wish, signal)) {
    told.push(reading);
    each(reading);
  }
  return told;
}

/** The kinds told, a page with what was found on it, and the reason of an end. */
export function wordsOf(told: readonly PageReading[]): string[] {
  return told.map((reading) => {
    if (reading.kind === 'page') return ['page', ...reading.page.findings.map(({ kind }) => kind)].join(' ');
    if (reading.kind === 'stopped') return `stopped ${reading.reason} ${reading.pages}`;
    return reading.kind === 'done' ? `done ${reading.pages}` : reading.kind;
  });
}

/** Twenty times as fast as the machine's: what the service waits for passes while a test looks on. */
const fastClock: Clock = { now: systemClock.now, monotonic: () => systemClock.monotonic() * 20, after: (milliseconds, call) => systemClock.after(milliseconds / 20, call) };

/** An emulator and the service on it, both closed at the end. */
export async function withEscl(body: (scanner: DocumentScanner, emulator: EsclEmulator, log: DocumentScannerLogEntry[]) => Promise<void>, times: Partial<EsclTimes> = {}): Promise<void> {
  const emulator = await openEsclEmulator({ clock: fastClock, blank: samplePage(0) });
  const log: DocumentScannerLogEntry[] = [];
  const scanner = openDocumentScanner({ driver: openEsclDriver({ client: openEsclClient(emulator.url, { times }), clock: fastClock }), clock: fastClock, log: (entry) => log.push(entry) });
  try {
    await settled(scanner);
    await body(scanner, emulator, log);
  } finally {
    await scanner.close();
    await emulator.close();
  }
}

/** SANE's virtual scanner and the service on it; nothing of a page is left in its folder at the end. */
export async function withSane(body: (scanner: DocumentScanner, spool: string) => Promise<void>, options: Record<string, string> = {}): Promise<void> {
  const spool = await mkdtemp(join(tmpdir(), 'jinban-spool-'));
  const scanner = openDocumentScanner({ driver: openSaneDriver({ device: 'test', options, clock: systemClock, spool }), clock: systemClock });
  try {
    await settled(scanner);
    await body(scanner, spool);
  } finally {
    await scanner.close();
    expect(await readdir(spool)).toEqual([]);
    await rm(spool, { recursive: true });
  }
}
