/**
 * Commands and answers of the SAM_V protocol (second-generation ID card reader). Units: bytes; byte order of lengths: big-endian.
 * Source: SAM_V communication protocol, command table and status table; GA 467-2013.
 * Not implemented: the private commands of single vendors (00 01, 00 81 …) and the pseudo-frame 05 05 05 05 that one vendor's USB
 * stack makes up for its own time-out.
 */
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Status } from './status-codes.ts';
import { statusOf } from './status-codes.ts';

/** The line speeds that command 60 can set, in the order of its parameter. */
export const BAUD_RATES = [115_200, 57_600, 38_400, 19_200, 9600] as const;
export type BaudRate = (typeof BAUD_RATES)[number];

export type Command =
  /** 复位 */
  | { kind: 'reset' }
  /** SAM 状态检测 */
  | { kind: 'sam-status' }
  /** 读 SAM_V 管理号 */
  | { kind: 'sam-id' }
  /** 寻卡 */
  | { kind: 'find-card' }
  /** 选卡 */
  | { kind: 'select-card' }
  /** 读文字和照片 */
  | { kind: 'read-base' }
  /** 读追加住址 */
  | { kind: 'read-new-address' }
  /** 读 IIN、SN、DN */
  | { kind: 'read-management-number' }
  /** 读文字、照片和指纹 */
  | { kind: 'read-base-and-fingerprint' }
  | { kind: 'set-baud-rate'; baudRate: BaudRate }
  /** The most bytes in one radio frame, 0x50 or 0x58 in the field. */
  | { kind: 'set-radio-bytes'; bytes: number };

/** CMD and PARA of the commands without data. */
const OPCODES = {
  reset: [0x10, 0xff],
  'sam-status': [0x11, 0xff],
  'sam-id': [0x12, 0xff],
  'find-card': [0x20, 0x01],
  'select-card': [0x20, 0x02],
  'read-base': [0x30, 0x01],
  'read-new-address': [0x30, 0x03],
  'read-management-number': [0x30, 0x05],
  'read-base-and-fingerprint': [0x30, 0x10],
} as const satisfies Record<Exclude<Command['kind'], 'set-baud-rate' | 'set-radio-bytes'>, readonly [number, number]>;
const SET_BAUD_RATE = 0x60;
const SET_RADIO_BYTES = 0x61;
const NO_PARAMETER = 0xff;

/** The frame body: CMD, PARA, data. */
export function encodeCommand(command: Command): Uint8Array {
  switch (command.kind) {
    case 'set-baud-rate':
      return Uint8Array.of(SET_BAUD_RATE, BAUD_RATES.indexOf(command.baudRate));
    case 'set-radio-bytes':
      if (!Number.isInteger(command.bytes) || command.bytes < 0 || command.bytes > 0xff) throw new RangeError('radio bytes must fit one byte');
      return Uint8Array.of(SET_RADIO_BYTES, NO_PARAMETER, command.bytes);
    default:
      return Uint8Array.from(OPCODES[command.kind]);
  }
}

/** The inverse of `encodeCommand`; `unknown` is any body that no command of the table has. */
export function decodeCommand(body: Uint8Array): Command | { kind: 'unknown'; cmd: number; para: number } {
  const [cmd = 0, para = 0] = body;
  for (const [kind, opcode] of Object.entries(OPCODES)) {
    if (body.length === 2 && opcode[0] === cmd && opcode[1] === para) return { kind: kind as keyof typeof OPCODES };
  }
  const baudRate = BAUD_RATES[para];
  if (body.length === 2 && cmd === SET_BAUD_RATE && baudRate !== undefined) return { kind: 'set-baud-rate', baudRate };
  if (body.length === 3 && cmd === SET_RADIO_BYTES && para === NO_PARAMETER) return { kind: 'set-radio-bytes', bytes: body[2]! };
  return { kind: 'unknown', cmd, para };
}

export type Answer = { status: Status; data: Uint8Array };

