/** RxDB's own migration from one schema version to the next, on our storage. */
import { addRxPlugin, createRxDatabase, type RxCollection } from 'rxdb/plugins/core';
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema';
import { afterEach, expect, test } from 'vitest';
import { openStoreRig, type StoreRig } from './rig.ts';

addRxPlugin(RxDBMigrationSchemaPlugin);

type Visit = { id: string; minutes?: number; seconds?: number };
const common = { primaryKey: 'id', type: 'object', required: ['id'] } as const;
const id = { type: 'string', maxLength: 20 } as const;
const before = { ...common, version: 0, properties: { id, minutes: { type: 'number' } } } as const;
const after = { ...common, version: 1, properties: { id, seconds: { type: 'number', minimum: 0, maximum: 1e6, multipleOf: 1 } }, required: ['id', 'seconds'], indexes: ['seconds'] } as const;

let rig: StoreRig;
afterEach(() => rig.end());

async function openVisits(schema: typeof before | typeof after, migrationStrategies = {}): Promise<RxCollection<Visit>> {
  const database = await createRxDatabase<{ visits: RxCollection<Visit> }>({ name: 'visits', storage: rig.storage, multiInstance: false });
  return (await database.addCollections({ visits: { schema, migrationStrategies } })).visits;
}

test('documents of version 0 are there as version 1, found by its new index, and the old table is gone', async () => {
  rig = openStoreRig();
  const old = await openVisits(before);
  await old.bulkInsert(Array.from({ length: 300 }, (_, index) => ({ id: `visit-${index}`, minutes: index })));
  await (await old.findOne('visit-7').exec(true)).remove();
  await old.database.close();
  rig.reopen();
  const visits = await openVisits(after, { 1: ({ minutes = 0, ...rest }: Visit) => ({ ...rest, seconds: minutes * 60 }) });
  expect(await visits.count().exec()).toBe(299);
  expect((await visits.find({ selector: { seconds: { $gte: 6 * 60, $lt: 10 * 60 } }, sort: [{ seconds: 'desc' }] }).exec()).map((visit) => visit.toJSON())).toEqual([9, 8, 6].map((minutes) => ({ id: `visit-${minutes}`, seconds: minutes * 60 })));
  const tables = rig.file.database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'visits|visits|%'").all();
  expect(tables).toEqual([{ name: 'visits|visits|1' }]);
  await visits.database.close();
});
