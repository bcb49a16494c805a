/** A technician's tool: the same service as the terminal's, on one port. It shows which keys are pressed, since that is what is to be tried. */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { BoardCapabilities, BoardEvent, LightsWish } from '../../domain/contracts/board.ts';
import { BoardLight } from '../../domain/contracts/board.ts';
import { never } from '../../domain/result.ts';
import { pause, systemClock } from '../../wire/clock.ts';
import { openWire } from '../../wire/open.ts';
import { addressOf, PLACES, say, settled, statusText } from '../technician.ts';
import { DARK } from './driver.ts';
import { BOARD_FRAMING, openBoard } from './service.ts';
import type { Board, BoardLogEntry } from './types.ts';

const USAGE = `Usage: node devices/board/cli.ts (status | test | watch | acknowledge) (--port PATH [--baud RATE] | --tcp HOST:PORT | --hid DEVICE [--report FRAMING])
  status       connects and says how the board is
  test         lights each light for a second; then all blink
  watch        shows every event and every change, until interrupted
  acknowledge  ends the state “tampered”, after a look at the case
${PLACES}`;

/** Long enough to be seen by somebody who looks at the next light only then. */
const SHOWN = 1000;

export function eventText(event: BoardEvent): string {
  switch (event.kind) {
    case 'presence':
      return event.near ? 'somebody is near' : 'nobody is near';
    case 'key':
      return `key ${event.key} ${event.pressed ? 'down' : 'up'}`;
    case 'headset':
      return `headset ${event.plugged ? 'plugged' : 'unplugged'}`;
    case 'door':
      return `door ${event.open ? 'open' : 'closed'}`;
    case 'tampered':
      return 'the case was moved';
    case 'lost':
      return 'the board is away';
    default:
      return never(event);
  }
}

export function capabilitiesText({ model, firmware, lights, dimming, parts }: BoardCapabilities): string {
  return `${model} ${firmware}: lights ${lights.join(' ') || 'none'}${dimming ? ', dimming' : ''}; parts ${parts.join(' ') || 'none'}`;
}

export function logText(entry: BoardLogEntry): string {
  switch (entry.kind) {
    case 'status':
      return statusText(entry.status);
    case 'greeted':
      return `${entry.model} ${entry.firmware}`;
    case 'command-failed':
      return `${entry.command}: ${entry.why}`;
    default:
      return never(entry);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, baud: { type: 'string', default: '115200' }, tcp: { type: 'string' }, hid: { type: 'string' }, report: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const address = addressOf(values, BOARD_FRAMING);
  const [verb = ''] = positionals;
  const act = Object.hasOwn(ACTS, verb) ? ACTS[verb] : undefined;
  if (values.help || address === null || act === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  const board = openBoard({ connect: () => openWire(address), clock: systemClock, log: (entry) => say(logText(entry)) });
  try {
    await settled(board);
    return (await act(board, interrupt.signal)) ? 0 : 1;
  } finally {
    await board.close();
  }
}

const ACTS: Readonly<Record<string, (board: Board, signal: AbortSignal) => boolean | Promise<boolean>>> = {
  status(board) {
    const capabilities = board.capabilities();
    if (capabilities !== null) say(capabilitiesText(capabilities));
    return board.status().kind === 'online';
  },
  async test(board, signal) {
    for (const light of board.capabilities()?.lights ?? []) {
      say(light);
      if (!(await show(board, { ...DARK, lights: { ...DARK.lights, [light]: 'on' } }, signal))) return false;
    }
    const had = board.capabilities()?.lights ?? [];
    const all = BoardLight.options.map((light) => [light, had.includes(light) ? 'slow-blink' : 'off'] as const);
    return show(board, { brightness: 'night', lights: Object.fromEntries(all) as LightsWish['lights'] }, signal);
  },
  async watch(board, signal) {
    for await (const event of board.events(signal)) say(eventText(event));
    return true;
  },
  acknowledge: async (board) => (await board.acknowledgeTamper()).ok,
};

async function show(board: Board, wish: LightsWish, signal: AbortSignal): Promise<boolean> {
  const set = await board.setLights(wish);
  await pause(systemClock, SHOWN, signal);
  return set.ok && !signal.aborted;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
