import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digest } from '../../crypto/node.ts';
import { caseId } from '../../test/fixtures/actions.ts';
import { ActionId, Hash, MachineId } from '../ids.ts';
import { Acknowledgement, acknowledgementText, signedText, togetherText, treeOf } from './acknowledgement.ts';

const hall = MachineId.parse('H330624');
const receivedAt = '2026-11-23T01:00:00.000Z';
const signature = `${'A'.repeat(86)}==`;
const leaves = (count: number) => Array.from({ length: count }, (_, index) => ({ action: ActionId.parse(caseId(index + 1)), hash: Hash.parse(digest.sha256(`action ${index}`)) }));
const some = fc.integer({ min: 1, max: 200 });

describe('an acknowledgement of many', () => {
  test('each of them leads to the one signed text', () => {
    fc.assert(fc.property(some, (count) => {
      const all = leaves(count);
      const { root, places } = treeOf(digest, all);
      const text = togetherText({ hall, receivedAt, size: count, root });
      all.forEach((leaf, index) => expect(signedText({ ...leaf, hall, receivedAt, together: places[index]!, signature }, digest)).toBe(text));
      expect(Math.max(...places.map(({ path }) => path.length))).toBe(Math.ceil(Math.log2(count)));
    }), { numRuns: 40 });
  });

  test('no other action, place, size, path, hall or day leads there', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), (count, seed) => {
      const all = leaves(count);
      const { root, places } = treeOf(digest, all);
      const index = seed % count;
      const other = (index + 1) % count;
      const right = { ...all[index]!, hall, receivedAt, together: places[index]!, signature };
      const text = togetherText({ hall, receivedAt, size: count, root });
      const wrong: Acknowledgement[] = [
        { ...right, hash: all[other]!.hash }, { ...right, action: all[other]!.action }, { ...right, hall: MachineId.parse('H330625') }, { ...right, receivedAt: '2026-11-24T01:00:00.000Z' },
        ...[{ index: other }, { index: count }, { size: count + 1 }, { path: right.together.path.slice(1) }, { path: [...right.together.path, root] }].map((change) => ({ ...right, together: { ...right.together, ...change } })),
      ];
      for (const each of wrong) expect(signedText(each, digest)).not.toBe(text);
    }), { numRuns: 40 });
  });

  test('a node of the tree cannot pass as an action of it', () => {
    const { root } = treeOf(digest, leaves(2));
    expect(treeOf(digest, [{ action: ActionId.parse(caseId(1)), hash: root }]).root).not.toBe(root);
    expect(() => treeOf(digest, [])).toThrow(RangeError);
  });

  test('the tree is this one, byte for byte', () => {
    expect(treeOf(digest, leaves(3))).toMatchInlineSnapshot(`
      {
        "places": [
          {
            "index": 0,
            "path": [
              "e0c7971ff8ea1499348410de7f207e46670c9440fe478cd6a7f206e9439654ee",
              "5ed12b07fca25b1f02304facbcf3d0a256b06dc213977dc09dedf856ee4a0538",
            ],
            "size": 3,
          },
          {
            "index": 1,
            "path": [
              "3adca593a631d1b3a307253acfc20749f9002319d92b3a581ac81b4896cfa204",
              "5ed12b07fca25b1f02304facbcf3d0a256b06dc213977dc09dedf856ee4a0538",
            ],
            "size": 3,
          },
          {
            "index": 2,
            "path": [
              "33d0c6761e3c1ba9a24889258f2d191673b9c0a5f652aa2f55bf1e7fa79120a5",
            ],
            "size": 3,
          },
        ],
        "root": "da624cbad81781edc978e4357407496d4007e38e108825e1d5c806f503533e82",
      }
    `);
  });
});

test('one signed for alone needs no tree', () => {
  const [leaf] = leaves(1);
  expect(signedText({ ...leaf!, hall, receivedAt, signature }, digest)).toBe(acknowledgementText({ ...leaf!, hall, receivedAt }));
});
