import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import { appendAction, headOf } from '../../domain/action/chain.ts';
import { exportText } from '../../domain/action/export.ts';
import { createMaker, handedIn } from '../../test/fixtures/actions.ts';
import { main } from './main.ts';

let folder: string;
let said: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-verify-'));
  said = '';
  const hear = (text: string | Uint8Array) => ((said += String(text)), true);
  vi.spyOn(process.stdout, 'write').mockImplementation(hear);
  vi.spyOn(process.stderr, 'write').mockImplementation(hear);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const maker = createMaker('T330624-0001');
const signer = createSigner(maker.machine, maker.privateKey);
const actions = [0, 1, 2, 3].map((index) => maker.make(index === 0 ? handedIn() : { kind: 'withdrawn', reason: String(index) }));

const own = { signer, publicKey: maker.publicKey };
const linesOf = (log: Parameters<typeof exportText>[0], exporter: Parameters<typeof exportText>[2]) => exportText(log, '2026-11-26T03:00:00.000Z', exporter).split(/(?<=\n)/);

/** An export of four actions, its lines changed by somebody afterwards: header first, end last. */
function exported(change: (lines: string[]) => string[] = (lines) => lines): string {
  const file = join(folder, 'log.ndjson');
  writeFileSync(file, change(linesOf({ ...maker, head: maker.head(), actions }, own)).join(''));
  return file;
}

describe('jinban verify', () => {
  test('a whole log', async () => {
    expect(await main([exported()])).toBe(0);
    expect(said).toContain('T330624-0001: 4 entries, last number 4');
    expect(said).toContain('Whole');
  });
  test.each([
    ['deleted', (lines: string[]) => lines.toSpliced(2, 1), 'entry 2 (number 3): number 2 is missing before it'],
    ['deleted at the start', (lines: string[]) => lines.toSpliced(1, 2), 'entry 1 (number 3): numbers 1 to 2 are missing before it'],
    ['deleted at the end', (lines: string[]) => lines.toSpliced(3, 2), 'end: numbers 3 to 4 are missing after the last entry'],
    ['deleted with the end', (lines: string[]) => lines.slice(0, -2), 'end: is missing'],
    ['edited', (lines: string[]) => lines.map((line) => line.replace('"reason":"2"', '"reason":"9"')), 'entry 3 (number 3): was edited'],
    ['edited as the last', (lines: string[]) => lines.map((line) => line.replace('"reason":"3"', '"reason":"9"')), 'entry 4 (number 4): was edited'],
    ['reordered', (lines: string[]) => [lines[0]!, lines[1]!, lines[3]!, lines[2]!, ...lines.slice(4)], 'entry 3 (number 2): stands in the wrong place'],
    ['repeated', (lines: string[]) => lines.toSpliced(2, 0, lines[1]!), 'entry 2 (number 1): stands here a second time'],
    ['cut in the middle of a line', (lines: string[]) => [lines[0]!, lines[1]!, lines[2]!.slice(0, 90)], 'entry 2: cannot be read as an action'],
    ['deleted, and the end told another story', (lines: string[]) => [...lines.slice(0, 4), lines[5]!.replace('"sequence":4', '"sequence":3').replace(/"hash":"\w+"/, `"hash":"${actions[2]!.hash}"`)], 'end: was not signed by whoever exported the log'],
  ])('finds an entry that was %s and says where', async (_deed, change, words) => {
    expect(await main([exported(change)])).toBe(1);
    expect(said).toContain(words);
  });
  test('a machine that was lost: each entry by the key that vouches for it, and no entry by a key that does not', async () => {
    const spare = generateSigningKey();
    const resigned = (index: number) => {
      const { hash: _hash, signature: _signature, ...body } = actions[index]!;
      return appendAction(headOf(actions[index - 1]!), body, createSigner(maker.machine, spare.privateKey));
    };
    const former = [{ publicKey: maker.publicKey, through: 3 }];
    const log = { machine: maker.machine, publicKey: spare.publicKey, former, head: headOf(resigned(3)), actions: [...actions.slice(0, 3), resigned(3)] };
    const by = { signer: createSigner(maker.machine, spare.privateKey), publicKey: spare.publicKey };
    const file = join(folder, 'log.ndjson');
    writeFileSync(file, linesOf(log, by).join(''));
    expect(await main([file])).toBe(0);
    expect(said).toContain(`Up to number 3 a key from before the machine was lost: ${maker.publicKey}`);
    writeFileSync(file, linesOf({ ...log, former: [{ publicKey: maker.publicKey, through: 2 }] }, by).join(''));
    expect(await main([file])).toBe(1);
    expect(said).toContain("entry 3 (number 3): was not signed by this machine's key");
  });
  test('an older end under a longer log is no end of it', async () => {
    const before = linesOf({ ...maker, head: actions[1]!, actions: [] }, own).at(-1)!;
    expect(await main([exported((lines) => [...lines.slice(0, -1), before])])).toBe(1);
    expect(said).toContain('did not end with the last entry here');
  });
  test("says that another machine's key did not sign it", async () => {
    const key = createMaker('T330624-0009').publicKey;
    expect(await main([exported(), '--key', key])).toBe(1);
    expect(said).toContain("was not signed by this machine's key");
  });
  test('an export that the hall made ends with the word of the hall', async () => {
    const hall = createMaker('H330624');
    const file = join(folder, 'hall.ndjson');
    writeFileSync(file, linesOf({ ...maker, head: maker.head(), actions }, { signer: createSigner(hall.machine, hall.privateKey), publicKey: hall.publicKey }).join(''));
    expect(await main([file, '--key', maker.publicKey, '--hall-key', hall.publicKey])).toBe(0);
    expect(said).toContain('by H330624');
    expect(await main([file, '--hall-key', createMaker('H330624').publicKey])).toBe(1);
    expect(said).toContain('end: was not signed');
  });
  test('says what to do without a file, and with a file that is none', async () => {
    expect(await main([])).toBe(2);
    expect(await main(['--keys', 'x'])).toBe(2);
    expect(await main([join(folder, 'none')])).toBe(2);
    writeFileSync(join(folder, 'other'), 'hello');
    expect(await main([join(folder, 'other')])).toBe(2);
    expect(said).toMatch(/Name the exported log or journal[\s\S]*cannot be read[\s\S]*is not an exported log/);
  });
});
