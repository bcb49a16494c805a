import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from './codec.ts';
import { BAUD_RATES, decodeAnswer, decodeBaseInformation, decodeCommand, decodeSamId, encodeAnswer, encodeBaseInformation, encodeCommand, encodeSamId } from './codec.ts';
import { bytesOfHex, BLOCK_R, BLOCK_RL, CHECKSUM_R, CHECKSUM_RL } from './fixtures.ts';
import { ANSWER_BOUNDS, COMMAND_BOUNDS, encodeFrame, FrameReader } from './framing.ts';
import { STATUS_CODES, statusHex, statusOf } from './status-codes.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

const COMMANDS: [Command, string][] = [
  [{ kind: 'reset' }, 'AAAAAA9669000310FFEC'],
  [{ kind: 'sam-status' }, 'AAAAAA9669000311FFED'],
  [{ kind: 'sam-id' }, 'AAAAAA9669000312FFEE'],
  [{ kind: 'find-card' }, 'AAAAAA96690003200122'],
  [{ kind: 'select-card' }, 'AAAAAA96690003200221'],
  [{ kind: 'read-base' }, 'AAAAAA96690003300132'],
  [{ kind: 'read-new-address' }, 'AAAAAA96690003300330'],
  [{ kind: 'read-management-number' }, 'AAAAAA96690003300536'],
  [{ kind: 'read-base-and-fingerprint' }, 'AAAAAA96690003301023'],
  [{ kind: 'set-baud-rate', baudRate: 115_200 }, 'AAAAAA96690003600063'],
  [{ kind: 'set-baud-rate', baudRate: 57_600 }, 'AAAAAA96690003600162'],
  [{ kind: 'set-baud-rate', baudRate: 38_400 }, 'AAAAAA96690003600261'],
  [{ kind: 'set-baud-rate', baudRate: 19_200 }, 'AAAAAA96690003600360'],
  [{ kind: 'set-baud-rate', baudRate: 9600 }, 'AAAAAA96690003600467'],
  [{ kind: 'set-radio-bytes', bytes: 0x50 }, 'AAAAAA9669000461FF50CA'],
  [{ kind: 'set-radio-bytes', bytes: 0x58 }, 'AAAAAA9669000461FF58C2'],
];

describe('commands', () => {
  test.each(COMMANDS)('%o is %s on the wire and back', (command, golden) => {
    const frame = encodeFrame(encodeCommand(command));
    expect(hex(frame)).toBe(golden);
    const [framed] = new FrameReader(COMMAND_BOUNDS).push(frame);
    expect(framed?.kind === 'frame' && decodeCommand(framed.body)).toEqual(command);
  });

  test('every other body is unknown', () => {
    const known = new Set(COMMANDS.map(([command]) => hex(encodeCommand(command))));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 4 }), (body) => {
        fc.pre(!known.has(hex(body)) && !(body.length === 3 && body[0] === 0x61 && body[1] === 0xff));
        expect(decodeCommand(body)).toEqual({ kind: 'unknown', cmd: body[0], para: body[1] });
      }),
    );
  });

  test('radio bytes that fit no byte are a bug', () => {
    expect(() => encodeCommand({ kind: 'set-radio-bytes', bytes: 256 })).toThrow(RangeError);
  });
});

/** Whole answers with the checksum that the table of statuses gives. */
const ANSWERS: [code: number, name: string, golden: string][] = [
  [0x90, 'success', 'AAAAAA966900040000' + '9094'],
  [0x9f, 'card-found', 'AAAAAA966900080000' + '9F0000000097'],
  [0x90, 'success', 'AAAAAA9669000C0000' + '9000000000000000009C'],
  [0x80, 'no-card', 'AAAAAA966900040000' + '8084'],
  [0x81, 'select-failed', 'AAAAAA966900040000' + '8185'],
  [0x41, 'read-failed', 'AAAAAA966900040000' + '4145'],
  [0x91, 'no-content', 'AAAAAA966900040000' + '9195'],
  [0x10, 'host-checksum', 'AAAAAA966900040000' + '1014'],
  [0x11, 'host-length', 'AAAAAA966900040000' + '1115'],
  [0x21, 'unknown-command', 'AAAAAA966900040000' + '2125'],
  [0x24, 'unrecognisable-error', 'AAAAAA966900040000' + '2420'],
  [0x31, 'card-not-authenticated', 'AAAAAA966900040000' + '3135'],
  [0x32, 'reader-not-authenticated', 'AAAAAA966900040000' + '3236'],
  [0x33, 'information-not-verified', 'AAAAAA966900040000' + '3337'],
  [0x40, 'wrong-card', 'AAAAAA966900040000' + '4044'],
  [0x47, 'random-failed', 'AAAAAA966900040000' + '4743'],
  [0x60, 'sam-self-test-failed', 'AAAAAA966900040000' + '6064'],
  [0x66, 'sam-not-authorised', 'AAAAAA966900040000' + '6662'],
];

