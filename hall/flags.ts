import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { Role } from '../domain/contracts/staff.ts';
import { MachineId } from '../domain/ids.ts';
import { isPractice } from '../domain/practice/mark.ts';
import { practiceMachine, practiceName } from '../domain/practice/practice.ts';
import { ArchiveSettings } from './archive/settings.ts';
import { PaperSettings } from './papers/settings.ts';

export const HELP = `用法 usage: node hall/main.ts [flags]

  --port 8330          port to serve on
  --host 127.0.0.1     address to serve on
  --proxy ADDRESSES    proxies in front of the hall, by commas (127.0.0.1, 10.1.0.0/24): their X-Forwarded-For is believed
  --data DIR           keys, scans and, without DATABASE_URL, the PGlite database (default ./data/hall)
  --packs DIR          item packs to publish (default ./packs)
  --sms-gateway URL    where texts to citizens are sent, with the key in JINBAN_SMS_KEY (docs/messages.md)
  --pack-key KEY       only packs signed with this publisher's key are published; several by commas
  --hall H330624       the hall's machine id
  --name NAME          the hall's name (default 新昌县政务服务中心)
  --practice           练习大厅: a hall of its own for training, with made-up people and cases, keys of its own
                       and numbers that say 练习 (default data folder ./data/practice; docs/seed.md)
  --demo               accounts wang, li and admin, and machine T330624-0001
  --ready-file FILE    writes {url, enrolmentCode} there once it serves
  --config FILE        YAML with these names; a flag wins over the file

  --add-machine ID     registers a machine, prints its one-time code, and ends
  --retire-machine ID  retires a machine, and ends
  --replace-machine ID revokes a lost machine's key, prints a one-time code for its spare, and ends
  --places FILE        keeps where machines stand, as the list in FILE (YAML or JSON) says, tells the terminals, and ends
  --gaps ID            tells what a replaced machine may have done that never came, as JSON, and ends
  --export-log ID      writes that machine's log as it is here to standard output, for ./jinban verify, and ends
  --export-audit FROM TO
                       writes what staff did and read on these days (2026-11-01 2026-11-30) to standard output, for ./jinban verify, and ends
  --gap-report         prints where every number is that was ever given out, as CSV, and ends
  --archive-export DIR copies the packages of archived cases to DIR, those that are not there yet, and ends
  --courier-import DIR takes what terminals sent on the stick mounted at DIR, and ends
  --courier-export DIR puts the hall's card and answers on the stick, and ends
  --add-user ACCOUNT NAME ROLE
                       makes or changes an account, password from standard input, and ends
                       ROLE: ${Role.options.join(', ')}

  DATABASE_URL         postgresql://… in the environment: PostgreSQL instead of PGlite
`;

/** Ends with a message that a technician can act on. */
export class Stop extends Error {}

/** What flags and a configuration file may set, under the same names. */
const Settings = z.strictObject({
  port: z.coerce.number().int().min(0).max(65_535).default(8330),
  host: z.string().min(1).default('127.0.0.1'),
  data: z.string().min(1).optional(),
  packs: z.string().min(1).default('packs'),
  'sms-gateway': z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  'pack-key': z.string().default('').transform((keys) => keys.split(',').map((key) => key.trim()).filter((key) => key !== ''))
    .refine((keys) => keys.every((key) => Buffer.from(key, 'base64').length === 32), 'no public key of a publisher: 32 bytes in base64, as ./jinban pack sign --new-key prints it'),
  hall: MachineId.refine((id) => id.startsWith('H')).default('H330624' as MachineId),
  name: z.string().min(1).max(60).default('新昌县政务服务中心'),
  proxy: z.string().default('').transform((list) => list.split(',').map((one) => one.trim()).filter((one) => one !== '')).refine((list) => list.every(isAddress), 'no address or range, such as 127.0.0.1 or 10.1.0.0/24'),
  demo: z.boolean().default(false),
  practice: z.boolean().default(false),
  papers: PaperSettings.prefault({}),
  archive: ArchiveSettings.prefault({}),
});
export type Settings = z.infer<typeof Settings> & { data: string };

export type Flags = ReturnType<typeof readFlags>;

export function readFlags() {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: text, host: text, data: text, packs: text, 'pack-key': text, 'sms-gateway': text, hall: text, name: text, demo: yes, practice: yes, 'ready-file': text, config: text, proxy: text,
        'add-machine': text, 'retire-machine': text, 'replace-machine': text, places: text, gaps: text, 'export-log': text, 'export-audit': yes, 'gap-report': yes, 'archive-export': text, 'add-user': yes, 'courier-import': text, 'courier-export': text, help: yes,
      },
    });
  } catch (cause) {
    throw new Stop(`${cause instanceof Error ? cause.message : ''}\n\n${HELP}`);
  }
}

/** A flag wins over the file. */
export async function readSettings(values: Flags['values']): Promise<Settings> {
  const file = values.config === undefined ? {} : await readConfig(values.config);
  const given = Object.fromEntries(Object.entries(values).filter(([name]) => name in Settings.shape));
  const parsed = Settings.safeParse({ ...file, ...given });
  if (!parsed.success) throw new Stop(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`).join('\n'));
  return purposeOf(parsed.data);
}

/** A practice hall is another hall: of another county, under another name, in another folder. */
function purposeOf(settings: z.infer<typeof Settings>): Settings {
  const { practice, demo, hall, name, data } = settings;
  if (practice && demo) throw new Stop('--practice and --demo are two different halls; choose one');
  if (practice) return { ...settings, hall: practiceMachine(hall), name: practiceName(name), data: data ?? 'data/practice' };
  if (isPractice(hall)) throw new Stop(`${hall} is the id of a practice hall; start it with --practice`);
  return { ...settings, data: data ?? 'data/hall' };
}

async function readConfig(path: string): Promise<Record<string, unknown>> {
  const source = await readFile(path, 'utf8').catch(() => {
    throw new Stop(`${path} cannot be read`);
  });
  const parsed = z.record(z.string(), z.unknown()).safeParse(parse(source) ?? {});
  if (!parsed.success) throw new Stop(`${path} holds no settings`);
  return parsed.data;
}

/** `10.1.0.7`, `10.1.0.0/24`, `::1`. */
function isAddress(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  return isIP(address) !== 0 && more.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits));
}