/** SW1, SW2, SW3, data. */
export function encodeAnswer(answer: { status: { code: number; card: number }; data: Uint8Array }): Uint8Array {
  const body = new Uint8Array(3 + answer.data.length);
  body[0] = answer.status.card >> 8;
  body[1] = answer.status.card & 0xff;
  body[2] = answer.status.code;
  body.set(answer.data, 3);
  return body;
}

/** @param body of a frame within `ANSWER_BOUNDS`, so at least three bytes */
export function decodeAnswer(body: Uint8Array): Answer {
  const [sw1 = 0, sw2 = 0, sw3 = 0] = body;
  return { status: statusOf(sw1, sw2, sw3), data: body.subarray(3) };
}

/** An answer whose status fits but whose data does not have the command's shape. */
export type Misshapen = { kind: 'unexpected' };

/**
 * 16 bytes little-endian: u16, u16, u32, u32, u32, printed `05.01-20230101-0000000001-0123456789`. The third number looks like a
 * date. It names the physical reader in the inventory and in every audit line.
 */
export function decodeSamId(data: Uint8Array): Result<string, Misshapen> {
  if (data.length !== 16) return err({ kind: 'unexpected' });
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const digits = (value: number, width: number): string => String(value).padStart(width, '0');
  const version = `${digits(view.getUint16(0, true), 2)}.${digits(view.getUint16(2, true), 2)}`;
  return ok(`${version}-${digits(view.getUint32(4, true), 8)}-${digits(view.getUint32(8, true), 10)}-${digits(view.getUint32(12, true), 10)}`);
}

/** The inverse of `decodeSamId`. @throws RangeError for a text of another form */
export function encodeSamId(samId: string): Uint8Array {
  const parts = /^(\d{2,5})\.(\d{2,5})-(\d{8,10})-(\d{10})-(\d{10})$/.exec(samId);
  if (parts === null) throw new RangeError('not a SAM id');
  const data = new Uint8Array(16);
  const view = new DataView(data.buffer);
  view.setUint16(0, Number(parts[1]), true);
  view.setUint16(2, Number(parts[2]), true);
  view.setUint32(4, Number(parts[3]), true);
  view.setUint32(8, Number(parts[4]), true);
  view.setUint32(12, Number(parts[5]), true);
  return data;
}

/** Blocks of a base-information answer, cut by the length words in front of them. */
export type BaseInformation = { text: Uint8Array; photo: Uint8Array; fingerprint: Uint8Array | null };

/**
 * Base information: big-endian lengths of text and photo (and of the fingerprints, for command 30 10), then the blocks. The photo is
 * compressed by WLT, whose decoder is licensed; this project neither decodes nor keeps it.
 */
export function decodeBaseInformation(data: Uint8Array, withFingerprint: boolean): Result<BaseInformation, Misshapen> {
  const words = withFingerprint ? 3 : 2;
  if (data.length < 2 * words) return err({ kind: 'unexpected' });
  const lengthAt = (word: number): number => data[2 * word]! * 256 + data[2 * word + 1]!;
  const textEnd = 2 * words + lengthAt(0);
  const photoEnd = textEnd + lengthAt(1);
  const end = photoEnd + (withFingerprint ? lengthAt(2) : 0);
  if (data.length !== end) return err({ kind: 'unexpected' });
  return ok({ text: data.subarray(2 * words, textEnd), photo: data.subarray(textEnd, photoEnd), fingerprint: withFingerprint ? data.subarray(photoEnd, end) : null });
}

/** The inverse of `decodeBaseInformation`. */
export function encodeBaseInformation(blocks: BaseInformation): Uint8Array {
  const parts = [blocks.text, blocks.photo, ...(blocks.fingerprint === null ? [] : [blocks.fingerprint])];
  const words = parts.flatMap((part) => [part.length >> 8, part.length & 0xff]);
  const data = new Uint8Array(words.length + parts.reduce((sum, part) => sum + part.length, 0));
  data.set(words);
  let at = words.length;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}
