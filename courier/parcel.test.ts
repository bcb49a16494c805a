import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifier } from '../crypto/node.ts';
import { generateWrappingKey } from '../crypto/seal.ts';
import { parcelHash, type ParcelHead, type ParcelManifest } from '../domain/contracts/courier.ts';
import { NO_HASH } from '../domain/ids.ts';
import { identityOf, recipientOf } from './age.ts';
import { checkParcel, findParcels, openParcel } from './find.ts';
import { readPart } from './read.ts';
import { FOLDER, parcelFileName } from './stick.ts';
import { blobSource, filesOf, HALL, newStick, orderOf, SENDER, signer } from './test-parcel.ts';
import { headBytes, howManyFit, MAGIC, splitInto, writeParcel } from './write.ts';

const hall = generateWrappingKey();
const identity = identityOf(hall.privateKey);
const PUBLIC_KEY = '/RckOFqgx1tk+3jNYC+h2ZH96/drE8WO1wLqyDXp9hg=';

let stick: string;
beforeEach(() => {
  stick = newStick();
});
afterEach(() => rmSync(stick, { recursive: true }));

const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(stick, FOLDER, name), bytes);

/** What a side that knows the sender's key makes of the stick: whole genuine parcels, and reasons for everything else. */
async function judge(): Promise<{ whole: string[]; refused: string[] }> {
  const found = await findParcels(stick, HALL, identity);
  if (!found.ok) return { whole: [], refused: [found.error.kind] };
  const whole: string[] = [];
  const refused: string[] = [...found.value.refused.keys()];
  for (const parcel of found.value.parcels) {
    const genuine = verifier.verify(PUBLIC_KEY, parcel.hash, parcel.signature);
    const opened = await openParcel(parcel, identity);
    const checked = !opened.ok ? opened : genuine ? await checkParcel(opened.value, identity) : { ok: false as const, error: { kind: 'bad-signature' } };
    if (checked.ok) whole.push(parcel.hash);
    else refused.push(checked.error.kind);
  }
  return { whole, refused };
}

/** A file whose plain bytes are anything, encrypted for the hall as anybody could. */
async function sealed(plain: Uint8Array, recipient = hall.publicKey): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipientOf(recipient));
  return encrypter.encrypt(plain);
}

async function madeParcel(): Promise<{ hash: string; manifest: ParcelManifest; head: ParcelHead; file: Buffer }> {
  const made = await writeParcel(orderOf(stick, hall));
  const [[name, file] = ['', Buffer.alloc(0)]] = filesOf(stick);
  const head = await readPart(join(stick, FOLDER, name), identity);
  if (!made.ok || !head.ok) throw new Error('the parcel was not made');
  return { hash: made.value.hash, manifest: head.value.manifest, head: head.value, file };
}

