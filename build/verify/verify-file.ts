import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { verifier } from '../../crypto/node.ts';
import { type ChainFault, type ChainHead, type ChainReport, CHAIN_START, verifyChain } from '../../domain/action/chain.ts';
import { checkEnd, type FormerKey, LogExportEnd, LogExportHeader } from '../../domain/action/export.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';

export type VerifyFailure = { kind: 'no-file' } | { kind: 'no-header' };

/**
 * What is wrong with an export's end.
 * - `end-missing`: the last line is not one; entries may have been cut off with it.
 * - `end-forged`: not signed by the exporter's key, or about another machine.
 * - `cut-off`: the exporter's log went on after the last entry here.
 * - `end-differs`: the exporter's log ended with another entry of that number, or earlier.
 */
export type EndFault = { kind: 'end-missing' } | { kind: 'end-forged' } | { kind: 'cut-off'; from: number; to: number } | { kind: 'end-differs' };

export type VerifyReport = ChainReport & { publicKey: string; keyFrom: 'given' | 'file'; /** Of a machine that was lost; always the file's own word. */ former: readonly FormerKey[]; end: LogExportEnd | null; endFault: EndFault | null };

/** The keys that the county registered, base64; null takes the file's own word. `hall` is for an export that the hall made. */
export type GivenKeys = { machine: string | null; hall: string | null };

/** Checks an exported log. */
export async function verifyFile(file: string, given: GivenKeys): Promise<Result<VerifyReport, VerifyFailure>> {
  const entries: unknown[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) if (line.trim() !== '') entries.push(parse(line));
  } catch {
    return err({ kind: 'no-file' });
  }
  const header = LogExportHeader.safeParse(entries[0]);
  if (!header.success) return err({ kind: 'no-header' });
  const { machine, former } = header.data;
  const publicKey = given.machine ?? header.data.publicKey;
  const last = LogExportEnd.safeParse(entries.at(-1));
  const end = last.success ? last.data : null;
  const report = verifyChain(entries.slice(1, end === null ? undefined : -1), machine, (sequence) => former.find(({ through }) => sequence <= through)?.publicKey ?? publicKey, verifier);
  const endKey = end === null ? '' : end.by === machine ? publicKey : given.hall ?? end.publicKey;
  const genuine = end !== null && end.machine === machine && checkEnd(end, endKey, verifier);
  return ok({ ...report, publicKey, former, keyFrom: given.machine === null ? 'file' : 'given', end, endFault: end === null ? { kind: 'end-missing' } : genuine ? compare(report.head ?? CHAIN_START, end) : { kind: 'end-forged' } });
}

function compare(head: ChainHead, end: LogExportEnd): EndFault | null {
  if (head.sequence < end.sequence) return { kind: 'cut-off', from: head.sequence + 1, to: end.sequence };
  return head.sequence === end.sequence && head.hash === end.hash ? null : { kind: 'end-differs' };
}

/** A line that is not JSON is an entry that cannot be read, not a reason to stop. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** One sentence a fault, for people. */
export function faultText({ position, sequence, fault }: ChainFault): string {
  const where = `entry ${position}${sequence === null ? '' : ` (number ${sequence})`}`;
  switch (fault.kind) {
    case 'malformed':
      return `${where}: cannot be read as an action${fault.path === '' ? '' : ` (at ${fault.path})`}`;
    case 'bad-hash':
      return `${where}: was edited; its content no longer fits its hash`;
    case 'bad-signature':
      return `${where}: was not signed by this machine's key`;
    case 'wrong-machine':
      return `${where}: belongs to another machine (${fault.machine})`;
    case 'missing':
      return `${where}: ${numbers(fault)} missing before it`;
    case 'out-of-order':
      return `${where}: stands in the wrong place; number ${fault.expected} was expected`;
    case 'repeated':
      return `${where}: stands here a second time`;
    case 'previous-differs':
      return `${where}: does not continue the entry before it`;
    case 'time-went-back':
      return `${where}: its counter runs behind the entry before it`;
    default:
      return never(fault);
  }
}

export function endFaultText(fault: EndFault): string {
  switch (fault.kind) {
    case 'end-missing':
      return 'end: is missing; entries after the last one may have been cut off with it';
    case 'end-forged':
      return 'end: was not signed by whoever exported the log';
    case 'cut-off':
      return `end: ${numbers(fault)} missing after the last entry`;
    case 'end-differs':
      return 'end: the log that was exported did not end with the last entry here';
    default:
      return never(fault);
  }
}

function numbers({ from, to }: { from: number; to: number }): string {
  return from === to ? `number ${from} is` : `numbers ${from} to ${to} are`;
}
