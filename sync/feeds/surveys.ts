import { z } from 'zod';
import { OpenSurvey } from '../../domain/contracts/letters.ts';
import type { TerminalStore } from '../terminal-store/types.ts';

/** Where the surveys are kept that the hall told of last. */
const CURSOR = 'surveys';
const Kept = z.array(OpenSurvey);

export async function keepSurveys({ cursors }: Pick<TerminalStore, 'cursors'>, surveys: readonly OpenSurvey[]): Promise<void> {
  await cursors.set(CURSOR, z.json().parse(surveys));
}

/** All that may be answered somewhere in the county, as the hall told last. */
export async function keptSurveys({ cursors }: Pick<TerminalStore, 'cursors'>): Promise<OpenSurvey[]> {
  return Kept.safeParse(await cursors.get(CURSOR)).data ?? [];
}