describe('answers', () => {
  test.each(ANSWERS)('status %i is %s in %s', (code, name, golden) => {
    const [framed] = new FrameReader(ANSWER_BOUNDS).push(bytesOfHex(golden));
    if (framed?.kind !== 'frame') throw new Error('no frame');
    const answer = decodeAnswer(framed.body);
    expect(answer.status).toEqual({ name, code, card: 0 });
    expect(hex(encodeFrame(encodeAnswer(answer)))).toBe(golden);
  });

  test('every status of the table has a golden answer', () => {
    expect(new Set(ANSWERS.map(([code]) => code))).toEqual(new Set(STATUS_CODES.map(({ code }) => code)));
  });

  test('the card’s own status bytes are kept and an unknown status stays a number', () => {
    expect(decodeAnswer(Uint8Array.of(0x12, 0x34, 0x31)).status).toEqual({ name: 'card-not-authenticated', code: 0x31, card: 0x1234 });
    const unknown = statusOf(0, 0, 0x07);
    expect(unknown).toEqual({ name: 'unknown', code: 7, card: 0 });
    expect(statusHex(unknown)).toBe('07');
  });

  test('encoding and decoding are inverse', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(0xffff), fc.uint8Array({ maxLength: 64 }), (code, card, data) => {
        const answer = decodeAnswer(encodeAnswer({ status: { code, card }, data }));
        expect({ code: answer.status.code, card: answer.status.card, data: answer.data }).toEqual({ code, card, data });
      }),
    );
  });
});

describe('SAM id', () => {
  const GOLDEN = 'AAAAAA96690014000090050001 00D5AF34010100000015CD5B074A';

  test('the example of the source', () => {
    const [framed] = new FrameReader(ANSWER_BOUNDS).push(bytesOfHex(GOLDEN));
    if (framed?.kind !== 'frame') throw new Error('no frame');
    expect(decodeSamId(decodeAnswer(framed.body).data)).toEqual({ ok: true, value: '05.01-20230101-0000000001-0123456789' });
    expect(hex(encodeFrame(encodeAnswer({ status: { code: 0x90, card: 0 }, data: encodeSamId('05.01-20230101-0000000001-0123456789') })))).toBe(GOLDEN.replaceAll(' ', ''));
  });

  test('every 16 bytes survive a round trip, every other length is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (data) => {
        const decoded = decodeSamId(data);
        expect(decoded.ok && encodeSamId(decoded.value)).toEqual(data);
      }),
    );
    expect(decodeSamId(new Uint8Array(15))).toEqual({ ok: false, error: { kind: 'unexpected' } });
    expect(() => encodeSamId('05.01')).toThrow(RangeError);
  });
});

describe('base information', () => {
  test.each([
    ['R', BLOCK_R, CHECKSUM_R],
    ['RL', BLOCK_RL, CHECKSUM_RL],
  ])('fixture %s is one frame of 1295 bytes with the known checksum', (_, block, checksum) => {
    const text = bytesOfHex(block);
    const frame = encodeFrame(encodeAnswer({ status: { code: 0x90, card: 0 }, data: encodeBaseInformation({ text, photo: new Uint8Array(1024), fingerprint: null }) }));
    expect(frame.length).toBe(1295);
    expect(hex(frame.subarray(0, 14))).toBe('AAAAAA9669050800009001000400');
    expect(frame.at(-1)).toBe(checksum);
    const [framed] = new FrameReader(ANSWER_BOUNDS).push(frame);
    if (framed?.kind !== 'frame') throw new Error('no frame');
    const blocks = decodeBaseInformation(decodeAnswer(framed.body).data, false);
    expect(blocks.ok && hex(blocks.value.text)).toBe(block);
  });

  test.each([
    [1024, 2321],
    [512, 1809],
    [0, 1297],
  ])('with %i bytes of fingerprints the frame has %i bytes', (length, total) => {
    const blocks = { text: new Uint8Array(256).fill(1), photo: new Uint8Array(1024).fill(2), fingerprint: new Uint8Array(length).fill(3) };
    const data = encodeBaseInformation(blocks);
    expect(encodeFrame(encodeAnswer({ status: { code: 0x90, card: 0 }, data })).length).toBe(total);
    expect(decodeBaseInformation(data, true)).toEqual({ ok: true, value: blocks });
  });

  test('length words that do not add up are refused', () => {
    const data = encodeBaseInformation({ text: new Uint8Array(256), photo: new Uint8Array(1024), fingerprint: null });
    for (const bad of [data.subarray(0, -1), data.subarray(0, 3), new Uint8Array(0), Uint8Array.of(...data, 0)]) {
      expect(decodeBaseInformation(bad, false)).toEqual({ ok: false, error: { kind: 'unexpected' } });
    }
  });

  test('the speeds of command 60 are those of the table', () => {
    expect(BAUD_RATES).toEqual([115_200, 57_600, 38_400, 19_200, 9600]);
  });
});
