import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * The catalogue as its editors keep it: what is known of every published version without reading its text, drafts with the codes they are about and their
 * reviews, shelf rules, journeys. Versions that are there already get their line in the adjust log, as from a pack; a few hundred rows, under a second.
 */
export const number = 180;

export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table item_publication (
      division text not null,
      code text not null,
      version integer not null,
      name text not null,
      type text not null,
      body_name text not null,
      credit_code text not null,
      state text not null,
      effective_from date not null,
      effective_to date,
      kind text not null,
      at timestamptz not null,
      account text,
      draft text,
      reviewers text not null,
      reason text not null,
      origin text not null,
      successors text not null,
      changes integer,
      primary key (division, code, version),
      foreign key (division, code, version) references item (division, code, version)
    )`.execute(db);
  await sql`
    insert into item_publication
    select division, code, version, body::json ->> 'name', body::json ->> 'type', body::json -> 'body' ->> 'name', body::json -> 'body' ->> 'creditCode', body::json ->> 'state',
      (body::json ->> 'effectiveFrom')::date, (body::json ->> 'effectiveTo')::date, case version when 1 then 'new' else 'changed' end, published_at, null, null, '[]', '', '[]', '[]', null
    from item`.execute(db);
  await sql`
    create table item_draft (
      division text not null,
      id text not null,
      kind text not null,
      state text not null,
      revision integer not null,
      name text not null,
      body_name text not null,
      bases text not null,
      bodies text not null,
      reason text not null,
      authors text not null,
      created_by text not null,
      changed_by text not null,
      changed_at timestamptz not null,
      holder text,
      held_at timestamptz,
      primary key (division, id)
    )`.execute(db);
  // The list of drafts is asked by state.
  await sql`create index item_draft_by_state on item_draft (division, state, changed_at)`.execute(db);
  // `locks`: the draft is open and starts from this code, so no other may.
  await sql`
    create table item_draft_code (
      division text not null,
      draft text not null,
      code text not null,
      credit_code text not null,
      locks boolean not null,
      primary key (division, draft, code),
      foreign key (division, draft) references item_draft (division, id)
    )`.execute(db);
  await sql`create unique index item_draft_code_locked on item_draft_code (division, code) where locks`.execute(db);
  await sql`
    create table item_review (
      division text not null,
      id bigint generated always as identity,
      draft text not null,
      revision integer not null,
      at timestamptz not null,
      account text not null,
      verdict text not null,
      words text not null,
      primary key (division, id),
      foreign key (division, draft) references item_draft (division, id)
    )`.execute(db);
  await sql`create index item_review_by_draft on item_review (division, draft, id)`.execute(db);
  await sql`
    create table shelf_rule (
      division text not null,
      id text not null,
      body text not null,
      account text not null,
      at timestamptz not null,
      primary key (division, id)
    )`.execute(db);
  await sql`
    create table theme (
      division text not null,
      code text not null,
      version integer not null,
      body text not null,
      effective_from date not null,
      account text not null,
      at timestamptz not null,
      primary key (division, code, version)
    )`.execute(db);
}
