/** Files opened within an hour beyond which the auditor is shown the account: a window serves some eight people an hour. */
export const BURST = 30;
const HOUR = 3_600_000;

/** That an account opened a case. `at`: milliseconds since 1970. */
export type Opened = { account: string; at: number; case: string };
/** Most different cases that an account opened within one hour, and when that hour began. */
export type Burst = { account: string; cases: number; from: number };

/** The accounts that opened more than `limit` different cases within some hour, the most first. A case that is opened twice counts once. */
export function burstsOf(opened: readonly Opened[], limit = BURST): Burst[] {
  const bursts: Burst[] = [];
  const byAccount = new Map<string, Opened[]>();
  for (const each of opened.toSorted((left, right) => left.at - right.at)) {
    const own = byAccount.get(each.account);
    if (own === undefined) byAccount.set(each.account, [each]);
    else own.push(each);
  }
  for (const [account, own] of byAccount) {
    const within = new Map<string, number>();
    let [first, most, from] = [0, 0, 0];
    for (const { at, case: id } of own) {
      within.set(id, (within.get(id) ?? 0) + 1);
      for (let oldest = own[first]; oldest !== undefined && oldest.at <= at - HOUR; oldest = own[(first += 1)]) {
        const left = (within.get(oldest.case) ?? 1) - 1;
        if (left === 0) within.delete(oldest.case);
        else within.set(oldest.case, left);
      }
      if (within.size > most) [most, from] = [within.size, own[first]?.at ?? at];
    }
    if (most > limit) bursts.push({ account, cases: most, from });
  }
  return bursts.toSorted((left, right) => right.cases - left.cases);
}
