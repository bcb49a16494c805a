import type { FeedEntry } from '../../domain/contracts/hall.ts';
import { HelpAnswer } from '../../domain/contracts/help.ts';
import { LetterOutcome, type OpenSurvey } from '../../domain/contracts/letters.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { SurveyBody } from '../../domain/surveys/survey.ts';
import type { FeedRow } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { messageEvents, stateOf } from '../messages/message-log.ts';

/** Kinds of entries that this makes; terminals of before protocol 4 do not know them. */
const KINDS: ReadonlySet<FeedRow['kind']> = new Set<FeedRow['kind']>(['message', 'letter', 'surveys', 'help']);

export function isLetterWord({ kind }: Pick<FeedRow, 'kind'>): boolean {
  return KINDS.has(kind);
}

/** Entries of the feed about letters, as things stand now, by position. A row that is told of later in the same page is told once. */
export async function letterEntries(ground: Ground, rows: readonly FeedRow[]): Promise<Map<number, FeedEntry>> {
  const entries = new Map<number, FeedEntry>();
  for (const row of rows.filter(isLetterWord)) {
    const entry = await entryOf(ground, row);
    if (entry !== null) entries.set(row.position, entry);
  }
  return entries;
}

async function entryOf(ground: Ground, { kind, subject }: FeedRow): Promise<FeedEntry | null> {
  const { db: { read }, division } = ground;
  switch (kind) {
    case 'message': {
      const row = await read.selectFrom('message').select(['number', 'due']).where('division', '=', division).where('id', '=', subject).executeTakeFirstOrThrow();
      const { stage, reply, rating, reopened } = stateOf(await messageEvents(ground, read, subject));
      return { kind: 'message', word: { message: subject, number: row.number, due: row.due, stage, reply, rating, reopened, at: nowOf(ground) } };
    }
    case 'letter': {
      const row = await read.selectFrom('letter').select('outcome').where('division', '=', division).where('id', '=', subject).executeTakeFirst();
      // One that was not this machine's left no row.
      return { kind: 'letter', letter: subject, outcome: row === undefined ? { kind: 'refused', reason: 'bad-signature' } : LetterOutcome.parse(JSON.parse(row.outcome)) };
    }
    case 'surveys':
      return { kind: 'surveys', surveys: await openSurveys(ground) };
    case 'help': {
      const row = await read.selectFrom('help_call').select(['answer', 'answered_at']).where('division', '=', division).where('id', '=', subject).executeTakeFirst();
      return row?.answer == null || row.answered_at === null ? null : { kind: 'help', word: { call: subject, answer: HelpAnswer.parse(row.answer), at: row.answered_at } };
    }
    default:
      return null;
  }
}

/** What is published and not over. A terminal looks at the days itself. */
async function openSurveys({ db: { read }, division, clock }: Ground): Promise<OpenSurvey[]> {
  const rows = await read.selectFrom('survey').select(['id', 'body']).where('division', '=', division).where('state', '=', 'open').where('ends_on', '>=', civilDate(clock.now())).orderBy('id').execute();
  return rows.map(({ id, body }) => ({ id, body: JSON.parse(body) as SurveyBody }));
}
