import type { CaseFacts } from './facts.ts';

/**
 * Sums that figures are made of. Each case counts on three days: of its hand-in, its acceptance and its finish. Whole numbers, so that sums over days, items,
 * departments and machines add up whatever their order.
 */
export const MEASURES = ['handedIn', 'atTerminal', 'late', 'accepted', 'acceptedClosed', 'finished', 'onTime', 'early', 'overPromised', 'overStatutory', 'statutory', 'promised', 'used', 'own', 'visits'] as const;
export type Measure = (typeof MEASURES)[number];
export type Totals = Record<Measure, number>;

export const NO_TOTALS: Totals = { handedIn: 0, atTerminal: 0, late: 0, accepted: 0, acceptedClosed: 0, finished: 0, onTime: 0, early: 0, overPromised: 0, overStatutory: 0, statutory: 0, promised: 0, used: 0, own: 0, visits: 0 };

/** What one case adds on each of its days. */
export function sharesOf(facts: CaseFacts): { day: string; totals: Partial<Totals> }[] {
  const one = (yes: boolean) => (yes ? 1 : 0);
  const { handedInOn, acceptedOn, finishedOn } = facts;
  return [
    { day: handedInOn, totals: { handedIn: 1, atTerminal: one(facts.atTerminal), late: one(facts.late) } },
    ...(acceptedOn === null ? [] : [{ day: acceptedOn, totals: { accepted: 1, acceptedClosed: one(facts.closed) } }]),
    ...(finishedOn === null ? [] : [{
      day: finishedOn,
      totals: {
        finished: 1, onTime: one(!facts.overPromised), early: one(facts.early), overPromised: one(facts.overPromised), overStatutory: one(facts.overStatutory),
        statutory: facts.statutory, promised: facts.promised, used: facts.used, own: facts.own, visits: facts.visits,
      },
    }]),
  ];
}

export function addTotals(one: Totals, other: Partial<Totals>): Totals {
  return Object.fromEntries(MEASURES.map((measure) => [measure, one[measure] + (other[measure] ?? 0)])) as Totals;
}

/** The sums of a period, counted anew from cases: what the hall's tables must say as well. @param from to, civil dates, both within */
export function recount(cases: readonly CaseFacts[], from: string, to: string): Totals {
  return cases.flatMap(sharesOf).filter(({ day }) => from <= day && day <= to).reduce((sum, { totals }) => addTotals(sum, totals), NO_TOTALS);
}

/** What the catalogue says on a day, for ratios that are not of cases. */
export type CatalogueCounts = { items: number; inHall: number; online: number; whole: number; depth: number };

export const FIGURE_NAMES = ['closed-rate', 'on-time-rate', 'early-rate', 'promise-speed-up', 'handling-speed-up', 'over-promised', 'over-statutory', 'average-used', 'average-own', 'visits', 'late-share', 'terminal-rate', 'entry-rate', 'online-rate', 'online-depth'] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

