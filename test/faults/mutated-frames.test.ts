import { describe, expect, test } from 'vitest';
import { decodeCommand as decodeBoardCommand, decodeMessage, encodeCommand as encodeBoardCommand, encodeMessage } from '../../devices/board/codec.ts';
import { DARK } from '../../devices/board/driver.ts';
import { EMULATED } from '../../devices/board/emulator.ts';
import { encodeLine, LineReader } from '../../devices/board/framing.ts';
import { decodeCode, encodeCode } from '../../devices/code-scanner/codec.ts';
import { CodeReader } from '../../devices/code-scanner/framing.ts';
import { decodeGs1 } from '../../devices/code-scanner/gs1.ts';
import { encodeReports, HidPosReader } from '../../devices/code-scanner/hid-pos.ts';
import { decodeCapabilities, decodeStatus as decodeScannerStatus, encodeCapabilities, encodeStatus as encodeScannerStatus } from '../../devices/document-scanner/escl/codec.ts';
import { EMULATED as EMULATED_SCANNER } from '../../devices/document-scanner/escl/emulator.ts';
import { ANSWER_BOUNDS, COMMAND_BOUNDS, encodeFrame, FrameReader } from '../../devices/id-card-reader/framing.ts';
import { type Command, decodeAnswer, decodeBaseInformation, decodeCommand, decodeSamId, encodeAnswer, encodeBaseInformation, encodeCommand, encodeSamId } from '../../devices/id-card-reader/codec.ts';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { decodeTextBlock, encodeTextBlock } from '../../devices/id-card-reader/text-block.ts';
import { decodeAnswer as decodeUpsAnswer, encodeAnswer as encodeUpsAnswer } from '../../devices/ups/codec.ts';
import { LineReader as UpsLineReader } from '../../devices/ups/framing.ts';
import { decode as decodeIpp, encode as encodeIpp, type Value } from '../../printers/document/ipp/codec.ts';
import { getJobAttributes, getPrinterAttributes, integer, printJob, text } from '../../printers/document/ipp/message.ts';
import { GROUP } from '../../printers/document/ipp/values.ts';
import { qrBitmap } from '../../printers/ticket/bitmap.ts';
import { decode as decodeTicket, encode as encodeTicket } from '../../printers/ticket/codec.ts';
import { compose, documentOf } from '../../printers/ticket/compose.ts';
import { realTimeFilter } from '../../printers/ticket/emulator-real-time.ts';
import { decodePaperReport, decodeStatus, encodeCleared, encodeStatus, replyReader } from '../../printers/ticket/replies.ts';
import { drawLine, modelNamed, SLIP } from '../../printers/ticket/test-rig.ts';
import { fromInputReport, type HidFraming, toInputReports } from '../../wire/hid-framing.ts';
import { howMany, type Random, randomFrom, SEED } from './rig/seed.ts';

/** Streams for each codec, of which a third is cut off. */
const STREAMS = howMany(10_000, 1_000_000);
/** What a codec may keep of all that, bytes: a leak of one byte a stream shows in the full run. */
const MOST_KEPT = 64 * 1024 * 1024;
const LIMIT = 60_000 + STREAMS * 2;

/** Damages a stream as cables, hostile devices and bad firmware do. */
function mutate(good: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes = Uint8Array.from(good);
  const at = () => random.between(0, Math.max(0, bytes.length - 1));
  const pieces = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  for (let times = random.between(1, 3); times > 0; times -= 1) {
    const [from, to] = [at(), at()].sort((one, two) => one - two) as [number, number];
    switch (random.pick(['flip', 'set', 'insert', 'remove', 'repeat', 'join', 'noise', 'ones'] as const)) {
      case 'flip': bytes[from] = (bytes[from] ?? 0) ^ (1 << random.between(0, 7)); break;
      case 'set': bytes[from] = random.between(0, 255); break;
      case 'insert': bytes = pieces(bytes.subarray(0, from), random.bytes(random.between(1, 8)), bytes.subarray(from)); break;
      case 'remove': bytes = pieces(bytes.subarray(0, from), bytes.subarray(to)); break;
      case 'repeat': bytes = pieces(bytes.subarray(0, to), bytes.subarray(from)); break;
      case 'join': bytes = pieces(bytes.subarray(0, from), other.subarray(random.between(0, other.length))); break;
      case 'noise': bytes = pieces(random.bytes(random.between(1, 64)), bytes); break;
      case 'ones': bytes.fill(0xff, from, Math.min(to, from + 4)); break;
    }
  }
  return random.between(0, 2) === 0 ? bytes.subarray(0, at()) : bytes;
}

