/** What names and numbers of the practice hall begin with. */
export const PRACTICE_MARK = '练习';

/** The first two digits of a practice county. */
export const PRACTICE_PROVINCE = '99';

/** Whether a county's digits, or the id of one of its machines, are of a practice hall. */
export function isPractice(divisionOrMachine: string): boolean {
  return /^[TH]?99/.test(divisionOrMachine);
}