/** `unit`: `%` numerator of denominator; `days` working days a case; `times` a case; `cases` the numerator alone; `depth` of 8. */
export type FigureMeaning = { name: string; unit: '%' | 'days' | 'times' | 'cases' | 'depth'; formula: string };
export const FIGURES: Readonly<Record<FigureName, FigureMeaning>> = {
  'closed-rate': { name: '办结率', unit: '%', formula: '期内受理、至统计时已经了结的件数 ÷ 期内受理件数' },
  'on-time-rate': { name: '按时办结率', unit: '%', formula: '期内办结、未超过承诺期限的件数 ÷ 期内办结件数' },
  'early-rate': { name: '提前办结率', unit: '%', formula: '期内办结、早于承诺期限最后一天的件数 ÷ 期内办结件数' },
  'promise-speed-up': { name: '承诺提速率', unit: '%', formula: '（Σ法定时限 − Σ承诺时限）÷ Σ法定时限，按期内办结件，单位工作日' },
  'handling-speed-up': { name: '办理提速率', unit: '%', formula: '（Σ法定时限 − Σ实际用时）÷ Σ法定时限，按期内办结件，单位工作日，挂起的日子不算' },
  'over-promised': { name: '超承诺办结', unit: 'cases', formula: '期内办结、超过承诺期限的件数' },
  'over-statutory': { name: '超法定办结', unit: 'cases', formula: '期内办结、超过法定期限的件数' },
  'average-used': { name: '平均用时', unit: 'days', formula: 'Σ受理到办结的工作日（挂起的日子不算）÷ 期内办结件数' },
  'average-own': { name: '窗口和部门用时', unit: 'days', formula: 'Σ窗口和部门占用的工作时间 ÷ 期内办结件数；群众补正、路上、故障、挂起的时间不算' },
  visits: { name: '跑动次数', unit: 'times', formula: '（交件次数 + 补正次数 + 到现场取件次数）÷ 期内办结件数，从办件记录数出来' },
  'late-share': { name: '补录占比', unit: '%', formula: '期内收件中补录应急纸表的件数 ÷ 期内收件件数' },
  'terminal-rate': { name: '自助办件率', unit: '%', formula: '期内在自助机上交的件数 ÷ 期内收件件数' },
  'entry-rate': { name: '进驻比率', unit: '%', formula: '进驻政务大厅的在用事项数 ÷ 在用事项数' },
  'online-rate': { name: '网办比率', unit: '%', formula: '网上办理深度达到受理（4 级）以上的在用事项数 ÷ 在用事项数' },
  'online-depth': { name: '网上办理深度', unit: 'depth', formula: 'Σ在用事项的网上办理深度（1 咨询 … 8）÷ 在用事项数' },
};

/** One figure with what it was divided of what; `value` null where there is nothing to divide. Percent are of 100. */
export type Figure = { name: FigureName; numerator: number; denominator: number; value: number | null };

const DAY = 86_400_000;

/** All figures of sums. @param catalogue null: those about items are left out */
export function figuresOf(totals: Totals, catalogue: CatalogueCounts | null): Figure[] {
  const of = (name: FigureName, numerator: number, denominator: number): Figure => {
    const { unit } = FIGURES[name];
    if (unit === 'cases') return { name, numerator, denominator, value: numerator };
    return { name, numerator, denominator, value: denominator === 0 ? null : numerator / denominator * (unit === '%' ? 100 : 1) };
  };
  return [
    of('closed-rate', totals.acceptedClosed, totals.accepted),
    of('on-time-rate', totals.onTime, totals.finished),
    of('early-rate', totals.early, totals.finished),
    of('promise-speed-up', totals.statutory - totals.promised, totals.statutory),
    of('handling-speed-up', totals.statutory - totals.used, totals.statutory),
    of('over-promised', totals.overPromised, totals.finished),
    of('over-statutory', totals.overStatutory, totals.finished),
    of('average-used', totals.used, totals.finished),
    of('average-own', Math.round(totals.own / DAY * 100) / 100, totals.finished),
    of('visits', totals.visits, totals.finished),
    of('late-share', totals.late, totals.handedIn),
    of('terminal-rate', totals.atTerminal, totals.handedIn),
    ...(catalogue === null ? [] : [
      of('entry-rate', catalogue.inHall, catalogue.items),
      of('online-rate', catalogue.online, catalogue.items),
      of('online-depth', catalogue.depth, catalogue.items),
    ]),
  ];
}

/** Fewest people that a published number may be about. */
export const SMALLEST_CELL = 5;

/**
 * Which of the parts of one published sum are hidden: every count below the smallest cell but 0, and where that leaves a single one, which the sum would give away, the next smallest too.
 * @returns places in `counts`
 */
export function hiddenCells(counts: readonly number[], smallest = SMALLEST_CELL): Set<number> {
  const hidden = new Set(counts.flatMap((count, index) => (count > 0 && count < smallest ? [index] : [])));
  if (hidden.size === 0) return hidden;
  const shown = counts.map((count, index) => ({ count, index })).filter(({ count, index }) => count > 0 && !hidden.has(index)).toSorted((one, other) => one.count - other.count || one.index - other.index);
  const sum = [...hidden].reduce((total, index) => total + (counts[index] ?? 0), 0);
  const [next] = shown;
  if ((hidden.size === 1 || sum < smallest) && next !== undefined) hidden.add(next.index);
  return hidden;
}
