import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createSigner, sha256 } from '../crypto/node.ts';
import { MachineId } from '../domain/ids.ts';
import { PROTOCOL } from '../domain/contracts/hall.ts';
import { enrolTerminal, openTestDatabase, startHall, type TestHall } from '../test/fixtures/hall.ts';
import type { HallDatabase } from './db/database.ts';
import { addMachine, challengeText } from './identity/machines.ts';

/**
 * What a terminal of protocol 1 said to a hall of protocol 1, and heard: recorded once from those programs and never changed. `*` stands for what differs
 * from hall to hall. A terminal of that version reads its answers strictly, so an answer with one member more is as bad as one with a member less.
 */
const Recorded = z.strictObject({
  machine: MachineId, publicKey: z.string(), privateKey: z.string(),
  exchanges: z.array(z.strictObject({ method: z.string(), path: z.string(), headers: z.record(z.string(), z.string()), body: z.unknown(), status: z.int(), answer: z.unknown() })),
});
const recorded = Recorded.parse(JSON.parse(readFileSync(new URL('../test/fixtures/protocol-1.json', import.meta.url), 'utf8')));

/** `protocol`: the newest version of the hall; a terminal takes its own from what it speaks. */
const DIFFERS = new Set(['protocol', 'signature', 'signing', 'wrapping', 'challenge', 'token', 'id', 'item']);

function masked(value: unknown, name = ''): unknown {
  if (DIFFERS.has(name)) return '*';
  if (Array.isArray(value)) return value.map((each) => masked(each));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each, key)]));
  return value;
}

describe('a terminal of the last protocol', () => {
  let db: HallDatabase;
  let hall: TestHall;
  let code: string;
  beforeAll(async () => {
    db = await openTestDatabase({ kind: 'pglite', folder: null });
    hall = await startHall(db);
    const made = await addMachine(hall.hall.ground, recorded.machine);
    if (!made.ok) throw new Error(made.error.kind);
    code = made.value;
  }, 60_000);
  afterAll(async () => {
    await hall.close();
    await db.close();
  });

  test('is answered as it was then, word for word', async () => {
    const signer = createSigner(recorded.machine, recorded.privateKey);
    let challenge = '';
    let token = '';
    for (const { method, path, headers, body, status, answer } of recorded.exchanges) {
      const said = path === '/api/v1/enrolments' ? { ...z.record(z.string(), z.unknown()).parse(body), code }
        : path === '/api/v1/tokens' ? { machine: recorded.machine, challenge, signature: signer.sign(sha256(challengeText(recorded.machine, challenge))) } : body;
      const text = said === null ? undefined : JSON.stringify(said);
      const heard = await fetch(hall.url + path, {
        method, headers: { ...headers, ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
        ...(text === undefined ? {} : { body: headers['content-encoding'] === 'gzip' ? gzipSync(text) : text }),
      });
      const value: unknown = await heard.json();
      expect({ path, status: heard.status, answer: masked(value) }).toEqual({ path, status, answer: masked(answer) });
      challenge = z.object({ challenge: z.string() }).safeParse(value).data?.challenge ?? challenge;
      token = z.object({ value: z.object({ token: z.string() }) }).safeParse(value).data?.value.token ?? token;
    }
  });

  test.each([0, PROTOCOL + 1])('version %d is refused: one that ended, or one to come', async (protocol) => {
    const { call } = await enrolTerminal(hall, `T330624-001${protocol}`);
    expect((await call('POST', '/intake', { protocol, actions: [] })).status).toBe(400);
  });
});
