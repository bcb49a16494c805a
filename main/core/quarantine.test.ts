import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, expect, test } from 'vitest';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import { quarantineContract } from '../../domain/contracts/quarantine.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import type { Port } from './port.ts';
import { createQuarantine, type Quarantine } from './quarantine.ts';

const png = new Uint8Array(createCanvas(20, 10).toBuffer('image/png'));
const bomb = png.slice();
bomb.set([0x7f, 0xff, 0xff, 0xff], 16);
const open: MessagePort[] = [];
let quarantine: Quarantine;
afterEach(() => {
  quarantine.close();
  for (const port of open.splice(0)) port.close();
});

/** The window's end; `answer` stands for its decoder. */
function windowAnswering(answer: (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>[]>): MessagePort {
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(implement(quarantineContract).router({ decode: implement(quarantineContract.decode).handler(async ({ input }) => ({ ok: true, value: await answer(input.bytes) })) }), { customJsonSerializers: [bytesSerializer] }).upgrade(port1);
  port1.start();
  quarantine.connect(port2 as unknown as Port);
  open.push(port1, port2);
  return port1;
}

test('a file is passed on by what it is; what is none, or a bomb by its own word, never gets there', async () => {
  quarantine = createQuarantine({ clock: testClock(), hangs: () => {} });
  expect(await quarantine.pictures(png)).toEqual({ ok: false, error: { kind: 'no-quarantine' } });
  const seen: number[] = [];
  windowAnswering(async (bytes) => {
    seen.push(bytes.length);
    return [new Uint8Array([1])];
  });
  expect(await quarantine.pictures(png)).toEqual({ ok: true, value: [new Uint8Array([1])] });
  expect(await quarantine.pictures(bomb)).toEqual({ ok: false, error: { kind: 'too-large' } });
  expect(await quarantine.pictures(new TextEncoder().encode('<svg onload="x">'))).toEqual({ ok: false, error: { kind: 'not-a-picture' } });
  expect(seen).toEqual([png.length]);
});

test('a file that takes too long is given up, the window thrown away, and the next goes to the next window', async () => {
  const clock = testClock();
  let hung = 0;
  quarantine = createQuarantine({ clock, hangs: () => (hung += 1) });
  windowAnswering(() => new Promise(() => {}));
  const [slow, behind] = [quarantine.pictures(png), quarantine.pictures(png)];
  await clock.pass(30_000);
  expect([await slow, await behind, hung]).toEqual([{ ok: false, error: { kind: 'slow' } }, { ok: false, error: { kind: 'no-quarantine' } }, 1]);
  windowAnswering(() => Promise.resolve([]));
  expect(await quarantine.pictures(png)).toEqual({ ok: true, value: [] });
});

test('a file that kills the window is broken', async () => {
  quarantine = createQuarantine({ clock: testClock(), hangs: () => {} });
  const port = windowAnswering(() => {
    port.close();
    return new Promise(() => {});
  });
  expect(await quarantine.pictures(png)).toEqual({ ok: false, error: { kind: 'broken' } });
});
