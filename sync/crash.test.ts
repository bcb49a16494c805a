import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, verifier } from '../crypto/node.ts';
import { verifyChain } from '../domain/action/chain.ts';
import { createSync } from './sync.ts';
import { createRig, createTestRandom, MACHINE, type Rig, STORE_KEY } from './test-rig.ts';
import { openTerminalStore } from './terminal-store/index.ts';
import { createHallTransport } from './transport/http.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

/** Runs the child until it has said `lines` lines, then kills it without warning; answers what it said. */
async function killAfter(lines: number, from: number): Promise<string[]> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./append-child.ts', import.meta.url)), join(rig.folder, 'killed.db'), rig.key.privateKey, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  const ended = new Promise<unknown>((tell) => child.once('exit', (_, signal) => tell(signal)));
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length >= lines) child.kill('SIGKILL');
  }
  expect(await ended).toBe('SIGKILL');
  return said;
}

describe('a terminal killed between hand-in and upload', () => {
  test('keeps every hand-in that it confirmed, never uses a number again, and the hall gets one of each', async () => {
    const said = [...(await killAfter(40, 1)), ...(await killAfter(25, 1001)), ...(await killAfter(3, 2001))];
    const opened = await openTerminalStore({ file: join(rig.folder, 'killed.db'), key: STORE_KEY, nativeBinding: null, signer: createSigner(MACHINE, rig.key.privateKey), clock: rig.clock, boot: 'boot-2', random: createTestRandom() });
    if (!opened.ok) return expect.unreachable(opened.error.kind);
    const store = opened.value;
    const chain = await store.log.all();
    expect(verifyChain(chain, MACHINE, rig.key.publicKey, verifier)).toMatchObject({ entries: chain.length, faults: [] });
    const numbers = chain.map(({ payload }) => (payload.kind === 'handed-in' ? payload.number.value : ''));
    expect(new Set(numbers).size).toBe(chain.length);
    for (const line of said) {
      const [sequence, number] = line.split(' ');
      expect(numbers[Number(sequence) - 1]).toBe(number);
    }
    // Each kill may leave one hand-in that is durable and was not said.
    expect(chain.length - said.length).toBeGreaterThanOrEqual(0);
    expect(chain.length - said.length).toBeLessThanOrEqual(3);

    const sync = createSync({ store, transport: createHallTransport({ baseUrl: rig.hall.url, signer: createSigner(MACHINE, rig.key.privateKey), clock: rig.clock }), verifier, clock: rig.clock, random: createTestRandom(), log: () => undefined });
    await sync.enrol({ code: 'right-code', publicKey: rig.key.publicKey });
    rig.hall.faults.cutAfter.push({ path: '/intake', times: 1 });
    expect((await sync.runNow()).failure).toEqual({ kind: 'unreachable' });
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: chain.length, blobs: chain.length });
    expect([...rig.hall.stored.values()].map(({ sequence }) => sequence)).toEqual(chain.map(({ sequence }) => sequence));
    expect(await store.log.waiting()).toBe(0);
    await sync.stop();
    await store.close();
  }, 60_000);
});