/** Whole streams of a codec, and what reads them: it must come back, with an answer or a refusal. */
type Wire = { samples: readonly Uint8Array[]; read(bytes: Uint8Array, random: Random): void };

/** As a serial line delivers: in pieces of any size. */
function inPieces(bytes: Uint8Array, random: Random, take: (piece: Uint8Array) => void): void {
  for (let at = 0; at < bytes.length; ) {
    const next = Math.min(bytes.length, at + random.between(1, 64));
    take(bytes.slice(at, next));
    at = next;
  }
}

const COMMANDS: Command[] = [{ kind: 'sam-status' }, { kind: 'sam-id' }, { kind: 'find-card' }, { kind: 'select-card' }, { kind: 'read-base' }] as Command[];
const people = Object.values(PRESETS);
const fine = { code: 0, card: 0x90 };
const answers = [
  ...people.map((holder) => encodeFrame(encodeAnswer({ status: fine, data: encodeBaseInformation({ text: encodeTextBlock(holder), photo: new Uint8Array(1024).fill(0xaa), fingerprint: null }) }))),
  encodeFrame(encodeAnswer({ status: fine, data: encodeSamId('05.01-20230101-0000000001-0123456789') })),
];

/** One reader for the whole run, as in a terminal that is never switched off. */
function cardReader(): Wire['read'] {
  const reader = new FrameReader(ANSWER_BOUNDS);
  const good = answers.at(-1) ?? new Uint8Array();
  const body = good.subarray(7, -1);
  return (bytes, random) => {
    inPieces(bytes, random, (piece) => {
      for (const framed of reader.push(piece)) if (framed.kind === 'frame') understand(framed.body);
    });
    // Whatever a damaged length promised, at most one longest frame is swallowed before good ones are read again.
    let understood = false;
    for (let sent = 0; sent <= ANSWER_BOUNDS.longest + 2 * good.length && !understood; sent += good.length) {
      understood = reader.push(good).some((framed) => framed.kind === 'frame' && Buffer.compare(framed.body, body) === 0);
    }
    expect(understood, 'the reader understands again').toBe(true);
    // And at once after the time-out that ends every command.
    reader.push(bytes);
    reader.reset();
    expect(reader.push(good)).toEqual([{ kind: 'frame', body }]);
  };
}

/** One reader for the whole run here, too. */
function scanner(): Wire['read'] {
  const reader = new CodeReader();
  const good = encodeCode('JB-1\r');
  return (bytes, random) => {
    inPieces(bytes, random, (piece) => {
      for (const framed of reader.push(piece)) {
        const code = framed.kind === 'code' ? decodeCode(framed.bytes) : null;
        if (code?.ok === true) decodeGs1(code.value.text);
      }
    });
    // After the silence that ends whatever had begun, the next code is read.
    reader.end();
    expect(reader.push(good)).toEqual([{ kind: 'code', bytes: encodeCode('JB-1') }]);
  };
}

function hidScanner(): Wire['read'] {
  const reader = new HidPosReader();
  const good = encodeReports(']Q1', encodeCode('JB-1'));
  return (bytes) => {
    for (const framed of reader.push(bytes)) if (framed.kind === 'code') decodeCode(framed.bytes);
    reader.end();
    expect(good.flatMap((report) => reader.push(report))).toEqual([{ kind: 'code', bytes: encodeCode('JB-1', ']Q1') }]);
  };
}

const FRAMINGS: readonly HidFraming[] = (['none', 'one-byte', 'two-bytes-big-endian'] as const).flatMap((payloadLength) => [0, 2].map((reportId) => ({ reportId, reportLength: 64, payloadLength, padding: 0, sendAs: 'output-report' })));

/** And here. A line behind the garbage is read as it is: its `$` begins it wherever it stands. */
function board(): Wire['read'] {
  const reader = new LineReader();
  return (bytes, random) => {
    inPieces(bytes, random, (piece) => {
      for (const framed of reader.push(piece)) if (framed.kind === 'line') for (const decode of [decodeMessage, decodeBoardCommand]) decode(framed.body);
    });
    expect(reader.push(encodeLine('R 2 OK')).at(-1)).toEqual({ kind: 'line', body: 'R 2 OK' });
  };
}

