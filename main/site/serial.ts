/** LED displays and callers on serial lines of this machine, tied to the site's queue (`docs/queue-devices.md`). */
import type { BoardView, CounterView, SiteWishFailure } from '../../domain/contracts/site.ts';
import type { SiteConfig } from '../../domain/contracts/site-config.ts';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import type { SaidDeed } from '../../domain/queue/types.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { CallerFace, CallerKey, CallerWord } from '../../devices/queue/caller-codec.ts';
import { openCaller } from '../../devices/queue/caller.ts';
import type { LedPicture } from '../../devices/queue/led-codec.ts';
import { openLeds } from '../../devices/queue/led.ts';
import { serialTransport } from '../../wire/serial.ts';
import type { Transport } from '../../wire/types.ts';
import type { Told } from '../core/told.ts';

/** What the devices need of the queue. @property agreed the machines agree, so that somebody can be called @property counter null: the site has no such window @property wish in the name of somebody, decided wherever the site decides */
export type SerialQueue = { board: Pick<Told<BoardView>, 'get' | 'watch'>; agreed(): boolean; counter(window: number): CounterView | null; wish(wish: QueueWish, account: string): Promise<Result<unknown, { kind: SiteWishFailure['kind'] }>> };

export type SerialEvent = { event: 'led-status'; path: string; address: number; status: DeviceStatus } | { event: 'caller-status'; window: number; status: DeviceStatus } | { event: 'caller-pressed'; window: number; key: CallerKey; refused: CallerWord | null };
export type SiteSerial = { close(): Promise<void> };

type Wire = SiteConfig['leds'][number]['wire'];

/** How often it is looked whether the machines agree, milliseconds. */
const LOOK = 1000;
/** Machines that are without each other for a shorter time are choosing who leads: nobody need read of it. */
const CHOOSING = 4000;

/** @param options.connect a fresh, unopened transport to a serial port; by default the real one */
export function openSiteSerial(options: { leds: SiteConfig['leds']; callers: SiteConfig['callers']; queue: SerialQueue; clock: Clock; log: (event: SerialEvent) => void; connect?: (wire: Wire) => Transport }): SiteSerial {
  const { queue, clock, log, connect = (wire: Wire) => serialTransport(wire) } = options;

  // Displays with one path share one wire, which can be opened once.
  const wires = new Map(options.leds.map(({ wire }) => [wire.path, wire]));
  const leds = [...wires.values()].map((wire) => {
    const displays = options.leds.filter((one) => one.wire.path === wire.path);
    return { displays, service: openLeds({ connect: () => connect(wire), addresses: displays.map(({ address }) => address), clock, log: (entry) => log({ event: 'led-status', path: wire.path, ...entry }) }) };
  });

  const callers = options.callers.map(({ window, account, wire }) => ({
    window,
    service: openCaller({
      connect: () => connect(wire), clock,
      press: (key) => press(queue, window, account, key),
      log: (entry) => log(entry.kind === 'status' ? { event: 'caller-status', window, status: entry.status } : { event: 'caller-pressed', window, key: entry.key, refused: entry.refused }),
    }),
  }));

  let agreedAt = clock.monotonic();
  let stuck = false;
  const showAll = (board: BoardView) => {
    for (const { displays, service } of leds) for (const { address, window } of displays) service.show(address, pictureOf(board, window, stuck));
    for (const { window, service } of callers) {
      const counter = queue.counter(window);
      if (counter !== null) service.show(faceOf(counter));
    }
  };
  const stop = queue.board.watch(showAll);
  let cancelLook = looking();

  function looking(): () => void {
    return clock.after(LOOK, () => {
      if (queue.agreed()) agreedAt = clock.monotonic();
      const isStuck = clock.monotonic() - agreedAt >= CHOOSING;
      if (isStuck !== stuck) {
        stuck = isStuck;
        showAll(queue.board.get());
      }
      cancelLook = looking();
    });
  }

  return {
    async close() {
      stop();
      cancelLook();
      await Promise.all([...leds, ...callers].map(({ service }) => service.close()));
    },
  };
}

