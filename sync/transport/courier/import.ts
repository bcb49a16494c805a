import { readCards } from '../../../courier/card.ts';
import { checkParcel, findParcels, openParcel, type Parcel, readPartOf, readText, type RefusedFiles } from '../../../courier/find.ts';
import { identityOf } from '../../../courier/age.ts';
import { gather } from '../../../courier/read.ts';
import { digest, verifier } from '../../../crypto/node.ts';
import type { Action } from '../../../domain/action/types.ts';
import { type HallCard, hallFingerprint, type ParcelAnswer, type ParcelFault, type ParcelFeed, type ParcelOutcomes, placeOf, StickFault } from '../../../domain/contracts/courier.ts';
import { FeedEntry, type HallKeys, PROTOCOL } from '../../../domain/contracts/hall.ts';
import type { ActionId } from '../../../domain/ids.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { agreeOn, feedCheckpoint, type FeedTaker, takePage } from '../../feeds/feed.ts';
import { takeLease } from '../../leases/renew.ts';
import { settle } from '../../outbox/outbox.ts';
import { emptyReport } from '../../sync.ts';
import type { TerminalStore } from '../../terminal-store/types.ts';
import type { SyncEvent, SyncReport } from '../../types.ts';
import type { CourierParts } from './export.ts';
import { cardOf, heardByStick, markOf, pinHall, pinnedHall, TAKEN } from './state.ts';

/** Waiting actions looked through at once for those that a parcel answers. */
const PAGE = 500;

export type ImportReport = {
  /** Parcels taken now, and those that were taken before. */
  taken: number;
  repeated: number;
  /** Files and parcels that were refused, by reason. */
  refused: RefusedFiles;
  /** This machine was bound to its hall just now. */
  enrolled: boolean;
  did: SyncReport;
};

export type ImportFailure = { kind: StickFault }
  /** Bound to no hall yet: these cards are on the stick, and people must compare the fingerprint of one with what the hall shows. */
  | { kind: 'compare-card'; cards: { card: HallCard; fingerprint: string }[] }
  /** Bound to no hall, and no hall's card is on the stick. */
  | { kind: 'no-hall' };

/**
 * Takes the hall's parcels from a stick: the same answers, feed and numbers as over the line, by the same code. Each parcel is read through before
 * anything of it is taken; taking one twice changes nothing.
 */
export async function importParcels(parts: CourierParts & { log(event: SyncEvent): void }, stick: string): Promise<Result<ImportReport, ImportFailure>> {
  const { store, signer } = parts;
  const pinned = await pinnedHall(store);
  const hall = pinned ?? await cardOf(store);
  const cards = pinned === null ? await readCards(stick) : ok([]);
  if (!cards.ok) return cards;
  const compared = hall === null ? '' : hallFingerprint(hall, digest);
  const offered = cards.value.map((card) => ({ card, fingerprint: hallFingerprint(card.keys, digest) }));
  if (offered.length > 0 && !offered.some(({ fingerprint }) => fingerprint === compared)) return err({ kind: 'compare-card', cards: offered });
  if (hall === null) return err({ kind: 'no-hall' });
  const identity = identityOf(parts.key.privateKey);
  const found = await findParcels(stick, signer.machine, identity);
  if (!found.ok) return found;
  const refused = new Map(found.value.refused);
  const refuse = (kind: ParcelFault) => refused.set(kind, (refused.get(kind) ?? 0) + 1);
  const report: ImportReport = { taken: 0, repeated: 0, refused, enrolled: false, did: emptyReport() };
  for (const each of found.value.parcels) {
    const opened = await openParcel(each, identity);
    const taken = opened.ok ? await takeParcel(parts, opened.value, { hall, identity, report: report.did }) : opened;
    if (taken.ok && taken.value === 'repeated') report.repeated += 1;
    else if (taken.ok) {
      report.taken += 1;
      report.enrolled ||= pinned === null;
    } else if (isOfStick(taken.error)) return err(taken.error);
    else refuse(taken.error.kind);
  }
  return ok(report);
}

function isOfStick(failure: Failure): failure is { kind: StickFault } {
  return StickFault.safeParse(failure.kind).success;
}

