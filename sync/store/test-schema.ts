import { fillWithDefaultSettings, getDefaultRevision, getDefaultRxDocumentMeta, type RxDocumentData, type RxStorage, type RxStorageInstanceCreationParams } from 'rxdb/plugins/core';

/** A document for the tests of the storage: one field of every indexed kind, one that is not indexed, one that may be missing. */
export type Sample = { id: string; name: string; age: number; member: boolean; note?: string; nested: { place: string } };

export const sampleSchema = fillWithDefaultSettings<Sample>({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 20 },
    name: { type: 'string', maxLength: 20 },
    age: { type: 'number', minimum: -1000, maximum: 1000, multipleOf: 0.5 },
    member: { type: 'boolean' },
    note: { type: 'string' },
    nested: { type: 'object', properties: { place: { type: 'string', maxLength: 20 } } },
  },
  required: ['id', 'name', 'age', 'member', 'nested'],
  indexes: ['name', ['member', 'age'], 'nested.place'],
});

export function parameters(collectionName = 'samples'): RxStorageInstanceCreationParams<Sample, object> {
  return { databaseInstanceToken: 'token', databaseName: 'test', collectionName, schema: sampleSchema, options: {}, multiInstance: false, devMode: false };
}

export function openSamples<Internals>(storage: RxStorage<Internals, object>) {
  return storage.createStorageInstance<Sample>(parameters());
}

/** `version` becomes the revision and the time of the write, so that two storages can be told the same. */
export function sample(row: Sample, version: number, deleted = false): RxDocumentData<Sample> {
  return { ...row, _deleted: deleted, _attachments: {}, _meta: { ...getDefaultRxDocumentMeta(), lwt: version }, _rev: `${version}-${getDefaultRevision()}` };
}
