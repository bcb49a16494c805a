import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyArchive } from '../../build/verify/verify-archive.ts';
import { sha256Bytes } from '../../crypto/node.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { packItem, PGLITE, type ReadingConsole, signInAt } from '../fixtures/hall.ts';
import { hallOfSuite } from '../fixtures/served-hall.ts';
import { handInAt, scannedPage } from '../rigs/window.ts';
import { exportPackages } from '../../hall/archive/export.ts';
import { archiveFolder, sweepArchive } from '../../hall/archive/make.ts';
import { ArchiveSettings } from '../../hall/archive/settings.ts';

const DAY = 24 * 3_600_000;
const MATERIALS = ['third-party', 'location', 'meter'];

describe('a closed case goes into the archive', () => {
  const served = hallOfSuite(PGLITE);
  let desks: Record<'wang' | 'issuer', ReadingConsole>;
  let identity = '';
  let out = '';
  const set = async (change: object) => void Object.assign(served.hall.hall.ground, { archive: ArchiveSettings.parse({ recipient: await identityToRecipient(identity), fonds: '示例全宗 X001', ...change }) });
  const signIn = async () => {
    desks = { wang: await signInAt(served.hall, 'wang', 'clerk'), issuer: await signInAt(served.hall, 'issuer', 'issuer') };
  };
  beforeAll(async () => {
    identity = await generateX25519Identity();
    out = await mkdtemp(join(tmpdir(), 'jinban-archive-'));
    await signIn();
  });
  afterAll(() => rm(out, { recursive: true, force: true }));

  const act = async (who: ReadingConsole, id: string, deed: string, input: object) => {
    const { status, body } = await who.call('POST', `/cases/${id}/${deed}`, input);
    return status === 200 ? (body.ok === true ? body.value : body.error.kind) : status;
  };
  const fresh = async () => (await handInAt(desks.wang, { itemCode: packItem('water-permit').code, materials: MATERIALS })).id;
  const granted = async () => {
    const id = await fresh();
    await act(desks.wang, id, 'accept', { lacking: [] });
    await desks.wang.file(`/papers/${id}/latest.pdf`);
    await act(desks.wang, id, 'finish', { granted: true, words: '' });
    return id;
  };
  const stateOf = async (id: string): Promise<CaseState> => JSON.parse((await served.db.read.selectFrom('case_view').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state);
  const packageOf = async (id: string) => {
    const folder = join(archiveFolder(served.hall.hall.ground), '2026');
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(id));
    return names.map((name) => join(folder, name));
  };
  const openedAt = async (path: string) => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const outer = unzipSync(await readFile(path));
    return { outer, content: unzipSync(await decrypter.decrypt(outer['content.zip.age'] ?? new Uint8Array())) };
  };

  test('round trip: what was in the hall is in the package, and only the archive can open it', async () => {
    const id = await granted();
    expect(await act(desks.issuer, id, 'archive', {})).toBe('no-archive-key');
    await set({});
    const { package: hash } = await act(desks.issuer, id, 'archive', {});
    const [path = ''] = await packageOf(id);
    expect(sha256Bytes(await readFile(path))).toBe(hash);
    expect((await stateOf(id)).archive).toEqual({ package: hash, on: '2026-11-23' });
    const { outer, content } = await openedAt(path);
    expect(Object.keys(outer).toSorted()).toEqual(['content.zip.age', 'manifest.json']);
    // What stands open names nobody.
    for (const secret of ['张测试', '330624199001010018']) expect(strFromU8(outer['manifest.json'] ?? new Uint8Array())).not.toContain(secret);
    expect(Object.keys(content).toSorted()).toEqual(['actions.ndjson', 'index.html', 'item.json', 'keys.json', 'metadata.json', 'metadata.xml', 'papers/330624受〔2026〕1号.pdf', 'papers/certificate.pdf', 'scans/location-1.jpg', 'scans/meter-1.jpg', 'scans/signature-1.jpg', 'scans/third-party-1.jpg']);
    expect(content['scans/location-1.jpg']).toEqual(new Uint8Array(scannedPage('location')));
    const elements = JSON.parse(strFromU8(content['metadata.json'] ?? new Uint8Array())) as { name: string; value: string }[];
    expect(Object.fromEntries(elements.map(({ name, value }) => [name, value]))).toMatchObject({ 全宗: '示例全宗 X001', 题名: `张测试${packItem('water-permit').name}`, 责任者: packItem('water-permit').body.name, 文号: '330624受〔2026〕1号', 日期: '2026-11-23', 密级: '无', 保管期限: '30年', 办理结果: '准予' });
    expect(strFromU8(content['index.html'] ?? new Uint8Array())).toContain('href="scans/location-1.jpg"');
    expect(await verifyArchive(path, served.hall.hall.ground.publicKeys.signing, identity)).toMatchObject({ ok: true, value: { files: 12, faults: [], keyFrom: 'given' } });
    expect(await verifyArchive(path, null, null)).toMatchObject({ ok: true, value: { files: null, faults: [], keyFrom: 'file' } });
    // Once is enough, and a second try leaves nothing behind.
    expect(await act(desks.issuer, id, 'archive', {})).toBe('wrong-stage');
    expect(await packageOf(id)).toHaveLength(1);
  });

  test('refused: an open case, a role without the right, a case whose scan is gone', async () => {
    await set({});
    const id = await fresh();
    expect(await act(desks.issuer, id, 'archive', {})).toBe('wrong-stage');
    expect(await act(desks.wang, id, 'archive', {})).toBe(403);
    await act(desks.wang, id, 'withdraw', { reason: '不办了' });
    const [material] = (await stateOf(id)).materials;
    const page = material?.pages[0]?.hash ?? '';
    const place = join(served.hall.data, 'blobs', page.slice(0, 2), page);
    const bytes = await readFile(place);
    await rm(place);
    expect(await act(desks.issuer, id, 'archive', {})).toBe('materials-missing');
    await writeFile(place, bytes);
    expect(await act(desks.issuer, id, 'archive', {})).toMatchObject({ package: expect.any(String) });
  });

  test('tampering is found, with the archive\'s key in every file and without it in what is sealed', async () => {
    await set({});
    const id = await granted();
    await act(desks.issuer, id, 'archive', {});
    const [path = ''] = await packageOf(id);
    const outer = unzipSync(await readFile(path));
    const faultsOf = async (changed: Record<string, Uint8Array>, key: string | null = null, hall: string | null = served.hall.hall.ground.publicKeys.signing) => {
      const file = join(out, 'tampered.zip');
      await writeFile(file, zipSync(changed));
      const checked = await verifyArchive(file, hall, key);
      return checked.ok ? checked.value.faults.map(({ kind }) => kind) : checked.error.kind;
    };
    const manifest = strFromU8(outer['manifest.json'] ?? new Uint8Array());
    const sealed = outer['content.zip.age'] ?? new Uint8Array();
    expect(await faultsOf(outer)).toEqual([]);
    expect(await faultsOf({ ...outer, 'manifest.json': strToU8(manifest.replace('"actions": 4', '"actions": 3')) }, identity)).toEqual(['manifest-forged', 'action']);
    expect(await faultsOf({ ...outer, 'content.zip.age': sealed.map((byte, index) => (index === sealed.length - 20 ? byte ^ 1 : byte)) }, identity)).toEqual(['sealed-differs', 'cannot-open']);
    expect(await faultsOf(outer, await generateX25519Identity())).toEqual(['cannot-open']);
    expect(await faultsOf(outer, null, Buffer.alloc(32, 7).toString('base64'))).toEqual(['manifest-forged']);
    expect(await faultsOf({ 'content.zip.age': sealed })).toBe('not-a-package');
    // Whoever holds the archive's key can seal anew; the manifest tells.
    const { content } = await openedAt(path);
    const log = strFromU8(content['actions.ndjson'] ?? new Uint8Array());
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(identity));
    const { 'item.json': _item, ...rest } = content;
    const resealed = await encrypter.encrypt(zipSync({ ...rest, 'actions.ndjson': strToU8(log.replace('张测试', '李测试')), 'added.txt': strToU8('x') }));
    expect((await faultsOf({ ...outer, 'content.zip.age': resealed }, identity) as string[]).toSorted()).toEqual(['action', 'differs', 'extra', 'missing', 'sealed-differs']);
  });

  test('by itself after the days that the settings say, not a day sooner, and only once', async () => {
    await set({ after: 30 });
    const id = await granted();
    served.hall.clock.advance(29 * DAY);
    expect(await sweepArchive(served.hall.hall.ground)).toBe(0);
    served.hall.clock.advance(DAY);
    expect(await sweepArchive(served.hall.hall.ground)).toBe(1);
    expect((await stateOf(id)).archive).toMatchObject({ on: '2026-12-23' });
    expect(await sweepArchive(served.hall.hall.ground)).toBe(0);
    await set({});
    expect(await sweepArchive(served.hall.hall.ground)).toBe(0);
  });

  test('the export copies each package once, and names those that are not what the case says', async () => {
    const ground = served.hall.hall.ground;
    const first = await exportPackages(ground, join(out, 'stick'));
    expect(first).toEqual({ copied: 4, there: 0, faulty: [] });
    expect(await exportPackages(ground, join(out, 'stick'))).toEqual({ copied: 0, there: 4, faulty: [] });
    const [name = ''] = await readdir(join(archiveFolder(ground), '2026'));
    await writeFile(join(archiveFolder(ground), '2026', name), 'not this');
    expect(await exportPackages(ground, join(out, 'other'))).toEqual({ copied: 3, there: 0, faulty: [name.slice(0, 26)] });
  });
});

test('a recipient that is none stops the start', () => {
  expect(ArchiveSettings.safeParse({ recipient: 'age1nonsense' }).success).toBe(false);
  expect(ArchiveSettings.parse({})).toMatchObject({ recipient: '', after: null });
});
