/** What RxDB's package brings for judging a storage: its replication suite, and its performance run as a smoke test. Both ends of the replication are ours. */
import { addRxPlugin, type RxCollection } from 'rxdb/plugins/core';
import { RxDBAttachmentsPlugin } from 'rxdb/plugins/attachments';
import { disableWarnings, RxDBDevModePlugin } from 'rxdb/plugins/dev-mode';
import { RxDBLocalDocumentsPlugin } from 'rxdb/plugins/local-documents';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getPullHandler, getPullStream, getPushHandler, type HumanDocumentType, humansCollection, runPerformanceTests, runReplicationBaseTestSuite, setConfig } from 'rxdb/plugins/test-utils';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { OPEN_INSTANCES } from '../../sync/store/index.ts';
import { openStoreRig } from './rig.ts';

const rig = openStoreRig();
disableWarnings();
addRxPlugin(RxDBDevModePlugin);
addRxPlugin(RxDBAttachmentsPlugin);
addRxPlugin(RxDBLocalDocumentsPlugin);
const storage = wrappedValidateAjvStorage({ storage: rig.storage });
setConfig({ storage: { name: 'better-sqlite3', getStorage: () => storage, getPerformanceStorage: () => ({ storage, description: 'better-sqlite3' }), hasPersistence: true, hasMultiInstance: true, hasAttachments: true, hasReplication: true } });
/** Fails alike on RxDB's memory storage: its handlers answer a conflict with the master's attachments, but without their bytes. */
const LEFT_OUT = 'should keep the master attachment state on conflict';
// The suite is written for mocha.
Object.assign(globalThis, { describe, it: (...told: [string, () => Promise<void>]) => (told[0] === LEFT_OUT ? test.skip : test)(...told) });

let server: RxCollection<HumanDocumentType> | null = null;
afterAll(() => rig.end());

async function emptyServer(): Promise<RxCollection<HumanDocumentType>> {
  await server?.database.close();
  return humansCollection.createAttachments(0, 'server', false);
}

function replicate(collection: RxCollection<HumanDocumentType>, live: boolean) {
  if (server === null) throw new Error('the suite empties the server first');
  return replicateRxCollection({
    collection, live, replicationIdentifier: `to-${server.database.name}`, waitForLeadership: false,
    pull: { handler: getPullHandler(server), stream$: getPullStream(server) },
    push: { handler: getPushHandler(server) },
  });
}

async function syncOnce(collection: RxCollection<HumanDocumentType>): Promise<void> {
  const replication = replicate(collection, false);
  await replication.awaitInitialReplication();
  await replication.cancel();
}

describe("RxDB's replication suite", () => {
  runReplicationBaseTestSuite({
    startReplication: (collection) => replicate(collection, true),
    syncOnce,
    syncOnceWithAttachments: syncOnce,
    async getAllServerDocs() {
      if (server === null) return [];
      return (await server.storageInstance.getChangedDocumentsSince?.(1000))?.documents ?? [];
    },
    async cleanUpServer() {
      server = await emptyServer();
    },
    softDeletes: true,
    isDeleted: (document: { _deleted: boolean }) => document._deleted,
    getPrimaryOfServerDoc: (document: HumanDocumentType) => document.passportId,
  });
});

test("RxDB's performance run goes through", async () => {
  const measured = await runPerformanceTests(storage, 'better-sqlite3', { runs: 1, collectionsAmount: 2, docsAmount: 300, serialDocsAmount: 10, waitBetweenTests: 0, log: false });
  expect(measured).toMatchObject({ docsAmount: 300, description: 'better-sqlite3' });
});

test('nothing is left open', async () => {
  await server?.database.close();
  expect(OPEN_INSTANCES.size).toBe(0);
});
