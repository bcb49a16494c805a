import { type QueryExecutorProvider, sql } from 'kysely';

/** The case log, what was kept aside, and the folded cases. New tables only: no rows are touched. */
export const number = 30;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table action (
      division text not null,
      machine text not null,
      sequence bigint not null,
      id text not null,
      hash text not null,
      case_id text,
      kind text,
      case_position integer,
      body text not null,
      received_at timestamptz not null,
      ack_signature text,
      quarantine_reason text,
      primary key (division, machine, sequence),
      unique (division, id),
      unique (division, case_id, case_position),
      foreign key (division, machine) references machine (division, machine),
      check ((quarantine_reason is null) = (case_position is not null))
    )`.execute(db);
  await sql`
    create table quarantine (
      division text not null,
      id bigint generated always as identity,
      machine text not null,
      reason text not null,
      first_at timestamptz not null,
      last_at timestamptz not null,
      times integer not null,
      action_id text,
      sequence bigint,
      fingerprint text not null,
      body text not null,
      resolved_at timestamptz,
      primary key (division, id),
      unique (division, machine, reason, fingerprint),
      foreign key (division, machine) references machine (division, machine)
    )`.execute(db);
  await sql`
    create table case_view (
      division text not null,
      id text not null,
      machine text not null,
      number text not null,
      handed_in_number text not null,
      item_code text not null,
      item_version integer not null,
      item_name text not null,
      person text not null,
      person_number text not null,
      stage text not null,
      handed_in_at timestamptz not null,
      received_at timestamptz not null,
      promised_by date,
      duty_by date not null,
      claimed_by text,
      claimed_at timestamptz,
      actions integer not null,
      state text not null,
      primary key (division, id),
      unique (division, number),
      unique (division, handed_in_number),
      foreign key (division, machine) references machine (division, machine),
      foreign key (division, item_code, item_version) references item (division, code, version)
    )`.execute(db);
  // The inbox reads by these, page after page.
  await sql`create index case_view_by_duty on case_view (division, duty_by, handed_in_at, id)`.execute(db);
  await sql`create index case_view_by_stage on case_view (division, stage, duty_by, handed_in_at, id)`.execute(db);
}
