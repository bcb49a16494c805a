import { type QueryExecutorProvider, sql } from 'kysely';

/** Where machines stand, and what the others were told of them last. A new table only: no rows are touched. */
export const number = 130;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table place (
      division text not null,
      machine text not null,
      site text not null,
      address text not null,
      latitude double precision,
      longitude double precision,
      hours text not null,
      told_position bigint,
      told_works text,
      told_at timestamptz,
      primary key (division, machine),
      foreign key (division, machine) references machine (division, machine)
    )`.execute(db);
}
