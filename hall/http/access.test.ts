import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { consoleContract, type ConsoleCall } from '../../domain/contracts/console.ts';
import { Role } from '../../domain/contracts/staff.ts';
import { DEMANDS, mayCall } from '../../domain/staff/rights.ts';
import { consoleAt, PGLITE, signInAt, type TestConsole } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';

const CALLS = Object.keys(consoleContract) as ConsoleCall[];
const SLOW = 120_000;

/** The call's own method and address, with something that can stand in each of its places. */
function addressOf(call: ConsoleCall): { method: string; path: string } {
  const { method = 'POST', path = '' } = consoleContract[call]['~orpc'].route;
  return { method, path: path.replaceAll(/\{\+?\w+\}/g, '01M8CTHRMARXQYW1Z36C86F0R0') };
}

describe('who may make which call of the console', () => {
  const served = hallOfSuite(PGLITE);

  /** What the hall says to a call without anything sensible in it: what is not allowed is refused before anybody looks at that. */
  async function statusOf(who: TestConsole, call: ConsoleCall, headers: Record<string, string> = {}): Promise<number> {
    const { method, path } = addressOf(call);
    return (await who.call(method, path, method === 'GET' ? undefined : { junk: true }, headers)).status;
  }

  test('every call that is not open to all is refused to whoever has no session, and to a session that is made up', async () => {
    const guarded = CALLS.filter((call) => DEMANDS[call] !== 'open');
    expect(guarded.length).toBeGreaterThan(40);
    const answers = async (headers: Record<string, string>) => Object.fromEntries(await Promise.all(guarded.map(async (call) => [call, await statusOf(consoleAt(served.hall.url), call, headers)])));
    const refused = Object.fromEntries(guarded.map((call) => [call, 401]));
    expect(await answers({})).toEqual(refused);
    expect(await answers({ cookie: `jinban_session=${'A'.repeat(43)}` })).toEqual(refused);
  }, SLOW);

  test.each(Role.options)('%s: each call is refused or let in as the table says', async (role) => {
    const who = await signInAt(served.hall, `somebody-${role}`, role);
    const calls = CALLS.filter((call) => DEMANDS[call] !== 'open');
    const answers = Object.fromEntries(await Promise.all(calls.map(async (call) => {
      const status = await statusOf(who, call);
      return [call, status === 403 ? 'refused' : status === 401 ? 'no session' : 'let in'];
    })));
    expect(answers).toEqual(Object.fromEntries(calls.map((call) => [call, mayCall(role, call) ? 'let in' : 'refused'])));
  }, SLOW);

  test('whatever another site sends is refused, signed in or not', async () => {
    const who = await signInAt(served.hall, 'somebody-clerk', 'clerk');
    const writes = CALLS.filter((call) => addressOf(call).method !== 'GET');
    for (const origin of ['https://evil.example', 'null']) {
      const answers = await Promise.all(writes.map((call) => statusOf(who, call, { origin })));
      expect(new Set(answers)).toEqual(new Set([403]));
    }
  }, SLOW);

  test('no call takes a field that its contract does not name', async () => {
    // An object's members are what its schema lists: a strict one refuses others, and a query's are passed over because they are text in an address.
    const loose = CALLS.filter((call) => {
      const { inputSchema, route: { method } } = consoleContract[call]['~orpc'];
      return inputSchema instanceof z.ZodType && method !== 'GET' && inputSchema.safeParse({ isAdministrator: true }).error?.issues.some(({ code }) => code === 'unrecognized_keys') !== true;
    });
    // A notice is another publisher's file.
    expect(loose).toEqual(['importNotice']);
  });
});
