import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DocumentScannerSettings } from '../../domain/contracts/document-scanner.ts';
import { systemClock } from '../../wire/clock.ts';
import { findingText, logText, readingText } from './cli.ts';
import { obeyVerb } from './emulator-verbs.ts';
import type { EsclEmulator } from './escl/emulator.ts';
import { openEsclEmulator } from './escl/emulator.ts';
import { headerOf } from './page/header.ts';
import { samplePage } from './sample-pages.ts';

let emulator: EsclEmulator;
beforeAll(async () => {
  emulator = await openEsclEmulator({ clock: systemClock, blank: samplePage(0) });
});
afterAll(() => emulator.close());

describe('verbs of the emulator', () => {
  test.each([
    'load', 'load 3', 'load-askew 5', 'empty', 'place', 'jam 2', 'double-feed', 'clear', 'open-cover', 'close-cover', 'slow 10', 'busy on', 'busy off', 'cancel-at-panel', 'garbage page', 'truncate status', 'drop job', 'power-off', 'power-on', 'status',
  ])('%s', async (line) => {
    expect(await obeyVerb(emulator, line)).toMatch(/^ok \{"url":"http:\/\/127\.0\.0\.1:\d+\/eSCL","powered":(true|false),"sheets":\d,"running":0\}$/);
  });

  test.each([
    ['dance', 'error unknown verb; one of: load [SHEETS]'],
    ['load many', 'error a whole number is needed; usage: load [SHEETS]'],
    ['drop paper', 'error no such answer'],
  ])('%s is an error', async (line, answer) => {
    expect(await obeyVerb(emulator, line)).toContain(answer);
  });
});

test('the tool says how the scanner is, and writes its pages', async () => {
  const out = await mkdtemp(join(tmpdir(), 'jinban-scan-out-'));
  const other = await openEsclEmulator({ clock: systemClock, blank: samplePage(0) });
  try {
    await obeyVerb(other, 'load 2');
    const tool = (...argv: string[]) => promisify(execFile)(process.execPath, [new URL('cli.ts', import.meta.url).pathname, ...argv, '--escl', other.url]);
    expect((await tool('status')).stdout).toContain('Jinban Emulator: flatbed (100, 150, 200, 300, 600 dpi; colour, grey)');
    expect((await tool('scan', '--source', 'feeder', '--dpi', '150', '--colour', 'grey', '--out', out)).stdout).toContain('done: 2 pages');
    expect((await readdir(out)).toSorted()).toEqual(['page-001.jpg', 'page-002.jpg', 'pages.pdf']);
    expect(headerOf(await readFile(join(out, 'page-001.jpg')))).toEqual({ type: 'image/jpeg', width: 1240, height: 1754 });
  } finally {
    await other.close();
    await rm(out, { recursive: true });
  }
});

test('readings, findings and failures are words', () => {
  expect(readingText({ kind: 'place-paper' })).toBe('put paper into the feeder');
  expect(readingText({ kind: 'stopped', reason: 'jam', pages: 2 })).toBe('stopped after 2 pages: jam');
  expect(readingText({ kind: 'unavailable', status: { kind: 'offline', reason: 'unplugged' } })).toBe('the scanner is offline: unplugged');
  expect(findingText({ kind: 'skewed', degrees: -2.5 })).toBe('skewed by -2.5°');
  expect(findingText({ kind: 'cut-edge', sides: ['top', 'left'] })).toBe('cut at the top, left');
  expect(logText({ kind: 'failure', failure: 'timeout', detail: '' })).toBe('failure: timeout');
});

test.each([
  [{ kind: 'escl', url: 'http://scanner.local/eSCL' }, true],
  [{ kind: 'escl', url: 'ftp://scanner.local/eSCL' }, false],
  [{ kind: 'sane', device: 'fujitsu:fi-7160:1234', options: { 'page-width': '210' } }, true],
  [{ kind: 'sane', device: '--output-file=/tmp/x' }, false],
  [{ kind: 'sane', device: 'a', options: { '-o': 'x' } }, false],
])('settings %j are valid: %s', (settings, isValid) => {
  expect(DocumentScannerSettings.safeParse(settings).success).toBe(isValid);
});
