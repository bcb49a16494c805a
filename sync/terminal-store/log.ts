import { appendAction, CHAIN_START, type ChainHead, headOf } from '../../domain/action/chain.ts';
import type { Action, ActionSigner } from '../../domain/action/types.ts';
import { ActionId, type CaseId, CaseId as CaseIdSchema, ulid } from '../../domain/ids.ts';
import type { TimeEvidence } from '../../domain/time.ts';
import { createQueue } from '../queue.ts';
import { type CaseParties, numbersOfParties } from './parties.ts';
import type { Rows } from './rows.ts';
import type { ActionRow } from './schemas.ts';
import type { Log, LoggedAction, Travel } from './types.ts';

/** The log with what only the rest of the store needs. */
export type StoreLog = Log & {
  /** Removes a case's actions. The caller has kept the chain's head. */
  erase(id: CaseId): Promise<void>;
  /** Waits for the appends in flight. */
  idle(): Promise<void>;
};

type LogParts = {
  rows: Rows<ActionRow>;
  parties: CaseParties;
  signer: ActionSigner;
  now(): number;
  random(count: number): Uint8Array;
  evidence(): TimeEvidence;
  personKey(identityNumber: string): string;
  /** The chain's head as it was when its last action was purged; null when none was. */
  purgedHead(): Promise<ChainHead | null>;
};

/** What an action of this machine may be; together they are its chain. */
const OWN = ['waiting', 'received', 'kept-aside'] as const;
/** Rows of one page while a whole log is read: some megabytes at a time. */
const PAGE = 500;

