import { describe, expect, test } from 'vitest';
import type { DriverFailure } from './driver.ts';
import type { PrinterOfFacts } from './test-printer.ts';
import { complete, NAME, printerOfFacts, set } from './test-printer.ts';
import { TIMING } from './types.ts';

test('a job that goes well is printed, and is told as sent before its first byte', async () => {
  const held = printerOfFacts();
  held.clock.at(1_000, () => complete(held));
  expect(await held.run()).toEqual({ outcome: { kind: 'printed' }, left: false, counts: true });
  expect(held.told).toEqual(['sent@0']);
  expect(held).toMatchObject({ sends: 1, cancels: 0 });
});

describe('paper runs out in the job', () => {
  function withoutPaper(impressions: number): PrinterOfFacts {
    const held = printerOfFacts();
    held.clock.at(1_000, () => {
      held.printer = { ...held.printer, state: 'stopped', reasons: ['media-empty-error'] };
      set(held, { state: 'processing-stopped', impressions });
    });
    held.onCancel = () => set(held, { state: 'canceled' });
    return held;
  }

  test('before any sheet: cancelled, so that nothing comes out for the next person, and not printed', async () => {
    const held = withoutPaper(0);
    expect(await held.run()).toMatchObject({ outcome: { kind: 'not-printed', reason: 'paper-out' }, left: false });
    expect(held.cancels).toBe(1);
    expect(held.clock.monotonic()).toBeLessThan(6_000);
  });

  test('after a sheet: cancelled, and unknown', async () => {
    expect(await withoutPaper(1).run()).toMatchObject({ outcome: { kind: 'unknown', reason: 'paper-out' }, left: false });
  });

  test('a stop shorter than the grace is no reason to cancel', async () => {
    const held = withoutPaper(0);
    held.clock.at(2_000, () => {
      held.printer = { ...held.printer, state: 'processing', reasons: ['none'] };
      set(held, { state: 'processing' });
    });
    held.clock.at(5_000, () => complete(held));
    expect((await held.run()).outcome).toEqual({ kind: 'printed' });
    expect(held.cancels).toBe(0);
  });

  test('a printer that does not confirm the cancel leaves the job behind', async () => {
    const held = withoutPaper(0);
    held.onCancel = () => undefined;
    expect(await held.run()).toMatchObject({ outcome: { kind: 'unknown', reason: 'paper-out' }, left: true });
  });

  test('a printer that came to its end before the cancel has printed', async () => {
    const held = withoutPaper(0);
    held.onCancel = () => {
      held.printer = { ...held.printer, state: 'idle', reasons: ['none'] };
      complete(held);
    };
    expect((await held.run()).outcome).toEqual({ kind: 'printed' });
  });
});

test('a jam leaves the outcome open, even when nothing was counted', async () => {
  const held = printerOfFacts();
  held.clock.at(1_000, () => {
    held.printer = { ...held.printer, reasons: ['media-jam-warning'] };
  });
  held.onCancel = () => set(held, { state: 'canceled' });
  expect((await held.run()).outcome).toEqual({ kind: 'unknown', reason: 'jam' });
});

test('a jam that was cleared while the job ran on still leaves it open', async () => {
  const held = printerOfFacts();
  held.clock.at(1_000, () => {
    held.printer = { ...held.printer, reasons: ['media-jam-error'] };
  });
  held.clock.at(1_900, () => {
    held.printer = { ...held.printer, reasons: ['none'] };
  });
  held.clock.at(4_000, () => complete(held));
  expect((await held.run()).outcome).toEqual({ kind: 'unknown', reason: 'jam' });
});

