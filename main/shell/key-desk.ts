import { type KeeperAnswer, KeeperAsk } from '../../domain/contracts/keeper.ts';
import { err, ok } from '../../domain/result.ts';

/** What is used of Electron's `safeStorage`. */
export type SafeStorage = { isEncryptionAvailable(): boolean; encryptString(plain: string): Uint8Array; decryptString(sealed: Buffer): string };

/**
 * Answers core's questions about its keys with DPAPI. Elsewhere than on Windows `safeStorage` may seal under a password that everybody
 * knows, so there it counts as not available.
 * @returns null for a message that is no such question
 */
export function answerKeeper(message: unknown, storage: SafeStorage, platform: NodeJS.Platform): KeeperAnswer | null {
  const ask = KeeperAsk.safeParse(message);
  if (!ask.success) return null;
  const answer = (result: KeeperAnswer['result']): KeeperAnswer => ({ kind: 'keeper-answer', call: ask.data.call, result });
  if (platform !== 'win32' || !storage.isEncryptionAvailable()) return answer(err({ kind: 'unavailable' }));
  try {
    if (ask.data.kind === 'keep') return answer(ok(Buffer.from(storage.encryptString(ask.data.plain)).toString('base64')));
    return answer(ok(storage.decryptString(Buffer.from(ask.data.sealed, 'base64'))));
  } catch {
    // The reason of Windows stays unread: it seals or it does not; it is this user's and machine's key, or it is not.
    return answer(err({ kind: ask.data.kind === 'keep' ? 'unavailable' : 'cannot-open' }));
  }
}
