import { type QueryExecutorProvider, sql } from 'kysely';
import { nameKey } from '../../../domain/names/name.ts';

/**
 * What two spellings of a person's name have in common (`domain/names`), so that a case is found however the dot, the width or a compatibility character
 * of the name is typed. The name itself stays as the card has it. 200 000 cases take some seconds.
 */
export const number = 290;

/** Rows a statement: some hundred kilobytes. */
const BATCH = 5_000;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table case_view add column person_key text not null default ''`.execute(db);
  let after = { division: '', id: '' };
  for (;;) {
    const { rows } = await sql<{ division: string; id: string; person: string }>`
      select division, id, person from case_view where (division, id) > (${after.division}, ${after.id}) order by division, id limit ${BATCH}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) break;
    await sql`
      update case_view set person_key = named.key
      from (select unnest(${rows.map((row) => row.division)}::text[]) as division, unnest(${rows.map((row) => row.id)}::text[]) as id, unnest(${rows.map((row) => nameKey(row.person))}::text[]) as key) as named
      where case_view.division = named.division and case_view.id = named.id`.execute(db);
    after = last;
  }
  await sql`drop index case_view_by_person`.execute(db);
  await sql`create index case_view_by_person_key on case_view (division, person_key collate "C")`.execute(db);
}