function upsd(): Wire['read'] {
  const reader = new UpsLineReader();
  return (bytes, random) => {
    inPieces(bytes, random, (piece) => {
      for (const framed of reader.push(piece)) if (framed.kind === 'line') decodeUpsAnswer(framed.text);
    });
    expect(reader.push(new TextEncoder().encode('\nERR DATA-STALE\n')).at(-1)).toEqual({ kind: 'line', text: 'ERR DATA-STALE' });
  };
}

function understand(body: Uint8Array): void {
  const { data } = decodeAnswer(body);
  decodeSamId(data);
  for (const withFingerprint of [false, true]) {
    const base = decodeBaseInformation(data, withFingerprint);
    if (base.ok) decodeTextBlock(base.value.text);
  }
}

const model = modelNamed('epson-tm-t82iii');
const composed = compose(documentOf(SLIP), model, drawLine);
if (!composed.ok) throw new Error('the sample slip has characters that no font has');
const status = encodeStatus({
  printer: { drawerPinHigh: false, offline: true, waitingForRecovery: false, feedButtonPressed: false },
  offline: { coverOpen: true, feedingByButton: false, stoppedByPaperEnd: true, error: false },
  error: { mechanical: false, autocutter: true, unrecoverable: false, recoversByItself: false }, paper: { nearEnd: true, end: false },
});
const PRINTER = 'ipp://127.0.0.1:8631/ipp/print';
const collection: Value = { syntax: 'collection', members: [{ name: 'media-size', values: [{ syntax: 'collection', members: [{ name: 'x-dimension', values: integer(21_000) }] }] }] };

const WIRES: Record<string, Wire> = {
  'answers of the card reader': { samples: answers, read: cardReader() },
  'commands to the card reader': {
    samples: COMMANDS.map((command) => encodeCommand(command)),
    read(bytes, random) {
      const reader = new FrameReader(COMMAND_BOUNDS);
      inPieces(bytes, random, (piece) => {
        for (const framed of reader.push(piece)) if (framed.kind === 'frame') decodeCommand(framed.body);
      });
    },
  },
  'text blocks of cards': { samples: people.map((holder) => encodeTextBlock(holder)), read: (bytes) => void decodeTextBlock(bytes) },
  'codes of the scanner': {
    samples: [encodeCode('JB-01ARZ3ND-EKTSV4-RRFFQ6-9G5FAV\r', ']Q1'), encodeCode('0106901234567892\u001d10LOT\r\n', ']C1'), encodeCode('新昌县政务服务\n')],
    read: scanner(),
  },
  'reports of a HID scanner': {
    samples: [...encodeReports(']Q1', encodeCode('JB-01ARZ3ND-EKTSV4-RRFFQ6-9G5FAV')), ...encodeReports(']C1', encodeCode('0106901234567892'.repeat(8)))],
    read: hidScanner(),
  },
  'reports of a HID card reader': {
    samples: FRAMINGS.flatMap((framing) => toInputReports(answers.at(-1) ?? new Uint8Array(), framing)),
    read(bytes) {
      for (const framing of FRAMINGS) expect(fromInputReport(bytes, framing)?.length ?? 0).toBeLessThanOrEqual(bytes.length);
    },
  },
  'answers of the document scanner': {
    samples: [
      encodeCapabilities(EMULATED_SCANNER), encodeScannerStatus({ version: '2.63', state: 'Processing', adfState: 'ScannerAdfJam', jobs: [{ uri: '/eSCL/ScanJobs/1', state: 'Aborted', imagesCompleted: 3 }] }),
    ],
    read(bytes) {
      decodeCapabilities(bytes);
      decodeScannerStatus(bytes);
    },
  },
  'lines of the board': {
    samples: [
      encodeLine(encodeMessage({ kind: 'answer', sequence: 1, answer: { kind: 'greeting', capabilities: EMULATED } })),
      encodeLine(encodeMessage({ kind: 'answer', sequence: 255, answer: { kind: 'state', snapshot: { near: true, door: false, tamper: false, headset: true, keys: ['ok', '0'] } } })),
      encodeLine(encodeMessage({ kind: 'event', sequence: 7, event: { kind: 'key', key: 'left', down: true } })), encodeLine(encodeBoardCommand(9, { kind: 'lights', wish: DARK })),
    ],
    read: board(),
  },
  'answers of upsd': {
    samples: [
      ['BEGIN LIST VAR kiosk\n', encodeUpsAnswer({ kind: 'var', ups: 'kiosk', name: 'device.model', value: 'a "b" \\ c' }), 'END LIST VAR kiosk\n'].join(''), encodeUpsAnswer({ kind: 'var', ups: 'kiosk', name: 'ups.status', value: 'OB DISCHRG LB' }), 'ERR DATA-STALE\n',
    ].map((text) => new TextEncoder().encode(text)),
    read: upsd(),
  },
  'slips to the ticket printer': {
    samples: [encodeTicket(composed.value), encodeTicket([{ type: 'raster', value: qrBitmap('https://example.org/', 4, 'M') }, { type: 'clear-buffer' }])],
    read(bytes, random) {
      const filter = realTimeFilter();
      let rest = 0;
      inPieces(bytes, random, (piece) => {
        for (const found of filter(piece)) rest += found.kind === 'bytes' ? found.bytes.length : 0;
      });
      expect(rest).toBeLessThanOrEqual(bytes.length);
      decodeTicket(bytes, { chinese: random.next() < 0.5 });
    },
  },
  'answers of the ticket printer': {
    samples: [Uint8Array.from(status), encodeCleared(), Uint8Array.from([...status, 0x0f, ...encodeCleared()])],
    read(bytes, random) {
      const read = replyReader();
      let replies = 0;
      inPieces(bytes, random, (piece) => {
        for (const reply of read(piece)) {
          replies += 1;
          if ('byte' in reply) decodePaperReport(reply.byte);
        }
      });
      expect(replies).toBeLessThanOrEqual(bytes.length);
      decodeStatus([bytes[0] ?? 0, bytes[1] ?? 0, bytes[2] ?? 0, bytes[3] ?? 0]);
      // A good status behind the garbage is read as it is.
      expect(read(Uint8Array.from(status)).slice(-4)).toEqual(status.map((byte) => ({ kind: 'now', byte })));
    },
  },
  'messages of the document printer': {
    samples: [
      encodeIpp(getPrinterAttributes(PRINTER, 1, ['printer-state', 'printer-state-reasons'])), encodeIpp(getJobAttributes(PRINTER, 2, 7, ['job-state'])),
      encodeIpp(printJob(PRINTER, 3, { jobName: 'job', template: [{ name: 'media-col', values: [collection] }], pdf: Buffer.from('%PDF') })),
      encodeIpp({ version: [2, 0], code: 0, requestId: 1, groups: [{ tag: GROUP.printer, attributes: [{ name: 'printer-state-reasons', values: text('keyword', 'media-empty-error', 'cover-open') }] }], data: new Uint8Array() }),
    ],
    read: (bytes) => void decodeIpp(bytes),
  },
};

