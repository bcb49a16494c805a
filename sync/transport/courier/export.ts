import { onStick, roomOn } from '../../../courier/stick.ts';
import { howManyFit, jsonSource, type ParcelSource, writeParcel } from '../../../courier/write.ts';
import type { WrappingKeyPair } from '../../../crypto/seal.ts';
import type { Action, ActionSigner } from '../../../domain/action/types.ts';
import { FILE_SIZE, LETTERS_AT_ONCE, MAX_CONTENTS, type StickFault } from '../../../domain/contracts/courier.ts';
import { LETTERS_SINCE, MAX_BATCH, PROTOCOL } from '../../../domain/contracts/hall.ts';
import { type CaseId, type Hash, ulid } from '../../../domain/ids.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import { feedCheckpoint, hallProtocol } from '../../feeds/feed.ts';
import { LEASES, leasesWanted } from '../../leases/renew.ts';
import { fitting } from '../../outbox/outbox.ts';
import type { TerminalStore } from '../../terminal-store/types.ts';
import { cardOf, markOf, pinnedHall, SENT, TAKEN } from './state.ts';

/** Most actions of one parcel: half a year of a busy machine. */
const MOST_ACTIONS = 10_000;
/** Most letters of one parcel. */
const MOST_LETTERS = 1000;
/** No code that county IT makes is shorter. */
const LEAST_CODE = 8;

export type CourierParts = {
  store: TerminalStore;
  signer: ActionSigner;
  /** What this machine enrols with while it is bound to no hall. `publicKey`: Ed25519, base64. */
  enrolment: { publicKey: string; code: string };
  /** What answers are encrypted to. */
  key: WrappingKeyPair;
  clock: Clock;
  random(count: number): Uint8Array;
};

export type ExportFailure = { kind: StickFault }
  /** Bound to no hall, and no hall's card was taken: nobody to encrypt for. */
  | { kind: 'no-hall' }
  /** Bound to no hall, and without a one-time code. */
  | { kind: 'no-code' };

/** `left`: pages that found no room and wait for another stick. */
export type ExportReport = { serial: number; actions: number; blobs: number; bytes: number; files: number; left: number };

/**
 * Puts on a stick what waits for the hall: actions in the order of the chain, then sealed pages in the order in which a clerk needs them, as many as
 * there is room for. Everything stays here as well, until the hall has acknowledged it by either road.
 */
export async function exportParcel(parts: CourierParts, options: { stick: string; fileSize?: number; progress?(done: number, total: number): void }): Promise<Result<ExportReport, ExportFailure>> {
  const { store, signer, clock } = parts;
  const pinned = await pinnedHall(store);
  const hall = pinned ?? await cardOf(store);
  if (hall === null) return err({ kind: 'no-hall' });
  if (pinned === null && parts.enrolment.code.length < LEAST_CODE) return err({ kind: 'no-code' });
  const room = await onStick(() => roomOn(options.stick));
  if (!room.ok) return room;

  const actions = await store.log.unacknowledged(MOST_ACTIONS);
  const texts = [...batchesOf(actions).map((batch) => jsonSource('actions', batch)), ...await letterTexts(store)];
  const gone = new Error('a page was purged while the parcel was written');
  const sealed = async (id: CaseId, hash: Hash) => {
    const bytes = await store.blobs.sealed(id, hash);
    if (bytes === null) throw gone;
    return bytes;
  };
  const waiting = await store.blobs.pending(MAX_CONTENTS - texts.length, new Set(), ['waiting', 'received']);
  const spoken = await store.letters.recordings.waiting(true);
  const pages: ParcelSource[] = [
    ...waiting.map(({ case: id, reference: { hash, size } }): ParcelSource => ({ content: { kind: 'blob', case: id, hash, size }, bytes: () => sealed(id, hash) })),
    ...spoken.map(({ letter, hash, size }): ParcelSource => ({ content: { kind: 'blob', case: letter as CaseId, hash, size }, bytes: async () => await store.letters.recordings.sealed(letter) ?? sealed(letter as CaseId, hash) })),
  ].slice(0, MAX_CONTENTS - texts.length);
  const fit = howManyFit([...texts, ...pages].map(({ content }) => content), room.value, options.fileSize ?? FILE_SIZE);
  if (fit < texts.length) return err({ kind: 'stick-full' });
  const blobs = fit - texts.length;

  const last = await markOf(store, SENT);
  const written = await writeParcel({
    stick: options.stick, sources: [...texts, ...pages.slice(0, blobs)], recipient: hall.wrapping, signer,
    draft: {
      sender: signer.machine, receiver: hall.hall, parcel: ulid(clock.now(), parts.random(10)), serial: last.serial + 1, previous: last.hash, madeAt: new Date(clock.now()).toISOString(),
      word: {
        kind: 'request', protocol: PROTOCOL, replyTo: parts.key.publicKey, feedAfter: await feedCheckpoint(store), taken: await markOf(store, TAKEN), leases: await leasesWanted(store, LEASES, parts.random),
        enrolment: pinned === null ? parts.enrolment : null,
      },
    },
    commit: (mark) => store.cursors.set(SENT, mark),
    ...(options.fileSize === undefined ? {} : { fileSize: options.fileSize }),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
  }).catch((cause: unknown) => {
    if (cause !== gone) throw cause;
    return null;
  });
  // The line brought it to the hall meanwhile, and its case was purged: what waits now is another parcel.
  if (written === null) return exportParcel(parts, options);
  if (!written.ok) return written;
  return ok({ serial: last.serial + 1, actions: actions.length, blobs, bytes: written.value.bytes, files: written.value.files, left: pages.length - blobs });
}

/** What waits of letters; none for a hall that would not know what they are. */
async function letterTexts(store: TerminalStore): Promise<ParcelSource[]> {
  if ((await hallProtocol(store)) < LETTERS_SINCE) return [];
  const letters = await store.letters.waiting(MOST_LETTERS);
  return Array.from({ length: Math.ceil(letters.length / LETTERS_AT_ONCE) }, (_, index) => jsonSource('letters', letters.slice(index * LETTERS_AT_ONCE, (index + 1) * LETTERS_AT_ONCE)));
}

/** The same batches as over the line. */
function batchesOf(actions: readonly Action[]): Action[][] {
  const batches: Action[][] = [];
  for (let taken = 0; taken < actions.length; taken += batches.at(-1)?.length ?? 0) batches.push(fitting(actions.slice(taken, taken + MAX_BATCH)));
  return batches;
}
