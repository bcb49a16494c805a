/**
 * A large hall on one hub: fifty counters that call, twenty boards, ten terminals that give numbers. From a clerk's "next" to each board's word of it, against a bare server that passes on what is posted to it; from a
 * key in a browser to the voice of the display beside it, in the same hall; and what the queue of one machine holds after a month of days, against after the first ones.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { bundle, SITE_PAGES } from '../../build/bundle.ts';
import { say } from '../../build/say.ts';
import { hashPassword } from '../../crypto/passwords.ts';
import { createSigner, generateSigningKey, verifier } from '../../crypto/node.ts';
import { generateWrappingKey } from '../../crypto/seal.ts';
import { siteContract } from '../../domain/contracts/site.ts';
import { SiteConfig, type SiteMember } from '../../domain/contracts/site-config.ts';
import { MachineId, ulid } from '../../domain/ids.ts';
import { saying, siteRules, taking } from '../../domain/queue/test-site.ts';
import { drop } from '../../domain/result.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { openSiteDays } from '../../main/site/days.ts';
import { siteKeys } from '../../main/site/site.ts';
import { openSiteFile } from '../../sync/raft/storage.ts';
import { openSiteTransport } from '../../sync/raft/transport.ts';
import type { SiteClient } from '../fixtures/site.ts';
import { testClock } from '../fixtures/test-clock.ts';
import { freePort } from '../../wire/free-port.ts';
import { heldMemory } from '../rigs/held-memory.ts';
import { startServer } from './rig/child.ts';
import { percentile, report, row } from './rig/measure.ts';
import type { MachinesFile } from './rig/site-machines.ts';
import { timeCounter } from './rig/counter-calls.ts';

const COUNTERS = 50;
const BOARDS = 20;
const TERMINALS = 10;
/** Each counter calls as often: six calls a second in all, sixty times as many as such a hall has. */
const SERVICE_MS = 8000;
const TICKETS_A_MINUTE = 40;
/** Calls of the last counter, which is a page in a browser. */
const VOICES = 60;
const DAYS = 30;
const DAILY = 400;
const COMPARED = 3;
/** Budgets, milliseconds. */
const CALL = 500;
const PAGE = 1000;

