import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateSigningKey } from '../../crypto/node.ts';
import { wrappingKeyFrom } from '../../crypto/seal.ts';
import { MachineId } from '../../domain/ids.ts';
import { howMany } from '../../test/faults/rig/seed.ts';
import type { Group } from './group.ts';
import type { FromMember, ToMember } from './test-member.ts';

const KILLS = howMany(1, 40);

/** @property answered ids that it said are committed */
type Member = { machine: MachineId; key: { privateKey: string; publicKey: string }; port: number; child: ChildProcess; answered: Set<string> };
type Status = Extract<FromMember, { kind: 'status' }>;

let folder: string;
let members: Member[] = [];
let group: Group;
let asked = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'site-processes-'));
  members = await Promise.all([1, 2, 3].map(async (place) => {
    const [machine, key, answered] = [MachineId.parse(`T330624-000${place}`), generateSigningKey(), new Set<string>()];
    return { machine, key, answered, ...(await startProcess(machine, key.privateKey, 0, answered)) };
  }));
  group = { list: '2026-11-27', rules: '', members: members.map(({ machine, key, port }) => ({ machine, address: `http://127.0.0.1:${port}`, publicKey: key.publicKey, sealKey: wrappingKeyFrom(Buffer.from(key.privateKey, 'base64'), 'test').publicKey, votes: true })) };
  await Promise.all(members.map(({ child }) => joinGroup(child)));
});
afterEach(async () => {
  await Promise.all(members.map(({ child }) => end(child)));
  rmSync(folder, { recursive: true });
});

async function startProcess(machine: MachineId, privateKey: string, port: number, answered: Set<string>): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL('./test-member.ts', import.meta.url)), [machine, join(folder, `${machine}.db`), privateKey, String(port)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('message', (message: FromMember) => {
    if (message.kind === 'answer' && message.answer === 'committed') answered.add(message.id);
  });
  const said = await hear(child, (message) => (message.kind === 'port' ? message : null));
  return { child, port: said.port };
}
const tell = (child: ChildProcess, message: ToMember) => child.connected && child.send(message);
function hear<Value>(child: ChildProcess, wanted: (message: FromMember) => Value | null): Promise<Value> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the process ended'));
    const listen = (message: FromMember) => {
      const value = wanted(message);
      if (value === null) return;
      child.off('message', listen);
      child.off('exit', ended);
      resolve(value);
    };
    child.on('message', listen);
    child.once('exit', ended);
  });
}
async function joinGroup(child: ChildProcess): Promise<void> {
  const joined = hear(child, ({ kind }) => (kind === 'joined' ? true : null));
  tell(child, { kind: 'group', group });
  await joined;
}
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
const isAlive = ({ child }: Member) => child.connected && child.signalCode === null;
async function statusOf({ child }: Member): Promise<Status> {
  asked += 1;
  const ask = asked;
  const answer = hear(child, (message) => (message.kind === 'status' && message.ask === ask ? message : null));
  tell(child, { kind: 'status', ask });
  return answer;
}
async function leader(): Promise<Member> {
  let found: Member | undefined;
  await expect.poll(async () => {
    const alive = members.filter(isAlive);
    const statuses = await Promise.all(alive.map(async (member) => ({ member, status: (await statusOf(member)).status })));
    found = statuses.filter(({ status }) => status.role === 'leader').toSorted((one, other) => other.status.term - one.status.term)[0]?.member;
    return found?.machine;
  }, { interval: 50 }).toBeDefined();
  return found as Member;
}

/** Brings wishes to whoever leads until each is answered: whoever got no answer asks again, by the same id. */
async function answered(ids: readonly string[]): Promise<void> {
  await expect.poll(async () => {
    const open = ids.filter((id) => !members.some((member) => member.answered.has(id)));
    if (open.length === 0) return 'all';
    const { child } = await leader();
    for (const id of open) tell(child, { kind: 'wish', id });
    return open.length;
  }, { interval: 200 }).toBe('all');
}

describe('three processes on ports and files of their own', () => {
  test(`the one that leads is killed without warning, ${KILLS} times: what was answered is on all three, once and in one order`, async () => {
    const wishes: string[] = [];
    for (let killed = 0; killed < KILLS; killed += 1) {
      const batch = Array.from({ length: 200 }, (_, place) => `wish-${wishes.length + place + 1}`);
      wishes.push(...batch);
      const leading = await leader();
      for (const id of batch.slice(0, 100)) tell(leading.child, { kind: 'wish', id });
      await answered(batch.slice(0, 20));
      // Of these some are saved, some are on their way, and some have not been read.
      for (const id of batch.slice(100)) tell(leading.child, { kind: 'wish', id });
      await end(leading.child);
      // The two that are left go on without it.
      await answered(batch.slice(0, 150));
      Object.assign(leading, await startProcess(leading.machine, leading.key.privateKey, leading.port, leading.answered));
      await joinGroup(leading.child);
    }
    await answered(wishes);
    await expect.poll(async () => (await Promise.all(members.map(statusOf))).map(({ told }) => told.length)).toEqual(members.map(() => wishes.length));
    const lists = (await Promise.all(members.map(statusOf))).map(({ told }) => told);
    expect(new Set(lists[0]?.map(({ id }) => id))).toEqual(new Set(wishes));
    expect(lists.slice(1)).toEqual([lists[0], lists[0]]);
  }, 60_000 + KILLS * 10_000);
});
