import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { verifier } from '../../crypto/node.ts';
import { type ChainFault, type ChainReport, verifyChain } from '../../domain/action/chain.ts';
import { LogExportHeader } from '../../domain/action/export.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';

export type VerifyFailure = { kind: 'no-file' } | { kind: 'no-header' };
export type VerifyReport = ChainReport & { publicKey: string; keyFrom: 'given' | 'file' };

/** Checks an exported log. @param key the registered public key, base64; null takes the file's own word for it */
export async function verifyFile(file: string, key: string | null): Promise<Result<VerifyReport, VerifyFailure>> {
  const entries: unknown[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) if (line.trim() !== '') entries.push(parse(line));
  } catch {
    return err({ kind: 'no-file' });
  }
  const header = LogExportHeader.safeParse(entries[0]);
  if (!header.success) return err({ kind: 'no-header' });
  const publicKey = key ?? header.data.publicKey;
  return ok({ ...verifyChain(entries.slice(1), header.data.machine, publicKey, verifier), publicKey, keyFrom: key === null ? 'file' : 'given' });
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
      return fault.from === fault.to ? `${where}: number ${fault.from} is missing before it` : `${where}: numbers ${fault.from} to ${fault.to} are missing before it`;
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
