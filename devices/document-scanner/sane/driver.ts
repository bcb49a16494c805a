/**
 * A scanner that SANE drives, through the program `scanimage`: one run a scan. Pages pass through a folder of this user's own in memory, since the program
 * writes files only; each is taken out as soon as it is whole, and what an earlier run left there is removed.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import { createStream } from '../../stream.ts';
import type { DriverFailure, DriverWish, RawPage, ScanDriver, ScanEnd } from '../driver.ts';
import { A4_MILLIMETRES } from '../paper.ts';
import { capabilitiesOf, decodeOptions, doubleFeedArguments, factsOf, mostMillimetres, namesOf } from './options.ts';
import type { SaneOption } from './options.ts';
import { endOf } from './outcome.ts';
import { runProgram } from './program.ts';

export type SaneDriverSettings = {
  device: string;
  options?: Readonly<Record<string, string>> | undefined;
  clock: Clock;
  /** Left out: `scanimage` where the system finds it. */
  program?: string;
  /** Where the folder of pages is made. Left out: memory (/dev/shm), or the folder for temporary files where there is none. */
  spool?: string;
  times?: Partial<SaneTimes>;
};

/** Milliseconds without a word from the program. */
export type SaneTimes = { ask: number; page: number };
/** Opening a scanner may wake it up. A page at 300 dpi takes up to 20 s on slow scanners, after half a minute of warming up. */
const TIMES: SaneTimes = { ask: 20_000, page: 90_000 };

/** A look opens the scanner, which wakes some of them up. */
const LOOK_EVERY = 15_000;
const MEMORY = '/dev/shm';
/** As drivers word it beside the status. */
const DOUBLE_FEED = /double[ -]?feed|multi[ -]?feed/i;

export function openSaneDriver(settings: SaneDriverSettings): ScanDriver {
  const { device, options: extra = {}, clock, program = 'scanimage', spool = existsSync(MEMORY) ? MEMORY : tmpdir() } = settings;
  const times = { ...TIMES, ...settings.times };
  // A device has one user at a time: whatever bears its mark and is not this driver's was left behind.
  const prefix = `jinban-scan-${createHash('sha256').update(device).digest('hex').slice(0, 12)}-`;
  const closing = new AbortController();
  let folder: string | null = null;
  let known: SaneOption[] | null = null;
  let swept = false;

  async function readOptions(signal: AbortSignal): Promise<Result<SaneOption[], DriverFailure>> {
    const printed: string[] = [];
    const run = runProgram({ program, argv: ['-d', device, ...extraArguments(extra), '-A'], clock, silence: times.ask, signal: AbortSignal.any([signal, closing.signal]), line: (line) => printed.push(line) });
    const end = await run.ended;
    if (end.kind === 'ended' && end.code === 0) {
      known = decodeOptions(printed);
      return known.length === 0 ? err({ kind: 'garbled', detail: 'no options' }) : ok(known);
    }
    const meant = endOf(end, run.words(), 0);
    return err(meant.kind === 'failed' ? meant.failure : { kind: 'refused', detail: meant.kind });
  }

  /** SANE has one status for a jam and for two sheets at once. What tells them apart is the program's words, or the sensor, which still sees both sheets. */
  async function toldApart(end: ScanEnd, words: string, signal: AbortSignal): Promise<ScanEnd> {
    if (end.kind !== 'stopped' || end.reason !== 'jam') return end;
    if (DOUBLE_FEED.test(words)) return { kind: 'stopped', reason: 'double-feed' };
    const options = await readOptions(signal);
    return options.ok && factsOf(options.value).feeder === 'double-feed' ? { kind: 'stopped', reason: 'double-feed' } : end;
  }

  /** Removes what this driver, or one before it that was killed, has left. */
  async function discard(): Promise<boolean> {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    folder = null;
    if (!swept) for (const name of await readdir(spool)) if (name.startsWith(prefix) && (await isOurs(join(spool, name)))) await rm(join(spool, name), { recursive: true, force: true });
    swept = true;
    return true;
  }

  return {
    lookEvery: LOOK_EVERY,
    async look(signal) {
      const options = await readOptions(signal);
      return options.ok ? ok(factsOf(options.value)) : options;
    },
    async capabilities(signal) {
      const options = known === null ? await readOptions(signal) : ok(known);
      return options.ok ? ok(capabilitiesOf(device, options.value)) : options;
    },
    async *scan(wish, signal): AsyncGenerator<RawPage, ScanEnd, void> {
      const options = known === null ? await readOptions(signal) : ok(known);
      if (!options.ok) return { kind: 'failed', failure: options.error };
      await discard();
      const mine = await mkdtemp(join(spool, prefix));
      folder = mine;
      const stop = new AbortController();
      const lines = createStream<string>(closing.signal);
      const run = runProgram({
        program,
        argv: scanArguments(device, wish, options.value, extra, mine),
        clock,
        silence: times.page,
        signal: AbortSignal.any([signal, stop.signal, closing.signal]),
        line: (line) => lines.put(line),
      });
      const ended = run.ended.finally(() => lines.end());
      let pages = 0;
      try {
        for await (const line of lines) {
          const file = join(mine, basename(line));
          const bytes = await readFile(file);
          await rm(file);
          pages += 1;
          yield { bytes, dpi: wish.resolution, doubleFeed: false };
        }
        return await toldApart(endOf(await ended, run.words(), pages), run.words(), signal);
      } finally {
        stop.abort();
        await ended;
        await discard();
      }
    },
    discard,
    async close() {
      closing.abort();
      await discard();
    },
  };
}

/** Memory is shared by all users of a machine. */
async function isOurs(path: string): Promise<boolean> {
  return (await lstat(path)).uid === process.getuid?.();
}

/** A value stands in the same word as its option: none can be taken for an option itself. */
function extraArguments(extra: Readonly<Record<string, string>>): string[] {
  return Object.entries(extra).map(([name, value]) => `--${name}=${value}`);
}

function scanArguments(device: string, wish: DriverWish, options: readonly SaneOption[], extra: Readonly<Record<string, string>>, folder: string): string[] {
  const names = namesOf(options);
  const [source, mode] = [names.sources[wish.source], names.colours[wish.colour]];
  const [across, along] = [mostMillimetres(options, 'x'), mostMillimetres(options, 'y')];
  return [
    '-d',
    device,
    ...(source == null ? [] : [`--source=${source}`]),
    ...(mode == null ? [] : [`--mode=${mode}`]),
    `--resolution=${wish.resolution}`,
    // After the source: what a device takes beyond depends on that.
    ...(wish.source === 'flatbed' ? [] : doubleFeedArguments(options, extra)),
    ...extraArguments(extra),
    ...(across === null ? [] : ['-x', String(Math.min(across, A4_MILLIMETRES.width))]),
    ...(along === null ? [] : ['-y', String(Math.min(along, A4_MILLIMETRES.height))]),
    '--format=png',
    // The program takes this for a pattern of printf.
    `--batch=${join(folder, 'page-%d.png').replaceAll('%', '%%').replace('page-%%d', 'page-%d')}`,
    ...(wish.source === 'flatbed' ? ['--batch-count=1'] : []),
    '--batch-print',
  ];
}
