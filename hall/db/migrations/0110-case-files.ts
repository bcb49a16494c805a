import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * The sealed files that a case names are read with their case and in no other way, and a hand-in names a dozen: a row and an index entry for each were a
 * third of what its intake cost the database. Now one row a case holds them all. The rows of 40 are turned into these; it takes as long as reading them once.
 *
 * Nor do three foreign keys guard against any mistake: the machine's row and the item are read and locked by the transaction that names them, and neither
 * is ever removed. An acknowledgement's signature is made again where it is asked for, so it is not kept. Long texts are packed by LZ4 where the server has it, which takes a fifth of the time of its own packing; old rows stay as they are.
 */
export const number = 110;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table case_files (
      division text not null,
      case_id text not null,
      files text not null,
      primary key (division, case_id)
    )`.execute(db);
  await sql`
    insert into case_files (division, case_id, files)
    select division, case_id, json_agg(json_build_object('hash', hash, 'size', size, 'mediaType', media_type, 'material', material, 'current', current))::text
    from case_blob group by division, case_id`.execute(db);
  await sql`drop table case_blob`.execute(db);
  await sql`alter table action drop constraint action_division_machine_fkey`.execute(db);
  await sql`alter table case_view drop constraint case_view_division_machine_fkey`.execute(db);
  await sql`alter table case_view drop constraint case_view_division_item_code_item_version_fkey`.execute(db);
  await sql`alter table action drop column ack_signature`.execute(db);
  await sql`
    do $$ begin
      if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals)) then
        alter table action alter column body set compression lz4;
        alter table case_view alter column state set compression lz4;
        alter table case_files alter column files set compression lz4;
      end if;
    end $$`.execute(db);
}
