import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PrintId, ulid } from '../ids.ts';
import { caseId } from '../../test/fixtures/actions.ts';
import { applyPrint, isSettled, mayPrint, mayPrintCopy, type PrintEvent } from './ledger.ts';
import { paperSums } from './sums.ts';
import type { PrintEntry } from './types.ts';

const AT = '2026-11-23T01:00:00.000Z';
function reserved(paper: PrintEntry['paper'] = 'certificate'): PrintEntry {
  return { id: PrintId.parse(ulid(0, new Uint8Array(10))), case: caseId(1), paper, session: 's', state: 'reserved', reason: '', host: null, licence: '', blank: null, history: [] };
}
function after(entry: PrintEntry, ...events: PrintEvent[]): PrintEntry {
  return events.reduce((now, event) => {
    const next = applyPrint(now, event, AT);
    return next.ok ? next.value : now;
  }, entry);
}
const given: PrintEvent = { kind: 'given', host: 'devices-1' };

describe('print ledger', () => {
  test('a job that was never given to a printer is known not to have printed', () => {
    expect(after(reserved(), { kind: 'restarted', host: 'devices-1' })).toMatchObject({ state: 'not-printed', reason: 'interrupted' });
  });
  test('a job that was given away is unknown after the host died, and still runs when only core died', () => {
    expect(after(reserved(), given, { kind: 'restarted', host: 'devices-2' }).state).toBe('unknown');
    expect(after(reserved(), given, { kind: 'restarted', host: 'devices-1' }).state).toBe('sent');
  });
  test('a citizen cannot make a second original of a certificate out of an unknown one; of a slip, yes', () => {
    const unknown: PrintEvent[] = [given, { kind: 'progress', progress: { kind: 'unknown', reason: 'paper-out' } }];
    const no: PrintEvent = { kind: 'closed', by: 'citizen', cameOut: false };
    expect(after(reserved('certificate'), ...unknown, no).state).toBe('unknown');
    expect(after(reserved('hand-in-slip'), ...unknown, no)).toMatchObject({ state: 'not-printed', reason: 'did-not-come-out' });
    expect(after(reserved('certificate'), ...unknown, { kind: 'closed', by: 'staff', cameOut: false }).state).toBe('not-printed');
    expect(after(reserved('certificate'), ...unknown, { kind: 'closed', by: 'citizen', cameOut: true }).state).toBe('printed');
  });

  test('a printer that does not answer leaves the entry as it is, byte for byte', () => {
    const sent = after(reserved(), given);
    expect(applyPrint(sent, { kind: 'progress', progress: { kind: 'looking', reason: 'connection-lost' } }, AT)).toEqual({ ok: true, value: sent });
  });

  const progress = fc.constantFrom<PrintEvent>(
    given, { kind: 'progress', progress: { kind: 'sent' } }, { kind: 'progress', progress: { kind: 'looking', reason: 'connection-lost' } }, { kind: 'progress', progress: { kind: 'printed' } }, { kind: 'progress', progress: { kind: 'not-printed', reason: 'paper-out' } },
    { kind: 'progress', progress: { kind: 'unknown', reason: 'offline' } }, { kind: 'restarted', host: 'devices-1' }, { kind: 'restarted', host: 'devices-2' }, { kind: 'restarted', host: null },
    { kind: 'closed', by: 'citizen', cameOut: false }, { kind: 'closed', by: 'citizen', cameOut: true }, { kind: 'taken', by: 'citizen' },
  );
  test('whatever happens, at most one certificate of a case is ever out, and the sums of the day add up', () => {
    fc.assert(fc.property(fc.array(fc.array(progress, { maxLength: 8 }), { maxLength: 6 }), (attempts) => {
      const entries: PrintEntry[] = [];
      for (const events of attempts) if (mayPrint(entries, 'certificate')) entries.push(after(reserved(), ...events));
      const mayBeOut = entries.filter((entry) => entry.history.some(({ state }) => state === 'sent') && entry.state !== 'not-printed');
      expect(mayBeOut.length).toBeLessThanOrEqual(1);
      const [sum] = paperSums(entries.map((entry) => ({ ...entry, history: [{ state: 'reserved', at: AT, by: 'core' }] })), '2026-11-23');
      expect((sum?.printed ?? 0) + (sum?.notPrinted ?? 0) + (sum?.unknown ?? 0)).toBe(entries.length);
    }));
  });
  test('another paper of a number: three in all may be out, those that did not come out not counted, and none while nobody knows of the last', () => {
    const [out, gone, open, none] = [after(reserved(), given, { kind: 'progress', progress: { kind: 'printed' } }), after(reserved(), given, { kind: 'progress', progress: { kind: 'printed' } }, { kind: 'taken', by: 'citizen' }), after(reserved(), given, { kind: 'restarted', host: null }), after(reserved(), { kind: 'restarted', host: null })];
    expect([[], [out], [out, gone], [none, none, none, none, out], [out, out, gone], [open], [out, open], [after(reserved(), given)], [reserved()]].map(mayPrintCopy)).toEqual([true, true, true, true, false, false, false, false, false]);
  });
  test('a settled entry is never reopened by a printer', () => {
    fc.assert(fc.property(fc.array(progress, { maxLength: 10 }), (events) => {
      const entry = after(reserved(), ...events);
      if (!isSettled(entry.state)) return;
      expect(applyPrint(entry, { kind: 'progress', progress: { kind: 'printed' } }, AT).ok).toBe(false);
    }));
  });
});
