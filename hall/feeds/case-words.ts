import { z } from 'zod';
import { CaseWord } from '../../domain/contracts/cases.ts';
import { tellCommitted } from '../db/database.ts';
import type { Write } from '../db/schema.ts';

/** Ids in one word. PostgreSQL's NOTIFY carries 8 000 bytes; a batch of more says that there is much to look at again. */
const MOST_NAMED = 100;

/** Tells the consoles of every server, when the transaction commits, that cases changed. A word names cases and who did it, and nothing of what is in them. */
export async function tellCases(write: Write, division: string, word: CaseWord): Promise<void> {
  await tellCommitted(write, JSON.stringify({ division, word: { ...word, cases: word.cases.length > MOST_NAMED ? [] : word.cases } }));
}

const Told = z.object({ division: z.string(), word: CaseWord });

/** What was told of cases; null for a word about something else. */
export function readCaseWord(text: string): z.infer<typeof Told> | null {
  try {
    return Told.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
