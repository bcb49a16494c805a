import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/** The database does not answer, or a connection to it broke. Of a transaction that was under way nobody knows whether it was committed: whoever needs to know asks again. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
  /** What the operating system or PostgreSQL said; `ELOST` when it was the driver. */
  readonly code: string;

  constructor(cause: unknown) {
    super('the database is away', { cause });
    this.code = codeOf(cause) ?? 'ELOST';
  }
}

/**
 * Longest wait for a connection, milliseconds: half of what a console waits for an answer. A database that is down refuses at once; this is for one that says nothing, and for a server that has more
 * to do than its connections can carry.
 */
export const CONNECT_WITHIN = 10_000;

/** Longest statement, milliseconds. The slowest figures of 200 000 cases take some seconds; beyond it the server, or the line to it, is taken for dead. */
const ANSWER_WITHIN = 30_000;

/**
 * What PostgreSQL is told of every connection. A hall that loses its power says no goodbye, and one that is frozen says nothing: the locks of either are free again within half a
 * minute or a minute, the chain of the hall's own actions among them.
 */
const SESSION = '-c timezone=UTC -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c idle_in_transaction_session_timeout=60s';

/** `options`: of the session, beside those of every connection. `hurried` false: for the steps of a migration, which may take minutes. */
export type PoolOptions = { url: string; max: number; options?: string; types: pg.CustomTypesConfig; hurried?: boolean };

/** A pool of connections whose every failure to reach the database is a `DatabaseAway`. What was away is connected anew with the next request; nothing must be started again. */
export function createPool({ url, max, options = '', types, hurried = true }: PoolOptions): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url, max, types, keepAlive: true, keepAliveInitialDelayMillis: 10_000, connectionTimeoutMillis: CONNECT_WITHIN,
    options: hurried ? `${SESSION} ${options}` : '-c timezone=UTC', ...(hurried ? { query_timeout: ANSWER_WITHIN } : {}),
  });
  // A connection that breaks is replaced, and a query it was running is rejected; the events would only end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    options: pool.options,
    async connect() {
      try {
        return watched(await pool.connect());
      } catch (cause) {
        throw new DatabaseAway(cause);
      }
    },
    end: () => pool.end(),
  };
}

/** A connection that broke once says so to every query that comes after, and does not go back to the pool. */
function watched(client: pg.PoolClient): PostgresPoolClient {
  let lost: DatabaseAway | null = null;
  const query = async (text: string, parameters: readonly unknown[]) => {
    if (lost !== null) throw lost;
    try {
      return await client.query(text, [...parameters]);
    } catch (cause) {
      if (!isLost(cause)) throw cause;
      throw (lost = new DatabaseAway(cause));
    }
  };
  return {
    // Kysely's type is of cursors, too, which the hall does not use.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy === true || lost !== null),
  };
}

/** SQLSTATE class 08, connection; 57P, shutdown and start of the server; 25P03, a transaction that was ended for standing idle; 53300, no connection left. */
const STATES_OF_LOSS = /^(08\d{3}|57P\d\d|25P03|53300)$/;
/** What the operating system says, and what the driver does, which gives no code. */
const SYSTEM_CODE = /^E[A-Z]+$/;
const DRIVER_WORDS = /^(Connection terminated|Client was closed|Client has encountered a connection error|Query read timeout)/;

function isLost(cause: unknown): boolean {
  const code = codeOf(cause);
  if (code !== null) return STATES_OF_LOSS.test(code) || SYSTEM_CODE.test(code);
  return cause instanceof Error && DRIVER_WORDS.test(cause.message);
}

function codeOf(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}
