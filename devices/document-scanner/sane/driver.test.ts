import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testClock } from '../../../test/fixtures/test-clock.ts';
import { systemClock } from '../../../wire/clock.ts';
import type { DriverWish, RawPage, ScanDriver, ScanEnd } from '../driver.ts';
import { headerOf } from '../page/header.ts';
import { hasScanimage } from '../test-rig.ts';
import { listDevices } from './devices.ts';
import { openSaneDriver } from './driver.ts';

const WISH: DriverWish = { source: 'feeder', resolution: 100, colour: 'grey' };
let spool = '';
let driver: ScanDriver;

beforeEach(async () => {
  spool = await mkdtemp(join(tmpdir(), 'jinban-spool-'));
});
afterEach(async () => {
  await driver.close();
  const left = (await readdir(spool)).filter((name) => name !== 'program' && name !== 'program.calls');
  await rm(spool, { recursive: true });
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
});

async function scan(wish: DriverWish, signal = new AbortController().signal, each: (page: RawPage) => void = () => {}): Promise<{ end: ScanEnd; pages: RawPage[] }> {
  const pages: RawPage[] = [];
  const going = driver.scan(wish, signal);
  for (;;) {
    const next = await going.next();
    if (next.done === true) return { end: next.value, pages };
    pages.push(next.value);
    each(next.value);
  }
}

describe.skipIf(!hasScanimage)("SANE's virtual scanner (needs scanimage)", () => {
  const open = (options: Record<string, string> = {}) => {
    driver = openSaneDriver({ device: 'test', options, clock: systemClock, spool });
  };

  test('is there, and feeds its ten pages one by one', async () => {
    open();
    expect(await driver.look(new AbortController().signal)).toEqual({ ok: true, value: { state: 'idle', feeder: 'unknown' } });
    const lying: string[] = [];
    let told = 0;
    const { end, pages } = await scan(WISH, undefined, () => {
      told += 1;
      const files = readdirSync(spool, { recursive: true }).map((name) => basename(String(name)));
      lying.push(...files.filter((name) => name === `page-${told}.png`));
    });
    expect(end).toEqual({ kind: 'done' });
    expect(pages).toHaveLength(10);
    // 200 mm is all that it takes.
    expect(pages.map(({ bytes }) => headerOf(bytes))).toEqual(pages.map(() => ({ type: 'image/png', width: 787, height: 787 })));
    // Each is gone from the folder by the time it is told.
    expect(lying).toEqual([]);
  });

  test('scans one page from its glass', async () => {
    open();
    const { end, pages } = await scan({ ...WISH, source: 'flatbed', colour: 'colour' });
    expect([end, pages.length]).toEqual([{ kind: 'done' }, 1]);
  });

  test.each([
    ['JAMMED', { kind: 'stopped', reason: 'jam' }],
    ['COVER_OPEN', { kind: 'stopped', reason: 'cover-open' }],
    ['NO_DOCS', { kind: 'stopped', reason: 'empty' }],
    ['CANCELLED', { kind: 'stopped', reason: 'cancelled' }],
    ['DEVICE_BUSY', { kind: 'failed', failure: { kind: 'busy' } }],
    ['IO_ERROR', { kind: 'failed', failure: { kind: 'lost', detail: 'io' } }],
    ['ACCESS_DENIED', { kind: 'failed', failure: { kind: 'not-permitted', detail: 'denied' } }],
    ['UNSUPPORTED', { kind: 'failed', failure: { kind: 'refused', detail: 'unsupported' } }],
    ['INVAL', { kind: 'failed', failure: { kind: 'refused', detail: 'invalid' } }],
    ['NO_MEM', { kind: 'failed', failure: { kind: 'refused', detail: 'no-memory' } }],
  ])('that ends with %s', async (status, end) => {
    open({ 'read-return-value': `SANE_STATUS_${status}` });
    expect(await scan(WISH)).toEqual({ end, pages: [] });
  });

  test('is stopped in the middle of a page', async () => {
    open({ 'read-delay': 'yes', 'read-delay-duration': '200000' });
    const stop = new AbortController();
    systemClock.after(300, () => stop.abort());
    expect(await scan({ ...WISH, resolution: 600 }, stop.signal)).toEqual({ end: { kind: 'failed', failure: { kind: 'cancelled' } }, pages: [] });
  });

  test('is left by whoever has seen enough', async () => {
    open();
    const going = driver.scan(WISH, new AbortController().signal);
    await going.next();
    await going.return({ kind: 'done' });
    expect(await readdir(spool)).toEqual([]);
  });

  test('is listed when the system offers it', async () => {
    open();
    const folder = join(spool, 'program');
    await mkdir(folder);
    await writeFile(join(folder, 'dll.conf'), 'test\n');
    process.env['SANE_CONFIG_DIR'] = folder;
    try {
      const found = await listDevices({ clock: systemClock, signal: new AbortController().signal });
      expect(found).toMatchObject({ ok: true, value: expect.arrayContaining([{ device: 'test:0', model: expect.stringContaining('frontend-tester') }]) });
    } finally {
      delete process.env['SANE_CONFIG_DIR'];
    }
  });

  test('a scanner that is not there cannot be reached', async () => {
    driver = openSaneDriver({ device: 'nosuch:1', clock: systemClock, spool });
    expect(await driver.look(new AbortController().signal)).toEqual({ ok: false, error: { kind: 'unreachable', detail: 'invalid' } });
  });
});

