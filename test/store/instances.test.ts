/** Two databases of one process on one open file. */
import { addRxPlugin, createRxDatabase, type RxCollection } from 'rxdb/plugins/core';
import { disableWarnings, RxDBDevModePlugin } from 'rxdb/plugins/dev-mode';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OPEN_INSTANCES } from '../../sync/store/index.ts';
import { openStoreRig, type StoreRig } from './rig.ts';

// RxDB lets one name be opened twice in its development mode only, and asks for a validator there.
disableWarnings();
addRxPlugin(RxDBDevModePlugin);

type Note = { id: string; place: number };
const schema = {
  version: 0, primaryKey: 'id', type: 'object', required: ['id', 'place'], indexes: ['place'],
  properties: { id: { type: 'string', maxLength: 20 }, place: { type: 'number', minimum: 0, maximum: 1000, multipleOf: 1 } },
} as const;

let rig: StoreRig;
let first: RxCollection<Note>;
let second: RxCollection<Note>;
async function openNotes(): Promise<RxCollection<Note>> {
  const database = await createRxDatabase<{ notes: RxCollection<Note> }>({ name: 'shared', storage: wrappedValidateAjvStorage({ storage: rig.storage }), multiInstance: false, ignoreDuplicate: true });
  return (await database.addCollections({ notes: { schema } })).notes;
}
beforeEach(async () => {
  rig = openStoreRig();
  [first, second] = [await openNotes(), await openNotes()];
});
afterEach(() => rig.end());

test('what one writes, the live query of the other shows', async () => {
  const shown = firstValueFrom(second.find({ sort: [{ place: 'asc' }] }).$.pipe(filter((notes) => notes.length === 2)));
  await first.insert({ id: 'b', place: 2 });
  await second.insert({ id: 'a', place: 1 });
  expect((await shown).map(({ id }) => id)).toEqual(['a', 'b']);
  expect((await first.find().exec()).map(({ id }) => id)).toEqual(['a', 'b']);
  await first.database.close();
  await second.database.close();
});

test('one insert wins, the other hears of the conflict', async () => {
  const answers = await Promise.allSettled([first.insert({ id: 'a', place: 1 }), second.insert({ id: 'a', place: 2 })]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect((await second.findOne('a').exec(true)).place).toBe(1);
  await first.database.close();
  await second.database.close();
});

test('one goes on when the other is closed, and nothing is left open after both', async () => {
  await first.insert({ id: 'a', place: 1 });
  await first.database.close();
  await first.database.close();
  await second.insert({ id: 'b', place: 2 });
  expect(await second.count().exec()).toBe(2);
  await second.database.close();
  expect(OPEN_INSTANCES.size).toBe(0);
});
