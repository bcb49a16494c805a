import type { Writable } from 'node:stream';
import { type JournalExportHeader, signEnd } from '../../domain/audit/export.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type Ground, nowOf } from '../ground.ts';
import { type JournalsFailure, openJournals } from './lines.ts';

/** Writes both journals of a span of civil days, with links and signed heads, for an auditor who checks them with `jinban verify`. */
export async function exportJournal(ground: Ground, from: string, to: string, out: Writable): Promise<Result<null, JournalsFailure>> {
  const opened = await openJournals(ground, from, to);
  if (!opened.ok) return opened;
  const { division, hall, signer } = ground;
  const { signing: publicKey } = ground.publicKeys;
  const header: JournalExportHeader = { format: 'jinban-journal-1', division, hall, publicKey, from, to };
  const say = (line: unknown) => out.write(`${JSON.stringify(line)}\n`);
  say(header);
  for await (const line of opened.value.lines()) say(line);
  say(signEnd(signer, { format: 'jinban-journal-end-1', division, from, to, ...opened.value.ended, exportedAt: nowOf(ground), by: hall, publicKey }));
  return ok(null);
}
