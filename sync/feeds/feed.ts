import { z } from 'zod';
import { checkAction } from '../../domain/action/chain.ts';
import { Shelf } from '../../domain/catalogue/shelf.ts';
import { openSigned } from '../../domain/catalogue/signed.ts';
import type { FeedEntry } from '../../domain/contracts/hall.ts';
import { Item } from '../../domain/item/types.ts';
import { never } from '../../domain/result.ts';
import { isGenuine } from '../outbox/outbox.ts';
import type { TerminalStore } from '../terminal-store/types.ts';
import type { TransportFailure } from '../transport/types.ts';
import type { Run } from '../types.ts';
import { keepShelf, markSigning, signsCatalogue } from './catalogue.ts';
import { keepSurveys } from './surveys.ts';

const CURSOR = 'feed-checkpoint';
const PROTOCOL_CURSOR = 'hall-protocol';
const Checkpoint = z.int().min(0);

/** What taking a page of the feed needs, whichever road it came by. */
export type FeedTaker = Pick<Run, 'store' | 'hall' | 'verifier' | 'report' | 'log' | 'heardHelp'>;
/** Entries asked for at once: an item is some 20 KB, so the worst page is about 2 MB. */
const PAGE = 100;

/** Where this machine stands in the feed; 0 before the first entry. */
export async function feedCheckpoint(store: Pick<TerminalStore, 'cursors'>): Promise<number> {
  return Checkpoint.safeParse(await store.cursors.get(CURSOR)).data ?? 0;
}

/** Takes what the hall has to say since the last checkpoint. An entry that is not the hall's is left out and counted. */
export async function takeFeed(run: Run): Promise<TransportFailure | null> {
  let after = await feedCheckpoint(run.store);
  for (;;) {
    const answer = await run.transport.feed({ after, limit: PAGE }, { signal: run.signal });
    if (!answer.ok) return answer.error;
    const { entries, unreadable, checkpoint, more, protocol } = answer.value;
    if (checkpoint < after || (more && checkpoint === after)) return { kind: 'protocol', status: 200 };
    await takePage(run, after, { entries, unreadable, checkpoint });
    if (!more) {
      await agreeOn(run.store, protocol);
      return null;
    }
    after = checkpoint;
  }
}

/** The version that was agreed on with the hall when it was last heard; 0 before the first time. */
export async function hallProtocol({ cursors }: Pick<TerminalStore, 'cursors'>): Promise<number> {
  const said = z.int().safeParse(await cursors.get(PROTOCOL_CURSOR));
  return said.success ? said.data : 0;
}

/** Keeps the version that was agreed on. */
export async function agreeOn(store: Pick<TerminalStore, 'cursors'>, protocol: number): Promise<void> {
  if ((await hallProtocol(store)) !== protocol) await store.cursors.set(PROTOCOL_CURSOR, protocol);
}

/** Takes one page and moves the checkpoint from `after` to the page's. `unreadable` counts the page's entries that this program does not understand. */
export async function takePage(run: FeedTaker, after: number, page: { entries: readonly FeedEntry[]; unreadable: number; checkpoint: number }): Promise<void> {
  if (page.unreadable > 0) {
    run.report.ignoredEntries += page.unreadable;
    run.log({ event: 'feed-entry-refused', why: 'unreadable' });
  }
  for (const entry of page.entries) await take(run, entry);
  // Only after its entries: a crash in between takes them again, which changes nothing.
  if (page.checkpoint > after) await run.store.cursors.set(CURSOR, page.checkpoint);
}

async function take(run: FeedTaker, entry: FeedEntry): Promise<void> {
  switch (entry.kind) {
    case 'item':
      return (await signsCatalogue(run.store)) ? refuse(run, 'unsigned') : putItem(run, entry.item);
    case 'signed-item': {
      const item = openSigned('item', entry.signed, Item, run.hall, run.verifier);
      if (!item.ok) return refuse(run, item.error.kind);
      await putItem(run, item.value);
      return markSigning(run.store);
    }
    case 'shelf': {
      const shelf = openSigned('shelf', entry.signed, Shelf, run.hall, run.verifier);
      if (!shelf.ok) return refuse(run, shelf.error.kind);
      if (!(await keepShelf(run.store, shelf.value))) return refuse(run, 'older');
      return markSigning(run.store);
    }
    case 'action': {
      const why = refusal(run, entry.action);
      if (why !== null) return refuse(run, why);
      if (await run.store.log.addHallAction(entry.action)) run.report.hallActions += 1;
      return;
    }
    case 'acknowledgement':
      return takeAcknowledgement(run, entry);
    case 'neighbour':
      return run.store.neighbours.put(entry.neighbour);
    case 'message':
      return run.store.letters.hear(entry.word);
    case 'letter':
      run.report.letters += 1;
      return run.store.letters.settle(entry.letter, entry.outcome);
    case 'surveys':
      return keepSurveys(run.store, entry.surveys);
    case 'help':
      return run.heardHelp(entry.word);
    case 'appointments':
      return run.store.appointments.put(entry.appointments);
    default:
      never(entry);
  }
}

async function putItem(run: FeedTaker, item: Item): Promise<void> {
  await run.store.items.put([item]);
  run.report.items += 1;
}

/** An entry that is not the hall's, or not to be read, changes nothing: what was known before stays. */
function refuse(run: FeedTaker, why: string): void {
  run.report.ignoredEntries += 1;
  run.log({ event: 'feed-entry-refused', why });
}

/** The hall applied what it had kept aside. */
async function takeAcknowledgement(run: FeedTaker, { case: id, acknowledgement }: Extract<FeedEntry, { kind: 'acknowledgement' }>): Promise<void> {
  const known = (await run.store.log.ofCase(id)).find(({ action }) => action.id === acknowledgement.action);
  // A purged case: it was settled before.
  if (known === undefined) return;
  if (!isGenuine(acknowledgement, known.action, run.hall, run.verifier)) {
    run.report.forgedAcknowledgements += 1;
    run.log({ event: 'acknowledgement-refused', action: acknowledgement.action });
    return;
  }
  run.report.acknowledged += 1;
  await run.store.log.settle([{ action: acknowledgement.action, travel: { kind: 'received', acknowledgement } }]);
}

function refusal(run: FeedTaker, action: Extract<FeedEntry, { kind: 'action' }>['action']): string | null {
  if (action.machine !== run.hall.hall) return 'wrong-machine';
  const checked = checkAction(action, run.hall.signing, run.verifier);
  return checked.ok ? null : checked.error.kind;
}
