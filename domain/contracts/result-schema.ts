import { z } from 'zod';

/**
 * The wire form of a `Result`: what a contract answers with. `errors` is a union tagged by `kind`.
 * Only plain data travels: nothing that structured clone or JSON would alter.
 */
export function resultOf<Value extends z.ZodType, Failure extends z.ZodType<{ kind: string }>>(value: Value, errors: Failure) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error: errors }),
  ]);
}

/** An error kind without further fields. */
export function kind<const Kind extends string>(name: Kind) {
  return z.strictObject({ kind: z.literal(name) });
}
