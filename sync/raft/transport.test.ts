import { request } from 'node:http';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey, sha256, verifier } from '../../crypto/node.ts';
import { generateSealKey, generateWrappingKey, type WrappingKeyPair } from '../../crypto/seal.ts';
import type { ActionSigner } from '../../domain/action/types.ts';
import { MachineId } from '../../domain/ids.ts';
import { shiftClock } from '../../test/rigs/clock.ts';
import { type Group, groupHash, type Member } from './group.ts';
import { createReader, outgoingRoad, sealAnswer } from './envelope.ts';
import { openSiteTransport, type SiteRoad, type SiteTransport } from './transport.ts';
import type { Message, RaftEvent } from './types.ts';

const HOST = '127.0.0.1';
const ASK: Message = { kind: 'request-vote', preVote: false, term: 3, lastLogIndex: 2, lastLogTerm: 1 };

type Site = { machine: MachineId; key: { privateKey: string; publicKey: string }; sealKeys: WrappingKeyPair; site: SiteTransport; events: RaftEvent[]; heard: { from: MachineId; message: Message }[]; road: SiteRoad };
type Recorded = { headers: Record<string, string>; body: string; failed: boolean };
const open: SiteTransport[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((site) => site.close()));
});

/** Machines that hear each other. @param recorded what was sent, as it went over the line */
async function sites(count: number, recorded: Recorded[] = []): Promise<{ all: Site[]; group: Group }> {
  const opened = await Promise.all(Array.from({ length: count }, async (_, place) => {
    const machine = MachineId.parse(`T330624-000${place + 1}`);
    const [key, sealKeys] = [generateSigningKey(), generateWrappingKey()];
    const events: RaftEvent[] = [];
    const site = await openSiteTransport({
      host: HOST, port: 0, signer: createSigner(machine, key.privateKey), sealKeys, verifier, clock: shiftClock(), random: (bytes) => randomBytes(bytes), log: (event) => events.push(event),
      fetch(url, init) {
        const sent: Recorded = { headers: (init?.headers ?? {}) as Record<string, string>, body: typeof init?.body === 'string' ? init.body : '', failed: false };
        recorded.push(sent);
        return fetch(url, init).catch((cause: unknown) => {
          sent.failed = true;
          throw cause;
        });
      },
    });
    if (!site.ok) throw new Error(site.error.code);
    open.push(site.value);
    return { machine, key, sealKeys, site: site.value, events, heard: [] as Site['heard'] };
  }));
  const group: Group = { list: '2026-11-27', rules: '', members: opened.map(({ machine, key, sealKeys, site }): Member => ({ machine, address: `http://${HOST}:${site.port}`, publicKey: key.publicKey, sealKey: sealKeys.publicKey, votes: true })) };
  const all = opened.map((each) => {
    const road = each.site.join(group);
    road.onMessage((from, message) => each.heard.push({ from, message }));
    return { ...each, road };
  });
  return { all, group };
}

