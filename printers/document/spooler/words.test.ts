/** Every status word of the spooler, and what follows from it. The numbers are written out: they are Windows' own (winspool.h). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../reasons.ts';
import { hasBegun, JOB_STATUS, PRINTER_STATUS, spoolerJobState, spoolerPrinter } from './words.ts';

describe('a job', () => {
  /** Status, its state where the port says only that it has left, its state where it says the true end, whether anything of it may have left. */
  test.each<[string, number, string, string, boolean]>([
    ['none', 0x0000, 'pending', 'pending', false],
    ['PAUSED', 0x0001, 'processing-stopped', 'processing-stopped', false],
    ['ERROR', 0x0002, 'processing-stopped', 'processing-stopped', false],
    ['DELETING', 0x0004, 'processing', 'processing', false],
    ['SPOOLING', 0x0008, 'pending', 'pending', false],
    ['PRINTING', 0x0010, 'processing', 'processing', true],
    ['OFFLINE', 0x0020, 'processing-stopped', 'processing-stopped', false],
    ['PAPEROUT', 0x0040, 'processing-stopped', 'processing-stopped', false],
    ['PRINTED', 0x0080, 'completed', 'completed', true],
    ['DELETED', 0x0100, 'canceled', 'canceled', false],
    ['BLOCKED_DEVQ', 0x0200, 'processing-stopped', 'processing-stopped', false],
    ['USER_INTERVENTION', 0x0400, 'processing-stopped', 'processing-stopped', false],
    ['RESTART', 0x0800, 'processing', 'processing', true],
    ['COMPLETE', 0x1000, 'completed', 'processing', true],
    ['RETAINED', 0x2000, 'pending', 'pending', true],
    ['RENDERING_LOCALLY', 0x4000, 'pending', 'pending', false],
    ['SPOOLING | PRINTING', 0x0018, 'processing', 'processing', true],
    ['PRINTING | PAPEROUT | ERROR', 0x0052, 'processing-stopped', 'processing-stopped', true],
    ['PRINTING | OFFLINE', 0x0030, 'processing-stopped', 'processing-stopped', true],
    ['PRINTED | RETAINED', 0x2080, 'completed', 'completed', true],
    ['COMPLETE | RETAINED', 0x3000, 'completed', 'processing', true],
    ['COMPLETE | PRINTED', 0x1080, 'completed', 'completed', true],
    ['COMPLETE | PAPEROUT', 0x1040, 'completed', 'processing-stopped', true],
    ['PRINTING | DELETING', 0x0014, 'processing', 'processing', true],
    ['DELETED | PRINTED', 0x0180, 'canceled', 'canceled', true],
    ['a bit that is reserved', 0x8000, 'pending', 'pending', false],
  ])('%s', (_, status, sent, printed, begun) => {
    expect([spoolerJobState(status, 'sent'), spoolerJobState(status, 'printed'), hasBegun(status)]).toEqual([sent, printed, begun]);
  });

  test('whose port says the true end is completed by PRINTED alone', () => {
    fc.assert(fc.property(fc.nat(0xffff), (status) => {
      expect(spoolerJobState(status, 'printed') === 'completed').toBe((status & 0x0080) !== 0 && (status & 0x0100) === 0);
    }));
  });

  test('that is completed or goes on has begun: none of them is ever said not to be printed', () => {
    fc.assert(fc.property(fc.nat(0xffff), fc.constantFrom('sent' as const, 'printed' as const), (status, end) => {
      if (spoolerJobState(status, end) === 'completed') expect(hasBegun(status)).toBe(true);
    }));
  });
});