export async function createLog({ rows, parties, signer, now, random, evidence, personKey, purgedHead }: LogParts): Promise<StoreLog> {
  const queue = createQueue();
  let head = await readHead();

  async function readHead(): Promise<ChainHead> {
    let newest = (await purgedHead()) ?? CHAIN_START;
    for (const travel of OWN) {
      const [last] = await rows.find({ selector: { travel }, sort: [{ travel: 'desc' }, { sequence: 'desc' }], limit: 1 });
      if (last !== undefined && last.sequence > newest.sequence) newest = headOf(last.action);
    }
    return newest;
  }

  async function rowOf(action: Action, travel: 'waiting' | 'from-hall'): Promise<ActionRow> {
    const { payload } = action;
    const handedIn = travel === 'waiting' && payload.kind === 'handed-in';
    // A hand-in is the first of its case; only the others have to look.
    const [before] = handedIn ? [] : await rows.find({ selector: { case: action.case }, sort: [{ case: 'desc' }, { arrived: 'desc' }], limit: 1 });
    return {
      id: action.id, action, case: action.case, sequence: action.sequence, arrived: (before?.arrived ?? 0) + 1, handedIn,
      person: handedIn ? personKey(payload.applicant.number) : '', number: handedIn ? payload.number.value : '',
      travel, acknowledgement: null, keptAside: null,
    };
  }

  const casesIn = (found: readonly ActionRow[]) => found.map(({ action }) => action.case);

  return {
    append: (request) => queue.run(async () => {
      const made = typeof request === 'function' ? await request(head) : request;
      const id = ActionId.parse(ulid(now(), random(10)));
      const action = appendAction(head, { ...made, id, time: evidence() }, signer);
      try {
        // Written first: a party of a case that never came to be finds nothing, and a case without its parties would be lost to them.
        if (action.payload.kind === 'handed-in') parties.add(action.case, numbersOfParties(action.payload).map(personKey));
        await rows.insert(await rowOf(action, 'waiting'));
      } catch (cause) {
        // A commit that failed may still have reached the disk: only the disk knows where the chain ends now.
        head = await readHead();
        throw cause;
      }
      head = headOf(action);
      return action;
    }),
    addHallAction: (action) => queue.run(async () => {
      if ((await rows.get(action.id)) !== null) return false;
      // Of a case that was purged, or handed in elsewhere, nobody could be shown it, and nothing would ever remove it.
      if ((await rows.find({ selector: { case: action.case }, sort: [{ case: 'asc' }, { arrived: 'asc' }], limit: 1 })).length === 0) return false;
      await rows.insert(await rowOf(action, 'from-hall'));
      return true;
    }),
    async ofCase(id) {
      return (await rows.find({ selector: { case: id }, sort: [{ case: 'asc' }, { arrived: 'asc' }] })).map(logged);
    },
    async casesOf(person) {
      const own = casesIn(await rows.find({ selector: { person }, sort: [{ person: 'desc' }, { case: 'desc' }] }));
      const others = parties.casesOf(person);
      // Ids of cases sort by the time they were begun.
      return others.length === 0 ? own : [...new Set([...own, ...others])].toSorted().toReversed();
    },
    async cases({ limit } = {}) {
      return casesIn(await rows.find({ selector: { handedIn: true }, sort: [{ case: 'desc' }, { arrived: 'desc' }], ...(limit === undefined ? {} : { limit }) }));
    },
    async all() {
      const chain: Action[] = [];
      for (const travel of OWN) {
        for (let after = 0; ; ) {
          const page = await rows.find({ selector: { travel, sequence: { $gt: after } }, sort: [{ travel: 'asc' }, { sequence: 'asc' }], limit: PAGE });
          chain.push(...page.map(({ action }) => action));
          after = page.at(-1)?.sequence ?? after;
          if (page.length < PAGE) break;
        }
      }
      return chain.sort((left, right) => left.sequence - right.sequence);
    },
    async unacknowledged(limit, after = 0) {
      return (await rows.find({ selector: { travel: 'waiting', sequence: { $gt: after } }, sort: [{ travel: 'asc' }, { sequence: 'asc' }], limit })).map(({ action }) => action);
    },
    waiting: () => rows.count({ selector: { travel: 'waiting' } }),
    async resend(after) {
      for (const travel of OWN) {
        if (travel === 'waiting') continue;
        const found = await rows.find({ selector: { travel, sequence: { $gt: after } }, sort: [{ travel: 'asc' }, { sequence: 'asc' }] });
        await rows.change(found.map(({ id }) => id), (row) => ({ ...row, travel: 'waiting', acknowledgement: null, keptAside: null }));
      }
    },
    async settle(settled) {
      const travels = new Map<string, Travel>(settled.map(({ action, travel }) => [action, travel]));
      await rows.change([...travels.keys()], (row) => {
        const travel = travels.get(row.id);
        // An acknowledgement is final; an action kept aside may still be taken later.
        if (travel === undefined || row.travel === 'from-hall' || row.travel === 'received') return null;
        return { ...row, travel: travel.kind, acknowledgement: travel.kind === 'received' ? travel.acknowledgement : null, keptAside: travel.kind === 'kept-aside' ? travel.reason : null };
      });
    },
    async acknowledgementOf(id) {
      return (await rows.get(id))?.acknowledgement ?? null;
    },
    head: () => head,
    watch: (tell) => rows.watch((changed) => tell(new Set(changed.map((row) => CaseIdSchema.parse(row.case))))),
    personKey,
    async erase(id) {
      const found = await rows.find({ selector: { case: id } });
      await rows.erase(found.map((row) => row.id));
      parties.erase(id);
    },
    idle: () => queue.idle(),
  };
}

function logged(row: ActionRow): LoggedAction {
  return { action: row.action, travel: travelOf(row) };
}

function travelOf(row: ActionRow): Travel {
  switch (row.travel) {
    case 'received':
      if (row.acknowledgement === null) throw new Error(`action ${row.id} is marked received without an acknowledgement`);
      return { kind: 'received', acknowledgement: row.acknowledgement };
    case 'kept-aside':
      if (row.keptAside === null) throw new Error(`action ${row.id} is kept aside without a reason`);
      return { kind: 'kept-aside', reason: row.keptAside };
    default:
      return { kind: row.travel };
  }
}