describe('a feeder that sees two sheets at once', () => {
  const OPTIONS = ['Options specific to device `test:', '    --source ADF Front|ADF Duplex [ADF Front]', '    --mode Gray [Gray]', '    --resolution 100|200dpi [200]', '    --df-action Default|Continue|Stop [Default]', '    --df-thickness[=(yes|no)] [inactive]'];
  /** Stands in for the program: it lists its options, and feeds one sheet before it ends with a status. */
  async function standIn(sensor: string | null, words: string, status: number): Promise<string> {
    const program = join(spool, 'program');
    const listed = [...OPTIONS, ...(sensor === null ? [] : [`    --double-feed[=(yes|no)] [${sensor}] [hardware]`])];
    await writeFile(program, [
      '#!/bin/sh', `echo "$@" >> '${program}.calls'`,
      'for word in "$@"; do case "$word" in --batch=*) pattern="${word#--batch=}";; esac; done',
      `if [ -z "$pattern" ]; then cat <<'END'\n${listed.join('\n')}\nEND\nexit 0; fi`,
      'file=$(printf "$pattern" 1); printf page > "$file"; echo "$file"',
      `echo 'scanimage: sane_start: ${words}' >&2; exit ${status}`, '',
    ].join('\n'), { mode: 0o755 });
    driver = openSaneDriver({ device: 'test', clock: systemClock, spool, program });
    return program;
  }
  afterEach(() => rm(join(spool, 'program.calls'), { force: true }));

  test('stops for it, with its sensor switched on; the sheets before are good', async () => {
    const program = await standIn('yes', 'Document feeder jammed', 6);
    const { end, pages } = await scan(WISH);
    expect([end, pages.length]).toEqual([{ kind: 'stopped', reason: 'double-feed' }, 1]);
    const calls = await readFile(`${program}.calls`, 'utf8');
    expect(calls).toContain('--df-action=Stop --df-thickness=yes');
  });

  test.each([
    ['the sensor sees one sheet', 'no', 'Document feeder jammed', 'jam'],
    ['there is no sensor to ask', null, 'Document feeder jammed', 'jam'],
    ['the driver itself says so', null, 'Document feeder jammed (double feed)', 'double-feed'],
  ])('when %s, it is what that says', async (_, sensor, words, reason) => {
    await standIn(sensor, words, 6);
    expect((await scan(WISH)).end).toEqual({ kind: 'stopped', reason });
  });
});

describe('the program', () => {
  test('that is not installed is named', async () => {
    driver = openSaneDriver({ device: 'test', clock: systemClock, spool, program: join(spool, 'nowhere') });
    expect(await driver.look(new AbortController().signal)).toEqual({ ok: false, error: { kind: 'no-program' } });
  });

  test('that says nothing any more is stopped, and killed when it does not stop', async () => {
    const program = join(spool, 'program');
    await writeFile(program, "#!/bin/sh\ntrap '' TERM\nexec sleep 600\n", { mode: 0o755 });
    const clock = testClock();
    driver = openSaneDriver({ device: 'test', clock, spool, program });
    const looking = driver.look(new AbortController().signal);
    await clock.pass(40_000);
    expect(await looking).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(clock.waiting).toBe(0);
  });

  test('what an earlier run has left of this scanner is removed, what belongs to another is not', async () => {
    driver = openSaneDriver({ device: 'test', clock: systemClock, spool });
    const other = await mkdtemp(join(spool, 'jinban-scan-other-'));
    // What a process that was killed leaves: a folder of this device, with a page in it.
    const mark = `jinban-scan-${createHash('sha256').update('test').digest('hex').slice(0, 12)}-`;
    await writeFile(join(await mkdtemp(join(spool, mark)), 'page-1.png'), 'x');
    expect(await driver.discard()).toBe(true);
    expect((await readdir(spool)).map((name) => join(spool, name))).toEqual([other]);
    await rm(other, { recursive: true });
  });
});
