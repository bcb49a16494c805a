import { afterEach, describe, expect, test } from 'vitest';
import { createBoardEmulator } from '../../devices/board/emulator.ts';
import { openBoard } from '../../devices/board/service.ts';
import { createScannerEmulator } from '../../devices/code-scanner/emulator.ts';
import { openCodeScanner } from '../../devices/code-scanner/service.ts';
import { samplePage, sampleSheets } from '../../devices/document-scanner/sample-pages.ts';
import { withEscl } from '../../devices/document-scanner/test-rig.ts';
import { createUpsdEmulator } from '../../devices/ups/emulator.ts';
import { openUps } from '../../devices/ups/service.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { systemClock } from '../../wire/clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { acceptBoard } from './board.ts';
import { createChecks } from './checks.ts';
import { acceptCodeScanner } from './code-scanner.ts';
import { acceptDocumentScanner } from './document-scanner.ts';
import type { Deed, Finding, Person, Question } from './types.ts';
import { acceptUps } from './ups.ts';

/** The kit's own waits, eight times as fast as a person needs them. */
const hurried: Clock = { ...systemClock, after: (milliseconds, call) => systemClock.after(milliseconds / 8, call) };
const LONG = 60_000;

let closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  closers = [];
});

/** Somebody who does what is in `deeds`, and cannot do the rest. */
function personAt(deeds: Partial<Record<Deed, () => Promise<unknown> | void>>, answers: Partial<Record<Question, (about?: string) => boolean>> = {}): Person {
  return {
    async do(deed) {
      const deedOf = deeds[deed];
      await deedOf?.();
      return deedOf !== undefined;
    },
    answer: (question, about) => Promise.resolve(answers[question]?.(about) ?? false),
  };
}
const outcome = (findings: readonly Finding[]) => findings.map(({ check, result }) => `${result} ${check}`);
const seenOf = (findings: readonly Finding[], check: string) => findings.find((finding) => finding.check === check)?.seen;

describe('the acceptance of a code scanner', () => {
  async function accept(more: Partial<Record<Deed, () => Promise<unknown> | void>> = {}) {
    const wire = memoryWire();
    const emulator = createScannerEmulator({ line: wire.device, clock: systemClock, baudRate: 115_200 });
    const scanner = openCodeScanner({ connect: wire.connect, clock: systemClock });
    closers.push(() => emulator.close(), () => scanner.close());
    const checks = createChecks(hurried, () => undefined);
    const show = () => drop(emulator.show('JB1:PRIVATE'));
    const person = personAt({ 'show-code': show, 'show-code-unasked': () => emulator.show('JB1:PRIVATE'), 'pull-cable': () => emulator.unplug(), 'plug-cable': () => emulator.replug(), ...more });
    await acceptCodeScanner(scanner, { person, clock: hurried, reads: 3, checks });
    return checks.findings;
  }

  test('reads again and again, keeps nothing, and comes back after the cable; what was read stands nowhere', async () => {
    const findings = await accept();
    expect(outcome(findings)).toEqual(['passed is on line', 'passed reads the same code 3 times', 'passed keeps no code for whoever asks next', 'passed cable out', 'passed cable pulled while a code is waited for', 'passed reads a code at the end of it all']);
    expect(JSON.stringify(findings)).not.toContain('PRIVATE');
  }, LONG);

  test('fails one that reads nothing', async () => {
    const findings = await accept({ 'show-code': () => undefined });
    expect(findings.find(({ check }) => check === 'reads the same code 3 times')).toMatchObject({ result: 'failed', seen: 'nothing was read' });
  }, LONG);
});

describe('the acceptance of a document scanner', () => {
  test('takes a page, a pile, two sheets at once, an open cover and lost power', async () => {
    await withEscl(async (scanner, emulator) => {
      const checks = createChecks(hurried, () => undefined);
      const person = personAt({
        'place-page-on-glass': () => emulator.place(samplePage(1)), 'load-one-sheet': () => emulator.load(sampleSheets(1)), 'load-five-sheets': () => emulator.load(sampleSheets(5)), 'empty-feeder': () => emulator.empty(),
        'load-two-as-one': () => {
          emulator.load(sampleSheets(2));
          emulator.doubleFeed(0);
        },
        'clear-feeder': () => {
          emulator.clear();
          emulator.empty();
        },
        'open-cover': () => emulator.openCover(), 'close-cover': () => emulator.closeCover(), 'switch-off': () => emulator.powerOff(), 'switch-on': () => emulator.powerOn(),
      });
      await acceptDocumentScanner(scanner, { person, clock: hurried, checks });
      expect(outcome(checks.findings)).toEqual([
        'passed is on line', 'passed scans a page on the glass', 'passed scans a pile, sheet by sheet', 'passed asks for paper when the feeder is empty', 'passed tells two sheets that went in as one', 'passed cover open', 'skipped cable out', 'passed power off',
        'skipped cable pulled in the middle of a pile', 'passed scans at the end of it all',
      ]);
    });
  }, LONG);

  test('fails one whose feeder takes two sheets for one', async () => {
    await withEscl(async (scanner, emulator) => {
      const checks = createChecks(hurried, () => undefined);
      await acceptDocumentScanner(scanner, { person: personAt({ 'load-two-as-one': () => emulator.load(sampleSheets(1)), 'clear-feeder': () => emulator.empty() }), clock: hurried, checks });
      expect(checks.findings.find(({ check }) => check === 'tells two sheets that went in as one')).toMatchObject({ result: 'failed', seen: 'it took them for one: done after 1 page' });
    });
  }, LONG);
});

