import { z } from 'zod';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { ExchangeDevice, type ExchangeEnd, type ExchangeReason, type ExchangeView } from '../../domain/contracts/exchange.ts';
import { PrintId } from '../../domain/ids.ts';
import { drop, err, never, ok, type Result } from '../../domain/result.ts';
import { type Clock, Instant } from '../../domain/time.ts';
import { isFull } from '../../sync/store/index.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import { type DevicesRoad, type InExchange, isMissing } from './devices-road.ts';
import type { CoreLog } from './log.ts';
import { createQueue } from './queue.ts';
import type { Told } from './told.ts';

/** Which are active, and since when: neither a crash nor a power cut puts a device back into service. */
const CURSOR = 'exchanges';
const Kept = z.partialRecord(ExchangeDevice, Instant);

export type ExchangeFault =
  | { kind: 'no-such-device' }
  | { kind: 'no-exchange' }
  /** A job is coming to its end, or the end of the exchange is being tried. */
  | { kind: 'busy' }
  /** There is no test print whose outcome a person could tell. */
  | { kind: 'not-tested' }
  | { kind: 'machine-full' }
  | { kind: 'device-away' };
type Answer = Promise<Result<null, ExchangeFault>>;

/**
 * The exchanges of this machine. The host's are always among core's: core writes one down before it tells the host, and strikes it out only when the
 * host has said that it ended.
 */
export type Exchanges = {
  views(): ExchangeView[];
  /** Whether nothing runs at the device and somebody may reach into it. */
  isOpen(device: ExchangeDevice): boolean;
  start(device: ExchangeDevice): Answer;
  /** Begins to end it; what comes of that stands in the view. @param seen a person holds the test print whose outcome the printer could not tell */
  end(device: ExchangeDevice, seen: boolean): Answer;
  /** Whoever began them is gone: what is active now waits for somebody. */
  leave(): void;
};

/** The host went away in the middle: a test may have been printed. */
const HOST_LOST: Extract<ExchangeEnd, { kind: 'no-test' }> = { kind: 'no-test', outcome: 'unknown', reason: 'host-lost' };

type Exchange = Pick<ExchangeView, 'since' | 'interrupted' | 'step' | 'tried'>;

