import { sweepArchive } from '../archive/make.ts';
import { sweepAudit } from '../audit/chain.ts';
import { sweepRetention } from '../audit/retention.ts';
import { sweepCases } from '../cases/rounds.ts';
import { forgetDrafts } from '../cases/window-scans.ts';
import type { Sweep } from './rounds.ts';

/** What a hall looks at each minute, in this order. */
export const SWEEPS: readonly Sweep[] = [
  { name: 'cases', run: sweepCases },
  { name: 'drafts', run: forgetDrafts },
  { name: 'audit', run: sweepAudit },
  { name: 'retention', run: sweepRetention },
  { name: 'archive', run: sweepArchive },
];
