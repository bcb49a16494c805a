/** The whole road over HTTP: our service, our eSCL driver and client, the emulator. */
import { describe, expect, test } from 'vitest';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { PageReading } from '../../domain/contracts/document-scanner.ts';
import { drop } from '../../domain/result.ts';
import { sampleSheets } from './sample-pages.ts';
import { readAll, WISH, withEscl, wordsOf } from './test-rig.ts';
import type { DocumentScanner } from './types.ts';

/** Resolves with the first status that fits. */
function until(scanner: DocumentScanner, fits: (status: DeviceStatus) => boolean): Promise<DeviceStatus> {
  return new Promise((resolve) => {
    const stop = scanner.watch((status) => fits(status) && queueMicrotask(() => (stop(), resolve(status))));
  });
}

describe('pages', () => {
  test('come one by one from the feeder, and cross the road as they are', () => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(3));
    const told = await readAll(scanner, WISH);
    expect(wordsOf(told)).toEqual(['scanning', 'page', 'page', 'page', 'done 3']);
    const [page] = told.flatMap((reading) => (reading.kind === 'page' ? [reading.page.bytes] : []));
    expect(page?.constructor).toBe(Uint8Array);
    expect(told.every((reading) => PageReading.safeParse(structuredClone(reading)).success)).toBe(true);
    expect(emulator.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
  }));

  test('come from both sides, an empty back is called blank', () => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(2));
    expect(wordsOf(await readAll(scanner, { ...WISH, source: 'feeder-duplex' }))).toEqual(['scanning', 'page', 'page blank', 'page', 'page blank', 'done 4']);
  }));

  test('an empty feeder waits for paper, and says so once', () => withEscl(async (scanner, emulator) => {
    const looks = () => emulator.requests().filter(({ path }) => path.endsWith('ScannerStatus')).length;
    const told = await readAll(scanner, WISH, ({ kind }) => {
      if (kind !== 'place-paper') return;
      const before = looks();
      drop((async () => {
        while (looks() < before + 3) await new Promise((resolve) => setImmediate(resolve));
        emulator.load(sampleSheets(1));
      })());
    });
    expect(wordsOf(told)).toEqual(['scanning', 'place-paper', 'scanning', 'page', 'done 1']);
  }));
});

describe('what goes wrong', () => {
  test.each([
    ['a jam', 'jam', ['scanning', 'page', 'stopped jam 1'], { kind: 'blocked', reason: 'jam' }],
    ['two sheets at once', 'doubleFeed', ['scanning', 'page', 'page double-feed', 'stopped double-feed 2'], { kind: 'blocked', reason: 'double-feed' }],
  ] as const)('%s stops the scan, keeps the pages before it, and blocks until it is cleared', (_, verb, words, status) => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(4));
    emulator[verb](1);
    expect(wordsOf(await readAll(scanner, WISH))).toEqual(words);
    expect(await until(scanner, ({ kind }) => kind === 'blocked')).toEqual(status);
    expect(wordsOf(await readAll(scanner, WISH))).toEqual(['unavailable']);
    emulator.clear();
    await until(scanner, ({ kind }) => kind === 'online');
    expect(wordsOf(await readAll(scanner, WISH)).at(-1)).toMatch(/^done/);
  }));

  test('an open cover blocks', () => withEscl(async (scanner, emulator) => {
    emulator.openCover();
    expect(await until(scanner, ({ kind }) => kind === 'blocked')).toEqual({ kind: 'blocked', reason: 'cover-open' });
  }));

  test('somebody else’s scan is waited for', () => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(1));
    emulator.busy(true);
    const reading = readAll(scanner, WISH);
    while (!emulator.requests().some(({ method }) => method === 'POST')) await new Promise((resolve) => setImmediate(resolve));
    emulator.busy(false);
    expect(wordsOf(await reading)).toEqual(['scanning', 'page', 'done 1']);
  }));

  test('a stop at the panel is a stop', () => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(3));
    expect(wordsOf(await readAll(scanner, WISH, ({ kind }) => kind === 'page' && emulator.cancelAtPanel())).at(-1)).toMatch(/^stopped cancelled/);
  }));

  test.each([
    ['page', 'garbage', 'stopped garbled 0'],
    ['page', 'truncated', 'stopped garbled 0'],
    ['page', 'dropped', 'stopped connection-lost 0'],
    ['job', 'garbage', 'stopped garbled 0'],
    ['capabilities', 'truncated', 'stopped garbled 0'],
  ] as const)('a %s that is %s ends the scan, and no job stays', (answer, damage, last) => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(2));
    emulator.damageNext(answer, damage);
    expect(wordsOf(await readAll(scanner, WISH))).toEqual(['scanning', last]);
    await until(scanner, ({ kind }) => kind === 'online');
    // Of a job whose name was damaged nobody can say which it is; the scanner ends it by itself.
    expect(emulator.running()).toBe(answer === 'job' ? 1 : 0);
  }));

  test('a scanner without answer is too slow', () => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(1));
    emulator.slow(60_000);
    expect(wordsOf(await readAll(scanner, WISH))).toEqual(['scanning', 'stopped too-slow 0']);
  }, { page: 50 }));

  test('garbage for a status is out of service, until it makes sense again', () => withEscl(async (scanner, emulator) => {
    emulator.damageNext('status', 'garbage');
    expect(await until(scanner, ({ kind }) => kind === 'out-of-service')).toEqual({ kind: 'out-of-service', reason: 'garbled' });
    await until(scanner, ({ kind }) => kind === 'online');
  }));

  test('a source that it lacks is unsupported', () => withEscl(async (scanner) => {
    const lacking = { source: 'flatbed', resolution: 300, colour: 'colour' } as const;
    scanner.capabilities()?.sources.splice(0);
    expect(wordsOf(await readAll(scanner, lacking))).toEqual(['stopped unsupported 0']);
  }));
});

