/** Machines of a site as a process of their own: says `{}` when they serve, and ends with its input. With tickets a minute each of them gives that many, for the businesses that are named. */
import { readFileSync } from 'node:fs';
import { ulid } from '../../../domain/ids.ts';
import { TicketId } from '../../../domain/queue/types.ts';
import { localKeepers } from '../../../main/core/keys/keepers.ts';
import { systemClock } from '../../../main/core/system.ts';
import { openSite, type Site, type SiteSettings } from '../../../main/site/site.ts';
import { inProject } from '../../../build/paths.ts';

/** @property ticketsAMinute that each of them gives @property businesses for which */
export type MachinesFile = { machines: Pick<SiteSettings, 'machine' | 'data' | 'config'>[]; ticketsAMinute: number; businesses: string[] };

const { machines, ticketsAMinute, businesses } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as MachinesFile;
const sites: Site[] = [];
for (const machine of machines) {
  const opened = await openSite({ ...machine, site: '样板中心', hallName: '样板政务服务中心', hall: null, keepers: localKeepers, keeper: 'file', nativeBinding: null, pages: inProject('dist'), clock: systemClock, log: () => undefined });
  if (!opened.ok) throw new Error(opened.error.kind);
  sites.push(opened.value);
}
for (const { tickets } of ticketsAMinute === 0 ? [] : sites) {
  setInterval(() => {
    const business = businesses[Math.floor(Math.random() * businesses.length)] ?? '';
    const ticket = TicketId.parse(ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
    void tickets.take({ ticket, business, holder: null, priority: null, appointment: null, case: null, way: 'card' });
  }, 60_000 / ticketsAMinute);
}
process.stdin.on('end', () => void Promise.all(sites.map((site) => site.close())).then(() => process.exit(0))).resume();
process.stdout.write('{}\n');
