/** The made-up county of a story: where its machines stand, who works there, and when people come. */
import type { Role } from '../contracts/staff.ts';
import type { Place } from '../fleet/neighbour.ts';
import type { OpeningHours } from '../fleet/opening.ts';
import { MachineId } from '../ids.ts';
import type { Item } from '../item/types.ts';
import { TOWNS } from './people.ts';
import { randomFor } from './random.ts';

/**
 * - `hall`: windows and machines in the county town, on the desks' hours.
 * - `town`: a 便民服务中心 with machines from seven to nine; fuller on its market days.
 * - `corner`: a bank, a post office or a village house with one machine.
 */
export type SiteKind = 'hall' | 'town' | 'corner';
export type SeedSite = { kind: SiteKind; name: string; machines: MachineId[]; /** Market days: dates whose day of the month ends so; empty: none. */ market: readonly number[]; weight: number; place: Place };
export type SeedAccount = { account: string; name: string; role: Role; /** Of the body whose cases are theirs; null: the county's. */ body: string | null };
export type County = { division: string; hall: MachineId; sites: SeedSite[]; staff: SeedAccount[] };

const ROUND_THE_DAY: OpeningHours = { days: Array.from({ length: 7 }, () => [{ from: '07:00', to: '21:00' }]), holidays: [{ from: '07:00', to: '21:00' }] };
const DESK_DAYS: OpeningHours = { days: [1, 2, 3, 4, 5, 6, 7].map((day) => (day <= 5 ? [{ from: '08:30', to: '12:00' }, { from: '14:00', to: '17:30' }] : [])), holidays: [] };
/** One clerk hands in this many cases a day and does not get to more. */
const CASES_A_CLERK = 25;
const CASES_A_MACHINE = 6;

/**
 * As large as its cases ask for: with few cases a hall, two towns and a bank, with many every town and some corners in each.
 * @param items whose bodies have people of their own
 */
export function countyOf(seed: number, division: string, casesADay: number, items: readonly Item[]): County {
  const machinesWanted = Math.min(180, Math.max(4, Math.ceil(casesADay * 0.65 / CASES_A_MACHINE)));
  const random = randomFor(seed, 'county');
  let serial = 100;
  const machine = () => MachineId.parse(`T${division}-${String((serial += 1)).padStart(4, '0')}`);
  const site = (kind: SiteKind, name: string, address: string, machines: number, market: readonly number[] = []): SeedSite => ({
    kind, name, market, machines: Array.from({ length: machines }, machine), weight: kind === 'hall' ? 6 : kind === 'town' ? 3 : 1,
    place: { site: name, address, latitude: round(29.5 + random.next() * 0.2), longitude: round(120.9 + random.next() * 0.3), hours: kind === 'hall' ? DESK_DAYS : ROUND_THE_DAY },
  });
  const sites = [site('hall', '县政务服务中心', '新昌县练习路1号', Math.max(1, Math.ceil(machinesWanted / 10)))];
  const towns = TOWNS.slice(0, Math.min(TOWNS.length, Math.max(2, Math.ceil(machinesWanted / 4))));
  const perTown = Math.max(1, Math.floor(machinesWanted / 2 / towns.length));
  towns.forEach(([, town], index) => sites.push(site('town', `${town}便民服务中心`, `新昌县${town}便民路2号`, perTown, [index % 5, (index % 5) + 5])));
  for (let left = machinesWanted - sites.reduce((sum, { machines }) => sum + machines.length, 0), corner = 0; left > 0; left -= 1, corner += 1) {
    const town = towns[corner % towns.length]?.[1] ?? '';
    const round = Math.floor(corner / towns.length);
    const [name, address] = round % 3 === 0 ? ['农商银行网点', '银行街3号'] : round % 3 === 1 ? ['邮政所', '邮电路5号'] : ['文化礼堂', '礼堂弄7号'];
    sites.push(site('corner', `${town}${name}${round < 3 ? '' : Math.floor(round / 3) + 1}`, `新昌县${town}${address}`, 1));
  }
  return { division, hall: MachineId.parse(`H${division}`), sites, staff: staffOf(items, Math.max(2, Math.ceil(casesADay * 0.35 / CASES_A_CLERK))) };
}

function staffOf(items: readonly Item[], clerks: number): SeedAccount[] {
  const bodies = bodiesOf(items);
  return [
    ...Array.from({ length: Math.min(clerks, 60) }, (_, index): SeedAccount => ({ account: `ck${String(index + 1).padStart(2, '0')}`, name: `窗口${index + 1}号`, role: 'clerk', body: null })),
    ...bodies.flatMap((body, index) => ['a', 'b'].map((desk): SeedAccount => ({ account: `sp${String(index + 1).padStart(2, '0')}${desk}`, name: `审批${index + 1}${desk === 'a' ? '甲' : '乙'}`, role: 'department', body }))),
    { account: 'cj01', name: '出件一号', role: 'issuer', body: null },
    { account: 'jd01', name: '监督员', role: 'supervisor', body: null },
    { account: 'sj01', name: '审计员', role: 'auditor', body: null },
    { account: 'bj01', name: '事项管理员', role: 'editor', body: null },
    { account: 'gh01', name: '设备管护员', role: 'caretaker', body: null },
    { account: 'gl01', name: '管理员甲', role: 'administrator', body: null },
    { account: 'gl02', name: '管理员乙', role: 'administrator', body: null },
  ];
}

/** Credit codes of every body that decides an item or has a step of one, in the order in which the items name them. */
export function bodiesOf(items: readonly Item[]): string[] {
  return [...new Set(items.flatMap(({ body, steps }) => [body.creditCode, ...steps.flatMap(({ task }) => (task === undefined ? [] : [task.department]))]))];
}

function round(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}
