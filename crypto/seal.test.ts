import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateSealKey, generateWrappingKey, seal, unseal, unwrapKey, wrapKey } from './seal.ts';

const key = generateSealKey();
const cannotOpen = { ok: false, error: { kind: 'cannot-open' } };

describe('a seal', () => {
  test('gives back what was sealed, of any length, in memory that holds nothing else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), (plain) => {
      const sealed = seal(key, 'case 1', plain);
      expect(sealed.length).toBe(3 + 12 + plain.length + 16);
      const opened = unseal(key, 'case 1', sealed);
      expect(opened).toEqual({ ok: true, value: plain });
      // What is posted to another process goes with the whole of its buffer.
      for (const bytes of [sealed, opened.ok ? opened.value : plain]) expect(bytes.buffer.byteLength).toBe(bytes.length);
    }));
  });

  test('does not open under another key or context, changed anywhere, cut anywhere or with more behind it', () => {
    const sealed = seal(key, 'case 1', new Uint8Array(100).fill(7));
    expect(unseal(generateSealKey(), 'case 1', sealed)).toEqual(cannotOpen);
    expect(unseal(key, 'case 2', sealed)).toEqual(cannotOpen);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = new Uint8Array(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal(key, 'case 1', changed)).toEqual(cannotOpen);
      expect(unseal(key, 'case 1', sealed.subarray(0, at))).toEqual(cannotOpen);
    }
    expect(unseal(key, 'case 1', new Uint8Array([...sealed, 0]))).toEqual(cannotOpen);
  });

  test('is another one each time', () => {
    expect(seal(key, '', new Uint8Array(9))).not.toEqual(seal(key, '', new Uint8Array(9)));
  });
});

describe('a wrapped key', () => {
  const reader = generateWrappingKey();
  test('opens for its reader and its context alone', () => {
    const wrapped = wrapKey(reader.publicKey, 'case 1', key);
    expect(unwrapKey(reader, 'case 1', wrapped)).toEqual({ ok: true, value: key });
    expect(unwrapKey(reader, 'case 2', wrapped)).toEqual(cannotOpen);
    expect(unwrapKey(generateWrappingKey(), 'case 1', wrapped)).toEqual(cannotOpen);
  });
  test('with a point of small order, of another length or no point at all is refused like any other', () => {
    const wrapped = wrapKey(reader.publicKey, 'case 1', key);
    for (const bytes of [Buffer.alloc(32), Buffer.alloc(31, 9), Buffer.alloc(33, 9), Buffer.alloc(0)]) expect(unwrapKey(reader, 'case 1', { ...wrapped, ephemeral: bytes.toString('base64') })).toEqual(cannotOpen);
  });
});
