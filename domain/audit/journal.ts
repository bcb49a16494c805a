import { z } from 'zod';
import { canonicalJson } from '../action/canonical.ts';
import type { ActionDigest, ActionSigner, ActionVerifier } from '../action/types.ts';
import { type Hash, Hash as HashText, NO_HASH } from '../ids.ts';
import { CivilDate, Instant } from '../time.ts';

/**
 * The hall's two journals: what staff did beside the cases (`deed`), and whose data they were shown (`read`). Each is a chain of its own: a link holds the
 * hash of its row and of the link before it. Each civil day of China is closed with a head that the hall signs.
 */
export const JournalKind = z.enum(['deed', 'read']);
export type JournalKind = z.infer<typeof JournalKind>;
export const JOURNALS: readonly JournalKind[] = JournalKind.options;

/** `body`: JSON as it was written, without personal data. */
export const DeedContent = z.strictObject({ id: z.int(), at: Instant, account: z.string(), what: z.string(), subject: z.string(), body: z.string() });
/** `cases`: a JSON array of case ids, as it was written. */
export const ReadContent = z.strictObject({ id: z.int(), at: Instant, account: z.string(), what: z.string(), cases: z.string(), blob: z.string().nullable() });
export const JournalContent = z.union([DeedContent, ReadContent]);
export type JournalContent = z.infer<typeof JournalContent>;

/** One link. `row` is the row's id; links stand in the order in which rows were sealed, which need not be that of their ids. */
export const JournalLink = z.strictObject({ kind: JournalKind, position: z.int().min(1), row: z.int(), rowHash: HashText, previous: HashText, hash: HashText });
export type JournalLink = z.infer<typeof JournalLink>;

export type JournalHead = { position: number; hash: Hash };
export const JOURNAL_START: JournalHead = { position: 0, hash: NO_HASH };

const Signature = z.base64().length(88);
/** The hall's word that a day is over: how many rows it has, and where the chain stood. */
export const DayHead = z.strictObject({ kind: JournalKind, date: CivilDate, position: z.int().min(0), count: z.int().min(0), hash: HashText, signature: Signature });
export type DayHead = z.infer<typeof DayHead>;
/** The hall's word where the chain stands now, renewed with each sweep: without it the day that is not over could be written anew. */
export const RunningHead = z.strictObject({ kind: JournalKind, position: z.int().min(0), hash: HashText, at: Instant, signature: Signature });
export type RunningHead = z.infer<typeof RunningHead>;
/** The hall's word that the rows up to `through` were removed because their time was over; their links stay. */
export const RemovalMark = z.strictObject({ kind: JournalKind, through: z.int().min(1), at: Instant, signature: Signature });
export type RemovalMark = z.infer<typeof RemovalMark>;

export function rowHash(digest: ActionDigest, kind: JournalKind, content: JournalContent): Hash {
  return digest.sha256(canonicalJson({ format: 'jinban-journal-row-1', kind, ...content }));
}

function linkHash(digest: ActionDigest, division: string, link: Omit<JournalLink, 'hash'>): Hash {
  const { kind, position, row, rowHash: ofRow, previous } = link;
  return digest.sha256(canonicalJson({ format: 'jinban-journal-link-1', division, kind, position, row, rowHash: ofRow, previous }));
}

/** Hangs a row on the chain's head. */
export function appendLink(digest: ActionDigest, division: string, kind: JournalKind, head: JournalHead, content: JournalContent): JournalLink {
  const link = { kind, position: head.position + 1, row: content.id, rowHash: rowHash(digest, kind, content), previous: head.hash };
  return { ...link, hash: linkHash(digest, division, link) };
}

/** Whether a link's own hash is right. */
export function linkIsWhole(digest: ActionDigest, division: string, link: JournalLink): boolean {
  return linkHash(digest, division, link) === link.hash;
}

type Unsigned<Word> = Omit<Word, 'signature'>;
const dayText = (division: string, day: Unsigned<DayHead>) => ['jinban-journal-day-1', division, day.kind, day.date, day.position, day.count, day.hash].join('\n');
const runningText = (division: string, head: Unsigned<RunningHead>) => ['jinban-journal-head-1', division, head.kind, head.position, head.hash, head.at].join('\n');
const removalText = (division: string, mark: Unsigned<RemovalMark>) => ['jinban-journal-removal-1', division, mark.kind, mark.through, mark.at].join('\n');

const signed = (signer: ActionSigner, text: string) => signer.sign(signer.sha256(text));
export const signDay = (signer: ActionSigner, division: string, day: Unsigned<DayHead>): DayHead => ({ ...day, signature: signed(signer, dayText(division, day)) });
export const signRunning = (signer: ActionSigner, division: string, head: Unsigned<RunningHead>): RunningHead => ({ ...head, signature: signed(signer, runningText(division, head)) });
export const signRemoval = (signer: ActionSigner, division: string, mark: Unsigned<RemovalMark>): RemovalMark => ({ ...mark, signature: signed(signer, removalText(division, mark)) });

const genuine = (verifier: ActionVerifier, publicKey: string, text: string, signature: string) => verifier.verify(publicKey, verifier.sha256(text), signature);
export const dayIsGenuine = (verifier: ActionVerifier, publicKey: string, division: string, day: DayHead): boolean => genuine(verifier, publicKey, dayText(division, day), day.signature);
export const runningIsGenuine = (verifier: ActionVerifier, publicKey: string, division: string, head: RunningHead): boolean => genuine(verifier, publicKey, runningText(division, head), head.signature);
export const removalIsGenuine = (verifier: ActionVerifier, publicKey: string, division: string, mark: RemovalMark): boolean => genuine(verifier, publicKey, removalText(division, mark), mark.signature);
