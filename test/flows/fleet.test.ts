import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { alarmsOf } from '../../domain/fleet/alarms.ts';
import { type Clerk, signIn } from '../rigs/clerk.ts';
import { everyDeviceOnline } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let caretaker: Clerk;
beforeAll(async () => {
  world = await openWorld('fleet');
  caretaker = await signIn(world.county.hallUrl, 'admin', 'jinban-demo-admin');
}, 120_000);
afterAll(() => world?.close());

/** The alarms of the machine as the hall's page shows them; null before its first report. */
async function atHall(): Promise<string[] | null> {
  const [machine] = await caretaker.machines();
  return machine?.report == null ? null : alarmsOf(machine.report).map((alarm) => (alarm.kind === 'device' ? `${alarm.grade} ${alarm.device} ${alarm.reason}` : `${alarm.grade} ${alarm.kind}`));
}
const seeAtHall = (what: string, alarms: string[]) => until(what, async () => JSON.stringify(await atHall()) === JSON.stringify(alarms));

describe('what the hall knows of a machine', () => {
  test('a machine in order has no alarm; one without paper has one at once, and none when there is paper again', async () => {
    await seeAtHall('a machine in order', []);
    await world.county.device('ticket-printer', 'paper-out');
    await seeAtHall('the paper out', ['fault ticket-printer paper-out']);
    await world.county.device('ticket-printer', 'refill');
    await seeAtHall('the paper in again', []);
    expect((await caretaker.machines())[0]?.report?.devices['ticket-printer']).toEqual({ kind: 'online', warnings: [] });
  });

  test('what happened without a line is known when it is back, as it then is', async () => {
    world.county.line.cut();
    await world.county.device('document-printer', 'toner-low');
    await world.county.device('ticket-printer', 'open-cover');
    await world.terminal.seeTerminal('both seen', ({ devices }) => devices['ticket-printer']?.kind === 'blocked' && devices['document-printer']?.kind === 'online' && devices['document-printer'].warnings.length > 0);
    expect(await atHall()).toEqual([]);
    world.county.line.restore();
    await seeAtHall('both at the hall', ['fault ticket-printer cover-open', 'warning document-printer toner-low']);
    await world.county.device('ticket-printer', 'close-cover');
    await world.county.device('document-printer', 'toner-full');
    await world.terminal.seeTerminal('all well', everyDeviceOnline);
    await seeAtHall('all well', []);
  });
});
