import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { verifier } from '../../crypto/node.ts';
import { createJournalCheck, type JournalFinding, type JournalReport } from '../../domain/audit/check.ts';
import { endIsGenuine, JournalExportEnd, JournalExportHeader } from '../../domain/audit/export.ts';
import type { JournalKind } from '../../domain/audit/journal.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** `end`: null when the last line is none, or not the hall's word about this span; entries may have been cut off with it. */
export type JournalVerified = { header: JournalExportHeader; keyFrom: 'given' | 'file'; report: JournalReport; end: JournalExportEnd | null };

/** Checks an exported journal, line by line: it may hold years. @param hallKey what the county registered, base64; null takes the file's own word */
export async function verifyJournal(file: string, hallKey: string | null): Promise<Result<JournalVerified, { kind: 'no-file' } | { kind: 'no-header' }>> {
  let header: JournalExportHeader | null = null;
  let check: ReturnType<typeof createJournalCheck> | null = null;
  let last: string | null = null;
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
      if (check === null) {
        const parsed = JournalExportHeader.safeParse(read(line));
        if (!parsed.success) return err({ kind: 'no-header' });
        header = parsed.data;
        check = createJournalCheck({ division: header.division, publicKey: hallKey ?? header.publicKey, from: header.from }, verifier);
        continue;
      }
      // One line behind: the last one is the end, and no line of a journal.
      if (last !== null) check.take(read(last));
      last = line;
    }
  } catch {
    return err({ kind: 'no-file' });
  }
  if (header === null || check === null) return err({ kind: 'no-header' });
  const { division, from, to } = header;
  const parsed = JournalExportEnd.safeParse(last === null ? null : read(last));
  if (!parsed.success && last !== null) check.take(read(last));
  const end = parsed.success && parsed.data.division === division && parsed.data.from === from && parsed.data.to === to && endIsGenuine(verifier, hallKey ?? header.publicKey, parsed.data) ? parsed.data : null;
  return ok({ header, keyFrom: hallKey === null ? 'file' : 'given', report: check.end(end), end });
}

/** A line that is not JSON is a line that cannot be read, not a reason to stop. */
function read(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const NAMES: Readonly<Record<JournalKind, string>> = { deed: 'deeds', read: 'reads' };

/** One sentence a finding, for people. Lines are counted as an editor counts them. */
export function findingText({ line, journal, position, fault }: JournalFinding): string {
  const where = line === 0 ? 'end' : `line ${line + 1}`;
  const which = [journal === null ? '' : NAMES[journal], position === null ? '' : `number ${position}`].filter((part) => part !== '').join(', ');
  return `${where}${which === '' ? '' : ` (${which})`}: ${words(fault)}`;
}

function words(fault: JournalFinding['fault']): string {
  switch (fault.kind) {
    case 'missing':
      return `${numbers(fault)} missing before it`;
    case 'cut-off':
      return `${numbers(fault)} missing after the last entry`;
    case 'day-missing':
      return `the signed head of ${fault.date} is missing`;
    default:
      return WORDS[fault.kind];
  }
}

const WORDS: Readonly<Record<Exclude<JournalFinding['fault']['kind'], 'missing' | 'cut-off' | 'day-missing'>, string>> = {
  unreadable: 'cannot be read as a line of a journal',
  'out-of-place': 'stands among the lines of another journal',
  'start-forged': 'the hall did not sign that the chain stood there on the day before',
  edited: 'was edited; the row no longer fits its link',
  'link-edited': 'the link was edited; it no longer fits its own hash',
  repeated: 'stands here a second time, or in the wrong place',
  'previous-differs': 'does not continue the entry before it',
  deleted: 'the row was deleted, and no rule removed it',
  stray: 'a row that no link vouches for',
  'wrong-day': 'says that it is of a day that was closed without it',
  'day-forged': 'the head of this day was not signed by the hall',
  'day-differs': 'the day was closed over other entries than those here',
  'removal-forged': 'that rows were removed by rule was not signed by the hall',
  'end-differs': 'the journal that was exported did not end with the last entry here',
};

function numbers({ from, to }: { from: number; to: number }): string {
  return from === to ? `number ${from} is` : `numbers ${from} to ${to} are`;
}
