import { afterEach, describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey, sha256, verifier } from '../../crypto/node.ts';
import { createReaderEmulator } from '../../devices/id-card-reader/emulator.ts';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { openIdCardReader } from '../../devices/id-card-reader/service.ts';
import { canonicalJson } from '../../domain/action/canonical.ts';
import type { DeviceStatus, PrintProgress } from '../../domain/contracts/devices.ts';
import { MachineId, PrintId, ulid } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';
import { ticketPrinterEmulator } from '../../printers/ticket/emulator.ts';
import { openTicketPrinter } from '../../printers/ticket/service.ts';
import { drawLine, modelNamed, SLIP } from '../../printers/ticket/test-rig.ts';
import { systemClock } from '../../wire/clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { createChecks } from './checks.ts';
import { acceptPrinter, type PrinterUnderTest } from './printer.ts';
import { acceptReader } from './reader.ts';
import { reportText, signReport } from './report.ts';
import type { Deed, Finding, Person, Question } from './types.ts';

/** The kit's own waits, eight times as fast as a person needs them; the devices run by the machine's clock. */
const hurried: Clock = { ...systemClock, after: (milliseconds, call) => systemClock.after(milliseconds / 8, call) };
const LONG = 60_000;

let prints = 0;
const newId = () => PrintId.parse(ulid((prints += 1), new Uint8Array(10)));

let closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  closers = [];
});

/** Somebody who does everything and counts what comes out. @param out pieces that came out so far */
function personAt(deeds: Partial<Record<Deed, () => Promise<unknown> | void>>, out: () => number): Person & { beginPrint(): void } {
  let seen = out();
  const answers: Partial<Record<Question, (pieces: number) => boolean>> = { 'one-came-out': (pieces) => pieces === 1, 'nothing-came-out': (pieces) => pieces === 0, 'came-by-itself': (pieces) => pieces > 0, 'more-than-the-piece': (pieces) => pieces > 1 };
  return {
    beginPrint() {
      seen = out();
    },
    async do(deed) {
      const deedOf = deeds[deed];
      await deedOf?.();
      return deedOf !== undefined;
    },
    async answer(question) {
      const pieces = out() - seen;
      seen = out();
      return answers[question]?.(pieces) ?? false;
    },
  };
}

const outcome = (findings: readonly Finding[]) => findings.map(({ check, result }) => `${result} ${check}`);

