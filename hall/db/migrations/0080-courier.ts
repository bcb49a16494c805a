import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Where each machine's courier stands: the newest parcel that was taken from it, what it asked, how it was answered, and the last that was made for it.
 * A new table only: no rows are touched.
 */
export const number = 80;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table courier (
      division text not null,
      machine text not null,
      machine_key text not null,
      taken_serial bigint not null,
      taken_hash text not null,
      taken_at timestamptz not null,
      parts integer not null,
      parts_taken integer not null,
      request text not null,
      blobs text not null,
      outcomes text not null,
      made_serial bigint not null,
      made_hash text not null,
      primary key (division, machine),
      foreign key (division, machine) references machine (division, machine)
    )`.execute(db);
}
