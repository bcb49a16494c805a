import { z } from 'zod';
import { Hash, MachineId } from '../ids.ts';
import { Instant } from '../time.ts';
import type { ChainHead } from './chain.ts';
import type { Action, ActionSigner, ActionVerifier } from './types.ts';

/** A key that a machine had before it was lost, and the last of its actions that it vouches for. */
export const FormerKey = z.strictObject({ publicKey: z.base64().length(44), through: z.int().min(0) });
export type FormerKey = z.infer<typeof FormerKey>;

/**
 * An exported log is NDJSON: a header, one action a line in the order of the log, and an end. The public keys in it are a convenience; an
 * auditor gives the keys that the county registered.
 */
export const LogExportHeader = z.strictObject({ format: z.literal('jinban-log-1'), machine: MachineId, publicKey: z.base64().length(44), /** Oldest first; empty for a machine that was never lost. */ former: z.array(FormerKey).default([]) });
export type LogExportHeader = z.infer<typeof LogExportHeader>;

/** The exporter's signed word where the log ended: without it nobody could tell that last entries were cut off. */
export const LogExportEnd = z.strictObject({
  format: z.literal('jinban-log-end-1'),
  machine: MachineId,
  /** The last action's, or 0 and 64 zeros of an empty log. */
  sequence: z.int().min(0),
  hash: Hash,
  exportedAt: Instant,
  /** Who exported: the machine itself or its hall, with the key that signed. */
  by: MachineId,
  publicKey: z.base64().length(44),
  /** Ed25519 over SHA-256 of `endText`, base64. */
  signature: z.base64().length(88),
});
export type LogExportEnd = z.infer<typeof LogExportEnd>;

function endText(end: Omit<LogExportEnd, 'signature'>): string {
  return [end.format, end.machine, end.sequence, end.hash, end.exportedAt, end.by].join('\n');
}

/** Whether the end was signed by `publicKey`. */
export function checkEnd(end: LogExportEnd, publicKey: string, verifier: ActionVerifier): boolean {
  return verifier.verify(publicKey, verifier.sha256(endText(end)), end.signature);
}

/**
 * The first and the last line of an exported log, each with its line feed; between them stand the actions.
 * @param exporter the signer of the end, and its public key
 */
export function exportFrame(log: { machine: MachineId; publicKey: string; former?: readonly FormerKey[]; head: ChainHead }, exportedAt: string, exporter: { signer: ActionSigner; publicKey: string }): { header: string; end: string } {
  const { machine, publicKey, former = [], head } = log;
  const header: LogExportHeader = { format: 'jinban-log-1', machine, publicKey, former: [...former] };
  const body = { format: 'jinban-log-end-1' as const, machine, sequence: head.sequence, hash: head.hash, exportedAt, by: exporter.signer.machine, publicKey: exporter.publicKey };
  const end: LogExportEnd = { ...body, signature: exporter.signer.sign(exporter.signer.sha256(endText(body))) };
  return { header: `${JSON.stringify(header)}\n`, end: `${JSON.stringify(end)}\n` };
}

/** A whole exported log as text. */
export function exportText(log: { machine: MachineId; publicKey: string; former?: readonly FormerKey[]; head: ChainHead; actions: readonly Action[] }, exportedAt: string, exporter: { signer: ActionSigner; publicKey: string }): string {
  const { header, end } = exportFrame(log, exportedAt, exporter);
  return [header, ...log.actions.map((action) => `${JSON.stringify(action)}\n`), end].join('');
}
