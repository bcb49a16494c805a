/** A scanner that speaks eSCL: one job a scan, which never outlives it. */
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import type { ScanColour, ScannerCapabilities, ScanSource } from '../../../domain/contracts/document-scanner.ts';
import { pause } from '../../../wire/clock.ts';
import type { DriverFailure, DriverWish, RawPage, ScanDriver, ScanEnd, ScannerFacts } from '../driver.ts';
import { A4_MILLIMETRES } from '../paper.ts';
import type { EsclClient } from './client.ts';
import type { EsclCapabilities, EsclStatus, InputCaps, ScanSettings } from './codec.ts';

/** A look is one small request. */
const LOOK_EVERY = 2_000;
/** How long a scanner that says "not yet" is asked again, milliseconds: warming up takes half a minute at most. */
const NOT_YET = 60_000;
/** Between two such questions, where the scanner has no wish. */
const AGAIN = 1_000;

const COLOUR_MODES = { colour: 'RGB24', grey: 'Grayscale8' } as const;
const JPEG = 'image/jpeg';
const PNG = 'image/png';
/** Three-hundredths of an inch in a millimetre. */
const UNITS = 300 / 25.4;

const FEEDER: Readonly<Record<string, ScannerFacts['feeder']>> = {
  ScannerAdfLoaded: 'loaded',
  ScannerAdfEmpty: 'empty',
  ScannerAdfJam: 'jam',
  ScannerAdfMispick: 'misfeed',
  ScannerAdfHatchOpen: 'cover-open',
  // Not in the specification, but what several makers send.
  ScannerAdfDoorOpen: 'cover-open',
  ScannerAdfMultipickDetected: 'double-feed',
  ScannerAdfDuplexPageTooShort: 'page-size',
  ScannerAdfDuplexPageTooLong: 'page-size',
  ScannerAdfInputTrayFailed: 'tray',
  ScannerAdfInputTrayOverloaded: 'tray',
};

const STATES: Readonly<Record<string, ScannerFacts['state']>> = { Idle: 'idle', Processing: 'busy', Testing: 'busy', Stopped: 'stopped', Down: 'down' };

export function openEsclDriver({ client, clock }: { client: EsclClient; clock: Clock }): ScanDriver {
  /** Jobs whose end the scanner has not confirmed. */
  const open = new Set<string>();

  async function look(signal?: AbortSignal): Promise<Result<ScannerFacts & { status: EsclStatus }, DriverFailure>> {
    const answer = await client.status(signal);
    if (!answer.ok) return answer;
    const facts = factsOf(answer.value);
    return facts === null ? err({ kind: 'garbled', detail: 'state' }) : ok({ ...facts, status: answer.value });
  }

  async function discard(): Promise<boolean> {
    for (const job of open) if ((await client.deleteJob(job)).ok) open.delete(job);
    return open.size === 0;
  }

  /** The next page, asked for until there is one or none. */
  async function fetchNext(job: string, signal: AbortSignal): Promise<Result<Uint8Array | null, DriverFailure>> {
    for (const from = clock.monotonic(); ; ) {
      const next = await client.nextDocument(job, signal);
      if (!next.ok) return next;
      if (next.value.kind === 'page') return ok(next.value.bytes);
      if (next.value.kind === 'no-more') return ok(null);
      if (clock.monotonic() - from > NOT_YET) return err({ kind: 'timeout' });
      await pause(clock, next.value.after ?? AGAIN, signal);
    }
  }

  /** Why a job gave no more pages, or was not taken: the scanner's state says more than its answer. */
  async function endOf(job: string | null, fed: boolean, pages: number, failure: DriverFailure | null, signal: AbortSignal): Promise<ScanEnd> {
    if (failure !== null && failure.kind !== 'refused' && failure.kind !== 'busy') return { kind: 'failed', failure };
    const seen = await look(signal);
    if (!seen.ok) return { kind: 'failed', failure: failure ?? seen.error };
    const { feeder, status } = seen.value;
    if (fed && feeder !== 'loaded' && feeder !== 'unknown' && (feeder !== 'empty' || pages === 0)) return { kind: 'stopped', reason: feeder };
    if (failure !== null) return { kind: 'failed', failure };
    const ended = status.jobs.find(({ uri }) => job !== null && (uri === job || uri.endsWith(job)))?.state;
    if (ended === 'Canceled') return { kind: 'stopped', reason: 'cancelled' };
    if (ended === 'Aborted') return { kind: 'stopped', reason: 'fault' };
    return pages > 0 ? { kind: 'done' } : { kind: 'stopped', reason: fed ? 'empty' : 'fault' };
  }

  return {
    lookEvery: LOOK_EVERY,
    async look(signal) {
      const seen = await look(signal);
      return seen.ok ? ok({ state: seen.value.state, feeder: seen.value.feeder }) : seen;
    },
    async capabilities(signal) {
      const answer = await client.capabilities(signal);
      return answer.ok ? ok(capabilitiesOf(answer.value)) : answer;
    },
    async *scan(wish, signal): AsyncGenerator<RawPage, ScanEnd, void> {
      const fed = wish.source !== 'flatbed';
      if (fed) {
        const seen = await look(signal);
        if (!seen.ok) return { kind: 'failed', failure: seen.error };
        const { feeder } = seen.value;
        if (feeder !== 'loaded' && feeder !== 'unknown') return { kind: 'stopped', reason: feeder };
      }
      const known = await client.capabilities(signal);
      if (!known.ok) return { kind: 'failed', failure: known.error };
      const settings = settingsOf(wish, known.value);
      if (settings === null) return { kind: 'stopped', reason: 'unsupported' };
      const created = await client.createJob(settings, signal);
      if (!created.ok) return endOf(null, fed, 0, created.error, signal);
      const job = created.value;
      open.add(job);
      let pages = 0;
      try {
        for (;;) {
          const next = await fetchNext(job, signal);
          if (!next.ok) return await endOf(job, fed, pages, next.error, signal);
          if (next.value === null) return await endOf(job, fed, pages, null, signal);
          pages += 1;
          const seen = fed ? await look(signal) : null;
          yield { bytes: next.value, dpi: wish.resolution, doubleFeed: seen?.ok === true && seen.value.feeder === 'double-feed' };
          // The glass holds one page, and some scanners answer the question for a second one by scanning it again.
          if (!fed) return { kind: 'done' };
        }
      } finally {
        await discard();
      }
    },
    discard,
    async close() {
      await discard();
      client.close();
    },
  };
}

