/**
 * Expected failures are values. A surprise (a bug, a broken invariant) is thrown and ends the process that owns it.
 * Every error is one member of a `kind`-tagged union that the module names in its own types.
 */
export type Result<Value, Failure extends { kind: string }> = Ok<Value> | Err<Failure>;
export type Ok<Value> = { ok: true; value: Value };
export type Err<Failure extends { kind: string }> = { ok: false; error: Failure };

export function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value };
}

export function err<Failure extends { kind: string }>(error: Failure): Err<Failure> {
  return { ok: false, error };
}

/** Ends an exhaustive switch: reaching it is a compile error, and at run time a bug. */
export function never(value: never): never {
  throw new Error(`unexpected variant ${typeof value === 'object' ? JSON.stringify(Object.keys(value)) : typeof value}`);
}

/** The word that the system or a library has for a caught failure (`ENOSPC`, `SQLITE_FULL`); empty where it has none. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

/** Names a promise that is deliberately not awaited; its failure is a surprise and is rethrown to the process. */
export function drop(promise: Promise<unknown>): void {
  promise.catch((cause: unknown) => {
    queueMicrotask(() => {
      throw cause;
    });
  });
}