describe('one person after another', () => {
  test('whoever leaves takes the rest along: the job is deleted, and the next gets only what lies in the feeder then', () => withEscl(async (scanner, emulator, log) => {
    emulator.load(sampleSheets(5));
    const left = new AbortController();
    const told = await readAll(scanner, WISH, ({ kind }) => kind === 'page' && left.abort(), left.signal);
    expect(wordsOf(told)).toEqual(['scanning', 'page']);
    emulator.empty();
    const next = await readAll(scanner, WISH, ({ kind }) => kind === 'place-paper' && emulator.load(sampleSheets(1)));
    expect(wordsOf(next)).toEqual(['scanning', 'place-paper', 'scanning', 'page', 'done 1']);
    expect(emulator.requests().filter(({ method, path }) => method === 'DELETE' && path.endsWith('/1'))).not.toEqual([]);
    expect(emulator.running()).toBe(0);
    expect(log).toContainEqual(expect.objectContaining({ kind: 'scan-ended', end: 'left' }));
  }));

  test('paper that nobody scans is told of', () => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(1));
    await until(scanner, (status) => status.kind === 'online' && status.warnings.includes('feeder-loaded'));
    emulator.empty();
    expect(await until(scanner, (status) => status.kind === 'online' && status.warnings.length === 0)).toEqual({ kind: 'online', warnings: [] });
  }));

  test('the power goes and comes back', () => withEscl(async (scanner, emulator) => {
    emulator.load(sampleSheets(3));
    emulator.slow(50);
    const reading = readAll(scanner, WISH, ({ kind }) => kind === 'page' && void emulator.powerOff());
    expect(wordsOf(await reading).at(-1)).toBe('stopped connection-lost 1');
    expect(await until(scanner, ({ kind }) => kind === 'offline')).toEqual({ kind: 'offline', reason: 'unplugged' });
    expect(wordsOf(await readAll(scanner, WISH))).toEqual(['unavailable']);
    await emulator.powerOn();
    await until(scanner, ({ kind }) => kind === 'online');
    expect(wordsOf(await readAll(scanner, WISH)).at(-1)).toMatch(/^done/);
  }));

  test('a status is told once, however often it is asked for', () => withEscl(async (scanner, emulator) => {
    const told: DeviceStatus[] = [];
    scanner.watch((status) => told.push(status));
    const before = emulator.requests().length;
    while (emulator.requests().length < before + 2) await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual([{ kind: 'online', warnings: [] }]);
  }));
});
