/**
 * printer-state-reasons → what we do. Source of the keywords: RFC 8011 §5.4.12, PWG 5100.9 (supply and output states).
 * A keyword may end in -report, -warning or -error; without a suffix it means error (RFC 8011 §5.4.12).
 */
import type { BlockingReason, Warning } from './types.ts';

type Severity = 'report' | 'warning' | 'error';

type Reaction =
  /** Stops printing from this severity on. `sheet`: a half-printed sheet may lie in the paper path, so counts are not believed. */
  | { blocks: BlockingReason; from: Severity; sheet: boolean; newJobsOnly?: boolean }
  | { warns: Warning };

/**
 * Order is precedence: the first blocking reason is the one that is told.
 * `media-empty` blocks from `report` on, because printers in the field (and CUPS's own model printer) choose the suffix by their state and
 * say `media-empty-report` while idle; a model with a second, unused tray is told apart by the setting `ignore`.
 */
const REACTIONS: Record<string, Reaction> = {
  'media-jam': { blocks: 'jam', from: 'report', sheet: true },
  'cover-open': { blocks: 'cover-open', from: 'report', sheet: true },
  'door-open': { blocks: 'cover-open', from: 'report', sheet: true },
  'interlock-open': { blocks: 'cover-open', from: 'report', sheet: true },
  'media-empty': { blocks: 'paper-out', from: 'report', sheet: false },
  'media-needed': { blocks: 'paper-out', from: 'report', sheet: false },
  'input-tray-missing': { blocks: 'tray-missing', from: 'report', sheet: false },
  'output-tray-missing': { blocks: 'tray-missing', from: 'report', sheet: true },
  'output-area-full': { blocks: 'tray-full', from: 'report', sheet: true },
  'toner-empty': { blocks: 'toner-empty', from: 'report', sheet: true },
  'marker-supply-empty': { blocks: 'toner-empty', from: 'report', sheet: true },
  'marker-waste-full': { blocks: 'waste-full', from: 'report', sheet: true },
  'spool-area-full': { blocks: 'spool-full', from: 'report', sheet: false, newJobsOnly: true },
  offline: { blocks: 'not-available', from: 'report', sheet: false },
  shutdown: { blocks: 'not-available', from: 'report', sheet: false },
  'timed-out': { blocks: 'not-available', from: 'report', sheet: false },
  'stopped-partly': { blocks: 'not-available', from: 'report', sheet: false },
  paused: { blocks: 'not-available', from: 'report', sheet: false },
  'moving-to-paused': { blocks: 'not-available', from: 'report', sheet: false },
  // CUPS queues report this at the start of every job.
  'connecting-to-device': { blocks: 'not-available', from: 'warning', sheet: false },
  'media-low': { warns: 'paper-low' },
  'output-area-almost-full': { warns: 'tray-almost-full' },
  'toner-low': { warns: 'toner-low' },
  'marker-supply-low': { warns: 'toner-low' },
  'marker-waste-almost-full': { warns: 'waste-almost-full' },
};

/** fuser-over-temp, developer-empty, other, and every keyword of a vendor's own: judged by the suffix alone. */
const OTHER: Reaction = { blocks: 'fault', from: 'error', sheet: true };

const RANK: Record<Severity, number> = { report: 0, warning: 1, error: 2 };

export type Judgement = {
  /** Why nothing can be printed now; null when it can. */
  blocked: { reason: BlockingReason; sheet: boolean; newJobsOnly: boolean } | null;
  warnings: Warning[];
};

/**
 * @param reasons as the printer said them
 * @param ignore keywords, written as the printer writes them, that mean nothing on this model
 */
export function judge(reasons: readonly string[], ignore: readonly string[] = []): Judgement {
  const order = Object.keys(REACTIONS);
  const warnings = new Set<Warning>();
  const blocks: { rank: number; reason: BlockingReason; sheet: boolean; newJobsOnly: boolean }[] = [];
  for (const keyword of reasons) {
    if (keyword === 'none' || ignore.includes(keyword)) continue;
    const { base, severity } = split(keyword);
    const reaction = REACTIONS[base] ?? OTHER;
    if ('warns' in reaction) warnings.add(reaction.warns);
    else if (RANK[severity] >= RANK[reaction.from]) {
      blocks.push({ rank: order.indexOf(base), reason: reaction.blocks, sheet: reaction.sheet, newJobsOnly: reaction.newJobsOnly === true });
    } else if (reaction === OTHER && severity === 'warning') warnings.add('fault');
  }
  // A vendor's own keyword has rank -1 and gives way to every known one.
  blocks.sort((left, right) => (left.rank < 0 ? order.length : left.rank) - (right.rank < 0 ? order.length : right.rank));
  const [first] = blocks;
  const blocked = first === undefined ? null : { reason: first.reason, sheet: blocks.some(({ sheet }) => sheet), newJobsOnly: blocks.every(({ newJobsOnly }) => newJobsOnly) };
  return { blocked, warnings: [...warnings] };
}

function split(keyword: string): { base: string; severity: Severity } {
  const [, base, suffix] = /^(.+?)-(report|warning|error)$/.exec(keyword) ?? [];
  return base === undefined ? { base: keyword, severity: 'error' } : { base, severity: suffix as Severity };
}
