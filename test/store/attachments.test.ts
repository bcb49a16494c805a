/** Attachments through RxDB's own plugin, on our storage. */
import { addRxPlugin, createRxDatabase, type RxCollection } from 'rxdb/plugins/core';
import { RxDBAttachmentsPlugin } from 'rxdb/plugins/attachments';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStoreRig, type StoreRig } from './rig.ts';

addRxPlugin(RxDBAttachmentsPlugin);

type Paper = { id: string; title: string };
const schema = { version: 0, primaryKey: 'id', type: 'object', properties: { id: { type: 'string', maxLength: 20 }, title: { type: 'string' } }, required: ['id', 'title'], attachments: {} } as const;

let rig: StoreRig;
let papers: RxCollection<Paper>;
async function openPapers(): Promise<void> {
  const database = await createRxDatabase<{ papers: RxCollection<Paper> }>({ name: 'papers', storage: rig.storage, multiInstance: false });
  ({ papers } = await database.addCollections({ papers: { schema } }));
}
beforeEach(async () => {
  rig = openStoreRig();
  await openPapers();
});
afterEach(async () => {
  await papers.database.close();
  rig.end();
});

const scan = (text: string) => ({ id: 'scan', data: new Blob([text]), type: 'text/plain' });
const stored = () => rig.file.database.prepare<[], { name: string; bytes: number }>('SELECT name, length(bytes) AS bytes FROM "papers|papers|0|attachments" ORDER BY name').all();

test('an attachment is there with its type and digest after a restart', async () => {
  const paper = await papers.insert({ id: 'a', title: 'one' });
  const { digest } = await paper.putAttachment(scan('扫描件'));
  await papers.database.close();
  rig.reopen();
  await openPapers();
  const attachment = (await papers.findOne('a').exec(true)).getAttachment('scan');
  expect(attachment).toMatchObject({ digest, length: 9, type: 'text/plain' });
  expect(await attachment?.getStringData()).toBe('扫描件');
});

test('another text replaces it, and the old digest opens nothing any more', async () => {
  const paper = await papers.insert({ id: 'a', title: 'one' });
  const { digest } = await paper.putAttachment(scan('first'));
  const second = await papers.findOne('a').exec(true).then((latest) => latest.putAttachment(scan('second')));
  expect(await second.getStringData()).toBe('second');
  expect(stored()).toEqual([{ name: 'scan', bytes: 6 }]);
  await expect(papers.storageInstance.getAttachmentData('a', 'scan', digest)).rejects.toThrow('no such attachment');
});

test('removing it, or its document, removes its bytes; the other document keeps its own', async () => {
  const [first, second] = [await papers.insert({ id: 'a', title: 'one' }), await papers.insert({ id: 'b', title: 'two' })];
  await first.putAttachment(scan('of a'));
  await second.putAttachment({ ...scan('of b'), id: 'other' });
  await (await papers.findOne('b').exec(true)).putAttachment({ ...scan('more of b'), id: 'another' });
  await (await papers.findOne('a').exec(true)).remove();
  expect(stored().map(({ name }) => name)).toEqual(['another', 'other']);
  await (await papers.findOne('b').exec(true)).getAttachment('other')?.remove();
  expect(stored().map(({ name }) => name)).toEqual(['another']);
});

test('a change of the document leaves the bytes alone, and a query reads none of them', async () => {
  const paper = await papers.insert({ id: 'a', title: 'one' });
  await paper.putAttachment(scan('kept'));
  await (await papers.findOne('a').exec(true)).incrementalPatch({ title: 'two' });
  const [found] = await papers.find({ selector: { title: 'two' } }).exec();
  expect(await found?.getAttachment('scan')?.getStringData()).toBe('kept');
  expect(JSON.stringify(rig.file.database.prepare('SELECT document FROM "papers|papers|0"').all())).not.toContain('kept');
});