describe('a parcel', () => {
  test('has these very bytes at its beginning', async () => {
    const { head, hash } = await madeParcel();
    const bytes = headBytes(head);
    const text = Buffer.from(bytes.subarray(8)).toString();
    expect([Buffer.from(bytes.subarray(0, 8)).toString('hex'), hash, head.signature]).toMatchInlineSnapshot(`
      [
        "4a425031000003e8",
        "746bc30ab9369d47dcccfcbae40cd8588486e5d716bdd198f649124e58e6771c",
        "io8A2VIcHjZ9f4TUtyJN/6X2j4aJNCA8mNoCzo1uZTwXCKMgr4Le93lUI6Dmd0KRHnpQeTwi/6JEPkL7d31yAA==",
      ]
    `);
    expect(text).toMatchInlineSnapshot(`"{"manifest":{"contents":[{"hash":"7353483c950d5a15cef9b742d8f2cecabc5405238583e202ed9e57d2df85ea8d","kind":"actions","size":15},{"case":"01M82YNFM160R30C9G60R30C1G","hash":"003164e6603fa379c3e677ac09e2b6e5b761d47bd7418e9e5642196d2d26f536","kind":"blob","size":3000},{"case":"01M82YNFM160R30C9G60R30C1G","hash":"49a8c7f87c9485de08388095c8fb9fdd6a7f93e2d444b66e71702d3cb277334f","kind":"blob","size":70000}],"format":"jinban-parcel-1","madeAt":"2026-11-23T01:00:00.000Z","parcel":"01M82YNFM060R30C9G60R30C1G","parts":[3],"previous":"0000000000000000000000000000000000000000000000000000000000000000","receiver":"H330624","sender":"T330624-0001","serial":1,"word":{"enrolment":null,"feedAfter":0,"kind":"request","leases":[],"protocol":2,"replyTo":"AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=","taken":{"hash":"0000000000000000000000000000000000000000000000000000000000000000","serial":0}}},"part":1,"signature":"io8A2VIcHjZ9f4TUtyJN/6X2j4aJNCA8mNoCzo1uZTwXCKMgr4Le93lUI6Dmd0KRHnpQeTwi/6JEPkL7d31yAA=="}"`);
    expect(verifier.verify(PUBLIC_KEY, parcelHash(head.manifest, signer), head.signature)).toBe(true);
  });

  test('is read back whole; nothing is readable for anybody else', async () => {
    const { hash, file } = await madeParcel();
    expect(await judge()).toEqual({ whole: [hash], refused: [] });
    expect(file.toString('latin1')).not.toContain('T330624');
    const [name = ''] = filesOf(stick).keys();
    expect(await readPart(join(stick, FOLDER, name), identityOf(generateWrappingKey().privateKey))).toEqual({ ok: false, error: { kind: 'other-receiver' } });
  });

  test('is split so that each file stays under its size, and is whole only with all of them', async () => {
    expect(splitInto([], 1000)).toEqual([0]);
    expect(splitInto([40, 40, 60, 1].map((mega) => blobSource(1, 1).content && { ...blobSource(1, 1).content, size: mega * 1024 * 1024 }), 80 * 1024 * 1024)).toEqual([1, 1, 2]);
    const made = await writeParcel(orderOf(stick, hall, { sources: [blobSource(1, 30_000), blobSource(2, 30_000), blobSource(3, 30_000)], fileSize: 4 * 1024 * 1024 + 50_000 }));
    expect(made).toMatchObject({ ok: true, value: { files: 3 } });
    const files = filesOf(stick);
    expect(await judge()).toMatchObject({ whole: [expect.any(String)], refused: [] });
    // Their names do not matter, and a copy changes nothing.
    for (const [index, [name, bytes]] of [...files].entries()) {
      rmSync(join(stick, FOLDER, name));
      put(`${9 - index}-renamed.age`, bytes);
      put(`${index}-copy.age`, bytes);
    }
    expect(await judge()).toMatchObject({ whole: [expect.any(String)], refused: [] });
    for (const name of filesOf(stick).keys()) if (/^(7|2)-/.test(name)) rmSync(join(stick, FOLDER, name));
    expect(await judge()).toEqual({ whole: [], refused: ['parts-missing'] });
  });

  test('takes no more of a stick than was reckoned, and not much less', async () => {
    expect(howManyFit([], 0, 1000)).toBe(0);
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1000, max: 200_000 }), fc.integer({ min: 1, max: 12 }), async (sizes, beyondHead, wanted) => {
      const fileSize = 4 * 1024 * 1024 + beyondHead;
      const sources = sizes.map((size, index) => blobSource(index, size));
      rmSync(join(stick, FOLDER), { recursive: true });
      const made = await writeParcel(orderOf(stick, hall, { sources, fileSize }));
      if (!made.ok) return expect.unreachable();
      const bytes = [...filesOf(stick).values()].reduce((sum, file) => sum + file.length, 0);
      const contents = sources.map(({ content }) => content);
      expect(howManyFit(contents, bytes - 1, fileSize)).toBeLessThan(contents.length);
      expect(howManyFit(contents, bytes + made.value.files * 100_000, fileSize)).toBe(contents.length);
      const fewer = howManyFit(contents.slice(0, wanted), bytes, fileSize);
      expect(howManyFit(contents, bytes, fileSize)).toBeGreaterThanOrEqual(fewer);
    }), { numRuns: 40 });
  }, 30_000);

  test('leaves its older ones and halves of itself behind no longer than it must', async () => {
    put(`${parcelFileName({ sender: SENDER, receiver: HALL, serial: 1 }, 1)}.part`, 'half');
    put('holiday.jpg', 'not ours');
    await writeParcel(orderOf(stick, hall));
    const { draft } = orderOf(stick, hall);
    await writeParcel(orderOf(stick, hall, { draft: { ...draft, serial: 2 } }));
    expect([...filesOf(stick).keys()]).toEqual(['holiday.jpg', 'jinban-T330624-0001-to-H330624-000002-1.age']);
  });
});

