/** A technician's tool: the same service as the terminal's, on one UPS. */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { PowerState } from '../../domain/contracts/ups.ts';
import { never } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { tcpTransport } from '../../wire/tcp.ts';
import { say, settled, statusText } from '../technician.ts';
import { UPS_PORT } from './codec.ts';
import { createUpsDriver } from './driver.ts';
import { openUps } from './service.ts';
import type { UpsLogEntry } from './types.ts';

const USAGE = `Usage: node devices/ups/cli.ts (status | test | watch) UPS[@HOST[:PORT]]
  status  connects and says how the UPS is
  test    every variable that it has
  watch   shows every change, until interrupted
    without a host 127.0.0.1, without a port ${UPS_PORT}`;

/** NUT's own way of naming a UPS; null where it is none. */
export function placeOf(text: string): { ups: string; host: string; port: number } | null {
  const [, ups, host = '127.0.0.1', port = String(UPS_PORT)] = /^([\w.-]+)(?:@([^:@\s]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?)?$/i.exec(text) ?? [];
  return ups === undefined ? null : { ups, host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

export function powerText(power: PowerState): string {
  switch (power.kind) {
    case 'mains':
      return 'mains';
    case 'battery':
      return power.runtimeSeconds === null ? 'battery, for how long is not known' : `battery, ${power.runtimeSeconds} s`;
    case 'critical':
      return 'battery, ends soon';
    default:
      return never(power);
  }
}

export function logText(entry: UpsLogEntry): string {
  switch (entry.kind) {
    case 'status':
      return statusText(entry.status);
    case 'command-failed':
      return `${entry.command}: ${entry.why}`;
    case 'power':
      return `power: ${entry.power}`;
    case 'identified':
      return entry.model;
    default:
      return never(entry);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', default: false } } });
  const [verb = '', name = ''] = positionals;
  const place = placeOf(name);
  if (values.help || place === null || !['status', 'test', 'watch'].includes(verb)) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  const connect = () => tcpTransport(place);
  if (verb === 'test') return list(createUpsDriver({ transport: connect(), clock: systemClock, ups: place.ups }), interrupt.signal);
  const ups = openUps({ connect, ups: place.ups, clock: systemClock, log: (entry) => say(logText(entry)) });
  try {
    const status = await settled(ups);
    if (verb === 'watch') for await (const power of ups.power(interrupt.signal)) say(powerText(power));
    return verb === 'watch' || status.kind === 'online' ? 0 : 1;
  } finally {
    await ups.close();
  }
}

async function list(driver: ReturnType<typeof createUpsDriver>, signal: AbortSignal): Promise<number> {
  const opened = await driver.open();
  const listed = opened.ok ? await driver.listVariables({ signal }) : opened;
  await driver.close();
  if (listed.ok) for (const [name, value] of listed.value) say(`${name}: ${value}`);
  else say('word' in listed.error ? listed.error.word : listed.error.kind);
  return listed.ok ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
