import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { never } from '../../domain/result.ts';
import { archiveFaultText, type ArchiveVerified, verifyArchive } from './verify-archive.ts';
import { endFaultText, faultText, verifyFile } from './verify-file.ts';
import { findingText, type JournalVerified, verifyJournal } from './verify-journal.ts';

const USAGE = 'Name the exported log or journal, or the package of an archived case: jinban verify FILE [--key BASE64] [--hall-key BASE64] [--identity FILE]\n';

/** `jinban verify FILE [--key BASE64] [--hall-key BASE64] [--identity FILE]`: exit 0 whole, 1 faults found, 2 cannot be checked. */
export async function main(args: readonly string[]): Promise<number> {
  const read = readArguments(args);
  if (read === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { file, machine, hall } = read;
  const identity = read.identity === null ? null : await readIdentity(read.identity);
  if (identity === undefined) {
    process.stderr.write(`${read.identity}: holds no secret key of age.\n`);
    return 2;
  }
  const archive = await verifyArchive(file, hall, identity);
  if (archive.ok) return tellArchive(archive.value);
  const journal = await verifyJournal(file, hall);
  if (journal.ok) return tellJournal(journal.value);
  const checked = await verifyFile(file, { machine, hall });
  if (!checked.ok) {
    switch (checked.error.kind) {
      case 'no-file':
        process.stderr.write(`${file}: cannot be read.\n`);
        return 2;
      case 'no-header':
        process.stderr.write(`${file}: is not an exported log; its first line must be the header that an export writes.\n`);
        return 2;
      default:
        return never(checked.error);
    }
  }
  const report = checked.value;
  process.stdout.write(`${report.machine}: ${report.entries} entries, last number ${report.head?.sequence ?? 0}\n`);
  if (report.keyFrom === 'file') process.stdout.write('Key: the file\'s own. Give the registered key with --key to know who signed.\n');
  for (const { publicKey, through } of report.former) process.stdout.write(`Up to number ${through} a key from before the machine was lost: ${publicKey}. Compare it with the hall's --gaps ${report.machine}.\n`);
  if (report.end !== null) {
    process.stdout.write(`Exported at ${report.end.exportedAt} by ${report.end.by}. Entries made later are not in it.\n`);
    if (report.end.by !== report.machine && hall === null) process.stdout.write('The end is signed by the file\'s own key of the hall. Give the registered one with --hall-key.\n');
  }
  const said = [...report.faults.map(faultText), ...(report.endFault === null ? [] : [endFaultText(report.endFault)])];
  for (const words of said) process.stdout.write(`  ${words}\n`);
  process.stdout.write(said.length === 0 ? 'Whole: nothing is missing, edited or moved.\n' : `${said.length} fault(s) found.\n`);
  return said.length === 0 ? 0 : 1;
}

function tellJournal({ header, keyFrom, report, end }: JournalVerified): number {
  const say = (words: string) => process.stdout.write(`${words}\n`);
  say(`Journals of ${header.hall}, ${header.from} to ${header.to}: ${report.entries.deed} deeds, ${report.entries.read} reads, ${report.days.length} days closed`);
  if (keyFrom === 'file') say('Key: the file\'s own. Give the registered one with --hall-key to know who signed.');
  if (report.removed > 0) say(`Of ${report.removed} entries only the links are here.`);
  // Whoever noted a head on its day finds out here whether the whole journal was written anew since.
  for (const { kind, date, count, hash } of report.days.slice(-2)) say(`Head of ${date}, ${kind === 'deed' ? 'deeds' : 'reads'}: ${count} entries, ${hash}`);
  if (end !== null) say(`Exported at ${end.exportedAt} by ${end.by}. What was written later is not in it.`);
  const said = [...report.findings.map(findingText), ...(end === null ? ['end: is missing or was not signed by the hall; entries after the last one may have been cut off with it'] : [])];
  for (const words of said) say(`  ${words}`);
  say(said.length === 0 ? 'Whole: nothing is missing, edited or moved.' : `${said.length} fault(s) found.`);
  return said.length === 0 ? 0 : 1;
}

function tellArchive({ manifest, keyFrom, files, faults }: ArchiveVerified): number {
  const say = (words: string) => process.stdout.write(`${words}\n`);
  say(`Case ${manifest.number}, archived by ${manifest.hall} at ${manifest.madeAt}: ${manifest.files.length} files, ${manifest.actions} actions`);
  if (keyFrom === 'file') say('Key: the file\'s own. Give the registered one with --hall-key to know who signed.');
  say(files === null ? 'The sealed part stayed closed. Give the archive\'s key with --identity to look into it.' : `Opened: ${files} files.`);
  for (const fault of faults) say(`  ${archiveFaultText(fault)}`);
  say(faults.length === 0 ? 'Whole: nothing is missing, edited or moved.' : `${faults.length} fault(s) found.`);
  return faults.length === 0 ? 0 : 1;
}

/** The secret key within a file as age-keygen writes it; undefined when there is none. */
async function readIdentity(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^AGE-SECRET-KEY-1[0-9A-Z]+$/m.exec(text)?.[0];
}

function readArguments(args: readonly string[]): { file: string; machine: string | null; hall: string | null; identity: string | null } | null {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { key: { type: 'string' }, 'hall-key': { type: 'string' }, identity: { type: 'string' } } });
    const [file] = positionals;
    return file === undefined || positionals.length > 1 ? null : { file, machine: values.key ?? null, hall: values['hall-key'] ?? null, identity: values.identity ?? null };
  } catch {
    return null;
  }
}
