import { describe, expect, test } from 'vitest';
import type { MachineReport } from '../../domain/contracts/fleet.ts';
import { err, ok } from '../../domain/result.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import type { HallTransport, TransportFailure } from '../transport/types.ts';
import type { Run } from '../types.ts';
import { createReporter } from './report.ts';

const well: MachineReport = { at: '2026-11-23T01:00:00.000Z', devices: { 'ticket-printer': { kind: 'online', warnings: [] } }, unknownPrints: 0, blanks: [], printed: {}, room: 'enough', selfTest: null };

/** A machine with a hall that answers as it is told. */
function machine() {
  const clock = testClock();
  const rig = {
    clock, report: well, said: [] as MachineReport[], failure: null as TransportFailure | null,
    send: () => reporter.send({ transport: { report } as unknown as HallTransport, signal: new AbortController().signal } as Run),
  };
  const report: HallTransport['report'] = async (told) => {
    if (rig.failure !== null) return err(rig.failure);
    rig.said.push(told);
    return ok('taken');
  };
  const reporter = createReporter(clock, async () => ({ ...rig.report, at: new Date(clock.now()).toISOString() }));
  return rig;
}

describe('the report of a machine', () => {
  test('is said once, and again when something has changed, or after an hour', async () => {
    const rig = machine();
    for (let run = 0; run < 3; run += 1) {
      await rig.send();
      rig.clock.advance(60_000);
    }
    expect(rig.said).toHaveLength(1);
    rig.report = { ...well, devices: { 'ticket-printer': { kind: 'blocked', reason: 'paper-out' } } };
    await rig.send();
    expect(rig.said.at(-1)?.devices).toEqual({ 'ticket-printer': { kind: 'blocked', reason: 'paper-out' } });
    rig.clock.advance(3_600_000);
    await rig.send();
    expect(rig.said).toHaveLength(3);
  });

  test('that did not arrive is said with the next run; a hall that cannot take it does not end the run, a line that is gone does', async () => {
    const rig = machine();
    rig.failure = { kind: 'unreachable' };
    expect(await rig.send()).toEqual({ kind: 'unreachable' });
    rig.failure = { kind: 'protocol', status: 404 };
    expect(await rig.send()).toBeNull();
    rig.failure = null;
    expect(await rig.send()).toBeNull();
    expect(rig.said).toHaveLength(1);
  });
});