const newId = () => ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'string' }, seconds: { type: 'string' } } });
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-site-'));
  try {
    // First: what bundling takes from this process's memory is no queue's.
    const month = await measureMonth(folder);
    await bundle(SITE_PAGES);
    const hall = await measureCalls(folder, Number(values.seconds ?? 60) * 1000);
    return report('site', [
      row(`from "next" to a board's word of it, p95 over ${hall.calls} calls and ${BOARDS} boards; limit ${CALL}`, 'ms', { ours: [percentile(hall.ours, 0.95)], limit: [percentile(hall.bare, 0.95)] }),
      row('likewise, median', 'ms', { ours: [percentile(hall.ours, 0.5)], limit: [percentile(hall.bare, 0.5)] }),
      row(`from a clerk's key to the first sample of the voice, in browsers, p95 over ${hall.voices.length} calls; limit ${CALL}`, 'ms', { ours: [percentile(hall.voices, 0.95)], limit: [CALL] }),
      row('likewise, median', 'ms', { ours: [percentile(hall.voices, 0.5)], limit: [CALL] }),
      row(`until a counter's page that keeps nothing is drawn first, median; limit ${PAGE}`, 'ms', { ours: [percentile(hall.painted, 0.5)], limit: [PAGE] }),
      row('resident memory of the hub at the end, against after the first ten seconds', 'MB', { ours: [hall.memory.last], limit: [hall.memory.first] }),
      row(`memory that a machine's queue holds after ${DAYS} days of ${DAILY} tickets against after ${COMPARED}`, 'MB', { ours: month.slice(-COMPARED), limit: month.slice(0, COMPARED) }),
    ], values.json === undefined ? [] : ['--json', values.json]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A hub that votes, and terminals that do not: what each of them has to know. The last window has a business of its own. */
async function settle(folder: string): Promise<{ hub: MachinesFile; terminals: MachinesFile; url: string; own: string }> {
  const made = await Promise.all(Array.from({ length: 1 + TERMINALS }, async (_, place) => {
    const data = join(folder, `machine-${place}`);
    const keys = await siteKeys({ data, keepers: localKeepers, keeper: 'file', nativeBinding: null });
    if (!keys.ok) throw new Error(keys.error.kind);
    const listen = { host: '127.0.0.1', agreementPort: await freePort(), pagePort: await freePort() };
    const member: SiteMember = {
      machine: MachineId.parse(`T330624-${String(place + 1).padStart(4, '0')}`), agreement: `http://127.0.0.1:${listen.agreementPort}`, page: `http://127.0.0.1:${listen.pagePort}`,
      signKey: keys.value.signing.publicKey, sealKey: keys.value.seal.publicKey, votes: place === 0,
    };
    return { data, listen, member };
  }));
  const { businesses, ...rules } = siteRules();
  const keys = businesses.map(({ key }) => key);
  const own = keys.pop() ?? '';
  const pin = await hashPassword('246810', { ln: 4, r: 8, p: 1 });
  const config = (listen: unknown) => SiteConfig.parse({
    listen, members: made.map(({ member }) => member), holderKey: randomBytes(32).toString('base64'),
    rules: { ...rules, businesses, windows: Array.from({ length: COUNTERS }, (_, place) => ({ number: place + 1, businesses: place === COUNTERS - 1 ? [own] : keys.filter((_key, at) => at === place % keys.length || place % 5 === 0) })), leaseSize: 20 },
    staff: Array.from({ length: COUNTERS }, (_, place) => ({ account: `clerk-${place + 1}`, name: '样板', pin, role: 'clerk' })),
  });
  const files = made.map(({ member, data, listen }) => ({ machine: member.machine, data, config: config(listen) }));
  return { hub: { machines: files.slice(0, 1), ticketsAMinute: 0, businesses: [] }, terminals: { machines: files.slice(1), ticketsAMinute: TICKETS_A_MINUTE, businesses: keys }, url: made[0]?.member.page ?? '', own };
}

async function measureCalls(folder: string, milliseconds: number): Promise<{ ours: number[]; bare: number[]; voices: number[]; painted: number[]; calls: number; memory: { first: number; last: number } }> {
  const { hub, terminals, url, own } = await settle(folder);
  const start = async (name: string, file: MachinesFile) => {
    writeFileSync(join(folder, name), JSON.stringify(file));
    return startServer<object>(new URL('./rig/site-machines.ts', import.meta.url), [join(folder, name)]);
  };
  const [hubProcess, terminalsProcess, bare] = [await start('hub.json', hub), await start('terminals.json', terminals), await startServer<{ url: string }>(new URL('./rig/bare-events.ts', import.meta.url), [])];
  const client = (token?: string): SiteClient => createORPCClient(new OpenAPILink(siteContract, { url: `${url}/site/api`, headers: () => (token === undefined ? {} : { authorization: `Bearer ${token}` }) }));
  const over = new AbortController();
  /** When each board had word of a call, by its number. */
  const seen = Array.from({ length: BOARDS }, () => new Map<string, number>());
  const bareSeen = Array.from({ length: BOARDS }, () => new Map<string, number>());
  for (const board of seen) {
    drop((async () => {
      for await (const { view } of await client().board(undefined, { signal: over.signal })) for (const { code, window } of view.calls) if (!board.has(`${window} ${code}`)) board.set(`${window} ${code}`, performance.now());
    })().catch(() => undefined));
  }
  for (const listener of bareSeen) drop(hear(bare.told.url, over.signal, (word) => listener.set(word, performance.now())).catch(() => undefined));
  const [asked, bareAsked] = [new Map<string, number>(), new Map<string, number>()];

  async function signIn(window: number) {
    const signedIn = await client().signIn({ account: `clerk-${window}`, pin: '246810' });
    if (!signedIn.ok) throw new Error(signedIn.error.kind);
    return signedIn.value;
  }

  async function counter(window: number): Promise<void> {
    const { token } = await signIn(window);
    const { wish: send, counter: watch } = client(token);
    // As the counter's page does it: a wish that met a connection which the machine was just closing is sent again, and done once.
    const wish = (asked: Parameters<typeof send>[0]) => send(asked).catch(() => send(asked));
    drop((async () => {
      for await (const _told of await watch({ window }, { signal: over.signal }));
    })().catch(() => undefined));
    const businesses = hub.machines[0]?.config.rules.windows[window - 1]?.businesses ?? [];
    await wish({ id: newId(), wish: saying({ kind: 'window-opened', window, account: `clerk-${window}`, businesses }) });
    await wait((window / COUNTERS) * SERVICE_MS);
    while (!over.signal.aborted) {
      const at = performance.now();
      const called = await wish({ id: newId(), wish: { kind: 'next', window } });
      if (!called.ok || called.value.entry.deed.kind !== 'called') await wait(500);
      else {
        const { ticket } = called.value.entry.deed;
        asked.set(`${window} ${called.value.code}`, at);
        bareAsked.set(`${window} ${called.value.code}`, performance.now());
        await fetch(bare.told.url, { method: 'POST', body: `${window} ${called.value.code}` });
        await wait(1000);
        await wish({ id: newId(), wish: saying({ kind: 'started', ticket, window }) });
        await wait(SERVICE_MS - 2000 + Math.random() * 2000);
        await wish({ id: newId(), wish: saying({ kind: 'finished', ticket, window, items: [] }) });
      }
    }
  }

  const { token } = await signIn(COUNTERS);
  /** Somebody takes a number for the last window. */
  const comes = async () => {
    const taken = await client(token).wish({ id: newId(), wish: taking(own, { way: 'staff' }) });
    if (!taken.ok) throw new Error(taken.error.kind);
  };

  say(`${COUNTERS} counters, ${BOARDS} boards and ${TERMINALS} terminals for ${milliseconds / 1000} s`);
  const counters = Promise.all(Array.from({ length: COUNTERS - 1 }, (_, place) => counter(place + 1))).catch((cause: unknown) => {
    if (!over.signal.aborted) throw cause;
  });
  await wait(10_000);
  const first = (await hubProcess.memory()) / 1024 ** 2;
  const [{ voices, painted }] = await Promise.all([timeCounter({ origin: url, window: COUNTERS, account: `clerk-${COUNTERS}`, calls: VOICES, comes }), wait(milliseconds)]);
  const last = (await hubProcess.memory()) / 1024 ** 2;
  over.abort();
  await counters;
  await Promise.all([hubProcess.stop(), terminalsProcess.stop(), bare.stop()]);
  // A call of the last moment may not have come to every board.
  const took = (from: ReadonlyMap<string, number>, boards: readonly ReadonlyMap<string, number>[]) => [...from].flatMap(([call, at]) => boards.flatMap((board) => {
    const heard = board.get(call);
    return heard === undefined ? [] : [heard - at];
  }));
  return { ours: took(asked, seen), bare: took(bareAsked, bareSeen), voices, painted, calls: asked.size, memory: { first, last } };
}

/** Every word that a bare server passes on. */
async function hear(url: string, signal: AbortSignal, tell: (word: string) => void): Promise<void> {
  const { body } = await fetch(url, { signal });
  let rest = '';
  for await (const piece of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) tell(line.slice(6));
  }
}

/** Days that pass by a clock of their own. @returns megabytes held at the end of each */
async function measureMonth(folder: string): Promise<number[]> {
  say(`${DAYS} days of ${DAILY} tickets`);
  const clock = testClock();
  const [machine, keys, sealKeys] = [MachineId.parse('T330624-0001'), generateSigningKey(), generateWrappingKey()];
  const signer = createSigner(machine, keys.privateKey);
  const file = openSiteFile({ path: join(folder, 'month.db'), key: randomBytes(32), nativeBinding: null });
  const transport = await openSiteTransport({ host: '127.0.0.1', port: 0, signer, sealKeys, verifier, clock, random: (count) => randomBytes(count), log: () => undefined });
  if (!file.ok || !transport.ok) throw new Error('the site cannot be opened');
  const members = [{ machine, address: 'http://127.0.0.1:1', publicKey: keys.publicKey, sealKey: sealKeys.publicKey, votes: true }];
  const days = openSiteDays({ members, rules: siteRules(), file: file.value, transport: transport.value, signer, clock, random: Math.random, log: () => undefined });
  clock.advance(1);
  const wish = async (wanted: Parameters<typeof days.wish>[0]) => {
    const answer = days.wish(wanted, { id: newId(), machine: null, account: 'wang', manager: false, windows: [] });
    await clock.pass(50);
    const said = await answer;
    if (!said.ok) throw new Error(said.error.kind);
    return said.value.deed;
  };
  const held: number[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    await wish(saying({ kind: 'window-opened', window: 1, account: 'wang', businesses: ['social-security'] }));
    for (let ticket = 0; ticket < DAILY; ticket += 1) {
      await wish(taking('social-security', { way: 'staff' }));
      const called = await wish({ kind: 'next', window: 1 });
      if (called.kind !== 'called') throw new Error('nobody was called');
      for (const kind of ['started', 'finished'] as const) await wish(saying(kind === 'started' ? { kind, ticket: called.ticket, window: 1 } : { kind, ticket: called.ticket, window: 1, items: [] }));
    }
    held.push(heldMemory() / 1024 ** 2);
    await clock.pass(24 * 3_600_000 - DAILY * 4 * 50);
  }
  days.close();
  await transport.value.close();
  file.value.close();
  return held;
}
