import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type * as FileSystem from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSigner, generateSigningKey } from '../crypto/node.ts';
import { generateWrappingKey } from '../crypto/seal.ts';
import { makeCard, readCards, writeCard } from './card.ts';
import { findParcels } from './find.ts';
import { identityOf } from './age.ts';
import { cardFileName, FOLDER, parcelFileName } from './stick.ts';
import { HALL, newStick, orderOf, SENDER } from './test-parcel.ts';
import { writeParcel } from './write.ts';

/** Folders whose names were made durable, in their order. */
const synced = vi.hoisted((): string[] => []);
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  return {
    ...real,
    async open(...args: Parameters<typeof FileSystem.open>) {
      const handle = await real.open(...args);
      const sync = handle.sync.bind(handle);
      handle.sync = () => {
        synced.push(String(args[0]));
        return sync();
      };
      return handle;
    },
  };
});

const hall = generateWrappingKey();
const key = generateSigningKey();
const card = makeCard('a hall', { hall: HALL, signing: key.publicKey, wrapping: hall.publicKey }, createSigner(HALL, key.privateKey));
const name = parcelFileName({ sender: SENDER, receiver: HALL, serial: 1 }, 1);
const refused = { ok: false, error: { kind: 'write-protected' } };
let stick: string;
beforeEach(() => {
  stick = newStick();
  synced.length = 0;
});
afterEach(() => rmSync(stick, { recursive: true }));

const inFolder = (file: string) => join(stick, FOLDER, file);

describe('a stick with links and folders where our files go', () => {
  test('a link leads no writer to a file of this machine', async () => {
    const keys = join(stick, 'hall-keys.json');
    writeFileSync(keys, 'the only copy');
    for (const file of [`${cardFileName(HALL)}.part`, cardFileName(HALL), `${name}.part`, name]) symlinkSync(keys, inFolder(file));
    expect(await writeCard(stick, card)).toEqual({ ok: true, value: null });
    expect(await writeParcel(orderOf(stick, hall))).toMatchObject({ ok: true });
    expect(readFileSync(keys, 'utf8')).toBe('the only copy');
    for (const file of [cardFileName(HALL), name]) expect(lstatSync(inFolder(file)).isFile()).toBe(true);
    expect(await readCards(stick)).toEqual({ ok: true, value: [card] });
  });

  test('a link or a file in the place of our folder is not followed: nothing is read or written there', async () => {
    const elsewhere = join(stick, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, name), 'a parcel of before');
    for (const put of [() => symlinkSync(elsewhere, join(stick, FOLDER)), () => writeFileSync(join(stick, FOLDER), '')]) {
      rmSync(join(stick, FOLDER), { recursive: true });
      put();
      expect(await writeCard(stick, card)).toEqual(refused);
      expect(await writeParcel(orderOf(stick, hall))).toEqual(refused);
      expect(await readCards(stick)).toEqual({ ok: true, value: [] });
      expect(await findParcels(stick, HALL, identityOf(hall.privateKey))).toEqual({ ok: true, value: { parcels: [], refused: new Map() } });
    }
    expect(readdirSync(elsewhere)).toEqual([name]);
  });

  test('a folder under one of our names is an answer, not a crash', async () => {
    for (const file of [cardFileName(HALL), `${cardFileName(HALL)}.part`, name, `${name}.part`]) {
      mkdirSync(join(inFolder(file), 'full'), { recursive: true });
      expect(file.startsWith('jinban-hall') ? await writeCard(stick, card) : await writeParcel(orderOf(stick, hall))).toEqual(refused);
      rmSync(join(stick, FOLDER), { recursive: true });
    }
  });
});

test('a card whose name could draw something else than a name is no card', async () => {
  for (const name of ['a hall\n3f2a 91bc', 'a \u202ehall', '\u001b[2Ja hall']) {
    expect(await writeCard(stick, makeCard(name, card.keys, createSigner(HALL, key.privateKey)))).toEqual({ ok: true, value: null });
    expect(await readCards(stick)).toEqual({ ok: true, value: [] });
  }
});

test('a folder that was made on the stick is durable in the one above before anything is said to be there', async () => {
  rmSync(join(stick, FOLDER), { recursive: true });
  expect(await writeParcel(orderOf(stick, hall))).toMatchObject({ ok: true });
  expect(synced).toEqual([stick, `${inFolder(name)}.part`, join(stick, FOLDER)]);
});
