import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { generateSigningKey, hashSigner, sha256 } from '../../crypto/node.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { sealBundle } from '../../domain/item/bundle.ts';
import { labelOf } from '../../domain/item/elements.ts';
import { skeletonItem } from '../../domain/item/skeleton.ts';
import { say, stop } from '../say.ts';
import { preview } from './preview.ts';
import { type PackFinding, type PackReport, readPackFolder } from './read.ts';

const HELP = `usage: jinban pack VERB

  new DIR CODE                makes an item to begin with in DIR/items: CODE is its 实施编码, 31 characters
  lint DIR                    tells what is wrong with the pack in DIR; exit 1 when something keeps it from being published
  preview DIR [--out OUT]     writes each guide as a page, a picture and a PDF to OUT (default DIR/preview)
  sign DIR --key FILE         writes DIR/pack.jinban, signed: what a hall with a publisher's key takes (--pack-key)
       [--out FILE]
  sign --new-key FILE         makes a publisher's key pair and prints the public key
`;

/** A publisher's keys in a file; nobody but its owner may read it. */
const KeyFile = z.strictObject({ format: z.literal('jinban-pack-key-1'), publicKey: z.string(), privateKey: z.string() });

/** `jinban pack …`: exit 0 done, 1 the pack has open findings, 2 the call is wrong. @param now milliseconds since 1970 */
export async function main(args: readonly string[], now: number): Promise<number> {
  const read = readArguments(args);
  const [verb, folder, code] = read?.positionals ?? [];
  const { out, key, 'new-key': newKey } = read?.values ?? {};
  if (verb === 'sign' && newKey !== undefined) return makeKey(newKey);
  if (folder === undefined) return usage();
  switch (verb) {
    case 'new': return code === undefined ? usage() : makeItem(folder, code, civilDate(now));
    case 'lint': return tell(await readPackFolder(folder, civilDate(now)));
    case 'preview': {
      const report = await readPackFolder(folder, civilDate(now));
      if (report.items.length === 0) return tell(report);
      for (const file of await preview(report.items, { folder, out: out ?? path.join(folder, 'preview'), day: civilDate(now) })) process.stdout.write(`${file}\n`);
      return 0;
    }
    case 'sign': return key === undefined ? usage() : sign(folder, key, out ?? path.join(folder, 'pack.jinban'), now);
    default: return usage();
  }
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { out: text, key: text, 'new-key': text } });
  } catch {
    return null;
  }
}

function usage(): number {
  process.stderr.write(HELP);
  return 2;
}

async function makeItem(folder: string, code: string, today: string): Promise<number> {
  const item = skeletonItem(code, today);
  if (!item.ok) stop(`${code} is no 实施编码 (${item.error.kind}).`, 'It is 31 characters: the credit code of the body (18), the level (1), the basic code (12).');
  const file = path.join(folder, 'items', `${item.value.code}.json`);
  if (existsSync(file)) stop(`${file} is there already.`, 'Edit it, or name another code.');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(item.value, null, 2)}\n`);
  process.stdout.write(`${file}\n`);
  say(`Write over every 待填写, then: ./jinban pack lint ${folder}`);
  return 0;
}

/** One line a finding: file, place with its Chinese name, severity, kind, words. Answered ones are only counted. */
function tell({ items, findings }: PackReport): number {
  const open = findings.filter((finding) => finding.open);
  process.stdout.write(open.map((finding) => `${lineOf(finding)}\n`).join(''));
  const blocking = open.filter(({ severity }) => severity === 'blocks').length;
  say(`${items.length} item(s): ${blocking} finding(s) block, ${open.length - blocking} need a public reason, ${findings.length - open.length} have one.`);
  return open.length === 0 ? 0 : 1;
}

function lineOf({ file, path: place, severity, kind, words }: PackFinding): string {
  return `${file}: ${place}${place === '' ? '' : `（${labelOf(place)}）`} [${severity}] ${kind}: ${words}`;
}

async function makeKey(file: string): Promise<number> {
  const pair = generateSigningKey();
  // A key that is there is never written over: what it signed could be signed by nobody again.
  const written = await writeFile(file, `${JSON.stringify({ format: 'jinban-pack-key-1', ...pair })}\n`, { mode: 0o600, flag: 'wx' }).then(() => true, () => false);
  if (!written) stop(`${file} is there already, or its folder is not.`, 'Name a new file.');
  await chmod(file, 0o600);
  process.stdout.write(`${pair.publicKey}\n`);
  say(`Keep ${file} to yourself. The hall takes what it signs with: --pack-key ${pair.publicKey}`);
  return 0;
}

async function sign(folder: string, keyFile: string, out: string, now: number): Promise<number> {
  const report = await readPackFolder(folder, civilDate(now));
  if (report.findings.some(({ open }) => open)) {
    tell(report);
    stop('the pack is not signed: it may not be published as it is.', 'Mend what is told above, or give its public reason.');
  }
  const key = await readKey(keyFile);
  const name = path.basename(path.resolve(folder));
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) stop(`${name} is no name of a pack.`, 'Call its folder by small letters, digits and hyphens.');
  await writeFile(out, sealBundle({ pack: name, signedAt: new Date(now).toISOString(), publisher: key.publicKey, items: report.items }, sha256, hashSigner(key.privateKey)));
  process.stdout.write(`${out}\n`);
  say(`${report.items.length} item(s), signed by ${key.publicKey}`);
  return 0;
}

async function readKey(file: string): Promise<z.infer<typeof KeyFile>> {
  if (!existsSync(file)) stop(`${file} does not exist.`, `Make a key: ./jinban pack sign --new-key ${file}`);
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) stop(`${file} can be read by other users.`, `Whoever has read it can sign in your name: chmod 600 ${file}, and make a new key if others work here.`);
  // The parser's message would quote the file, which holds a key.
  const parsed = KeyFile.safeParse(await readFile(file, 'utf8').then((text) => JSON.parse(text) as unknown).catch(() => null));
  return parsed.success ? parsed.data : stop(`${file} holds no publisher's key.`, 'Name the file that sign --new-key made.');
}
