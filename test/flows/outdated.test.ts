import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hashPassword } from '../../crypto/passwords.ts';
import type { CaretakerView } from '../../domain/contracts/caretaker.ts';
import { PROTOCOL } from '../../domain/contracts/hall.ts';
import { comeBack, ELDER_CARD, fillIn, handIn, leave, well } from '../rigs/citizen.ts';
import { openWorld, type World } from '../rigs/world.ts';

const PIN = '246810';

let world: World;
/** The hall was updated and speaks nothing that this terminal knows. */
let tooNew = false;

beforeAll(async () => {
  const line = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (tooNew && pathname !== '/api/v1/about') return new Response(null, { status: 400 });
    const answer = await line(input, init);
    return tooNew ? Response.json({ ...(await answer.json() as object), protocol: PROTOCOL + 2, oldest: PROTOCOL + 1 }) : answer;
  });
  world = await openWorld('outdated', { settings: { caretaker: { pin: await hashPassword(PIN) } } });
}, 120_000);

afterAll(async () => {
  await world?.close();
  vi.restoreAllMocks();
});

async function atTheCaretakers(): Promise<CaretakerView> {
  await well(world.terminal.kiosk.caretaker.enter({ pin: PIN }));
  for await (const view of await world.terminal.kiosk.caretaker.view()) if (view.kind === 'open') return view;
  throw new Error('the view ended');
}

test('a hall that no longer speaks with this terminal: hand-ins are taken and said to wait, the caretaker is told whom to call, and after the update they travel', async () => {
  const { terminal, county } = world;
  expect(await atTheCaretakers()).toMatchObject({ outdated: null });
  tooNew = true;
  await fillIn(terminal, county, { code: ELDER_CARD, card: 'zhang' });
  await handIn(terminal);
  expect((await terminal.seeTerminal('the hall out of reach', ({ line }) => line === 'outdated')).waiting).toBe(1);
  expect(terminal.view().handedIn).toMatchObject({ travel: 'waiting-to-travel' });
  await leave(terminal);
  await comeBack(terminal, county, 'zhang');
  expect(terminal.view().cases).toMatchObject([{ travel: 'waiting-to-travel', holder: expect.stringContaining('等待送达') }]);
  await leave(terminal);
  expect(await atTheCaretakers()).toMatchObject({ outdated: { program: expect.stringMatching(/^\d+\./), protocol: PROTOCOL, oldest: PROTOCOL + 1 }, waiting: { cases: 1 } });

  // Core starts anew, as it does with an updated program.
  await world.restartTerminal(() => {
    tooNew = false;
  });
  expect(await world.terminal.seeTerminal('nothing waiting', ({ waiting }) => waiting === 0)).toMatchObject({ line: 'online' });
  await comeBack(world.terminal, county, 'zhang');
  expect(world.terminal.view().cases).toMatchObject([{ travel: 'received-by-hall' }]);
}, 60_000);
