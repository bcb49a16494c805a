/** Expected failures as values, in the shape the rest of the project uses; kept here so that this folder stands alone. */
export type Result<Value, Failure extends { kind: string }> = { ok: true; value: Value } | { ok: false; error: Failure };

export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function err<Failure extends { kind: string }>(error: Failure): { ok: false; error: Failure } {
  return { ok: false, error };
}
