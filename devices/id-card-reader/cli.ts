/** A technician's tool: the same service as the terminal's, on one port. It shows masked data only and keeps nothing. */
import { pathToFileURL } from 'node:url';
import type { CardReading } from '../../domain/contracts/devices.ts';
import type { CardHolder } from '../../domain/identity/card-holder.ts';
import { maskName, maskNumber } from '../../domain/masking.ts';
import { never } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { openWire } from '../../wire/open.ts';
import { runReaderTool, say, statusText } from '../technician.ts';
import { openIdCardReader } from './service.ts';
import { statusHex } from './status-codes.ts';
import type { ReaderLogEntry } from './types.ts';

const USAGE = `Usage: node devices/id-card-reader/cli.ts (status | read | watch) (--port PATH [--baud RATE] | --tcp HOST:PORT)
  status  connects, says how the reader is and which one it is
  read    reads one card
  watch   reads card after card and says every change, until interrupted`;

export function holderText(holder: CardHolder): string {
  const name = holder.name !== '' || !('englishName' in holder) ? holder.name : holder.englishName;
  return `${holder.card}: ${maskName(name)} ${maskNumber(holder.number)}, valid to ${holder.validTo ?? '长期'}`;
}

export function readingText(reading: CardReading): string {
  switch (reading.kind) {
    case 'place-card':
      return 'place a card';
    case 'reading':
      return 'reading';
    case 'place-again':
      return 'lift the card and place it again, flat';
    case 'unrecognised':
      return `this card cannot be recognised: ${reading.status}`;
    case 'unavailable':
      return `the reader is ${statusText(reading.status)}`;
    case 'read':
      return `${holderText(reading.holder)} (reader ${reading.samId})`;
    default:
      return never(reading);
  }
}

export function logText(entry: ReaderLogEntry): string {
  if (entry.kind === 'status') return `${statusText(entry.status)}${entry.samId === null ? '' : `, SAM ${entry.samId}`}`;
  const { failure } = entry;
  const detail = failure.kind === 'refused' ? ` ${statusHex(failure.status)} ${failure.status.name}` : failure.kind === 'garbled' ? ` ${failure.why}` : '';
  return `${entry.command}: ${failure.kind}${detail}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(await runReaderTool({
    usage: USAGE,
    verb: 'read',
    baudRate: 115_200,
    open: (address) => openIdCardReader({ connect: () => openWire(address), clock: systemClock, log: (entry) => say(logText(entry)) }),
    read: (device, signal) => device.read(signal),
    words: readingText,
  }));
}