describe('the caller stops', () => {
  test('while the job runs: cancelled', async () => {
    const held = printerOfFacts();
    held.clock.at(1_000, () => held.stop.abort());
    held.onCancel = () => set(held, { state: 'canceled' });
    expect((await held.run()).outcome).toEqual({ kind: 'not-printed', reason: 'cancelled' });
  });

  test('before anything was sent: nothing is sent', async () => {
    const held = printerOfFacts();
    held.stop.abort();
    expect((await held.run()).outcome).toEqual({ kind: 'not-printed', reason: 'cancelled' });
    expect(held).toMatchObject({ sends: 0, told: [] });
  });

  test('while the document is on its way: a printer that then knows of no such job leaves it unknown, and cancelled is why', async () => {
    const held = printerOfFacts();
    held.onSend = () => {
      held.stop.abort();
      return { kind: 'cancelled', sent: true };
    };
    expect(await held.run()).toMatchObject({ outcome: { kind: 'unknown', reason: 'cancelled' }, left: true });
  });
});

describe('sending', () => {
  test('a busy printer is asked again; a refusal prints nothing', async () => {
    const held = printerOfFacts();
    const take = held.onSend;
    let refusals = 3;
    held.onSend = (name) => (refusals-- > 0 ? { kind: 'busy' } : take(name));
    held.clock.at(4_000, () => complete(held));
    expect((await held.run()).outcome).toEqual({ kind: 'printed' });
    expect(held.sends).toBe(4);
  });

  test('a printer that stays busy is given up', async () => {
    const held = printerOfFacts();
    held.onSend = () => ({ kind: 'busy' });
    expect((await held.run()).outcome).toEqual({ kind: 'not-printed', reason: 'busy' });
    expect(held.clock.monotonic()).toBeGreaterThanOrEqual(TIMING.busy);
  });

  test.each<[DriverFailure, string]>([
    [{ kind: 'unreachable' }, 'offline'],
    [{ kind: 'refused', why: 'no-permission' }, 'refused'],
    [{ kind: 'cancelled', sent: false }, 'cancelled'],
  ])('%j: nothing was sent', async (failure, reason) => {
    const held = printerOfFacts();
    held.onSend = () => failure;
    expect((await held.run()).outcome).toEqual({ kind: 'not-printed', reason });
    expect(held.sends).toBe(1);
  });

  const broken: DriverFailure[] = [{ kind: 'lost' }, { kind: 'timeout' }, { kind: 'garbled' }];
  test.each(broken)('%j: never accepted, as far as the printer knows: unknown, and looked for later', async (failure) => {
    const held = printerOfFacts();
    held.onSend = () => failure;
    expect(await held.run()).toMatchObject({ outcome: { kind: 'unknown', reason: 'connection-lost' }, left: true });
    expect(held.sends).toBe(1);
  });

  test.each(broken)('%j: the printer has it, perhaps half of it: cancelled', async (failure) => {
    const held = printerOfFacts();
    const take = held.onSend;
    held.onSend = (name) => take(name) ?? failure;
    held.onCancel = () => set(held, { state: 'canceled' });
    expect((await held.run()).outcome).toEqual({ kind: 'not-printed', reason: 'connection-lost' });
    expect(held).toMatchObject({ sends: 1, cancels: 1 });
  });

  test('the printer lists it a moment later', async () => {
    const held = printerOfFacts();
    const take = held.onSend;
    held.onSend = () => ({ kind: 'lost' });
    let looked = false;
    held.clock.at(1_900, () => (looked = held.missing));
    held.clock.at(2_000, () => take(NAME));
    held.onCancel = () => set(held, { state: 'canceled' });
    expect((await held.run()).outcome).toEqual({ kind: 'not-printed', reason: 'connection-lost' });
    expect([looked, held.missing]).toEqual([true, false]);
  });

  test('the printer says that it has it whole: followed to its end', async () => {
    const held = printerOfFacts();
    const take = held.onSend;
    held.onSend = (name) => {
      take(name);
      set(held, { size: 3 });
      return { kind: 'timeout' };
    };
    held.clock.at(2_000, () => complete(held));
    expect((await held.run()).outcome).toEqual({ kind: 'printed' });
    expect(held.cancels).toBe(0);
  });

  test('half of it came out as a whole job before anybody could cancel: unknown', async () => {
    const held = printerOfFacts();
    const take = held.onSend;
    held.onSend = (name) => {
      take(name);
      complete(held);
      return { kind: 'lost' };
    };
    expect((await held.run()).outcome).toEqual({ kind: 'unknown', reason: 'connection-lost' });
  });
});

