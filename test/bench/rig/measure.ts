/** What every bench shares: repeated runs, their spread, and the report people and programs read. */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import manifest from '../../../package.json' with { type: 'json' };

/** Of several runs on one machine. */
export type Spread = { median: number; min: number; max: number };

/**
 * One thing measured, in one unit.
 * @property peers other ways to do the same work, by name
 * @property limit what the same machine gives when nothing but the bare work is done
 * @property ratio ours ÷ limit, by their medians: of a rate more is better, of a time or size less is
 */
export type BenchRow = { name: string; unit: string; ours: Spread; peers: Record<string, Spread>; limit: Spread; ratio: number };

export type BenchReport = { bench: string; version: string; machine: string; rows: BenchRow[] };

/** Fewer than five runs say nothing about their spread. */
export const RUNS = 7;

/**
 * Runs each contender once a round, so that what else the machine does meets all of them alike. The first round warms up and is
 * not counted.
 * @returns for each contender its figures, one a round, in the order of the rounds
 */
export async function rounds<Name extends string, Figure>(contenders: Record<Name, (round: number) => Promise<Figure>>, runs = RUNS): Promise<Record<Name, Figure[]>> {
  const names = Object.keys(contenders) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Figure[]>;
  for (let round = 0; round <= runs; round += 1) {
    // The order turns each round: whoever is first finds other caches than whoever is last.
    const order = names.map((_, index) => names[(index + round) % names.length] as Name);
    for (const name of order) {
      const figure = await contenders[name](round);
      if (round > 0) figures[name].push(figure);
    }
  }
  return figures;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  return { median: percentile(sorted, 0.5), min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** By nearest rank. @param share 0.5 is the median */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function row(name: string, unit: string, figures: { ours: readonly number[]; limit: readonly number[]; peers?: Record<string, readonly number[]> }): BenchRow {
  const ours = spread(figures.ours);
  const limit = spread(figures.limit);
  const peers = Object.fromEntries(Object.entries(figures.peers ?? {}).map(([peer, values]) => [peer, spread(values)]));
  return { name, unit, ours, peers, limit, ratio: ours.median / limit.median };
}

/** Prints the rows as a table; with `--json FILE` in `args` keeps the report there, too. Always 0: a bench only says what is. */
export function report(bench: string, rows: BenchRow[], args: string[]): number {
  const { values } = parseArgs({ args, options: { json: { type: 'string' } } });
  const made: BenchReport = { ...head(bench), rows };
  process.stdout.write(`${table(made)}\n`);
  if (values.json !== undefined) keepReport(values.json, made);
  return 0;
}

/** What was measured, of which version, and on which machine. */
export function head(bench: string): Omit<BenchReport, 'rows'> {
  const memory = Math.round(totalmem() / 1024 ** 3);
  return { bench, version: manifest.version, machine: `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${memory} GB, Node ${process.versions.node}` };
}

export function keepReport(file: string, made: object): void {
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
}

/** Markdown, so that it can go into `docs/benchmarks.md` as it is. */
function table({ bench, version, machine, rows }: BenchReport): string {
  const lines = rows.map(({ name, unit, ours, peers, limit, ratio }) => {
    const others = Object.entries(peers).map(([peer, figures]) => `${peer} ${words(figures)}`).join('; ');
    return `| ${name} | ${unit} | ${words(ours)} | ${words(limit)} | ${others === '' ? '–' : others} | ${ratio.toFixed(2)} |`;
  });
  return [`${bench}, Jinban ${version}: ${machine}`, '', '| what | unit | ours | limit | peers | ours ÷ limit |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

function words({ median, min, max }: Spread): string {
  return `${short(median)} (${short(min)}–${short(max)})`;
}

/** Three digits that count. */
export function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