describe(`${STREAMS} damaged and cut-off streams`, () => {
  test.each(Object.entries(WIRES))('%s: nothing falls over, hangs or grows, and what follows is understood', (_, { samples, read }) => {
    const random = randomFrom(SEED);
    const before = process.memoryUsage().heapUsed;
    for (let stream = 0; stream < STREAMS; stream += 1) {
      const bytes = mutate(random.pick(samples), random.pick(samples), random);
      try {
        read(bytes, random);
      } catch (cause) {
        throw new Error(`stream ${stream} of seed ${SEED}: ${Buffer.from(bytes).toString('hex')}`, { cause });
      }
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_KEPT);
  }, LIMIT);
});

test('a printer that nests collections without end is refused', () => {
  const opened = Buffer.from('34 0000 0000 4a 0000 0001 61'.replaceAll(' ', ''), 'hex');
  const hostile = Buffer.concat([Buffer.from('0200000000000001', 'hex'), Buffer.of(GROUP.printer), Buffer.from('34 0001 61 0000 4a 0000 0001 61'.replaceAll(' ', ''), 'hex'), ...Array.from({ length: 200_000 }, () => opened)]);
  expect(decodeIpp(hostile)).toMatchObject({ ok: false, error: { kind: 'garbled' } });
});

test('a reader that sends nothing but beginnings costs the line no more than its bytes', () => {
  const reader = new FrameReader(ANSWER_BOUNDS);
  const beginning = Buffer.from('aaaaaa9669ffff', 'hex');
  const flood = Buffer.concat(Array.from({ length: 500_000 }, () => beginning));
  expect(reader.push(flood)).toHaveLength(500_000);
});
