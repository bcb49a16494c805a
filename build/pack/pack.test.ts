import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sha256, verifier } from '../../crypto/node.ts';
import { openBundle } from '../../domain/item/bundle.ts';
import { packItem } from '../../test/fixtures/pack-item.ts';
import { inProject } from '../paths.ts';
import { describeRunFailure, run } from '../run.ts';
import { readPackFolder } from './read.ts';

// Each call is a program of its own, and the last starts a browser.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let pack: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jinban-pack-'));
  pack = join(folder, 'xinchang');
  await cp(inProject('packs', 'xinchang'), pack, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the tool says and how it ends. */
async function jinban(...args: string[]): Promise<{ code: number; text: string }> {
  const done = await run(process.execPath, [inProject('build', 'cli', 'pack.ts'), ...args], { keepOutput: Number.POSITIVE_INFINITY });
  if (done.ok) return { code: 0, text: done.value };
  if (!('output' in done.error)) throw new Error(describeRunFailure(done.error));
  return { code: 'code' in done.error ? Number(done.error.code) : -1, text: done.error.output };
}

const elder = packItem('elder-card');
const openOf = async (at: string) => (await readPackFolder(at, '2026-11-27')).findings.filter(({ open }) => open).map(({ file, path, kind, severity }) => `${file} ${path} ${kind} ${severity}`);

describe('the pack tool', () => {
  test('new, lint, sign: a skeleton is told place by place and not signed; the county\'s own pack is', async () => {
    const made = await jinban('new', join(folder, 'fresh'), elder.code);
    expect(made.code).toBe(0);
    const linted = await jinban('lint', join(folder, 'fresh'));
    expect(linted.code).toBe(1);
    expect(linted.text).toContain(`items/${elder.code}.json: name（事项名称） [blocks] not-filled: 还没有填写。`);
    const key = join(folder, 'key.json');
    const publicKey = (await jinban('sign', '--new-key', key)).text.split('\n').find((line) => /^[\w+/]{43}=$/.test(line)) ?? '';
    expect((await jinban('sign', '--new-key', key)).text).toContain('is there already');
    expect((await jinban('sign', join(folder, 'fresh'), '--key', key)).text).toContain('the pack is not signed');
    expect((await jinban('sign', pack, '--key', key)).code).toBe(0);
    const opened = openBundle(await readFile(join(pack, 'pack.jinban'), 'utf8'), [publicKey], sha256, verifier.verify);
    expect(opened.ok && opened.value.items.length).toBe(3);
    await chmod(key, 0o644);
    expect((await jinban('sign', pack, '--key', key)).text).toContain('can be read by other users');
  });
  test('findings of every kind of file, each with its place', async () => {
    expect(await openOf(pack)).toEqual([]);
    const wrong = join(folder, 'wrong');
    await cp(inProject('packs', 'xinchang'), wrong, { recursive: true });
    await writeFile(join(wrong, 'items', 'a.json'), '{');
    await writeFile(join(wrong, 'items', 'b.json'), JSON.stringify({ ...elder, name: '', version: 3 }));
    await writeFile(join(wrong, 'items', 'elder-card.json'), JSON.stringify({ ...elder, promised: { ...elder.promised, days: 0 }, result: { ...elder.result, sample: { name: '样本', path: 'sample.png', sha256: 'a'.repeat(64) } } }));
    await writeFile(join(wrong, 'window.json'), '[{}]');
    expect(await openOf(wrong)).toEqual(expect.arrayContaining(['items/a.json  not-json blocks', 'items/b.json name schema blocks', 'items/elder-card.json steps steps-over-promise blocks', 'items/elder-card.json result.sample file-differs blocks', 'window.json 0.code not-json blocks']));
    await writeFile(join(wrong, 'items', 'b.json'), JSON.stringify({ ...packItem('water-permit'), version: packItem('water-permit').version + 1 }));
    expect(await openOf(wrong)).toContain('items/water-permit.json code repeated blocks');
  });
  test('preview writes a page that stands alone', async () => {
    const out = join(folder, 'preview');
    expect((await jinban('preview', pack, '--out', out)).code).toBe(0);
    const { version } = JSON.parse(await readFile(join(pack, 'items', 'elder-card.json'), 'utf8')) as { version: number };
    const page = await readFile(join(out, `${elder.code}-${version}.html`), 'utf8');
    expect(page).toContain('<style>');
    expect(page).not.toMatch(/<script|<link|href="\//);
    expect(page).toContain(elder.reasons?.[0]?.words);
    expect((await readFile(join(out, `${elder.code}-${version}.pdf`))).subarray(0, 5).toString()).toBe('%PDF-');
  });
  test('a wrong call tells the verbs', async () => {
    for (const args of [[], ['lint'], ['sign', pack], ['lint', pack, '--wrong']]) {
      const done = await jinban(...args);
      expect([done.code, done.text.includes('usage: jinban pack VERB')]).toEqual([2, true]);
    }
  });
});
