import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashPassword } from '../../crypto/passwords.ts';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import type { SiteAppointment } from '../../domain/contracts/appointments.ts';
import { MachineId, ulid } from '../../domain/ids.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import { testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { findAppointment } from './appointments.ts';

/** The hall's is dearer; what is said of fitting is the same. */
const CHEAP = { ln: 4, r: 8, p: 1 };
const [CARD, OTHER, PHONE] = ['330624199001010018', '330624199001010034', '13800000001'];
const DAY = '2026-11-23';

let folder: string;
let store: TerminalStore;
let clock: TestClock;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'appointments-'));
  // Monday, nine o'clock in China.
  clock = testClock();
  const opened = await openTerminalStore({ file: join(folder, 'terminal.db'), key: new Uint8Array(32).fill(5), nativeBinding: null, signer: createSigner(MachineId.parse('T330624-0001'), generateSigningKey().privateKey), clock, boot: 'boot-1', random: (count) => new Uint8Array(count) });
  if (!opened.ok) throw new Error(opened.error.kind);
  store = opened.value;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** @param hour of the slot in China; its holder is taken from half an hour before to a quarter after */
async function appointment(serial: number, hour: number, numbers: readonly string[], day = DAY): Promise<SiteAppointment> {
  const from = Date.parse(`${day}T00:00:00.000Z`) + (hour - 8) * 3_600_000;
  const at = (minutes: number) => new Date(from + minutes * 60_000).toISOString();
  return { id: ulid(from + serial, new Uint8Array(10)), number: `1123-00${serial}`, business: 'housing', name: '不动产', from: at(0), until: at(60), opens: at(-30), closes: at(15), checks: await Promise.all(numbers.map((number) => hashPassword(number, CHEAP))) };
}
const put = async (day: string, appointments: SiteAppointment[]) => store.appointments.put({ site: '县政务服务中心', day, appointments });
const found = async (number: string) => {
  const answer = await findAppointment({ store, clock }, number);
  return answer.kind === 'none' ? 'none' : `${answer.kind} ${answer.appointment.number}`;
};

test('a card or a phone finds its own appointment, by what is here alone; nobody else’s number does', async () => {
  await put(DAY, [await appointment(1, 9, [OTHER]), await appointment(2, 9, [CARD, PHONE])]);
  expect(await found(CARD)).toBe('open 1123-002');
  expect(await found(' 138 0000 0001 ')).toBe('open 1123-002');
  expect(await found(CARD.toLowerCase())).toBe('open 1123-002');
  expect(await found(OTHER)).toBe('open 1123-001');
  expect(await found('330624199001010050')).toBe('none');
});

test('who is early or late hears so; what is hours away is not looked at, and one that is open goes before', async () => {
  await put(DAY, [await appointment(1, 8, [CARD]), await appointment(2, 10, [OTHER]), await appointment(3, 15, [PHONE])]);
  expect([await found(CARD), await found(OTHER), await found(PHONE)]).toEqual(['late 1123-001', 'early 1123-002', 'none']);
  await put(DAY, [await appointment(1, 8, [CARD]), await appointment(4, 9, [CARD])]);
  expect(await found(CARD)).toBe('open 1123-004');
});

test('a day that is told anew takes the place of what was told; another day’s does not count, and days that are over are forgotten', async () => {
  await put(DAY, [await appointment(1, 9, [CARD])]);
  await put('2026-11-24', [await appointment(2, 9, [OTHER], '2026-11-24')]);
  expect(await found(OTHER)).toBe('none');
  await put(DAY, []);
  expect(await found(CARD)).toBe('none');
  await put(DAY, [await appointment(1, 9, [CARD])]);
  clock.advance(86_400_000);
  expect(await found(OTHER)).toBe('open 1123-002');
  await put('2026-11-25', []);
  expect(await store.appointments.on(DAY)).toEqual([]);
  // A word of a day that is over is not kept.
  await put(DAY, [await appointment(1, 9, [CARD])]);
  expect(await store.appointments.on(DAY)).toEqual([]);
});
