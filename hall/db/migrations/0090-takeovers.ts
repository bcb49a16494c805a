import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Spare machines that take over a lost one's identity: the keys a machine had before, and under which of them a block of numbers was given.
 * Machines and leases that are there are of generation 0. New columns have defaults, so no row is rewritten.
 */
export const number = 90;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table machine add column generation integer not null default 0`.execute(db);
  await sql`alter table lease add column generation integer not null default 0`.execute(db);
  await sql`alter table enrolment_code add column replaces boolean not null default false`.execute(db);
  await sql`
    create table former_key (
      division text not null,
      machine text not null,
      generation integer not null,
      public_key text not null,
      through bigint not null,
      replaced_at timestamptz not null,
      taken_over_at timestamptz,
      hall_sequence bigint not null,
      backup_sequence bigint,
      backup_at timestamptz,
      primary key (division, machine, generation),
      foreign key (division, machine) references machine (division, machine)
    )`.execute(db);
}
