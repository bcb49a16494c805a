/** `jinban bench [NAME] [--json FILE]`: measures Jinban against its peers; without a name, lists what can be measured. */
import { existsSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inProject } from '../paths.ts';
import { stop } from '../say.ts';

const folder = inProject('test', 'bench');
const [name, ...rest] = process.argv.slice(2);
const names = benches();
if (name === undefined) {
  process.stdout.write(names.map((each) => `${each}\n`).join(''));
} else if (!names.includes(name)) {
  stop(`there is no bench called ${name}.`, `Name one of: ${names.join(', ')}.`);
} else {
  const { main } = (await import(pathToFileURL(`${folder}/${name}.ts`).href)) as { main(args: string[]): Promise<number> };
  // Said outright: what ends an embedded PostgreSQL with the process would end it with 0.
  process.exit(await main(rest));
}

/** A bench is a file of the folder; its helpers are in folders below. */
function benches(): string[] {
  const files = !existsSync(folder) ? [] : readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => entry.name).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => file.slice(0, -3)).sort();
}
