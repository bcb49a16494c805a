import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSealKey, seal } from '../../crypto/seal.ts';
import { sha256Bytes } from '../../crypto/node.ts';
import { caseId } from '../../test/fixtures/actions.ts';
import { ELDER_CARD, enrolTerminal, openTestDatabase, request, sealedHandIn, signInAt, startHall, type TestHall, type TestTerminal, uploadBlob } from '../../test/fixtures/hall.ts';
import type { HallDatabase } from '../db/database.ts';

describe('scans', () => {
  let db: HallDatabase;
  let hall: TestHall;
  let terminal: TestTerminal;
  let cases = 0;

  beforeAll(async () => {
    db = await openTestDatabase({ kind: 'pglite', folder: null });
    hall = await startHall(db);
    terminal = await enrolTerminal(hall);
  }, 60_000);
  afterAll(async () => {
    await hall.close();
    await db.close();
  });

  /** A case with one page of so many bytes. */
  async function handIn(pageBytes: number) {
    const id = caseId(++cases);
    const sealed = seal(generateSealKey(), id, new Uint8Array(pageBytes).fill(7));
    const hash = sha256Bytes(sealed);
    const base = sealedHandIn(hall, id, terminal.nextNumber());
    const materials = [{ key: 'household-or-id', trust: 'C' as const, pages: [{ hash, size: sealed.length, mediaType: 'image/jpeg' as const }] }];
    const [outcome] = await terminal.intake([terminal.maker.make({ ...base.payload, materials }, { code: ELDER_CARD, case: id })]);
    expect(outcome?.kind).toBe('stored');
    return { id, hash, sealed };
  }
  const missing = async (id: string, hash: string) => (await terminal.call('POST', '/blobs/missing', { blobs: [{ case: id, hash }] })).body.missing;
  const parts = async () => (await readdir(join(hall.data, 'uploads'))).length;

  test('travel by a tus client in pieces and are found under their hash', async () => {
    const { id, hash, sealed } = await handIn(9 * 1024 * 1024);
    expect(await missing(id, hash)).toEqual([hash]);
    await new Promise<void>((resolve, reject) => {
      new Upload(Readable.from(Buffer.from(sealed)), {
        endpoint: `${hall.url}/api/v1/blobs`, chunkSize: 1024 * 1024, uploadSize: sealed.length, retryDelays: null,
        headers: { authorization: `Bearer ${terminal.token}` }, metadata: { hash, case: id }, onSuccess: () => resolve(), onError: reject,
      }).start();
    });
    expect(await missing(id, hash)).toEqual([]);
    expect(await readdir(join(hall.data, 'blobs', hash.slice(0, 2)))).toContain(hash);
    expect(await parts()).toBe(0);
  });

  test('go on where a broken line cut them off', async () => {
    const { id, hash, sealed } = await handIn(300_000);
    const headers = { authorization: `Bearer ${terminal.token}`, 'tus-resumable': '1.0.0' };
    const metadata = `hash ${Buffer.from(hash).toString('base64')},case ${Buffer.from(id).toString('base64')}`;
    const created = await fetch(`${hall.url}/api/v1/blobs`, { method: 'POST', headers: { ...headers, 'upload-length': String(sealed.length), 'upload-metadata': metadata } });
    const location = new URL(created.headers.get('location') ?? '', hall.url);
    const piece = (from: number, to: number) => fetch(location, { method: 'PATCH', body: sealed.slice(from, to), headers: { ...headers, 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' } });
    expect((await piece(0, 100_000)).status).toBe(204);
    const head = await fetch(location, { method: 'HEAD', headers });
    expect(head.headers.get('upload-offset')).toBe('100000');
    expect((await piece(50_000, 100_000)).status).toBe(409);

    // Another terminal neither sees nor touches it.
    const other = await enrolTerminal(hall, 'T330624-0002');
    expect((await fetch(location, { method: 'HEAD', headers: { ...headers, authorization: `Bearer ${other.token}` } })).status).toBe(404);
    expect((await fetch(location, { method: 'DELETE', headers: { ...headers, authorization: `Bearer ${other.token}` } })).status).toBe(404);
    expect((await fetch(location, { method: 'GET', headers })).status).toBe(404);

    expect((await piece(100_000, sealed.length)).status).toBe(204);
    expect(await missing(id, hash)).toEqual([]);
  });

  test('whole but not taken when the hall stopped are taken when their terminal asks', async () => {
    const { id, hash, sealed } = await handIn(5000);
    const headers = { authorization: `Bearer ${terminal.token}`, 'tus-resumable': '1.0.0' };
    const metadata = `hash ${Buffer.from(hash).toString('base64')},case ${Buffer.from(id).toString('base64')}`;
    const created = await fetch(`${hall.url}/api/v1/blobs`, { method: 'POST', headers: { ...headers, 'upload-length': String(sealed.length), 'upload-metadata': metadata } });
    const location = new URL(created.headers.get('location') ?? '', hall.url);
    // The bytes reached the disk, and then the power went.
    await writeFile(join(hall.data, 'uploads', location.pathname.split('/').at(-1) ?? ''), sealed);
    expect(await missing(id, hash)).toEqual([hash]);
    const asked = await Promise.all([1, 2].map(() => fetch(location, { method: 'HEAD', headers })));
    expect(asked.map(({ status }) => status)).toEqual([404, 404]);
    expect(await missing(id, hash)).toEqual([]);
    expect(await parts()).toBe(0);
  });

  test('with other bytes than the log names are thrown away', async () => {
    const { id, hash, sealed } = await handIn(1000);
    const changed = new Uint8Array(sealed);
    changed[500] = (changed[500] ?? 0) ^ 1;
    expect(await uploadBlob(hall.url, terminal.token, { case: id, hash }, changed)).toBe(460);
    expect(await missing(id, hash)).toEqual([hash]);
    expect(await parts()).toBe(0);
    expect(await uploadBlob(hall.url, terminal.token, { case: id, hash }, sealed)).toBe(204);
  });

  test('that no case of the terminal names, of another size, too large or without a name are refused before a byte travels', async () => {
    const { id, hash, sealed } = await handIn(1000);
    const other = await enrolTerminal(hall, 'T330624-0003');
    expect(await uploadBlob(hall.url, terminal.token, { case: id, hash: 'ab'.repeat(32) }, sealed)).toBe(409);
    expect(await uploadBlob(hall.url, terminal.token, { case: caseId(800), hash }, sealed)).toBe(409);
    expect(await uploadBlob(hall.url, other.token, { case: id, hash }, sealed)).toBe(409);
    expect(await uploadBlob(hall.url, terminal.token, { case: id, hash }, sealed.slice(1))).toBe(400);
    expect(await uploadBlob(hall.url, terminal.token, { case: id, hash: '../../etc/passwd' }, sealed)).toBe(400);
    const huge = await fetch(`${hall.url}/api/v1/blobs`, { method: 'POST', headers: { authorization: `Bearer ${terminal.token}`, 'tus-resumable': '1.0.0', 'upload-length': String(65 * 1024 * 1024) } });
    expect(huge.status).toBe(413);
    expect(await uploadBlob(hall.url, 'A'.repeat(43), { case: id, hash }, sealed)).toBe(401);
  });

  test('that two cases name arrive once for both', async () => {
    const { id, hash, sealed } = await handIn(2000);
    const other = caseId(++cases);
    const { payload } = sealedHandIn(hall, other, terminal.nextNumber());
    const materials = [{ key: 'household-or-id', trust: 'C' as const, pages: [{ hash, size: sealed.length, mediaType: 'image/jpeg' as const }] }];
    expect(await terminal.intake([terminal.maker.make({ ...payload, materials }, { code: ELDER_CARD, case: other })])).toMatchObject([{ kind: 'stored' }]);
    expect(await uploadBlob(hall.url, terminal.token, { case: other, hash }, sealed)).toBe(204);
    expect([await missing(id, hash), await missing(other, hash)]).toEqual([[], []]);
    expect(await uploadBlob(hall.url, terminal.token, { case: id, hash }, sealed)).toBe(204);
    const wang = await signInAt(hall, 'wang', 'clerk');
    for (const each of [id, other]) expect((await wang.call('GET', `/cases/${each}`)).body.value.here).toContain(hash);
  });

  test('have thumbnails, which arrive like pages but never stand in for one', async () => {
    const id = caseId(++cases);
    const { payload, sealed } = sealedHandIn(hall, id, terminal.nextNumber());
    const [material] = payload.materials;
    const [page, thumbnail] = material?.pages ?? [];
    if (material === undefined || page === undefined || thumbnail === undefined) return expect.unreachable();
    const materials = [{ ...material, pages: [{ ...page, thumbnail }] }];
    expect(await terminal.intake([terminal.maker.make({ ...payload, materials }, { code: ELDER_CARD, case: id })])).toMatchObject([{ kind: 'stored' }]);
    const send = async (hash: string) => uploadBlob(hall.url, terminal.token, { case: id, hash }, sealed.get(hash) ?? new Uint8Array());
    for (const { hash } of [...(payload.signature.image === undefined ? [] : [payload.signature.image]), thumbnail]) expect(await send(hash)).toBe(204);

    const wang = await signInAt(hall, 'wang', 'clerk');
    const opened = async () => (await wang.call('GET', `/cases/${id}`)).body.value;
    expect(await opened()).toMatchObject({ row: { missing: 1 }, here: expect.arrayContaining([thumbnail.hash]), materials: [{ pages: [{ hash: page.hash, thumbnail }] }] });
    expect((await wang.call('GET', `/blobs/${id}/${thumbnail.hash}`)).status).toBe(200);
    expect((await wang.call('POST', `/cases/${id}/accept`, { lacking: [] })).body).toEqual({ ok: false, error: { kind: 'materials-missing' } });
    expect(await send(page.hash)).toBe(204);
    expect(await opened()).toMatchObject({ row: { missing: 0 } });
    expect((await wang.call('POST', `/cases/${id}/accept`, { lacking: [] })).body).toMatchObject({ ok: true });
  });

  test('sealed under another key than the case wraps are told from missing ones', async () => {
    const { id, hash, sealed } = await handIn(1000);
    const wang = await signInAt(hall, 'wang', 'clerk');
    expect((await wang.call('GET', `/blobs/${id}/${hash}`)).status).toBe(404);
    await uploadBlob(hall.url, terminal.token, { case: id, hash }, sealed);
    expect((await wang.call('GET', `/blobs/${id}/${hash}`)).status).toBe(422);
    expect((await wang.call('GET', `/blobs/${id}/${'ab'.repeat(32)}`)).status).toBe(404);
    expect((await wang.call('GET', '/blobs/x/y')).status).toBe(404);
    expect((await request(hall.url, 'GET', `/console/api/blobs/${id}/${hash}`)).status).toBe(401);
  });
});