/** What a display shows. @param number of its window; null: the newest call of all @param stuck the machines do not agree: whoever was called may come, and nobody else is called */
export function pictureOf({ calls, windows }: BoardView, number: number | null, stuck: boolean): LedPicture {
  if (number === null) {
    const [newest] = calls;
    return newest === undefined ? { state: 'idle', window: null, code: null, text: stuck ? '暂停叫号 请稍候' : '请等候叫号' } : { state: 'calling', window: newest.window, code: newest.code, text: `请${newest.code}到${newest.window}号窗口` };
  }
  const window = windows.find((one) => one.window === number);
  if (window?.code != null) {
    const isCalled = calls.some((call) => call.window === number && call.code === window.code);
    return isCalled ? { state: 'called', window: number, code: window.code, text: `请${window.code}到${number}号窗口` } : { state: 'serving', window: number, code: window.code, text: `${window.code}正在办理` };
  }
  const state = window?.state ?? 'closed';
  if (stuck && state === 'open') return { state: 'paused', window: number, code: null, text: `${number}号窗口 暂停叫号` };
  return { state, window: number, code: null, text: { open: `${number}号窗口 请等候`, paused: `${number}号窗口 暂停办理`, closed: `${number}号窗口 未开放` }[state] };
}

export function faceOf({ state, inHand, waiting, lines }: CounterView): CallerFace {
  // The line says more than the first fifty who are listed; whoever is bound to this window stands in no line of it.
  const count = Math.max(waiting.length, lines.reduce((sum, line) => sum + line.waiting, 0));
  return { state: inHand?.state === 'called' || inHand?.state === 'serving' ? inHand.state : state, waiting: Math.min(999, count), code: inHand?.code ?? null };
}

/** Does what a button says, on what this machine knows; null: done. */
async function press(queue: SerialQueue, window: number, account: string, key: CallerKey): Promise<CallerWord | null> {
  const counter = queue.counter(window);
  if (counter === null) return 'refused';
  const wishes = wishesOf(counter, account, key);
  if (!wishes.ok) return wishes.error.word;
  for (const wish of wishes.value) {
    const answer = await queue.wish(wish, account);
    if (!answer.ok) return wordOf(answer.error);
  }
  return null;
}

/** What a button means as things stand. A ticket goes with the revision that the counter had: what somebody else did to it meanwhile is not undone unseen. */
export function wishesOf({ window, state, inHand, lines }: CounterView, account: string, key: CallerKey): Result<QueueWish[], { kind: 'nothing-to-do'; word: CallerWord }> {
  const refuse = (word: CallerWord) => err({ kind: 'nothing-to-do' as const, word });
  const about = (kind: 'recalled' | 'missed' | 'started'): QueueWish[] => (inHand === null ? [] : [{ kind: 'do', deed: { kind, ticket: inHand.ticket, window }, revision: inHand.revision }]);
  const finish: QueueWish[] = inHand === null ? [] : [{ kind: 'do', deed: { kind: 'finished', ticket: inHand.ticket, window, items: [] }, revision: inHand.revision }];
  const called = inHand?.state === 'called';
  switch (key) {
    case 'next':
      if (called) return refuse('busy');
      return state === 'open' ? ok([...finish, { kind: 'next', window }]) : refuse('closed');
    case 'recall':
      return called ? ok(about('recalled')) : refuse('nothing');
    case 'miss':
      return called ? ok(about('missed')) : refuse('nothing');
    case 'work':
      return inHand === null ? refuse('nothing') : ok(called ? about('started') : finish);
    case 'pause': {
      const deed: SaidDeed = state === 'open' ? { kind: 'window-paused', window, why: '暂停办理' } : { kind: 'window-opened', window, account, businesses: lines.map(({ business }) => business) };
      return ok([{ kind: 'do', deed, revision: null }]);
    }
    default:
      return never(key);
  }
}

function wordOf({ kind }: { kind: SiteWishFailure['kind'] }): CallerWord {
  switch (kind) {
    case 'nobody-waits':
      return 'empty';
    case 'window-busy':
      return 'busy';
    case 'window-closed':
      return 'closed';
    case 'ticket-moved':
      return 'moved';
    case 'not-leading':
    case 'unsure':
      return 'again';
    default:
      return 'refused';
  }
}
