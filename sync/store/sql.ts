import type { RxJsonSchema } from 'rxdb/plugins/core';
import { getPrimaryFieldOfPrimaryKey, getSchemaByObjectPath } from 'rxdb/plugins/core';
import type Database from 'better-sqlite3-multiple-ciphers';

/**
 * Tables, index columns and the encoding of their values.
 *
 * One STRICT rowid table per collection and schema version: the whole document as JSON text, and one column per indexed path
 * that holds a single kind of scalar. Columns are copies for searching; what a document says is its JSON alone.
 */
/** A dotted path, split. */
export type Path = readonly string[];
export type Kind = 'string' | 'number' | 'boolean';
export type Column = { path: Path; name: string; kind: Kind };
/** Columns by document path, with the four that every table has. */
export type Columns = ReadonlyMap<string, Column>;
/** What better-sqlite3 binds. */
export type SqlValue = string | number | Uint8Array | null;

export type Layout = { table: string; primary: Path; columns: Columns; indexed: readonly Column[]; indexes: readonly (readonly Column[])[] };

const TYPES: Record<Kind, string> = {
  string: 'TEXT',
  // JavaScript has doubles only; an INTEGER column would refuse 1.5 in a document that nobody validated.
  number: 'REAL',
  boolean: 'INTEGER',
};

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function layoutOf<Document>(databaseName: string, collectionName: string, schema: Readonly<RxJsonSchema<Document>>): Layout {
  const primary = String(getPrimaryFieldOfPrimaryKey(schema.primaryKey));
  const fixed = (path: string, name: string, kind: Kind): [string, Column] => [path, { path: path.split('.'), name, kind }];
  const columns = new Map<string, Column>([
    fixed(primary, 'id', 'string'), fixed('_deleted', 'deleted', 'boolean'), fixed('_meta.lwt', 'written', 'number'), fixed('_rev', 'revision', 'string'),
  ]);
  const indexes: Column[][] = [];
  const indexed: Column[] = [];
  for (const index of schema.indexes ?? []) {
    const paths = typeof index === 'string' ? [index] : index;
    const of: Column[] = [];
    for (const path of paths) {
      let column = columns.get(path);
      if (column === undefined) {
        const kind = kindOf(getSchemaByObjectPath(schema, path));
        if (kind === null) break;
        column = { path: path.split('.'), name: `at:${path}`, kind };
        columns.set(path, column);
        indexed.push(column);
      }
      of.push(column);
    }
    // RxDB adds (_deleted, id) to every schema: the primary key finds the same rows, and each index is one more page in every commit.
    if (of.length === paths.length && of.some(({ name }) => name !== 'deleted' && name !== 'id')) indexes.push(of);
  }
  return { table: `${databaseName}|${collectionName}|${schema.version}`, primary: [primary], columns, indexed, indexes };
}

/** The one scalar kind a schema allows, or null: such a path is matched in memory. */
function kindOf(schema: { type?: unknown } | undefined): Kind | null {
  const types = [schema?.type].flat().filter((type) => type !== 'null');
  if (types.length !== 1) return null;
  switch (types[0]) {
    case 'string':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return null;
  }
}

/** Creates what is missing and drops indexes that the schema no longer names. One transaction. */
export function createTable(database: Database, layout: Layout, body: 'TEXT' | 'BLOB'): void {
  const table = quoted(layout.table);
  database.transaction(() => {
    const extra = layout.indexed.map(({ name, kind }) => `${quoted(name)} ${TYPES[kind]}`);
    const columns = ['id TEXT NOT NULL PRIMARY KEY', 'revision TEXT NOT NULL', 'deleted INTEGER NOT NULL', 'written REAL NOT NULL', `document ${body} NOT NULL`, 'indexed INTEGER NOT NULL', ...extra];
    database.exec(`CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')}) STRICT`);
    const present = new Map(database.prepare<[string], { name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)').all(layout.table).map(({ name, type }) => [name, type]));
    if (present.get('document') !== body) throw new Error(`table ${layout.table} was made ${body === 'TEXT' ? 'with' : 'without'} a codec`);
    for (const { name } of layout.indexed) {
      // RxDB asks for a new schema version when indexes change; a table of this version without the column is a bug there.
      if (!present.has(name)) throw new Error(`table ${layout.table} was made without the column ${name}`);
    }
    // Tombstones alone: it costs a living document nothing.
    database.exec(`CREATE INDEX IF NOT EXISTS ${quoted(`tombstones of ${layout.table}`)} ON ${table} (written) WHERE deleted = 1`);
    const wanted = new Map([['written', 'id'], ...layout.indexes.map((index) => index.map(({ name }) => name))].map((names) => [`${layout.table}|${names.join(',')}`, names]));
    const existing = database.prepare<[string], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql LIKE '%WHERE indexed = 1'").all(layout.table);
    for (const { name } of existing) if (!wanted.delete(name)) database.exec(`DROP INDEX ${quoted(name)}`);
    for (const [name, names] of wanted) database.exec(`CREATE INDEX ${quoted(name)} ON ${table} (${names.map(quoted).join(', ')}) WHERE indexed = 1`);
  })();
}

/** Characters from the surrogates up, where UTF-16 order (JavaScript's) and UTF-8 order (SQLite's) part. */
const PARTING = /[\ud800-\uffff]/;
const ESCAPE = '\u{10ffff}';
const ESCAPED_TOP = '\u{10fffe}';

/**
 * A text whose UTF-8 bytes sort as JavaScript sorts the string itself, by UTF-16 units. Nearly all text stays as it is; U+E000 to
 * U+FFFF go behind the supplementary planes. Different strings have different keys.
 * @throws TypeError on a lone surrogate, which has no UTF-8 form
 */
export function textKey(value: string): string {
  if (!PARTING.test(value)) return value;
  if (!value.isWellFormed()) throw new TypeError('an indexed text holds a lone surrogate');
  let key = '';
  for (const character of value) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xe000 && point <= 0xffff) key += ESCAPE + character;
    else if (character === ESCAPED_TOP) key += `${ESCAPED_TOP}\u0001`;
    else if (character === ESCAPE) key += `${ESCAPED_TOP}\u0002`;
    else key += character;
  }
  return key;
}

/** The value as the column holds it; undefined when it is not of the column's kind. */
export function sqlValue(kind: Kind, value: unknown): SqlValue | undefined {
  if (typeof value !== kind) return undefined;
  switch (typeof value) {
    case 'string':
      return textKey(value);
    case 'number':
      return Number.isNaN(value) ? undefined : value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return undefined;
  }
}

/** What a document has at a path; undefined where the path ends early. */
export function valueAt(document: unknown, path: Path): unknown {
  let value = document;
  for (const member of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return undefined;
    value = Reflect.get(value, member);
  }
  return value;
}

/** The index columns of a document. A missing value and one of another kind are NULL: no range over the kind holds them. */
export function indexValues(layout: Layout, document: unknown): SqlValue[] {
  return layout.indexed.map(({ path, kind }) => sqlValue(kind, valueAt(document, path)) ?? null);
}
