/**
 * 上下架: which item is offered at which machine, to whom and when. Rules are data; without any, every item in force is offered. A rule only ever says
 * what is offered: the guide stays readable, and cases that are under way go on.
 */
import { z } from 'zod';
import { civilDate, weekday } from '../calendar/civil-date.ts';
import { timeOf } from '../fleet/opening.ts';
import { MachineId, Ulid } from '../ids.ts';
import { CivilDate } from '../time.ts';

export const EVERY_ITEM = '*';
const Hour = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);

/** `null` in a list: whichever. */
export const ShelfRule = z.strictObject({
  id: Ulid,
  /** An implementing code, or `EVERY_ITEM`. */
  item: z.union([z.literal(EVERY_ITEM), z.string().length(31)]),
  sites: z.array(z.string().min(1).max(60)).min(1).max(200).nullable(),
  machines: z.array(MachineId).min(1).max(500).nullable(),
  /** 机型, as `terminal.yaml` names it. */
  machineTypes: z.array(z.string().min(1).max(40)).min(1).max(20).nullable(),
  /** Accounts of staff who work at a machine; a citizen alone is none. */
  operators: z.array(z.string().min(1).max(64)).min(1).max(50).nullable(),
  /** 1 Monday … 7 Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).nullable(),
  /** Of the day in China, `to` not included; over midnight are two rules. */
  hours: z.strictObject({ from: Hour, to: Hour }).refine(({ from, to }) => from < to, 'hours run backwards').nullable(),
  on: z.boolean(),
  /** Shown to citizens. */
  reason: z.string().max(60),
  from: CivilDate,
  /** Last day; null: until it is removed. */
  to: CivilDate.nullable(),
}).refine(({ on, reason }) => on || reason.trim() !== '', 'what is taken off says why').refine(({ from, to }) => to === null || from <= to, 'days run backwards');
export type ShelfRule = z.infer<typeof ShelfRule>;

/** Where and when an item is looked at. `operator`: the staff account that is signed in there, or null. `at`: milliseconds since 1970. */
export type ShelfSpot = { item: string; site: string; machine: string; machineType: string; operator: string | null; at: number };

/**
 * The rule that decides, or null when none speaks of this spot. The most specific wins: one that names the machine before one that names the
 * operator, then the site, the machine type, the item, the hours, the weekdays, a last day. Between equals that differ, off wins.
 */
export function decidingRule(rules: readonly ShelfRule[], spot: ShelfSpot): ShelfRule | null {
  return rules.filter((rule) => speaksOf(rule, spot)).reduce<ShelfRule | null>((best, rule) => (best === null || before(rule, best) ? rule : best), null);
}

/** What citizens read of an item that is off the shelf, or null when it is on it. */
export function offShelf(rules: readonly ShelfRule[], spot: ShelfSpot): { reason: string } | null {
  const rule = decidingRule(rules, spot);
  return rule === null || rule.on ? null : { reason: rule.reason };
}

function speaksOf(rule: ShelfRule, { item, site, machine, machineType, operator, at }: ShelfSpot): boolean {
  const date = civilDate(at);
  const time = timeOf(at);
  return (rule.item === EVERY_ITEM || rule.item === item)
    && names(rule.sites, site) && names(rule.machines, machine) && names(rule.machineTypes, machineType)
    && (rule.operators === null || (operator !== null && rule.operators.includes(operator)))
    && (rule.weekdays === null || rule.weekdays.includes(weekday(date)))
    && (rule.hours === null || (rule.hours.from <= time && time < rule.hours.to))
    && rule.from <= date && (rule.to === null || date <= rule.to);
}

function names(list: readonly string[] | null, value: string): boolean {
  return list === null || list.includes(value);
}

/** How specific a rule is, the weightiest first. */
function weights(rule: ShelfRule): boolean[] {
  return [rule.machines !== null, rule.operators !== null, rule.sites !== null, rule.machineTypes !== null, rule.item !== EVERY_ITEM, rule.hours !== null, rule.weekdays !== null, rule.to !== null];
}

function before(rule: ShelfRule, other: ShelfRule): boolean {
  const [mine, theirs] = [weights(rule), weights(other)];
  const differs = mine.findIndex((weight, index) => weight !== theirs[index]);
  if (differs >= 0) return mine[differs] === true;
  if (rule.on !== other.on) return !rule.on;
  // Two that say the same: one and the same of them always, so that every machine shows the same words.
  return rule.id < other.id;
}

/** All rules at once, as a terminal keeps them. `serial` grows with every change: an older list never takes the place of a newer one. */
export const Shelf = z.strictObject({ serial: z.int().min(0), rules: z.array(ShelfRule).max(2000) });
export type Shelf = z.infer<typeof Shelf>;