describe('the acceptance of a board', () => {
  test('goes through every light, sensor and key, and the tamper latch; a light that nobody sees fails', async () => {
    const wire = memoryWire();
    const emulator = createBoardEmulator({ line: wire.device, clock: systemClock });
    const board = openBoard({ connect: () => wire.connect(), clock: systemClock });
    closers.push(() => emulator.close(), () => board.close());
    const change = (next: Parameters<typeof emulator.change>[0]) => () => emulator.change(next);
    const person = personAt({
      'step-near': change({ kind: 'near', on: true }), 'step-away': change({ kind: 'near', on: false }), 'plug-headset': change({ kind: 'headset', on: true }), 'unplug-headset': change({ kind: 'headset', on: false }),
      'open-door': change({ kind: 'door', on: true }), 'close-door': change({ kind: 'door', on: false }), 'move-case': change({ kind: 'tamper', on: true }),
      'press-key': () => {
        emulator.change({ kind: 'key', key: '7', down: true });
        emulator.change({ kind: 'key', key: '7', down: false });
      },
      'pull-cable': () => emulator.unplug(), 'plug-cable': () => emulator.replug(),
    }, {
      // The bulb over the document outlet is dead.
      'light-is-on': (about) => about !== 'document' && emulator.lights.lights[about as keyof typeof emulator.lights.lights] === 'on',
      'lights-are-off': () => Object.values(emulator.lights.lights).every((pattern) => pattern === 'off'),
    });
    const checks = createChecks(hurried, () => undefined);
    // The sensor takes its time to say that somebody went away.
    await acceptBoard(board, { person, clock: systemClock, checks });
    expect(outcome(checks.findings)).toEqual([
      'passed is on line', 'passed light card', 'passed light scanner', 'passed light ticket', 'failed light document', 'passed light help', 'passed lights off', 'passed presence', 'passed headset', 'passed service door', 'passed keypad',
      'passed a case that is moved', 'passed cable out', 'skipped power off',
    ]);
    expect(seenOf(checks.findings, 'a case that is moved')).toBe('blocked tampered; acknowledged');
  }, LONG);
});

describe('the acceptance of a UPS', () => {
  async function accept(stayedOn: boolean) {
    const wire = memoryWire();
    const emulator = createUpsdEmulator();
    const upsd = emulator.connect({ send: (bytes) => wire.device.send(bytes), hangUp: () => drop(wire.device.unplug().then(() => wire.device.replug())) });
    wire.device.onBytes((bytes) => upsd.receive(bytes));
    const ups = openUps({ connect: wire.connect, ups: 'kiosk', clock: systemClock });
    closers.push(() => ups.close());
    const person = personAt({ 'pull-mains': () => emulator.mainsOff(), 'restore-mains': () => emulator.powerBack(), 'pull-ups-cable': () => emulator.refuse('DATA-STALE'), 'plug-ups-cable': () => emulator.refuse(null) }, { 'stayed-on': () => stayedOn });
    const checks = createChecks(hurried, () => undefined);
    await acceptUps(ups, { person, clock: hurried, checks });
    return checks.findings;
  }

  test('sees the mains go and come back, and misses its cable', async () => {
    const findings = await accept(true);
    expect(outcome(findings)).toEqual(['passed is on line', 'passed lives on the mains at first', 'passed mains out, and back', 'passed cable to the computer out', 'passed lives on the mains at the end of it all']);
    expect(seenOf(findings, 'mains out, and back')).toBe('battery for 1800 s');
  }, LONG);

  test('fails one whose battery does not hold the computer', async () => {
    expect((await accept(false)).find(({ check }) => check === 'mains out, and back')).toMatchObject({ result: 'failed', seen: 'the computer went off' });
  }, LONG);
});
