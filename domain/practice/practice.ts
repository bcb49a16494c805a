/**
 * The practice hall (练习大厅): staff, vendors and volunteers work on it with made-up people, and nothing of it may ever pass for real.
 *
 * What tells it apart is in the data, not in a switch: the digits of a practice county begin with 99, which GB/T 2260 gives to nobody. They stand in the id of the hall and
 * of every machine, which every signature covers; in the credit codes of its bodies, and through them in the codes of its items, certificates and licence identifiers. So a
 * practice record that reaches a real hall is another county's, whoever brings it, and whatever paper is printed says 练习 by the names it is made of.
 */
import { z } from 'zod';
import type { Item } from '../item/types.ts';
import { MachineId } from '../ids.ts';
import { creditCode, makeCreditCode } from '../numbers/credit-code.ts';
import { makeItemCode } from '../numbers/item-code.ts';
import { isPractice, PRACTICE_MARK, PRACTICE_PROVINCE } from './mark.ts';

/** The digits under which a county practises: `330624` → `990624`. */
export function practiceDivision(division: string): string {
  return PRACTICE_PROVINCE + division.slice(2);
}

/** `T330624-0001` → `T990624-0001`. */
export function practiceMachine(machine: MachineId): MachineId {
  return MachineId.parse(machine.charAt(0) + practiceDivision(machine.slice(1, 7)) + machine.slice(7));
}

/** A name that says 练习; one that does already stays. */
export function practiceName(name: string): string {
  return name.startsWith(PRACTICE_MARK) ? name : `${PRACTICE_MARK}·${name}`;
}

/** What a county's case numbers begin with: its digits and the year, after 练习 where it practises. */
export function numberPrefix(division: string, date: string): string {
  return `${isPractice(division) ? PRACTICE_MARK : ''}${division}${date.slice(0, 4)}`;
}

/** A body's credit code under the practice county's digits, with the checks that belong to it. */
function practiceCode(code: string): string {
  const { kind, division, organisation } = partsOf(code);
  return makeCreditCode({ kind, division: practiceDivision(division), organisation: organisation.slice(0, 8) });
}

function partsOf(code: string): { kind: string; division: string; organisation: string } {
  const read = creditCode(code);
  if (!read.ok) throw new RangeError('a published item has no valid credit code');
  return read.value;
}

/** An item as the practice hall publishes it: the same in all but its names and codes. */
export function practiceItem(item: Item): Item {
  const credit = practiceCode(item.body.creditCode);
  const code = makeItemCode({ creditCode: credit, level: z.coerce.number().parse(item.code.charAt(18)), basicCode: item.basicCode });
  return {
    ...item,
    code,
    handlingCode: code + item.handlingCode.slice(31),
    name: practiceName(item.name),
    body: { ...item.body, name: practiceName(item.body.name), creditCode: credit },
    steps: item.steps.map((step) => (step.task === undefined ? step : { ...step, task: { ...step.task, department: practiceCode(step.task.department) } })),
    result: { ...item.result, name: practiceName(item.result.name) },
    place: { ...item.place, name: practiceName(item.place.name) },
  };
}
