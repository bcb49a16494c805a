import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Place } from '../../domain/fleet/neighbour.ts';
import { ALL_DAY, DayHours, OpeningHours } from '../../domain/fleet/opening.ts';
import { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { announceSite } from '../appointments/tell.ts';
import type { Ground } from '../ground.ts';
import { tellAnew } from './tell.ts';

export type MachinePlace = { machine: MachineId; place: Place };
/** Where a list of places is wrong. `entry`: the machine's id, or the place in the list; `field` is empty for the whole entry. */
export type PlaceFault = { entry: string; field: string; rule: string };
export type PlaceFaults = { kind: 'place-faults'; faults: PlaceFault[] };

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Day = (typeof DAYS)[number];
const DAY_RANGE = /^(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?$/;

/** `08:30-11:30 13:30-17:30`, `24h`, or nothing for closed. */
const WrittenHours = z.string().nullable().transform((text, context): DayHours => {
  const written = (text ?? '').trim();
  if (written === '24h') return ALL_DAY;
  const spans = written === '' ? [] : written.split(/\s+/).map((span) => ({ from: span.split('-')[0] ?? '', to: span.split('-').slice(1).join('-') }));
  const hours = DayHours.safeParse(spans);
  if (hours.success) return hours.data;
  context.addIssue({ code: 'custom', message: `"${written}" are no hours; write 08:30-11:30 13:30-17:30, 24h, or nothing for closed` });
  return z.NEVER;
});

/** Days by name, ranges of days, and `holidays`; what is not named is closed. `24h` by itself is all of them. */
const WrittenWeek = z.union([
  z.literal('24h').transform((): OpeningHours => ({ days: DAYS.map(() => ALL_DAY), holidays: ALL_DAY })),
  z.record(z.string(), WrittenHours).transform((week, context): OpeningHours => {
    const open = new Map<Day | 'holidays', DayHours>();
    for (const [name, hours] of Object.entries(week)) {
      for (const day of daysNamed(name)) {
        if (open.has(day)) context.addIssue({ code: 'custom', path: [name], message: `${day} is named twice` });
        open.set(day, hours);
      }
      if (daysNamed(name).length === 0) context.addIssue({ code: 'custom', path: [name], message: `no day; write mon, mon-fri or holidays` });
    }
    return { days: DAYS.map((day) => open.get(day) ?? []), holidays: open.get('holidays') ?? [] };
  }),
]);

const WrittenPlace = z.strictObject({
  machine: MachineId, site: Place.shape.site, address: Place.shape.address, latitude: Place.shape.latitude.default(null), longitude: Place.shape.longitude.default(null), open: WrittenWeek,
}).transform(({ machine, open, ...place }, context): MachinePlace => {
  const checked = Place.safeParse({ ...place, hours: open });
  if (checked.success) return { machine, place: checked.data };
  for (const { path, message } of checked.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

function daysNamed(name: string): (Day | 'holidays')[] {
  if (name === 'holidays') return ['holidays'];
  const [, first, last = first] = DAY_RANGE.exec(name) ?? [];
  return DAYS.slice(DAYS.indexOf(first as Day), first === undefined ? 0 : DAYS.indexOf(last as Day) + 1);
}

/** Reads a list of places, YAML or JSON. All faults are told at once. */
export function readPlaces(text: string): Result<MachinePlace[], PlaceFaults> {
  const document = parseDocument(text);
  if (document.errors.length > 0) return wrong(document.errors.map(({ linePos, message }) => ({ entry: `line ${linePos?.[0].line ?? '?'}`, field: '', rule: message.split('\n')[0] ?? '' })));
  const list: unknown = document.toJS();
  if (!Array.isArray(list)) return wrong([{ entry: 'file', field: '', rule: 'is no list of places; each begins with "- machine:"' }]);
  const faults: PlaceFault[] = [];
  const places: MachinePlace[] = [];
  for (const [index, written] of list.entries()) {
    const entry = z.object({ machine: z.string() }).safeParse(written).data?.machine ?? `place ${index + 1}`;
    const parsed = WrittenPlace.safeParse(written);
    if (!parsed.success) faults.push(...parsed.error.issues.flatMap((issue) => faultsOf(entry, issue)));
    else if (places.some(({ machine }) => machine === parsed.data.machine)) faults.push({ entry, field: 'machine', rule: 'stands twice in the list' });
    else places.push(parsed.data);
  }
  return faults.length > 0 ? wrong(faults) : ok(places);
}

function wrong(faults: PlaceFault[]): Result<never, PlaceFaults> {
  return err({ kind: 'place-faults', faults });
}

/** Of the two ways to write a week, the faults of the longer one say more than "invalid input". */
/** Where the words of the check would show a pattern. */
const RULES: Readonly<Record<string, string>> = { machine: 'is no machine; write an id such as T330624-0001', open: 'write 24h, or hours by day such as mon-fri: 08:30-11:30 13:30-17:30' };

function faultsOf(entry: string, issue: z.core.$ZodIssue): PlaceFault[] {
  const inside = issue.code === 'invalid_union' ? issue.errors.at(-1)?.map((inner) => ({ path: [...issue.path, ...inner.path], message: inner.message })) : undefined;
  return (inside ?? [issue]).map(({ path, message }) => ({ entry, field: path.join('.'), rule: RULES[path.join('.')] ?? message }));
}

/**
 * Keeps where machines stand, all of them or none, and tells every terminal of those that changed. Places of machines that are not named stay.
 * @returns how many changed
 */
export async function keepPlaces(ground: Ground, places: readonly MachinePlace[]): Promise<Result<number, PlaceFaults>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    // In the order of their ids, so that two of us wait for each other and never both.
    const known = await write.selectFrom('machine').select(['machine', 'retired_at']).where('division', '=', division).where('machine', '!=', ground.hall).orderBy('machine').forUpdate().execute();
    const faults = places.flatMap(({ machine }): PlaceFault[] => {
      const row = known.find((each) => each.machine === machine);
      if (row === undefined) return [{ entry: machine, field: 'machine', rule: 'is not known here; --add-machine first' }];
      return row.retired_at === null ? [] : [{ entry: machine, field: 'machine', rule: 'was retired' }];
    });
    if (faults.length > 0) return wrong(faults);
    let changed = 0;
    for (const { machine, place: { hours, ...place } } of places) {
      const row = { ...place, hours: JSON.stringify(hours) };
      const before = await write.selectFrom('place').select(['site', 'address', 'latitude', 'longitude', 'hours']).where('division', '=', division).where('machine', '=', machine).executeTakeFirst();
      if (before !== undefined && before.site === row.site && before.address === row.address && before.latitude === row.latitude && before.longitude === row.longitude && before.hours === row.hours) continue;
      await write.insertInto('place').values({ division, machine, ...row, told_position: null, told_works: null, told_at: null })
        .onConflict((conflict) => conflict.columns(['division', 'machine']).doUpdateSet(row)).execute();
      await tellAnew(ground, write, machine);
      if (before?.site !== row.site) await announceSite(ground, write, machine, row.site);
      changed += 1;
    }
    return ok(changed);
  });
}
