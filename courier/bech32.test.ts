import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { generateWrappingKey } from '../crypto/seal.ts';
import { identityOf, recipientOf, terminalCourierKey } from './age.ts';
import { bech32 } from './bech32.ts';

describe('keys as age writes them', () => {
  test('bech32 of nothing is the test vector of BIP 173', () => {
    expect(bech32('a', new Uint8Array(0))).toBe('a12uel5l');
  });

  test("age derives the same recipient from our keys, in age's own code", async () => {
    for (let round = 0; round < 20; round += 1) {
      const pair = generateWrappingKey();
      expect(await identityToRecipient(identityOf(pair.privateKey))).toBe(recipientOf(pair.publicKey));
    }
    expect(identityOf(generateWrappingKey().privateKey).length).toBe((await generateX25519Identity()).length);
  });

  test('the key of a terminal follows from its store key, and is another for another store', async () => {
    const key = terminalCourierKey(new Uint8Array(32).fill(7));
    expect(terminalCourierKey(new Uint8Array(32).fill(7))).toEqual(key);
    expect(terminalCourierKey(new Uint8Array(32).fill(8)).publicKey).not.toBe(key.publicKey);
    expect(await identityToRecipient(identityOf(key.privateKey))).toBe(recipientOf(key.publicKey));
  });
});
