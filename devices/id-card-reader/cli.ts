/** A technician's tool: the same service as the terminal's, on one port. It shows masked data only and keeps nothing. */
import { pathToFileURL } from 'node:url';
import type { CardReading } from '../../domain/contracts/devices.ts';
import type { CardHolder } from '../../domain/identity/card-holder.ts';
import { maskName, maskNumber } from '../../domain/masking.ts';
import { never } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { PLACES, runReaderTool, say, statusText } from '../technician.ts';
import { openReaderAt } from './open.ts';
import { statusHex } from './status-codes.ts';
import type { ReaderLogEntry } from './types.ts';

const USAGE = `Usage: node devices/id-card-reader/cli.ts (status | read | watch) (--port PATH [--baud RATE] | --tcp HOST:PORT | --hid DEVICE [--report FRAMING] | --library FILE --library-port PORT)
  status  connects, says how the reader is and which one it is
  read    reads one card
  watch   reads card after card and says every change, until interrupted
${PLACES}
  --library FILE --library-port PORT   the vendor's library and its port, 1–16 or 1001–1016`;

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

function log(entry: ReaderLogEntry): void {
  say(logText(entry));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(await runReaderTool({
    usage: USAGE,
    verb: 'read',
    baudRate: 115_200,
    framing: { reportId: 0, reportLength: 64, payloadLength: 'none', padding: 0, sendAs: 'output-report' },
    open: (wire) => openReaderAt({ kind: 'wire', wire }, { clock: systemClock, log }),
    openLibrary: (library, port) => openReaderAt({ kind: 'library', library, port }, { clock: systemClock, log }),
    read: (device, signal) => device.read(signal),
    words: readingText,
  }));
}
