import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSigningKey, hashSigner, sha256 } from '../../crypto/node.ts';
import { sealBundle } from '../../domain/item/bundle.ts';
import { openTestDatabase, packItem, startHall, type TestHall } from '../../test/fixtures/hall.ts';
import { describePackFault, publishItems, readPacks } from './publish.ts';

describe('item packs', () => {
  let folder: string;
  const put = (name: string, value: unknown) => writeFile(join(folder, 'county', 'items', name), typeof value === 'string' ? value : JSON.stringify(value));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jinban-packs-'));
    await mkdir(join(folder, 'county', 'items'), { recursive: true });
    await mkdir(join(folder, 'empty'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('are read, and every fault of every file is told with its field', async () => {
    const item = packItem('elder-card');
    await put('a.json', item);
    expect(await readPacks(folder)).toEqual({ ok: true, value: [item] });
    await put('b.json', '{"code":');
    await put('c.json', { ...packItem('water-permit'), name: '', promised: { days: 99, unit: 'working', note: '' } });
    const read = await readPacks(folder);
    if (read.ok) throw new Error('read');
    const told = read.error.faults.map(describePackFault);
    expect(told).toContain('b.json (whole file): not JSON');
    expect(told).toContain('c.json name: schema');
  });

  test('with a publisher known only what it signed counts, and each refusal says what to do', async () => {
    const packs = await mkdtemp(join(folder, 'signed-'));
    const key = generateSigningKey();
    const put = async (pack: string, item: object | null, bundle: string | null) => {
      await mkdir(join(packs, pack, 'items'), { recursive: true });
      if (item !== null) await writeFile(join(packs, pack, 'items', 'a.json'), JSON.stringify(item));
      if (bundle !== null) await writeFile(join(packs, pack, 'pack.jinban'), bundle);
    };
    const signedBy = (pair: typeof key) => sealBundle({ pack: 'county', signedAt: '2026-11-23T00:00:00.000Z', publisher: pair.publicKey, items: [packItem('elder-card')] }, sha256, hashSigner(pair.privateKey));
    await put('county', packItem('water-permit'), signedBy(key));
    await put('notes', null, null);
    expect(await readPacks(packs, [key.publicKey])).toEqual({ ok: true, value: [packItem('elder-card')] });
    await put('loose', packItem('water-permit'), null);
    await put('other', null, signedBy(generateSigningKey()));
    await put('turned', null, signedBy(key).replace('60周岁', '50周岁'));
    const read = await readPacks(packs, [key.publicKey]);
    if (read.ok) throw new Error('read');
    expect(read.error.faults.map(describePackFault)).toEqual([
      'loose/pack.jinban (whole file): not signed, and this hall only takes packs that a publisher signed; sign it: ./jinban pack sign DIR --key FILE',
      'other/pack.jinban (whole file): signed with a key that this hall does not know; give its public key with --pack-key if its publisher is to be trusted',
      'turned/pack.jinban (whole file): the signature does not fit: it was changed after it was signed',
    ]);
  });

  describe('published', () => {
    let hall: TestHall;
    beforeAll(async () => {
      hall = await startHall(await openTestDatabase({ kind: 'pglite', folder: null }), { items: [packItem('elder-card')] });
    }, 60_000);
    afterAll(async () => {
      await hall.close();
      await hall.db.close();
    });

    test('again are nothing new; a new version is; a changed one under an old number is refused', async () => {
      const item = packItem('elder-card');
      const { ground } = hall.hall;
      expect(await publishItems(ground, [item])).toEqual({ ok: true, value: 0 });
      expect(await publishItems(ground, [item, { ...item, version: 2, summary: '第二版' }])).toEqual({ ok: true, value: 1 });
      expect(await publishItems(ground, [{ ...item, summary: '悄悄改过' }])).toEqual({ ok: false, error: { kind: 'version-changed', code: item.code, version: 1 } });
    });
  });
});
