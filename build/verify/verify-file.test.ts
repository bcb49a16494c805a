import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

function exported(change: (lines: string[]) => string[]): string {
  const maker = createMaker('T330624-0001');
  const header = JSON.stringify({ format: 'jinban-log-1', machine: maker.machine, publicKey: maker.publicKey });
  const lines = [0, 1, 2, 3].map((index) => JSON.stringify(maker.make(index === 0 ? handedIn() : { kind: 'withdrawn', reason: String(index) })));
  const file = join(folder, 'log.ndjson');
  writeFileSync(file, [header, ...change(lines)].join('\n'));
  return file;
}

describe('jinban verify', () => {
  test('a whole log', async () => {
    expect(await main([exported((lines) => lines)])).toBe(0);
    expect(said).toContain('T330624-0001: 4 entries, last number 4');
    expect(said).toContain('Whole');
  });
  test.each([
    ['deleted', (lines: string[]) => lines.toSpliced(1, 1), 'entry 2 (number 3): number 2 is missing before it'],
    ['edited', (lines: string[]) => lines.map((line, index) => (index === 2 ? line.replace('"reason":"2"', '"reason":"9"') : line)), 'entry 3 (number 3): was edited'],
    ['reordered', (lines: string[]) => [lines[0]!, lines[2]!, lines[1]!, lines[3]!], 'entry 3 (number 2): stands in the wrong place'],
    ['cut in the middle of a line', (lines: string[]) => [lines[0]!, lines[1]!.slice(0, 90)], 'entry 2: cannot be read as an action'],
  ])('finds an entry that was %s and says where', async (_deed, change, words) => {
    expect(await main([exported(change)])).toBe(1);
    expect(said).toContain(words);
  });
  test("says that another machine's key did not sign it", async () => {
    const key = createMaker('T330624-0009').publicKey;
    expect(await main([exported((lines) => lines), '--key', key])).toBe(1);
    expect(said).toContain("was not signed by this machine's key");
  });
  test('says what to do without a file, and with a file that is none', async () => {
    expect(await main([])).toBe(2);
    expect(await main([join(folder, 'none')])).toBe(2);
    writeFileSync(join(folder, 'other'), 'hello');
    expect(await main([join(folder, 'other')])).toBe(2);
    expect(said).toMatch(/Name the exported log[\s\S]*cannot be read[\s\S]*is not an exported log/);
  });
});
