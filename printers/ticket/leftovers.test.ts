/** What hangs in the printer after a slip that failed never reaches the next citizen. */
import { expect, test } from 'vitest';
import type { Mark } from './emulator-paper.ts';
import { openTicketPrinter } from './service.ts';
import type { Rig } from './test-rig.ts';
import { collect, drawLine, printId, rigOfEachTest, SLIP } from './test-rig.ts';

const PRINTED = [{ kind: 'sent' }, { kind: 'printed' }];
const LOOKING = { kind: 'looking', reason: 'connection-lost' };
const start = rigOfEachTest();

function says(marks: Mark[]): string {
  return marks.map((mark) => (mark.kind === 'text' ? mark.text : '')).join('\n');
}

test('what power loss left hanging is cut off before anybody else prints', async () => {
  const it = start();
  await it.clock.pass(1000);
  const first = it.print(1);
  await it.clock.pass(400);
  it.emulator.powerOff();
  expect(await it.settled(first)).toEqual([{ kind: 'sent' }, LOOKING, { kind: 'unknown', reason: 'no-answer' }]);
  expect(it.emulator.hanging().length).toBeGreaterThan(0);
  it.emulator.powerOn();
  await it.clock.pass(10_000);
  expect(it.emulator.hanging()).toEqual([]);
  expect(it.emulator.cut()).toHaveLength(1);
});

test.each([
  ['jam', (it: Rig) => it.emulator.jam(), (it: Rig) => it.emulator.clearError()],
  ['cover-open', (it: Rig) => it.emulator.openCover(), (it: Rig) => it.emulator.closeCover()],
  ['power', (it: Rig) => it.emulator.powerOff(), (it: Rig) => it.emulator.powerOn()],
] as const)('%s: the torn piece falls as soon as the printer is ready again, with nobody printing', async (_, fault, repair) => {
  const it = start({ baudRate: 38_400 });
  await it.clock.pass(1000);
  const first = it.print(1);
  await it.clock.pass(700);
  fault(it);
  await it.settled(first);
  // However long that takes, nothing moves before.
  await it.clock.pass(60_000);
  expect(says(it.emulator.hanging())).toContain('石桥镇');
  expect(it.emulator.counts().cuts).toBe(0);
  repair(it);
  await it.clock.pass(4000);
  expect(it.emulator.hanging()).toEqual([]);
  expect(it.emulator.cut().map((piece) => says(piece).includes('石桥镇'))).toEqual([true]);
  // Once is enough.
  await it.clock.pass(60_000);
  expect(it.emulator.counts()).toMatchObject({ cuts: 1, blanks: 1 });
});

test('what hung there when this program ended falls at its next start', async () => {
  const it = start();
  await it.clock.pass(1000);
  const first = it.print(1);
  await it.clock.pass(300);
  await it.settled(it.printer.close());
  await first;
  expect(it.emulator.hanging().length).toBeGreaterThan(0);
  const next = openTicketPrinter({ address: () => it.emulator.transport(), model: it.model, clock: it.clock, drawLine });
  await it.clock.pass(1000);
  expect(it.emulator.hanging()).toEqual([]);
  const torn = it.emulator.cut().length;
  expect(await it.settled(collect(next.print({ print: printId(2), ticket: { ...SLIP, number: '330624202600000999' } })))).toEqual(PRINTED);
  expect(says(it.emulator.cut().slice(torn).flat())).not.toContain('330624202600000123');
  expect(says(it.emulator.cut().slice(torn).flat())).toContain('330624202600000999');
  await it.settled(next.close());
});
