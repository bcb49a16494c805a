import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { hashPassword } from '../crypto/passwords.ts';
import { isCivilDate } from '../domain/calendar/civil-date.ts';
import { Role } from '../domain/contracts/staff.ts';
import { MachineId } from '../domain/ids.ts';
import { LONGEST_PASSWORD, type PasswordFault, passwordFault, SHORTEST_PASSWORD } from '../domain/staff/password.ts';
import { exportPackages } from './archive/export.ts';
import { exportJournal } from './audit/export-journal.ts';
import { exportLog } from './audit/export-log.ts';
import { carry } from './courier/carry.ts';
import { type Flags, Stop } from './flags.ts';
import { keepPlaces, readPlaces } from './fleet/places.ts';
import { putAccount } from './identity/accounts.ts';
import { gapsOf } from './identity/gaps.ts';
import { addMachine, retireMachine } from './identity/machines.ts';
import { replaceMachine } from './identity/takeover.ts';
import { numbersCsv, reportNumbers } from './leases/report.ts';
import type { Hall } from './server.ts';

/** What a command of administration works on. `value`: what stands behind its flag; `words`: what stands by itself. */
type Call = { hall: Hall; data: string; value: string; words: readonly string[] };

/** Flags that do one thing and end, and what they do. */
const COMMANDS = {
  async 'add-machine'({ hall, value }) {
    const code = await addMachine(hall.ground, machineOf(value));
    if (!code.ok) throw new Stop(`${value}: ${code.error.kind}`);
    say(code.value);
  },
  async 'retire-machine'({ hall, value }) {
    if (!(await retireMachine(hall.ground, machineOf(value)))) throw new Stop(`${value}: no such machine, or retired before`);
  },
  async 'replace-machine'({ hall, value }) {
    const code = await replaceMachine(hall.ground, machineOf(value));
    if (!code.ok) throw new Stop(`${value}: ${code.error.kind}`);
    say(code.value);
  },
  async places({ hall, value }) {
    const read = readPlaces(await readFile(value, 'utf8').catch(() => {
      throw new Stop(`${value} cannot be read`);
    }));
    const kept = read.ok ? await keepPlaces(hall.ground, read.value) : read;
    if (!kept.ok) throw new Stop(`${value}: nothing was changed.\n${kept.error.faults.map(({ entry, field, rule }) => `  ${[entry, field].filter((part) => part !== '').join(' ')}: ${rule}`).join('\n')}`);
    say(`${kept.value} changed`);
  },
  async gaps({ hall, value }) {
    say(JSON.stringify(await gapsOf(hall.ground, machineOf(value)), null, 2));
  },
  async 'export-log'({ hall, value }) {
    const exported = await exportLog(hall.ground, machineOf(value), process.stdout);
    if (!exported.ok) throw new Stop(`${value}: no such machine, or it was never enrolled`);
  },
  async 'export-audit'({ hall, words: [from = '', to = from] }) {
    if (!isCivilDate(from) || !isCivilDate(to)) throw new Stop('--export-audit takes two days, such as 2026-11-01 2026-11-30');
    const exported = await exportJournal(hall.ground, from, to, process.stdout);
    if (!exported.ok) throw new Stop(exported.error.kind === 'bad-span' ? `${from} to ${to}: no such span, or it has not begun` : `The journal of ${exported.error.journal}s does not stand where the hall left it: somebody changed the database. Nothing was exported.`);
  },
  async 'gap-report'({ hall }) {
    process.stdout.write(numbersCsv(hall.ground.division, await reportNumbers(hall.ground)));
  },
  async 'archive-export'({ hall, value }) {
    const exported = await exportPackages(hall.ground, resolve(value));
    say(`${exported.copied} copied, ${exported.there} there already`);
    if (exported.faulty.length > 0) throw new Stop(`These packages are not here, or not as they were archived:\n${exported.faulty.map((id) => `  ${id}`).join('\n')}`);
  },
  async 'add-user'({ hall, words: [account = '', name = '', role] }) {
    const parsed = Role.safeParse(role);
    if (account === '' || name === '' || !parsed.success) throw new Stop(`--add-user takes ACCOUNT NAME ROLE, and ROLE is one of ${Role.options.join(', ')}`);
    const password = (await text(process.stdin)).replace(/\r?\n$/, '');
    const fault = passwordFault(password, account);
    if (fault !== null) throw new Stop(PASSWORD_FAULTS[fault]);
    await putAccount(hall.ground, { account, name, role: parsed.data }, await hashPassword(password));
  },
} satisfies Record<string, (call: Call) => Promise<void>>;

/** Taken before it is given, in one call, when both are asked for. */
const COURIER = ['courier-import', 'courier-export'] as const;

const PASSWORD_FAULTS: Readonly<Record<PasswordFault, string>> = {
  'too-short': `the password needs at least ${SHORTEST_PASSWORD} characters`, 'too-long': `the password has more than ${LONGEST_PASSWORD} characters`,
  common: 'the password is among the first that anybody tries', 'names-account': "the password holds the account's name",
};

/** Whether a flag asks for administration, and not for a hall that serves. */
export function isAdministration({ values }: Flags): boolean {
  return [...commandsIn(values), ...COURIER.filter((name) => values[name] !== undefined)].length > 0;
}

/** Does what a flag of administration asks. @returns whether there was one */
export async function administer(hall: Hall, data: string, { values, positionals: words }: Flags): Promise<boolean> {
  const [name] = commandsIn(values);
  if (name !== undefined) {
    await COMMANDS[name]({ hall, data, value: String(values[name]), words });
    return true;
  }
  if (!COURIER.some((flag) => values[flag] !== undefined)) return false;
  const carried = await carry(hall.ground, data, { from: values['courier-import'], to: values['courier-export'] });
  if (!carried.ok) throw new Stop(carried.error.words);
  process.stdout.write(carried.value.map((line) => `${line}\n`).join(''));
  return true;
}

function commandsIn(values: Flags['values']): (keyof typeof COMMANDS)[] {
  return (Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]).filter((name) => values[name] !== undefined);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function machineOf(id: string): MachineId {
  const parsed = MachineId.safeParse(id);
  if (!parsed.success) throw new Stop(`${id} is no machine id; they look like T330624-0001 and H330624`);
  return parsed.data;
}
