import { describe, expect, test } from 'vitest';
import { answerKeeper, type SafeStorage } from './key-desk.ts';

/** Turns text round: enough to see which way was asked. */
const storage: SafeStorage = {
  isEncryptionAvailable: () => true,
  encryptString: (plain) => Buffer.from([...plain].toReversed().join('')),
  decryptString(sealed) {
    if (sealed.toString() === 'damaged') throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    return [...sealed.toString()].toReversed().join('');
  },
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the shell as keeper of keys', () => {
  test('seals and opens on Windows', () => {
    expect(answerKeeper({ kind: 'keep', call: 1, plain: base64('keys') }, storage, 'win32')).toEqual({ kind: 'keeper-answer', call: 1, result: { ok: true, value: base64([...base64('keys')].toReversed().join('')) } });
    expect(answerKeeper({ kind: 'open', call: 2, sealed: base64('==abc') }, storage, 'win32')).toEqual({ kind: 'keeper-answer', call: 2, result: { ok: true, value: 'cba==' } });
  });
  test('says what does not open, without the reason of Windows', () => {
    expect(answerKeeper({ kind: 'open', call: 3, sealed: base64('damaged') }, storage, 'win32')).toEqual({ kind: 'keeper-answer', call: 3, result: { ok: false, error: { kind: 'cannot-open' } } });
  });
  test('keeps nothing where safeStorage may be a password that everybody knows, or is not ready', () => {
    const ask = { kind: 'keep', call: 4, plain: base64('keys') };
    const unavailable = { kind: 'keeper-answer', call: 4, result: { ok: false, error: { kind: 'unavailable' } } };
    expect(answerKeeper(ask, storage, 'linux')).toEqual(unavailable);
    expect(answerKeeper(ask, { ...storage, isEncryptionAvailable: () => false }, 'win32')).toEqual(unavailable);
  });
  test('says that Windows does not seal, and lives on', () => {
    const failing = { ...storage, encryptString: () => {
      throw new Error('Error while encrypting the text provided to safeStorage.encryptString.');
    } };
    expect(answerKeeper({ kind: 'keep', call: 5, plain: base64('keys') }, failing, 'win32')).toEqual({ kind: 'keeper-answer', call: 5, result: { ok: false, error: { kind: 'unavailable' } } });
  });
  test.each([{ kind: 'alive' }, null, { kind: 'keep', call: 1 }, { kind: 'open', call: 1, sealed: 'AAAA', more: true }])('leaves alone what is not its question: %j', (message) => {
    expect(answerKeeper(message, storage, 'win32')).toBeNull();
  });
});