/** @param parts.inExchange told of every change, before the host is */
export async function createExchanges(parts: {
  config: Pick<TerminalConfig, 'hallName' | 'site' | 'machine'>; store: Pick<TerminalStore, 'cursors'>; devices: DevicesRoad; inExchange: Told<InExchange>; clock: Clock; newId(): string; log: CoreLog; changed(): void;
}): Promise<Exchanges> {
  const { config, store: { cursors }, devices, inExchange, clock, log } = parts;
  const inOrder = createQueue();
  const kept = Kept.safeParse(await cursors.get(CURSOR));
  const active = new Map<ExchangeDevice, Exchange>(
    ExchangeDevice.options.flatMap((device) => {
      const since = kept.success ? kept.data[device] : undefined;
      return since === undefined ? [] : [[device, { since, interrupted: true, step: 'ending-jobs', tried: null }] as const];
    }),
  );
  const reasonOf = ({ interrupted }: Exchange): ExchangeReason => (interrupted ? 'maintenance-unfinished' : 'maintenance');
  const at = () => new Date(clock.now()).toISOString();

  const tellRoad = () => inExchange.tell(new Map([...active].map(([device, exchange]) => [device, reasonOf(exchange)])));
  function tell(): void {
    tellRoad();
    parts.changed();
  }
  function become(device: ExchangeDevice, change: Partial<Exchange>): void {
    const exchange = active.get(device);
    if (exchange === undefined) return;
    active.set(device, { ...exchange, ...change });
    tell();
  }

  /** Writes down which are active, with one of them changed. Throws when there is no room: then nothing has changed. */
  async function write(device: ExchangeDevice, exchange: Exchange | null): Promise<void> {
    const next = new Map(active);
    if (exchange === null) next.delete(device);
    else next.set(device, exchange);
    await cursors.set(CURSOR, Object.fromEntries([...next].map(([name, { since }]) => [name, since])));
    if (exchange === null) active.delete(device);
    else active.set(device, exchange);
    tell();
  }

  /** Has the host keep jobs away, and says when the last one has ended. */
  async function keepAway(device: ExchangeDevice): Promise<void> {
    const exchange = active.get(device);
    const host = devices.current();
    if (exchange === undefined || host === null) return;
    try {
      for await (const word of await host.client.startExchange({ device, reason: reasonOf(exchange) })) {
        const step = active.get(device)?.step;
        if (step === 'ending-jobs' || step === 'open') become(device, { step: word });
      }
    } catch {
      // The host is gone; the next one is told before anybody else can ask it for anything.
    }
  }

  type Client = NonNullable<ReturnType<DevicesRoad['current']>>['client'];

  /** The host's last word. */
  async function askToEnd(device: ExchangeDevice, client: Client, seen: boolean): Promise<Exclude<ExchangeEnd, { kind: 'testing' }>> {
    const test = { hall: config.hallName, site: config.site, machine: config.machine, at: at() };
    let last: ExchangeEnd = HOST_LOST;
    try {
      for await (last of await client.endExchange({ device, print: PrintId.parse(parts.newId()), test, seen })) if (last.kind === 'testing') become(device, { step: last.kind });
    } catch {
      return HOST_LOST;
    }
    return last.kind === 'testing' ? HOST_LOST : last;
  }

  async function tryToEnd(device: ExchangeDevice, client: Client, seen: boolean): Promise<void> {
    const stays = (tried: NonNullable<Exchange['tried']>) => {
      log({ event: 'exchange-goes-on', device, why: tried.kind === 'no-test' ? `${tried.outcome} ${tried.reason}` : tried.kind === 'not-well' && 'reason' in tried.status ? tried.status.reason : tried.kind });
      become(device, { step: 'open', tried });
    };
    const end = await askToEnd(device, client, seen);
    switch (end.kind) {
      case 'not-well':
      case 'no-test':
        return stays(end);
      case 'ended':
        try {
          await inOrder(() => write(device, null));
          return log({ event: 'exchange-ended', device });
        } catch (cause) {
          if (!isFull(cause)) throw cause;
          stays({ kind: 'machine-full' });
          // The host has let it back into service.
          return keepAway(device);
        }
      default:
        return never(end);
    }
  }

  devices.onConnected(() => {
    for (const device of active.keys()) drop(keepAway(device));
  });
  tellRoad();

  return {
    views() {
      const words = devices.words.get();
      return [...active].map(([device, exchange]) => ({ device, state: devices.current() === null ? 'inaccessible' : 'active', status: words[device], ...exchange }));
    },
    isOpen: (device) => active.get(device)?.step === 'open',
    start: (device) => inOrder(async () => {
      if (isMissing(devices.words.get(), device)) return err({ kind: 'no-such-device' });
      if (active.has(device)) return ok(null);
      try {
        await write(device, { since: at(), interrupted: false, step: 'ending-jobs', tried: null });
      } catch (cause) {
        if (!isFull(cause)) throw cause;
        return err({ kind: 'machine-full' });
      }
      log({ event: 'exchange-started', device });
      drop(keepAway(device));
      return ok(null);
    }),
    async end(device, seen) {
      const exchange = active.get(device);
      if (exchange === undefined) return err({ kind: 'no-exchange' });
      const host = devices.current();
      if (host === null) return err({ kind: 'device-away' });
      if (exchange.step !== 'open') return err({ kind: 'busy' });
      if (seen && !(exchange.tried?.kind === 'no-test' && exchange.tried.outcome === 'unknown')) return err({ kind: 'not-tested' });
      become(device, { step: 'looking', tried: null });
      drop(tryToEnd(device, host.client, seen));
      return ok(null);
    },
    leave() {
      for (const [device, { interrupted }] of active) {
        if (interrupted) continue;
        become(device, { interrupted: true });
        drop(keepAway(device));
      }
    },
  };
}