describe('the acceptance of a printer', () => {
  test('holds what it says against what comes out, through paper, cover, cable and power; what a model has not is skipped', async () => {
    const model = modelNamed('epson-tm-t82iii');
    const emulator = ticketPrinterEmulator({ model, clock: systemClock, drawLine });
    const printer = openTicketPrinter({ address: () => emulator.transport(), model, clock: systemClock, drawLine });
    closers.push(() => emulator.close(), () => printer.close());
    /** Once the print is half out. */
    const inTheMiddle = (deed: () => Promise<unknown> | void) => () => {
      const begun = emulator.counts().lines;
      const look = () => void (emulator.counts().lines > begun + 3 ? deed() : systemClock.after(5, look));
      look();
    };
    const person = personAt({
      'take-paper': () => emulator.paperOut(), 'put-paper': () => emulator.refill(), 'open-cover': () => emulator.openCover(), 'close-cover': () => emulator.closeCover(),
      'switch-off': () => emulator.powerOff(), 'switch-on': () => emulator.powerOn(), 'be-ready-to-open-cover': inTheMiddle(() => emulator.openCover()),
    }, () => emulator.counts().cuts);
    const checks = createChecks(hurried, () => undefined);
    await acceptPrinter({ watch: printer.watch, print(print) {
      person.beginPrint();
      return printer.print({ print, ticket: SLIP });
    } }, { person, clock: hurried, newId, checks });
    expect(outcome(checks.findings)).toEqual([
      'passed is on line', 'passed prints a sample, once', 'passed paper out', 'passed cover open', 'skipped cable out', 'passed power off', 'passed cover opened in the middle of a print',
      'skipped cable pulled in the middle of a print', 'passed prints at the end of it all',
    ]);
  }, LONG);

  test('finds a printer out that says printed whatever happens, or prints an old job after the refill', async () => {
    let paper = true;
    let pieces = 0;
    let waiting = 0;
    const tellers = new Set<(status: DeviceStatus) => void>();
    const status = (): DeviceStatus => (paper ? { kind: 'online', warnings: [] } : { kind: 'blocked', reason: 'paper-out' });
    const change = (there: boolean) => {
      paper = there;
      for (const tell of tellers) tell(status());
      if (there) pieces += waiting;
      waiting = 0;
    };
    const spooler = (honest: boolean): PrinterUnderTest => ({
      watch(tell) {
        tellers.add(tell);
        tell(status());
        return () => tellers.delete(tell);
      },
      async *print(): AsyncGenerator<PrintProgress, void> {
        yield { kind: 'sent' };
        if (paper) pieces += 1;
        else waiting += 1;
        yield paper || !honest ? { kind: 'printed' } : { kind: 'not-printed', reason: 'paper-out' };
      },
    });
    for (const [honest, seen] of [[false, 'with blocked paper-out a print ended as printed'], [true, 'paper of an earlier job came out by itself']] as const) {
      const person = personAt({ 'take-paper': () => change(false), 'put-paper': () => change(true) }, () => pieces);
      const checks = createChecks(hurried, () => undefined);
      // The sample is told apart from the first: this spooler knows no ids.
      await acceptPrinter(spooler(honest), { person, clock: hurried, newId, checks });
      change(true);
      expect(checks.findings.find(({ check }) => check === 'paper out')).toMatchObject({ result: 'failed', seen });
      expect(checks.findings.find(({ check }) => check === 'prints a sample, once')).toMatchObject({ result: 'failed', seen: 'asked for again it printed again' });
    }
  }, LONG);
});

describe('the acceptance of a card reader', () => {
  test('reads a card again and again, takes no other for one, and comes back after a power cycle', async () => {
    const wire = memoryWire();
    const emulator = createReaderEmulator({ line: wire.device, clock: systemClock, latency: { 'read-base': 5 } });
    const reader = openIdCardReader({ connect: wire.connect, clock: systemClock });
    closers.push(() => emulator.close(), () => reader.close());
    const person = personAt({ 'place-card': () => emulator.place(PRESETS.zhang), 'lift-card': () => emulator.remove(), 'place-bank-card': () => emulator.wrongCard(), 'switch-off': () => emulator.powerOff(), 'switch-on': () => emulator.powerOn() }, () => 0);
    const checks = createChecks(hurried, () => undefined);
    await acceptReader(reader, { person, clock: hurried, reads: 3, checks });
    expect(outcome(checks.findings)).toEqual([
      'passed is on line', 'passed reads the same card 3 times', 'passed takes no other card for one', 'skipped cable out', 'passed power off', 'skipped cable pulled while a card is waited for', 'passed reads a card at the end of it all',
    ]);
    // Who the card belongs to stands nowhere.
    expect(JSON.stringify(checks.findings)).not.toMatch(/张|330624/);
  }, LONG);
});

test('the report is signed: a changed word shows', async () => {
  const key = generateSigningKey();
  const signer = createSigner(MachineId.parse('T330624-0001'), key.privateKey);
  const findings: Finding[] = [{ check: 'paper out', result: 'failed', seen: 'it said printed', seconds: 3.2 }, { check: 'cable out', result: 'skipped', seen: 'cannot be done on this device', seconds: 0 }];
  const report = signReport({ device: 'ticket-printer', settings: {}, machine: 'T330624-0001', program: '0.1.0', at: '2026-11-26T10:00:00.000Z', findings }, signer);
  const { signature, ...rest } = report;
  expect(rest.passed).toBe(false);
  expect(verifier.verify(key.publicKey, sha256(canonicalJson(rest)), signature)).toBe(true);
  expect(verifier.verify(key.publicKey, sha256(canonicalJson({ ...rest, passed: true })), signature)).toBe(false);
  expect(reportText(report)).toContain('NOT ACCEPTED: 0 passed, 1 failed, 1 skipped');
});
