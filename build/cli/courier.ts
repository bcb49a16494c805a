/** `jinban courier VERB …`: carries cases by USB stick where there is no line; `courier --help` tells its verbs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configFailureText } from '../../main/config-file.ts';
import { readTerminalConfig } from '../../main/shell/config.ts';
import { exportFromTerminal, importAtTerminal } from '../courier/terminal.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';
import { stop } from '../say.ts';

const HELP = `usage: jinban courier VERB

At a terminal, which must not be running (the caretaker's screen does the same while it runs):
  export --config FILE --to DIR        puts what waits for the hall on the stick mounted at DIR
  import --config FILE --from DIR      takes what the hall sent
         [--hall FINGERPRINT]          for a terminal that knows no hall yet: the fingerprint that the hall shows

At the hall (stop it first, unless it runs on PostgreSQL):
  hall-import --data DIR --stick DIR   takes what terminals sent
  hall-export --data DIR --stick DIR   puts the hall's card and its answers on the stick
         further flags of \`jinban hall\` (--hall, --name, --packs, --config) go here as well

  Files lie in the stick's folder jinban-courier, encrypted for their receiver.
`;

const [verb, ...rest] = process.argv.slice(2);
switch (verb) {
  case 'export':
    process.exitCode = await exportFromTerminal(settings(), stick('to'));
    break;
  case 'import':
    process.exitCode = await importAtTerminal(settings(), stick('from'), flags().hall ?? null);
    break;
  case 'hall-import':
  case 'hall-export':
    process.exitCode = await atHall(verb === 'hall-import' ? '--courier-import' : '--courier-export');
    break;
  case 'help':
  case '--help':
  case '-h':
    process.stdout.write(HELP);
    break;
  default:
    stop(verb === undefined ? 'courier needs a verb.' : `courier has no verb ${verb}.`, 'Name one of: export, import, hall-import, hall-export; --help tells more.');
}

function flags() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: rest, options: { config: text, to: text, from: text, hall: text } }).values;
  } catch (cause) {
    return stop(`courier ${verb}: ${cause instanceof Error ? (cause.message.split('.')[0] ?? '') : ''}.`, './jinban courier --help tells its flags.');
  }
}

function settings() {
  const { config } = flags();
  if (config === undefined) stop('courier needs the terminal\'s settings.', 'Name them: --config terminal.yaml.');
  const read = readTerminalConfig(config);
  if (!read.ok) stop(configFailureText(read.error), 'Correct the file.');
  return read.value;
}

function stick(flag: 'to' | 'from'): string {
  const folder = flags()[flag];
  if (folder === undefined) stop(`courier ${verb} needs the folder where the stick is mounted.`, `Name it: --${flag} /media/jinban/STICK.`);
  return existing(folder);
}

function existing(folder: string): string {
  if (!existsSync(folder)) stop(`there is no folder ${folder}.`, 'Put the stick in, and name the folder where it is mounted.');
  return folder;
}

/** The hall's program does it, with its own settings and lock. */
function atHall(flag: string): Promise<number> {
  const at = rest.indexOf('--stick');
  const folder = at === -1 ? undefined : rest[at + 1];
  if (folder === undefined) stop(`courier ${verb} needs the folder where the stick is mounted.`, 'Name it: --stick /media/stick.');
  existing(folder);
  if (!rest.includes('--data') && !rest.includes('--config')) stop(`courier ${verb} needs the hall's folder.`, `Name it: --data ${join('data', 'hall')}.`);
  return runInForeground(process.execPath, [inProject('hall', 'main.ts'), ...rest.toSpliced(at, 2), flag, folder]);
}
