/**
 * The road between core and the shell for keys that Windows keeps (DPAPI): only the shell reaches Electron's `safeStorage`. Core asks over its
 * own port, which no window has, and the shell answers that call alone. Repeatable; it changes nothing but what is answered.
 */
import { z } from 'zod';
import { kind, resultOf } from './result-schema.ts';

/** Who keeps a terminal's keys. Their strength is in decision 0006. */
export const KeeperKind = z.enum(['dpapi', 'systemd-creds', 'file']);
export type KeeperKind = z.infer<typeof KeeperKind>;

/** `plain` and `opened` are base64 of the key bytes, `sealed` is what the system made of them. `call` names the answer's question. */
export const KeeperAsk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep'), call: z.int(), plain: z.base64() }),
  z.strictObject({ kind: z.literal('open'), call: z.int(), sealed: z.base64() }),
]);
export type KeeperAsk = z.infer<typeof KeeperAsk>;

export const KeeperAnswer = z.strictObject({
  kind: z.literal('keeper-answer'),
  call: z.int(),
  result: resultOf(z.string(), z.discriminatedUnion('kind', [kind('unavailable'), kind('cannot-open')])),
});
export type KeeperAnswer = z.infer<typeof KeeperAnswer>;
