/**
 * One machine of a site as a process of its own, on a real port and file: says `{ port }`, is told `{ group }`, and then brings every wish that it is told of to its node and says what came of it. Used by
 * `processes.test.ts`.
 */
import { randomBytes } from 'node:crypto';
import { createSigner, verifier } from '../../crypto/node.ts';
import { wrappingKeyFrom } from '../../crypto/seal.ts';
import type { MachineId } from '../../domain/ids.ts';
import { drop } from '../../domain/result.ts';
import { shiftClock } from '../../test/rigs/clock.ts';
import type { Group } from './group.ts';
import { type Committed, openRaftNode, type ProposeFailure, type RaftNode, type RaftStatus } from './node.ts';
import { openSiteFile } from './storage.ts';
import { openSiteTransport } from './transport.ts';

export type ToMember = { kind: 'group'; group: Group } | { kind: 'wish'; id: string } | { kind: 'status'; ask: number };
export type FromMember = { kind: 'port'; port: number } | { kind: 'joined' } | { kind: 'answer'; id: string; answer: 'committed' | ProposeFailure['kind'] } | { kind: 'status'; ask: number; status: RaftStatus; told: Committed[] };

const [, , machine = '', path = '', privateKey = '', port = '0'] = process.argv;
const sealKeys = wrappingKeyFrom(Buffer.from(privateKey, 'base64'), 'test');
const say = (message: FromMember) => process.send?.(message);
const clock = shiftClock();
const signer = createSigner(machine as MachineId, privateKey);
const site = await openSiteTransport({ host: '127.0.0.1', port: Number(port), signer, sealKeys, verifier, clock, random: (count) => randomBytes(count), log: () => undefined });
if (!site.ok) throw new Error(site.error.code);
const file = openSiteFile({ path, key: new Uint8Array(32).fill(3), nativeBinding: null });
if (!file.ok) throw new Error(file.error.kind);
const told: Committed[] = [];
let node: RaftNode | null = null;

function join(group: Group): void {
  if (!site.ok || !file.ok) return;
  const { storage } = file.value.list(group);
  node = openRaftNode({ me: signer.machine, members: group.members.map((member) => member.machine), clock, storage, transport: site.value.join(group), random: Math.random, log: () => undefined });
  node.onCommitted((entry) => told.push(entry));
  say({ kind: 'joined' });
}

async function bring(id: string): Promise<void> {
  const result = await node?.propose(id, { said: id });
  if (result !== undefined) say({ kind: 'answer', id, answer: result.ok ? 'committed' : result.error.kind });
}

process.on('message', (message: ToMember) => {
  switch (message.kind) {
    case 'group':
      return join(message.group);
    case 'wish':
      return drop(bring(message.id));
    case 'status':
      if (node !== null) say({ kind: 'status', ask: message.ask, status: node.status(), told });
  }
});
// Nobody is left behind when a test ends badly.
process.on('disconnect', () => process.exit(0));
say({ kind: 'port', port: site.value.port });
