/** What stands on the wire for each kind of job, and what a failed exchange says of it. */
import { describe, expect, test } from 'vitest';
import { ok } from '../../../domain/result.ts';
import type { Sides } from '../sides.ts';
import type { IppClient, IppFailure } from './client.ts';
import { decode, encode } from './codec.ts';
import type { Attribute, Message, Value } from './codec.ts';
import { driverFailure, openIppDriver } from './driver.ts';
import { integer, text } from './message.ts';
import { GROUP, STATUS } from './values.ts';

const URI = 'ipp://127.0.0.1:8631/ipp/print';

/** A printer that answers every request with these attributes, and keeps what it was sent. */
function printerOf(attributes: Record<string, Value[]>): { client: IppClient; sent: Message[] } {
  const sent: Message[] = [];
  const answer: Attribute[] = Object.entries(attributes).map(([name, values]) => ({ name, values }));
  const client: IppClient = {
    uri: URI,
    exchange(message) {
      sent.push(message);
      const group = message.code === 0x000b ? GROUP.printer : GROUP.job;
      return Promise.resolve(ok({ version: [2, 0], code: 0, requestId: message.requestId, groups: [{ tag: group, attributes: answer }], data: new Uint8Array() } satisfies Message));
    },
    close: () => undefined,
  };
  return { client, sent };
}

const enumerated = (value: number): Value[] => [{ syntax: 'enum', value }];
const STATE = { 'printer-state': enumerated(3), 'job-id': integer(1) };
const keywords = (...values: string[]) => text('keyword', ...values);

/** The job group of the Print-Job that a printer of these attributes is sent, byte for byte. */
async function jobGroup(attributes: Record<string, Value[]>, sides: Sides, tray: string | null = null): Promise<string> {
  const { client, sent } = printerOf({ ...STATE, ...attributes });
  const driver = openIppDriver(client, 1_000);
  const reading = await driver.readPrinter();
  if (!reading.ok) throw new Error(reading.error.kind);
  await driver.send({ name: 'x', pdf: Buffer.from('%PDF'), wishes: reading.value.wishes, sides, tray });
  const bytes = Buffer.from(encode(sent.at(-1) as Message));
  expect(decode(bytes).ok).toBe(true);
  const begin = bytes.lastIndexOf(Buffer.from('application/pdf')) + 'application/pdf'.length;
  return bytes.subarray(begin).toString('hex');
}

/** Hexadecimal and quoted text, as RFC 8010 §3.1 lays it out. */
const hex = (...parts: string[]) => parts.map((part) => (part.startsWith("'") ? Buffer.from(part.slice(1, -1)).toString('hex') : part.replaceAll(' ', ''))).join('');
const END = ['03', "'%PDF'"];
const ONE = ['44 0005', "'sides'", '0009', "'one-sided'"];
const TWO = ['44 0005', "'sides'", '0013', "'two-sided-long-edge'"];

describe('golden bytes of what a job asks for', () => {
  test.each<[string, string[], Sides, string[]]>([
    ['two sides of a printer that has them', ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'], 'two-sided-long-edge', ['02', ...TWO]],
    ['one side of the same', ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'], 'one-sided', ['02', ...ONE]],
    ['two sides of one that has one', ['one-sided'], 'two-sided-long-edge', ['02', ...ONE]],
    ['two sides of one that has the short edge alone', ['one-sided', 'two-sided-short-edge'], 'two-sided-long-edge', ['02', ...ONE]],
    ['one side of one that has no word for it', ['two-sided-long-edge'], 'one-sided', []],
  ])('%s', async (_, supported, sides, golden) => {
    expect(await jobGroup({ 'sides-supported': keywords(...supported) }, sides)).toBe(hex(...golden, ...END));
  });

  test('nothing of a printer that says nothing', async () => {
    expect(await jobGroup({}, 'two-sided-long-edge')).toBe(hex(...END));
  });

  test('a tray, one side, and no scaling', async () => {
    const golden = [
      '02', '34 0009', "'media-col'", '0000',
      '4a 0000 000a', "'media-size'", '34 0000 0000', '4a 0000 000b', "'x-dimension'", '21 0000 0004 00005208', '4a 0000 000b', "'y-dimension'", '21 0000 0004 00007404', '37 0000 0000',
      '4a 0000 000c', "'media-source'", '44 0000 0006', "'tray-2'", '37 0000 0000',
      ...ONE, '44 000d', "'print-scaling'", '0004', "'none'",
    ];
    const attributes = { 'sides-supported': keywords('one-sided', 'two-sided-long-edge'), 'print-scaling-supported': keywords('none'), 'media-supported': keywords('iso_a4_210x297mm') };
    expect(await jobGroup(attributes, 'one-sided', 'tray-2')).toBe(hex(...golden, ...END));
  });
});

test.each<[IppFailure, ReturnType<typeof driverFailure>]>([
  [{ kind: 'unreachable', code: 'ECONNREFUSED' }, { kind: 'unreachable' }],
  [{ kind: 'lost', code: 'ECONNRESET' }, { kind: 'lost' }],
  [{ kind: 'timeout' }, { kind: 'timeout' }],
  [{ kind: 'garbled' }, { kind: 'garbled' }],
  [{ kind: 'cancelled', sent: true }, { kind: 'cancelled', sent: true }],
  [{ kind: 'http', status: 401 }, { kind: 'refused', why: 'no-permission' }],
  [{ kind: 'http', status: 404 }, { kind: 'refused', why: 'no-such-printer' }],
  [{ kind: 'http', status: 502 }, { kind: 'lost' }],
  [{ kind: 'refused', status: STATUS['server-error-busy'] }, { kind: 'busy' }],
  [{ kind: 'refused', status: STATUS['server-error-service-unavailable'] }, { kind: 'busy' }],
  [{ kind: 'refused', status: STATUS['client-error-document-format-not-supported'] }, { kind: 'refused', why: 'no-such-printer' }],
])('%j means %j', (failure, meaning) => {
  expect(driverFailure(failure)).toEqual(meaning);
});