/** Null when the state is no word of eSCL's. */
function factsOf({ state, adfState }: EsclStatus): ScannerFacts | null {
  const known = Object.hasOwn(STATES, state) ? STATES[state] : undefined;
  const feeder = adfState !== null && Object.hasOwn(FEEDER, adfState) ? FEEDER[adfState] : undefined;
  return known === undefined ? null : { state: known, feeder: feeder ?? 'unknown' };
}

const INPUTS: Readonly<Record<ScanSource, keyof Pick<EsclCapabilities, 'platen' | 'simplex' | 'duplex'>>> = { flatbed: 'platen', feeder: 'simplex', 'feeder-duplex': 'duplex' };

export function capabilitiesOf(capabilities: EsclCapabilities): ScannerCapabilities {
  const sources = Object.entries(INPUTS).flatMap(([source, input]) => {
    const caps = capabilities[input];
    if (caps === null || formatOf(caps) === null) return [];
    const colours = (['colour', 'grey'] satisfies ScanColour[]).filter((colour) => caps.colourModes.includes(COLOUR_MODES[colour]));
    return colours.length === 0 ? [] : [{ source: source as ScanSource, resolutions: caps.resolutions, colours }];
  });
  return { model: capabilities.makeAndModel, sources };
}

/** JPEG where there is a choice; what a scanner does not say, it can. */
function formatOf({ formats }: InputCaps): string | null {
  if (formats.length === 0 || formats.includes(JPEG)) return JPEG;
  return formats.includes(PNG) ? PNG : null;
}

/** A4, or as much of it as the source takes. */
function settingsOf(wish: DriverWish, capabilities: EsclCapabilities): ScanSettings | null {
  const caps = capabilities[INPUTS[wish.source]];
  const format = caps === null ? null : formatOf(caps);
  if (caps === null || format === null) return null;
  return {
    version: capabilities.version,
    source: wish.source === 'flatbed' ? 'Platen' : 'Feeder',
    duplex: wish.source === 'feeder-duplex',
    colourMode: COLOUR_MODES[wish.colour],
    resolution: wish.resolution,
    width: Math.min(caps.maxWidth, Math.round(A4_MILLIMETRES.width * UNITS)),
    height: Math.min(caps.maxHeight, Math.round(A4_MILLIMETRES.height * UNITS)),
    format,
  };
}
