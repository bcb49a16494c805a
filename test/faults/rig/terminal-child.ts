/**
 * A terminal as a process of its own: the real core (store, sync, keys, log) on plain Node.js, without devices and without a window.
 * Wishes come as JSON lines on standard input, words go as JSON lines to standard output, the log to standard error.
 * A hand-in is said only when core's store has said that it is on the disk.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { HallKeys } from '../../../domain/contracts/hall.ts';
import { TerminalConfig } from '../../../domain/contracts/terminal-config.ts';
import { CaseId, Hash, ulid } from '../../../domain/ids.ts';
import { provisionalNumber } from '../../../domain/lease/lease.ts';
import { drop } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import { knownState } from '../../../main/core/cases.ts';
import { openCore } from '../../../main/core/core.ts';
import { createCoreLog } from '../../../main/core/log.ts';
import { handInSlip } from '../../../main/core/papers.ts';
import { systemClock } from '../../../main/core/system.ts';
import { isFull } from '../../../sync/store/index.ts';
import { heldMemory } from '../../rigs/held-memory.ts';
import { applicationOf, personOf } from './people.ts';
import type { Said, Start, Wish } from './terminal.ts';

const start = JSON.parse(process.argv[2] ?? '') as Start;
const config = TerminalConfig.parse(start.config);
const say = (said: Said) => void writeSync(1, `${JSON.stringify(said)}\n`);

let ahead = start.ahead;
let passed = 0;
const clock: Clock = {
  now: () => systemClock.now() + ahead,
  monotonic: () => systemClock.monotonic() + passed,
  // Waits are shortened, so that a line that is silent for its 45 seconds costs a test one.
  after: (milliseconds, call) => systemClock.after(milliseconds / start.hurry, call),
};

const opened = await openCore({ config, sqlite: null, clock, log: createCoreLog((line) => void writeSync(2, line), () => clock.now()) }).catch((cause: unknown) => {
  say({ said: 'failed', why: causeOf(cause) });
  process.exit(1);
});
if (!opened.ok) {
  say({ said: 'failed', why: opened.error.kind === 'store' ? `store: ${opened.error.why}` : opened.error.kind });
  process.exit(1);
}
const core = opened.value;
const { store } = core;
const { code, version } = JSON.parse(readFileSync(`${config.pack}/items/elder-card.json`, 'utf8')) as { code: string; version: number };

async function handIn(serial: number, bytes: number): Promise<void> {
  const keys = HallKeys.safeParse(await store.cursors.get('hall-keys'));
  if (!keys.success) return say({ said: 'refused', serial, why: 'not-enrolled' });
  const id = CaseId.parse(ulid(clock.now(), new Uint8Array(randomBytes(10))));
  await store.caseKeys.create(id);
  const page = await store.blobs.put(id, new Uint8Array(randomBytes(bytes)), 'image/jpeg');
  const image = await store.blobs.put(id, new Uint8Array(randomBytes(200)), 'image/png');
  const caseKey = await store.caseKeys.wrapFor(id, keys.data);
  const refuse = (why: string) => say({ said: 'refused', serial, why });
  if (!page.ok) return refuse(page.error.kind);
  if (!image.ok) return refuse(image.error.kind);
  if (!caseKey.ok) return refuse(caseKey.error.kind);
  const action = await store.log.append(async (head) => {
    const leased = await store.leases.next('case-number');
    const number = leased === null ? { value: provisionalNumber(config.machine, head.sequence + 1), provisional: true } : { value: leased.number, provisional: false };
    return {
      case: id, item: { code, version }, actor: { kind: 'citizen' },
      payload: {
        kind: 'handed-in', number, ...applicationOf(personOf(serial)), assurance: 'card-offline',
        materials: [{ key: 'household-or-id', pages: [page.value], trust: 'C' }],
        signature: { shownText: Hash.parse('cd'.repeat(32)), image: image.value, signedAt: new Date(clock.now()).toISOString() },
        caseKey: caseKey.value,
      },
    };
  });
  say({ said: 'handed-in', serial, sequence: action.sequence, hash: action.hash });
  core.session.visit.nudge();
}

/** Asks for the slip of the last hand-in so often, as citizens do who are told that it did not come: there is no printer here. */
async function slips(count: number): Promise<void> {
  const [action] = (await store.log.all()).filter(({ payload }) => payload.kind === 'handed-in').slice(-1);
  const [state, item] = [action === undefined ? null : await knownState(store, action.case), await store.items.get(code, version)];
  if (action === undefined || state === null || item === null) throw new Error('nothing was handed in');
  for (let asked = 0; asked < count; asked += 1) await core.printing.start({ paper: 'hand-in-slip', case: action.case, session: 'faults', licence: '', content: { kind: 'ticket', ticket: handInSlip(config, item, state, false) } });
}

async function obey(wish: Wish): Promise<void> {
  switch (wish.wish) {
    case 'hand-in':
      for (let made = 0; made < wish.count; made += 1) {
        passed += wish.apart;
        ahead += wish.apart;
        // What the disk refuses was not handed in: a citizen is told to try again, and the next one is served.
        await handIn(wish.from + made, wish.bytes).catch((cause: unknown) => say({ said: 'refused', serial: wish.from + made, why: causeOf(cause) }));
      }
      return say({ said: 'done', ticket: wish.ticket });
    case 'clock':
      ahead += wish.forward;
      return say({ said: 'done', ticket: wish.ticket });
    case 'slips':
      await slips(wish.count);
      return say({ said: 'done', ticket: wish.ticket });
    case 'end-visit':
      // Without room the log stays as it is until there is some.
      await store.scrub().catch((cause: unknown) => {
        if (!isFull(cause)) throw cause;
      });
      return say({ said: 'done', ticket: wish.ticket });
    case 'look': {
      globalThis.gc?.();
      return say({ said: 'looked', ticket: wish.ticket, enrolled: (await store.cursors.get('hall-keys')) !== undefined, waiting: await store.log.waiting(), files: (await store.blobs.pending(1)).length, numbers: await store.leases.left('case-number'), papers: (await store.prints.inState('not-printed')).length, unwritten: core.printing.unwritten(), held: heldMemory(), resident: process.memoryUsage.rss() });
    }
    case 'received': {
      const received: string[] = [];
      for (const { id } of await store.log.all()) if ((await store.log.acknowledgementOf(id)) !== null) received.push(id);
      return say({ said: 'received', ticket: wish.ticket, received });
    }
    case 'close':
      await core.close();
      return process.exit(0);
  }
}

/** An error's class and its system code: its message may quote what was handed in. */
function causeOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}${'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : ''}` : typeof cause;
}

say({ said: 'ready' });
// One wish after another, but a hand-in that takes its time does not keep a closing waiting.
for await (const line of createInterface({ input: process.stdin })) drop(obey(JSON.parse(line) as Wish));
// Nobody is there any more to hear what it says.
process.exit(1);