/** Whether the hall that this machine is, or is about to be, bound to made this parcel for it. */
function faultOf({ manifest, hash, signature }: Parcel, hall: HallKeys, publicKey: string): ParcelFault | null {
  const { word } = manifest;
  if (manifest.sender !== hall.hall || word.kind !== 'answer') return 'unknown-sender';
  if (!verifier.verify(hall.signing, hash, signature)) return 'bad-signature';
  const sameKeys = word.keys.hall === hall.hall && word.keys.signing === hall.signing && word.keys.wrapping === hall.wrapping;
  // A hall that holds another key for this machine's name answers another machine.
  return sameKeys && word.machineKey === publicKey ? null : 'unknown-sender';
}

type Failure = { kind: ParcelFault } | { kind: StickFault };
type At = { hall: HallKeys; identity: string; report: SyncReport };

/** Judges a parcel, reads it through, and only then takes it. */
async function takeParcel(parts: CourierParts & { log(event: SyncEvent): void }, parcel: Parcel, at: At): Promise<Result<'taken' | 'repeated', Failure>> {
  const fault = faultOf(parcel, at.hall, parts.enrolment.publicKey);
  if (fault !== null) return err({ kind: fault });
  const place = placeOf(await markOf(parts.store, TAKEN), parcel.manifest, parcel.hash);
  if (place === 'repeated') return ok('repeated');
  if (place !== 'next') return err({ kind: place });
  const checked = await checkParcel(parcel, at.identity);
  if (!checked.ok) return checked;
  const taken = await take(parts, parcel, at);
  return taken.ok ? ok('taken') : taken;
}

async function take(parts: CourierParts & { log(event: SyncEvent): void }, parcel: Parcel, at: At): Promise<Result<null, Failure>> {
  const { store, log } = parts;
  const { hall, report } = at;
  const word = parcel.manifest.word as ParcelAnswer;
  // A call for help is long over when a stick has come round.
  const run: FeedTaker = { store, hall, verifier, report, log, heardHelp: () => {} };
  for (let part = 1; part <= parcel.manifest.parts.length; part += 1) {
    const read = await readPartOf(parcel, at.identity, part, async (content, pieces) => {
      if (content.kind === 'blob') return;
      const text = readText(content.kind, await gather(pieces));
      if (text?.kind === 'outcomes') await takeOutcomes(run, text.value);
      else if (text?.kind === 'feed') await takeFeedPage(run, text.value);
    });
    if (!read.ok) return read;
  }
  for (const lease of word.leases) await takeLease(run, lease);
  report.blobs += await markArrived(store, word);
  await agreeOn(store, Math.min(word.protocol, PROTOCOL));
  await heardByStick(store, parcel.manifest.madeAt);
  // Last: a cut before this takes the parcel again from its beginning.
  await pinHall(store, hall);
  await store.cursors.set(TAKEN, { serial: parcel.manifest.serial, hash: parcel.hash });
  return ok(null);
}

async function takeOutcomes(run: FeedTaker, outcomes: ParcelOutcomes): Promise<void> {
  const answered = new Map(outcomes.map(({ action, outcome }) => [action, outcome]));
  const batch: Pick<Action, 'id' | 'hash' | 'case' | 'sequence'>[] = [];
  for (let after = 0; ; ) {
    const page = await run.store.log.unacknowledged(PAGE, after);
    batch.push(...page.filter(({ id }) => answered.has(id)));
    if (page.length < PAGE) break;
    after = page.at(-1)?.sequence ?? after;
  }
  await run.store.log.settle(settle(run, batch, batch.map(({ id }) => answered.get(id as ActionId)).filter((outcome) => outcome !== undefined)));
}

async function takeFeedPage(run: FeedTaker, page: ParcelFeed): Promise<void> {
  const here = await feedCheckpoint(run.store);
  // A page that begins behind a gap would make the gap be forgotten.
  if (page.after > here) return;
  const entries = page.entries.flatMap((entry) => {
    const parsed = FeedEntry.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  await takePage(run, here, { entries, unreadable: page.entries.length - entries.length, checkpoint: page.checkpoint });
}

async function markArrived(store: TerminalStore, { arrived }: ParcelAnswer): Promise<number> {
  const here = new Set<string>(arrived);
  const pending = here.size === 0 ? [] : await store.blobs.pending(Number.MAX_SAFE_INTEGER, new Set(), ['waiting', 'received']);
  const mine = pending.filter(({ reference }) => here.has(reference.hash));
  for (const { case: id, reference } of mine) await store.blobs.markUploaded(id, [reference.hash]);
  const recordings = (await store.letters.recordings.waiting(true)).filter(({ hash }) => here.has(hash));
  for (const { letter, hash } of recordings) await store.letters.recordings.arrived(letter, hash);
  return mine.length + recordings.length;
}