describe('a printer', () => {
  /** Status, what it is blocked by as everybody is told, what it warns of, whether it is away. */
  test.each<[string, number, string | null, string[], boolean, string]>([
    ['none', 0x0, null, [], false, 'idle'],
    ['PAUSED', 0x1, 'not-available', [], false, 'stopped'],
    ['ERROR', 0x2, 'fault', [], false, 'stopped'],
    ['PENDING_DELETION', 0x4, 'not-available', [], false, 'stopped'],
    ['PAPER_JAM', 0x8, 'jam', [], false, 'stopped'],
    ['PAPER_OUT', 0x10, 'paper-out', [], false, 'stopped'],
    ['MANUAL_FEED', 0x20, 'paper-out', [], false, 'stopped'],
    ['PAPER_PROBLEM', 0x40, 'fault', [], false, 'stopped'],
    ['OFFLINE', 0x80, null, [], true, 'idle'],
    ['IO_ACTIVE', 0x100, null, [], false, 'processing'],
    ['BUSY', 0x200, null, [], false, 'processing'],
    ['PRINTING', 0x400, null, [], false, 'processing'],
    ['OUTPUT_BIN_FULL', 0x800, 'tray-full', [], false, 'stopped'],
    ['NOT_AVAILABLE', 0x1000, null, [], true, 'idle'],
    ['WAITING', 0x2000, null, [], false, 'idle'],
    ['PROCESSING', 0x4000, null, [], false, 'processing'],
    ['INITIALIZING', 0x8000, null, [], false, 'idle'],
    ['WARMING_UP', 0x1_0000, null, [], false, 'idle'],
    ['TONER_LOW', 0x2_0000, null, ['toner-low'], false, 'idle'],
    ['NO_TONER', 0x4_0000, 'toner-empty', [], false, 'stopped'],
    ['PAGE_PUNT', 0x8_0000, 'fault', [], false, 'stopped'],
    ['USER_INTERVENTION', 0x10_0000, 'fault', [], false, 'stopped'],
    ['OUT_OF_MEMORY', 0x20_0000, 'fault', [], false, 'stopped'],
    ['DOOR_OPEN', 0x40_0000, 'cover-open', [], false, 'stopped'],
    ['SERVER_UNKNOWN', 0x80_0000, null, ['fault'], false, 'idle'],
    ['POWER_SAVE', 0x100_0000, null, [], false, 'idle'],
    ['SERVER_OFFLINE', 0x200_0000, null, [], true, 'idle'],
    ['DRIVER_UPDATE_NEEDED', 0x400_0000, null, ['fault'], false, 'idle'],
    ['PAPER_OUT | ERROR', 0x12, 'paper-out', [], false, 'stopped'],
  ])('%s', (_, status, blocked, warnings, away, state) => {
    const seen = spoolerPrinter({ status, attributes: 0 }, []);
    const judged = judge(seen.reasons);
    expect([judged.blocked?.reason ?? null, judged.warnings, seen.away, seen.state]).toEqual([blocked, warnings, away, state]);
  });

  test('is away when Windows, or the job in it, says off-line; stands when the job says why', () => {
    expect(spoolerPrinter({ status: 0, attributes: 0x400 }, []).away).toBe(true);
    expect(spoolerPrinter({ status: 0, attributes: 0x100 }, []).away).toBe(false);
    expect(spoolerPrinter({ status: 0, attributes: 0 }, [0x0030]).away).toBe(true);
    expect(spoolerPrinter({ status: 0, attributes: 0 }, [0x2080, 0x0052])).toEqual({ away: false, state: 'stopped', reasons: ['media-empty-error', 'other-error'] });
  });

  test('is stopped exactly when it has a reason for it', () => {
    fc.assert(fc.property(fc.nat(0x7ff_ffff), fc.array(fc.nat(0x7fff), { maxLength: 3 }), (status, jobs) => {
      const { state, reasons } = spoolerPrinter({ status, attributes: 0 }, jobs);
      expect(state === 'stopped').toBe(judge(reasons).blocked !== null);
    }));
  });
});

test('no bit is named twice, and every one is named', () => {
  for (const [table, bits] of [[JOB_STATUS, 15], [PRINTER_STATUS, 27]] as const) expect(Object.values(table).toSorted((left, right) => left - right)).toEqual(Array.from({ length: bits }, (_, index) => 2 ** index));
});
