import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * The staff journal, and the chains over it and over the record of reads. `position` is a row's place in its chain, null until it is sealed: the reads that
 * are here are sealed by the first sweep, and vouched for from then on only.
 */
export const number = 150;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table deed (
      division text not null,
      id bigint generated always as identity,
      at timestamptz not null,
      account text not null,
      what text not null,
      subject text not null,
      body text not null,
      position bigint,
      primary key (division, id)
    )`.execute(db);
  await sql`alter table read_audit add column position bigint`.execute(db);
  await sql`create index deed_unsealed on deed (division, id) where position is null`.execute(db);
  await sql`create index read_unsealed on read_audit (division, id) where position is null`.execute(db);
  await sql`create index deed_by_position on deed (division, position)`.execute(db);
  await sql`create index read_by_position on read_audit (division, position)`.execute(db);
  await sql`create index deed_by_time on deed (division, at)`.execute(db);
  await sql`create index read_by_time on read_audit (division, at)`.execute(db);
  await sql`create index read_by_account on read_audit (division, account, at)`.execute(db);
  await sql`
    create table journal_link (
      division text not null,
      kind text not null,
      position bigint not null,
      row_id bigint not null,
      row_hash text not null,
      previous text not null,
      hash text not null,
      primary key (division, kind, position),
      unique (division, kind, row_id)
    )`.execute(db);
  await sql`
    create table journal_head (
      division text not null,
      kind text not null,
      position bigint not null,
      hash text not null,
      at timestamptz not null,
      signature text not null,
      open_day date not null,
      removed_through bigint not null,
      removed_at timestamptz,
      removed_signature text,
      primary key (division, kind)
    )`.execute(db);
  await sql`
    create table day_head (
      division text not null,
      kind text not null,
      date date not null,
      position bigint not null,
      count bigint not null,
      hash text not null,
      signature text not null,
      primary key (division, kind, date)
    )`.execute(db);
}
