import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifier } from '../../crypto/node.ts';
import { createMaker, handedIn } from '../../test/fixtures/actions.ts';
import { canonicalJson } from './canonical.ts';
import { checkAction, verifyChain } from './chain.ts';
import { PageReference, Payload } from './payload.ts';
import type { Action } from './types.ts';

function log(length: number) {
  const maker = createMaker('T330624-0001');
  const actions = Array.from({ length }, (_, index) => maker.make(index === 0 ? handedIn() : { kind: 'withdrawn', reason: `reason ${index}` }));
  const report = (entries: readonly unknown[]) => verifyChain(entries, maker.machine, maker.publicKey, verifier);
  return { maker, actions, report };
}

describe('canonicalJson', () => {
  test('orders members, whatever order they came in (RFC 8785 §3.2.3)', () => {
    expect(canonicalJson({ b: 1, a: [true, null, '€\u000f'], 'ä': { y: 1e21, x: 0.5 } })).toBe('{"a":[true,null,"€\\u000f"],"b":1,"ä":{"x":0.5,"y":1e+21}}');
  });
  test('gives back the same value and the same text again', () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }));
  });
  test.each([[undefined], [Number.NaN], ['\ud800'], [() => 1]])('refuses what JSON cannot hold', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe('a page', () => {
  const blob = { hash: 'ab'.repeat(32), size: 1200, mediaType: 'image/jpeg' };
  test('from before thumbnails reads as it was written, so that its hash stays', () => {
    expect(PageReference.parse(blob)).toEqual(blob);
    expect(canonicalJson(Payload.parse(handedIn()))).toBe(canonicalJson(handedIn()));
  });
  test('names its thumbnail, or has no such member', () => {
    const page = { ...blob, thumbnail: { ...blob, hash: 'cd'.repeat(32) } };
    expect(PageReference.parse(page)).toEqual(page);
    expect(PageReference.safeParse({ ...blob, thumbnail: undefined }).success).toBe(false);
    expect(PageReference.safeParse({ ...page, thumbnail: page }).success).toBe(false);
  });
});

describe('verifyChain', () => {
  test('finds a whole log whole', () => {
    const { actions, report } = log(5);
    expect(report(actions)).toMatchObject({ entries: 5, first: 1, head: { sequence: 5, hash: actions[4]?.hash }, faults: [] });
  });

  test('finds a deleted entry and says which', () => {
    const { actions, report } = log(5);
    expect(report(actions.toSpliced(2, 1)).faults).toEqual([{ position: 3, sequence: 4, id: actions[3]?.id, fault: { kind: 'missing', from: 3, to: 3 } }]);
  });

  test('finds an edited entry and says where', () => {
    const { actions, report } = log(5);
    const edited = structuredClone(actions) as Action[];
    Object.assign(edited[1]!.payload, { reason: 'another reason' });
    expect(report(edited).faults).toEqual([{ position: 2, sequence: 2, id: actions[1]?.id, fault: { kind: 'bad-hash' } }]);
  });

  test('finds an entry that was edited and hashed anew without the key', () => {
    const { actions, report } = log(3);
    const { hash: _hash, signature, ...body } = structuredClone(actions[1]!);
    Object.assign(body.payload, { reason: 'another reason' });
    const forged = { ...body, hash: verifier.sha256(canonicalJson(body)), signature };
    expect(report([actions[0], forged, actions[2]]).faults).toMatchObject([{ position: 2, fault: { kind: 'bad-signature' } }, { position: 3, fault: { kind: 'previous-differs' } }]);
  });

  test('finds a moved entry where it stands now', () => {
    const { actions, report } = log(5);
    const moved = [actions[0], actions[1], actions[3], actions[2], actions[4]];
    expect(report(moved).faults).toEqual([{ position: 4, sequence: 3, id: actions[2]?.id, fault: { kind: 'out-of-order', expected: 5 } }]);
  });

  test('finds a repeated entry', () => {
    const { actions, report } = log(3);
    expect(report([...actions, actions[1]]).faults).toMatchObject([{ position: 4, fault: { kind: 'repeated' } }]);
  });

  test("refuses another machine's entry even with its own good signature", () => {
    const { actions, maker } = log(2);
    const other = createMaker('T330624-0002');
    const stranger = other.make(handedIn());
    expect(checkAction(stranger, maker.publicKey, verifier)).toEqual({ ok: false, error: { kind: 'bad-signature' } });
    expect(verifyChain([...actions, stranger], other.machine, other.publicKey, verifier).faults.map(({ position }) => position)).toContain(1);
  });

  test('any one deletion, edit or swap in any log is found', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(), fc.constantFrom('delete', 'edit', 'swap'), (length, seed, deed) => {
      const { actions, report, maker } = log(length);
      const at = seed % (length - 1);
      const changed = structuredClone(actions) as Action[];
      if (deed === 'delete') changed.splice(at, 1);
      if (deed === 'edit') changed[at]!.time.wall = '2020-01-01T00:00:00.000Z';
      if (deed === 'swap') [changed[at], changed[at + 1]] = [changed[at + 1]!, changed[at]!];
      expect(report(changed).faults.length).toBeGreaterThan(0);
      expect(maker.head().sequence).toBe(length);
    }), { numRuns: 40 });
  });
});