describe('the connection is lost in the job', () => {
  const away: DriverFailure = { kind: 'unreachable' };

  test('and comes back: followed to its end', async () => {
    const held = printerOfFacts();
    held.clock.at(1_000, () => (held.broken = away));
    held.clock.at(20_000, () => (held.broken = null));
    held.clock.at(21_000, () => complete(held));
    expect((await held.run()).outcome).toEqual({ kind: 'printed' });
  });

  test('and stays away: unknown, and left behind', async () => {
    const held = printerOfFacts();
    held.clock.at(1_000, () => (held.broken = away));
    expect(await held.run()).toMatchObject({ outcome: { kind: 'unknown', reason: 'connection-lost' }, left: true });
    expect(held.clock.monotonic()).toBeGreaterThan(TIMING.lost);
  });

  test('the printer lost power and forgot the job: unknown', async () => {
    const held = printerOfFacts();
    held.clock.at(1_000, () => (held.broken = away));
    held.clock.at(5_000, () => {
      held.broken = null;
      held.job = null;
    });
    expect(await held.run()).toMatchObject({ outcome: { kind: 'unknown', reason: 'job-forgotten' }, left: false });
  });

  test('another job got the old number after a power cut: the name tells them apart', async () => {
    const held = printerOfFacts();
    held.clock.at(1_000, () => {
      held.job = { id: 1, name: 'somebody-else', state: 'completed', reasons: [], impressions: 1, size: null };
    });
    expect((await held.run()).outcome).toEqual({ kind: 'unknown', reason: 'job-forgotten' });
  });
});

test('a job of this name that the printer has already is followed and not sent again', async () => {
  const held = printerOfFacts();
  held.job = { id: 9, name: NAME, state: 'completed', reasons: [], impressions: 1, size: 3 };
  expect((await held.run()).outcome).toEqual({ kind: 'printed' });
  expect(held.sends).toBe(0);
});

test('a job without end is cancelled after its time', async () => {
  const held = printerOfFacts();
  held.onCancel = () => set(held, { state: 'canceled' });
  expect((await held.run()).outcome).toEqual({ kind: 'not-printed', reason: 'too-slow' });
  expect(held.clock.monotonic()).toBeLessThan(TIMING.job + 2_000);
});

test('a printer that ends a job well with a count of 0 is not believed again when it says 0', async () => {
  const held = printerOfFacts();
  held.clock.at(1_000, () => set(held, { state: 'completed', impressions: 0 }));
  const first = await held.run();
  expect(first).toMatchObject({ outcome: { kind: 'printed' }, counts: false });
  const again = printerOfFacts();
  again.follower.counts = first.counts;
  again.clock.at(1_000, () => again.stop.abort());
  again.onCancel = () => set(again, { state: 'canceled' });
  expect((await again.run()).outcome).toEqual({ kind: 'unknown', reason: 'cancelled' });
});

test('a printer that calls completed what it was told to stop has perhaps printed, and is believed again', async () => {
  const held = printerOfFacts();
  held.clock.at(1_000, () => held.stop.abort());
  held.onCancel = () => set(held, { state: 'completed', impressions: 0 });
  expect(await held.run()).toMatchObject({ outcome: { kind: 'unknown', reason: 'cancelled' }, counts: true });
});

test('no timer is left behind', async () => {
  const held = printerOfFacts();
  held.clock.at(1_000, () => complete(held));
  await held.run();
  expect(held.clock.pending()).toBe(0);
});
