import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Letter, MessageWord } from '../../domain/contracts/letters.ts';
import { Hash, ulid } from '../../domain/ids.ts';
import { sha256Bytes } from '../../crypto/node.ts';
import { createRig, handInMany, MACHINE, type Rig } from '../test-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const AT = Date.UTC(2026, 10, 23, 1);
const idOf = (serial: number) => ulid(AT + serial, new Uint8Array(10).fill(serial));
const letterOf = (serial: number): Letter => ({ id: idOf(serial), machine: MACHINE, at: new Date(AT).toISOString(), key: { ephemeral: 'AAAA', sealed: 'AAAA' }, sealed: 'AAAA', signature: 'A'.repeat(88) });
const facts = { reference: '留330624-0001-000001', of: 'consult' as const, about: '', anonymous: false, spoken: null, said: { rated: null, reopened: false } };
const message = (serial: number) => rig.store.letters.add({ letter: letterOf(serial), person: 'p', facts, about: null });
const sheet = (serial: number) => rig.store.letters.add({ letter: letterOf(serial), person: '', facts: null, about: null });
const word = (serial: number, change: Partial<MessageWord> = {}): MessageWord => ({ message: idOf(serial), number: 'ZX3306242026000001', due: '2026-12-07', stage: 'registered', reply: null, rating: null, reopened: false, at: new Date(AT).toISOString(), ...change });

describe('letters on the line', () => {
  test('go up once, in their order; the envelope goes, a message stays with what the hall tells of it, a sheet leaves nothing', async () => {
    await message(1);
    await sheet(2);
    await message(1);
    rig.hall.feed.push({ kind: 'message', word: word(1) }, { kind: 'message', word: word(9) });
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, letters: 2, ignoredEntries: 0 });
    expect([...rig.hall.letters.keys()]).toEqual([idOf(1), idOf(2)]);
    expect(await rig.store.letters.message(idOf(1))).toMatchObject({ waiting: false, refused: null, word: { number: 'ZX3306242026000001' }, facts });
    expect([await rig.store.letters.message(idOf(2)), await rig.store.letters.message(idOf(9)), await rig.store.letters.countWaiting()]).toEqual([null, null, 0]);
    expect((await rig.store.letters.messagesOf('p')).map(({ id }) => id)).toEqual([idOf(1)]);
    await rig.sync.runNow();
    expect(rig.hall.requests.filter((request) => request === 'POST /letters')).toHaveLength(2);
  });

  test('an answer that is lost, a letter that the hall fails on, one that it refuses: none of them holds up cases', async () => {
    await handInMany(rig.store, 1);
    for (const serial of [1, 2, 3]) await message(serial);
    rig.hall.faults.poison.add(idOf(1));
    rig.hall.letters.set(idOf(2), { kind: 'refused', reason: 'unreadable' });
    rig.hall.faults.cutAfter.push({ path: '/letters', times: 1 });
    expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'unreachable' }, acknowledged: 1 });
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, letters: 2 });
    expect(await rig.store.letters.message(idOf(1))).toMatchObject({ waiting: true });
    expect(await rig.store.letters.message(idOf(2))).toMatchObject({ waiting: false, refused: 'unreadable' });
    expect(rig.events).toContainEqual({ event: 'letter-not-taken', letter: idOf(1), why: 'server-fault' });
    expect(rig.events).toContainEqual({ event: 'letter-refused', letter: idOf(2), why: 'unreadable' });
    for (const serial of [5, 6, 7]) {
      await message(serial);
      rig.hall.faults.poison.add(idOf(serial));
    }
    // A sick hall is left alone after three.
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, letters: 0 });
    expect(rig.hall.letters.size).toBe(2);
  });

  test('an older hall is not asked; they wait for its update, and so does a recording for its letter', async () => {
    rig.hall.protocol = 3;
    const sealed = new Uint8Array(3000).fill(7);
    const hash = Hash.parse(sha256Bytes(sealed));
    await rig.store.letters.recordings.put(idOf(1), { hash, sealed });
    await message(1);
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, letters: 0 });
    expect(rig.hall.requests).not.toContain('POST /letters');
    expect(rig.hall.blobs.size).toBe(0);
    rig.hall.protocol = 4;
    // The update is heard with the next token.
    rig.hall.expireTokens();
    await rig.sync.runNow();
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, letters: 1 });
    expect(rig.hall.blobs.get(hash)?.length).toBe(3000);
    expect(await rig.store.letters.recordings.sealed(idOf(1))).toBeNull();
  });

  test('a recording that was never sent is dropped, one that goes with its letter is not; closed messages are let go of after their time', async () => {
    const sealed = new Uint8Array(10);
    const hash = Hash.parse(sha256Bytes(sealed));
    for (const serial of [1, 2]) await rig.store.letters.recordings.put(idOf(serial), { hash, sealed });
    await message(1);
    for (const serial of [1, 2]) await rig.store.letters.recordings.drop(idOf(serial));
    expect([await rig.store.letters.recordings.sealed(idOf(1)), await rig.store.letters.recordings.sealed(idOf(2))]).toEqual([sealed, null]);
    await message(3);
    await rig.sync.runNow();
    await rig.store.letters.hear(word(1, { stage: 'closed' }));
    await rig.store.letters.hear(word(3, { stage: 'replied' }));
    await rig.store.letters.purge('2026-11-22T00:00:00.000Z');
    expect(await rig.store.letters.messagesOf('p')).toHaveLength(2);
    await rig.store.letters.purge('2026-11-24T00:00:00.000Z');
    expect((await rig.store.letters.messagesOf('p')).map(({ id }) => id)).toEqual([idOf(3)]);
  });
});