/** As anybody on the network can. @returns the status */
function post(port: number, { path = '/raft', method = 'POST', headers = {}, body = '' }: { path?: string; method?: string; headers?: Record<string, string>; body?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request({ host: HOST, port, path, method, headers: { ...headers, ...(headers['content-length'] === undefined ? { 'content-length': Buffer.byteLength(body) } : {}) } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

describe('messages between the machines of a site', () => {
  test('arrive in order at whom they are for, from whom they say', async () => {
    const { all: [one, two, three] } = await sites(3);
    if (one === undefined || two === undefined || three === undefined) return expect.unreachable();
    for (let term = 1; term <= 5; term += 1) one.road.send(two.machine, { ...ASK, term });
    await expect.poll(() => two.heard.map(({ from, message }) => [from, message.term])).toEqual([1, 2, 3, 4, 5].map((term) => [one.machine, term]));
    expect([three.heard, two.events]).toEqual([[], []]);
  });
  test('of several lists of one machine go to their own; who has left one hears nothing of it', async () => {
    const { all: [one, two], group } = await sites(2);
    if (one === undefined || two === undefined) return expect.unreachable();
    const tomorrow = { ...group, list: '2026-11-28' };
    const [from, to] = [one.site.join(tomorrow), two.site.join(tomorrow)];
    expect(() => one.site.join(tomorrow)).toThrow('joined again');
    const heard: Message[] = [];
    to.onMessage((_, message) => heard.push(message));
    two.road.leave();
    from.send(two.machine, { ...ASK, term: 7 });
    one.road.send(two.machine, ASK);
    await expect.poll(() => [heard.length, two.events.length]).toEqual([1, 1]);
    expect([two.heard, two.events]).toEqual([[], [{ event: 'raft-message-refused', why: 'unknown-group', count: 1 }]]);
  });
  test('are lost without a word when nobody is there, and arrive again when somebody is', async () => {
    const recorded: Recorded[] = [];
    const { all: [one, two], group } = await sites(2, recorded);
    if (one === undefined || two === undefined) return expect.unreachable();
    await two.site.close();
    for (let term = 1; term <= 30; term += 1) one.road.send(two.machine, { ...ASK, term });
    await expect.poll(() => recorded[0]?.failed).toBe(true);
    const back = await openSiteTransport({ host: HOST, port: two.site.port, signer: createSigner(two.machine, two.key.privateKey), sealKeys: two.sealKeys, verifier, clock: shiftClock(), random: (bytes) => randomBytes(bytes), log: () => undefined });
    if (!back.ok) return expect.unreachable(back.error.code);
    open.push(back.value);
    const heard: Message[] = [];
    back.value.join(group).onMessage((_, message) => heard.push(message));
    await expect.poll(() => {
      one.road.send(two.machine, { ...ASK, term: 99 });
      return heard.some(({ term }) => term === 99);
    }).toBe(true);
    // What waited behind the one that was lost had become old, and was not sent.
    expect(new Set(heard.map(({ term }) => term))).toEqual(new Set([99]));
  });
  test('a port that is taken is said', async () => {
    const { all: [one] } = await sites(1);
    if (one === undefined) return expect.unreachable();
    const second = await openSiteTransport({ host: HOST, port: one.site.port, signer: createSigner(one.machine, one.key.privateKey), sealKeys: one.sealKeys, verifier, clock: shiftClock(), random: (bytes) => randomBytes(bytes), log: () => undefined });
    expect(second).toEqual({ ok: false, error: { kind: 'cannot-listen', code: 'EADDRINUSE' } });
  });
});

describe('a stranger on the network', () => {
  test('is refused whatever it sends, and the log says so without a word of it, once', async () => {
    const recorded: Recorded[] = [];
    const { all: [one, two, three], group } = await sites(3, recorded);
    if (one === undefined || two === undefined || three === undefined) return expect.unreachable();
    one.road.send(two.machine, ASK);
    await expect.poll(() => two.heard.length).toBe(1);
    const [good] = recorded;
    if (good === undefined) return expect.unreachable();
    const { headers, body } = good;
    const [stranger, member, hash] = [createSigner(one.machine, generateSigningKey().privateKey), createSigner(one.machine, one.key.privateKey), groupHash(group, verifier)];
    const envelope = JSON.stringify({ session: 'a'.repeat(32), sequence: 1, content: { kind: 'message', message: ASK } });
    const packed = (by: ActionSigner, to: Site, text = envelope, sealKey = to.sealKeys.publicKey) => outgoingRoad(hash, by, { machine: to.machine, sealKey }).pack(text);
    const attempts: [string, number, Parameters<typeof post>[1]][] = [
      ['unknown-group', 404, { method: 'GET' }],
      ['unknown-group', 404, { path: '/', headers, body }],
      ['unknown-group', 404, { headers: { ...headers, 'jinban-group': 'b'.repeat(64) }, body }],
      ['unknown-sender', 404, { headers: { ...headers, 'jinban-from': 'T330624-0009' }, body }],
      ['unknown-sender', 404, { headers: { ...headers, 'jinban-from': two.machine }, body }],
      ['wrong-signature', 404, { headers: { ...headers, 'jinban-from': three.machine }, body }],
      ['wrong-signature', 404, { headers, body: `${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}` }],
      ['wrong-signature', 404, { headers: { ...headers, 'jinban-key': packed(member, two).headers['jinban-key'] ?? '' }, body }],
      ['wrong-signature', 404, packed(stranger, two)],
      ['wrong-signature', 404, { headers: { ...headers, 'jinban-signature': 'AAAA' }, body }],
      // Meant for another machine.
      ['wrong-signature', 404, packed(member, three)],
      ['replayed', 404, { headers, body }],
      ['too-large', 413, { headers: { ...headers, 'content-length': String(64 * 1024 * 1024) } }],
      ['unreadable', 404, packed(member, two, '{"session":"","message":{}}')],
      // By a member, for this machine, and sealed for another one.
      ['unreadable', 404, packed(member, two, envelope, three.sealKeys.publicKey)],
    ];
    for (const [, status, attempt] of attempts) expect(await post(two.site.port, attempt)).toBe(status);
    expect(two.heard.length).toBe(1);
    expect(two.events).toEqual([...new Set(attempts.map(([why]) => why))].map((why) => ({ event: 'raft-message-refused', why, count: 1 })));
    // Nothing of what a member says can be read on the way.
    expect(Buffer.from(body, 'base64').toString('latin1')).not.toContain('request-vote');
    // And the members go on.
    one.road.send(two.machine, { ...ASK, term: 5 });
    await expect.poll(() => two.heard.at(-1)?.message.term).toBe(5);
  });
});

describe('a question to another machine', () => {
  test('is answered by that one alone; who is not there, or does not answer in time, has not answered', async () => {
    const { all: [one, two] } = await sites(2);
    if (one === undefined || two === undefined) return expect.unreachable();
    const asked: unknown[] = [];
    two.road.onQuestion((from, question) => {
      asked.push([from, question]);
      return question === 'hard' ? new Promise(() => undefined) : Promise.resolve({ heard: question });
    });
    expect(await one.road.ask(two.machine, { wish: '下一位' }, 5000)).toEqual({ ok: true, value: { heard: { wish: '下一位' } } });
    expect(asked).toEqual([[one.machine, { wish: '下一位' }]]);
    const none = { ok: false, error: { kind: 'no-answer' } };
    expect(await one.road.ask(two.machine, 'hard', 50)).toEqual(none);
    expect(await one.road.ask(MachineId.parse('T330624-0009'), 'who', 5000)).toEqual(none);
    // Nobody answers questions there.
    expect(await two.road.ask(one.machine, 'what', 5000)).toEqual(none);
  });
  test('takes no answer from whoever stands between, and none to another question', () => {
    const [me, you, signing, sealing] = [MachineId.parse('T330624-0001'), MachineId.parse('T330624-0002'), generateSigningKey(), generateWrappingKey()];
    const hash = sha256('group');
    const road = outgoingRoad(hash, createSigner(me, signing.privateKey), { machine: you, sealKey: sealing.publicKey });
    const heard = createReader(you, sealing, verifier)(hash, { machine: me, publicKey: signing.publicKey }, road.pack('may I?'));
    if (typeof heard === 'string') return expect.unreachable(heard);
    expect(heard.text).toBe('may I?');
    expect([road.openAnswer(sealAnswer(heard, 7, 'yes'), 7), road.openAnswer(sealAnswer(heard, 6, 'yes'), 7), road.openAnswer(sealAnswer({ ...heard, key: generateSealKey() }, 7, 'yes'), 7)]).toEqual(['yes', null, null]);
  });
});