describe('a stick from anywhere', () => {
  test('one changed bit anywhere, a cut anywhere or bytes behind the end are refused', async () => {
    const { file } = await madeParcel();
    const [name = ''] = filesOf(stick).keys();
    await fc.assert(fc.asyncProperty(fc.constantFrom('flip', 'cut', 'more'), fc.nat(file.length - 1), fc.nat(7), async (deed, at, bit) => {
      const changed = deed === 'cut' ? file.subarray(0, at) : deed === 'more' ? Buffer.concat([file, Buffer.alloc(bit + 1, at)]) : Buffer.from(file);
      if (deed === 'flip') changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      put(name, changed);
      const { whole, refused } = await judge();
      expect(whole).toEqual([]);
      expect(['damaged', 'foreign-file', 'other-receiver']).toContain(refused[0]);
    }), { numRuns: 120 });
  }, 30_000);

  test('pieces of the encrypted bytes in another order are refused', async () => {
    await writeParcel(orderOf(stick, hall, { sources: [blobSource(4, 300_000)] }));
    const [[name, file] = ['', Buffer.alloc(0)]] = filesOf(stick);
    const piece = 64 * 1024 + 16;
    const start = file.length % piece;
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), async (left, right) => {
      fc.pre(left !== right);
      const swapped = Buffer.from(file);
      const [one, two] = [start + left * piece, start + right * piece];
      file.copy(swapped, one, two, two + piece);
      file.copy(swapped, two, one, one + piece);
      put(name, swapped);
      expect(await judge()).toEqual({ whole: [], refused: ['damaged'] });
    }), { numRuns: 12 });
  });

  test('what anybody could encrypt for the hall is refused: edited, swapped, enlarged, of another format', async () => {
    const { head, manifest } = await madeParcel();
    const [name = ''] = filesOf(stick).keys();
    const contents = Buffer.concat([Buffer.from(JSON.stringify([{ made: 'up' }])), Buffer.alloc(3000, 1), Buffer.alloc(70_000, 2)]);
    const whole = (changed: unknown, bytes: Uint8Array = contents) => Buffer.concat([headBytes(changed as ParcelHead), bytes]);
    const [text, page, large] = manifest.contents;
    const cases: [string, Uint8Array, string[]][] = [
      ['the same again', whole(head), []],
      ['another serial', whole({ ...head, manifest: { ...manifest, serial: 2 } }), ['bad-signature']],
      ['another time', whole({ ...head, manifest: { ...manifest, madeAt: '2026-11-24T01:00:00.000Z' } }), ['bad-signature']],
      ['contents in another order', whole({ ...head, manifest: { ...manifest, contents: [text, large, page] } }), ['bad-signature']],
      ['bytes in another order', whole(head, Buffer.concat([contents.subarray(-70_000), contents.subarray(0, -70_000)])), ['damaged']],
      ['an edited page', whole(head, Buffer.concat([contents.subarray(0, -1), Buffer.from([3])])), ['damaged']],
      ['fewer bytes than promised', whole(head, contents.subarray(0, -1)), ['damaged']],
      ['a part that is not', whole({ ...head, part: 2 }), ['damaged']],
      ['a page of a thousand gigabytes', whole({ ...head, manifest: { ...manifest, contents: [text, page, { ...large, size: 2 ** 40 }] } }), ['damaged']],
      ['more bytes promised than are there', whole({ ...head, manifest: { ...manifest, contents: [text, page, { ...large, size: 60 * 1024 * 1024 }] } }), ['damaged']],
      ['a head longer than anybody reads', Buffer.concat([MAGIC, Buffer.from([255, 255, 255, 255]), contents]), ['foreign-file']],
      ['a head that is nested without end', Buffer.concat([MAGIC, Buffer.from([0, 1, 134, 160]), Buffer.alloc(100_000, '[')]), ['damaged']],
      ['a format of next year', whole({ ...head, manifest: { ...manifest, format: 'jinban-parcel-2' } }), ['newer-format']],
      ['something else entirely', Buffer.from('hello'), ['damaged']],
      ['nothing', Buffer.alloc(0), ['damaged']],
    ];
    for (const [what, bytes, refused] of cases) {
      put(name, await sealed(bytes));
      expect([what, (await judge()).refused]).toEqual([what, refused]);
    }
  });

  test('heads as long as they may be are not kept in memory: a stick holds thousands of them', async () => {
    const bytes = new Uint8Array([1]);
    const { content } = blobSource(1, 1);
    const sources = Array.from({ length: 5000 }, () => ({ content, bytes: () => Promise.resolve(bytes) }));
    await writeParcel(orderOf(stick, hall, { sources }));
    const found = await findParcels(stick, HALL, identity);
    if (!found.ok) return expect.unreachable();
    expect(found.value.parcels).toHaveLength(1);
    expect(JSON.stringify(found.value.parcels).length).toBeLessThan(1000);
    const [parcel] = found.value.parcels;
    const opened = parcel === undefined ? null : await openParcel(parcel, identity);
    expect(opened).toMatchObject({ ok: true, value: { serial: 1, manifest: { sender: SENDER } } });
    // Another head under the same name since: nothing of it is what was found.
    await writeParcel(orderOf(stick, hall));
    expect(parcel === undefined ? null : await openParcel(parcel, identity)).toEqual({ ok: false, error: { kind: 'damaged' } });
  });

  test('paths, links, folders and foreign files lead nowhere', async () => {
    put('..%2f..%2fetc.age', 'x');
    put('empty.age', '');
    put('endless.age', `age-encryption.org/v1\n-> X25519 ${'A'.repeat(200_000)}`);
    put('jinban-hall-card-H330624.json', '{}');
    symlinkSync('/etc/passwd', join(stick, FOLDER, 'link.age'));
    mkdirSync(join(stick, FOLDER, 'folder.age'));
    expect(await judge()).toEqual({ whole: [], refused: ['foreign-file'] });
    expect(await readPart(join(stick, FOLDER, 'link.age'), identity)).toEqual({ ok: false, error: { kind: 'foreign-file' } });
    expect(await readPart(join(stick, FOLDER, 'none.age'), identity)).toEqual({ ok: false, error: { kind: 'stick-gone' } });
    expect(await findParcels(join(stick, 'gone'), HALL, identity)).toEqual({ ok: false, error: { kind: 'stick-gone' } });
  });

  test('a manifest that counts other contents than it names is no manifest', async () => {
    const { head, manifest } = await madeParcel();
    const [name = ''] = filesOf(stick).keys();
    put(name, await sealed(headBytes({ ...head, manifest: { ...manifest, parts: [2] } })));
    expect(await judge()).toEqual({ whole: [], refused: ['damaged'] });
    expect(manifest.previous).toBe(NO_HASH);
  });
});

describe('a stick that fails while it is written', () => {
  test('that is gone, is a file or may not be written says so', async () => {
    expect(await writeParcel(orderOf(join(stick, 'gone'), hall))).toEqual({ ok: false, error: { kind: 'stick-gone' } });
    writeFileSync(join(stick, 'file'), '');
    expect(await writeParcel(orderOf(join(stick, 'file'), hall))).toEqual({ ok: false, error: { kind: 'stick-gone' } });
  });

  test('pulled out in the middle of a page: no file that looks whole, and the serial is not used', async () => {
    const used: number[] = [];
    const pulled = Object.assign(new Error('pulled'), { code: 'EIO' });
    const made = await writeParcel(orderOf(stick, hall, {
      sources: [blobSource(1, 200_000), { ...blobSource(2, 200_000), bytes: () => Promise.reject(pulled) }],
      commit: async ({ serial }) => void used.push(serial),
    }));
    expect(made).toEqual({ ok: false, error: { kind: 'stick-gone' } });
    expect([...filesOf(stick).keys()]).toEqual(['jinban-T330624-0001-to-H330624-000001-1.age.part']);
    expect([used, await judge()]).toEqual([[], { whole: [], refused: [] }]);
  });
});
