/** The part of the package's interface that is used here; its own declarations are not in its `exports`. */
declare module 'better-sqlite3-multiple-ciphers' {
  export type RunResult = { changes: number; lastInsertRowid: number | bigint };

  export interface Statement<Parameters extends unknown[] = unknown[], Row = unknown> {
    run(...parameters: Parameters): RunResult;
    get(...parameters: Parameters): Row | undefined;
    all(...parameters: Parameters): Row[];
    iterate(...parameters: Parameters): IterableIterator<Row>;
  }

  export interface Transaction<Parameters extends unknown[], Value> {
    (...parameters: Parameters): Value;
    /** Takes the write lock at its start, so that what it read cannot be changed before it writes. */
    immediate(...parameters: Parameters): Value;
  }

  export default class Database {
    constructor(path: string, options?: { timeout?: number; nativeBinding?: string; readonly?: boolean; fileMustExist?: boolean });
    readonly open: boolean;
    readonly inTransaction: boolean;
    prepare<Parameters extends unknown[] = unknown[], Row = unknown>(sql: string): Statement<Parameters, Row>;
    transaction<Parameters extends unknown[], Value>(work: (...parameters: Parameters) => Value): Transaction<Parameters, Value>;
    exec(sql: string): this;
    pragma(text: string): unknown;
    /** SQLite3 Multiple Ciphers: the key, as `raw:` and 64 hex digits or as a passphrase. */
    key(key: Buffer): number;
    /** The same, for another key: every page of the file is written anew under it. */
    rekey(key: Buffer): number;
    /** The file's pages as the pager sees them, plain, freed ones too. */
    serialize(): Buffer;
    close(): this;
  }
}
