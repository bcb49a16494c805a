/** Checks of a machine's part in its site: the other machines, their clocks and settings, and what hangs on its own serial lines. */
import { SiteAbout } from '../../domain/contracts/site.ts';
import type { SiteConfig, SiteMember } from '../../domain/contracts/site-config.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';
import { systemClock } from '../../wire/clock.ts';
import { type Check, fine, lacking, warning } from './check.ts';
import { ANSWER_MS, checkNetwork, checkWire } from './terminal.ts';

/** People read the order of numbers by the clock. Two machines that differ by less are not told apart by anybody, milliseconds. */
const CLOCKS_DIFFER = 2000;
/** From here on waits and calls are plainly wrong, and around midnight two machines are in two days. */
const CLOCKS_WRONG = 60_000;

/** @param site the name of this machine's site: another's machine may stand behind an address */
export async function checkSite({ machine, site, queue, clock = systemClock }: { machine: MachineId; site: string; queue: SiteConfig; clock?: Pick<Clock, 'now'> }): Promise<Check[]> {
  const { members, leds, callers, tls } = queue;
  const asked = await Promise.all(members.map(async (member) => ({ member, answer: await askMember(member, clock) })));
  return [
    checkMembers(machine, queue),
    ...asked.map(({ member, answer }) => checkMember(member, answer, { machine, site, queue })),
    ...(members.length === 0 ? [] : [checkMajority(asked)]),
    ...(await Promise.all(members.filter((member) => member.machine !== machine).map((member) => checkAgreement(member)))),
    tls === null ? warning('pages of the site', 'not encrypted (http): whoever is on this network can read them', 'Give the machines a certificate: `queue.tls`.') : fine('pages of the site', tls.certificate),
    ...(await Promise.all([...leds.map(({ window, wire }) => checkWire(`LED ${window ?? 'main'}`, { kind: 'serial', ...wire })), ...callers.map(({ window, wire }) => checkWire(`caller ${window}`, { kind: 'serial', ...wire }))])),
  ];
}

function checkMembers(machine: MachineId, { members }: SiteConfig): Check {
  const name = 'machines of the site';
  if (members.length === 0) return warning(name, 'this one alone', 'While it is off nobody is called. Three machines that vote are safe: docs/site-hub.md.');
  if (!members.some((member) => member.machine === machine)) return lacking(name, `${machine} is not among queue.members`, 'Put in what `jinban site key` prints here, the same on every machine of the site.');
  const voters = members.filter(({ votes }) => votes).length;
  const found = `${members.length}, of which ${voters} vote`;
  if (voters % 2 === 0) return warning(name, found, `${voters} are no safer than ${voters - 1}: let one more vote, or one less.`);
  return voters === 1 ? warning(name, found, 'While the one that votes is off nobody is called: three are safe.') : fine(name, found);
}

/** @property ahead by how much its clock is ahead of this machine's, milliseconds */
type Answer = { kind: 'silent' } | { kind: 'other-program' } | { kind: 'about'; about: SiteAbout; ahead: number };

async function askMember({ page }: SiteMember, clock: Pick<Clock, 'now'>): Promise<Answer> {
  const before = clock.now();
  const response = await fetch(new URL('/site/api/about', page), { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' }).catch(() => null);
  if (response === null) return { kind: 'silent' };
  const about = SiteAbout.safeParse(await response.json().catch(() => null));
  return about.success ? { kind: 'about', about: about.data, ahead: Date.parse(about.data.now) - (before + clock.now()) / 2 } : { kind: 'other-program' };
}

function checkMember({ machine: member, page }: SiteMember, answer: Answer, { machine, site, queue }: { machine: MachineId; site: string; queue: SiteConfig }): Check {
  const name = member === machine ? `${member} (this one)` : member;
  if (answer.kind === 'silent') return warning(name, `${page} does not answer`, member === machine ? 'Start it: `jinban site`, or the terminal.' : 'Switch it on, look at its network and certificate, or correct its `page` on every machine.');
  if (answer.kind === 'other-program') return lacking(name, `what answers at ${page} is no machine of this version`, 'All machines of a site run one version: update them together.');
  const { about, ahead } = answer;
  if (about.machine !== member) return lacking(name, `${about.machine} answers at ${page}`, 'Correct `page` in queue.members on every machine.');
  if (about.site !== site) return lacking(name, `it is of ${about.site}`, 'A machine is of one site: correct `site` here or there.');
  const away = Math.abs(ahead);
  const clocks = `its clock is ${(away / 1000).toFixed(1)} s ${ahead > 0 ? 'ahead' : 'behind'}`;
  if (away >= CLOCKS_WRONG) return lacking(name, clocks, 'Let all machines of the site ask one time server (chrony, w32time).');
  const own = JSON.stringify(queue.rules.businesses.map(({ key, prefix, name: words }) => [key, prefix, words]));
  if (JSON.stringify(about.businesses.map(({ key, prefix, name: words }) => [key, prefix, words])) !== own) return warning(name, 'it counts other businesses today', 'Give every machine the same `queue.rules`; they hold from the next day on.');
  return away >= CLOCKS_DIFFER ? warning(name, clocks, 'Let all machines of the site ask one time server (chrony, w32time).') : fine(name, `${page} answers`);
}

function checkMajority(asked: readonly { member: SiteMember; answer: Answer }[]): Check {
  const voters = asked.filter(({ member }) => member.votes);
  const there = voters.filter(({ answer }) => answer.kind === 'about').length;
  const found = `${there} of ${voters.length} that vote answer`;
  return there * 2 > voters.length ? fine('majority', found) : lacking('majority', found, 'Nobody is called until more than half of them run.');
}

/** Only that somebody hears there: what the machines say to each other is signed and sealed. */
function checkAgreement({ machine, agreement }: SiteMember): Promise<Check> {
  const { hostname, port } = new URL(agreement);
  return checkNetwork(`${machine}, agreement`, { host: hostname, port: Number(port) });
}
