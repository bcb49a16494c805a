import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Accounts get a scope, a second factor and a first password that must be changed; sessions know their step and where they came from; sensitive acts are
 * proposed. The accounts that are here keep role and password and reach the whole county; who is signed in stays so.
 */
export const number = 140;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table account
      add column scope text,
      add column granted_at timestamptz default now(),
      add column one_time_until timestamptz,
      add column totp text,
      add column totp_since timestamptz,
      add column totp_step bigint,
      add column totp_pending text,
      add column last_at timestamptz,
      add column last_address text`.execute(db);
  await sql`alter table account alter column granted_at drop default`.execute(db);
  await sql`
    alter table session
      add column step text not null default 'whole',
      add column address text not null default '',
      add column last_at timestamptz,
      add column last_address text,
      add column failed integer not null default 0`.execute(db);
  await sql`create index session_by_account on session (division, account)`.execute(db);
  await sql`
    create table recovery_code (
      division text not null,
      account text not null,
      code_hash text not null,
      used_at timestamptz,
      primary key (division, account, code_hash),
      foreign key (division, account) references account (division, account)
    )`.execute(db);
  await sql`
    create table proposal (
      division text not null,
      id text not null,
      what text not null,
      subject text not null,
      body text not null,
      proposed_by text not null,
      at timestamptz not null,
      decided_by text,
      decided_at timestamptz,
      outcome text,
      primary key (division, id)
    )`.execute(db);
  await sql`create index proposal_by_subject on proposal (division, what, subject) where decided_at is null`.execute(db);
}
