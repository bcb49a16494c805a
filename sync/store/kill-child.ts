/** Writes batches of three documents until it is killed, and says after each how many are on the disk. Used by `store.test.ts`. */
import { getRxStorageBetterSqlite3, openSqliteFile } from './index.ts';
import { openSamples, sample } from './test-schema.ts';

const [, , path = '', key = ''] = process.argv;
const opened = openSqliteFile({ path, key: new Uint8Array(Buffer.from(key, 'hex')), nativeBinding: null });
if (!opened.ok) throw new Error(opened.error.kind);
const samples = await openSamples(getRxStorageBetterSqlite3({ file: opened.value }));
for (let written = 0; ; written += 3) {
  const rows = [0, 1, 2].map((index) => ({ id: `document-${written + index}`, name: 'n', age: (written + index) % 1000, member: true, note: 'x'.repeat(3000), nested: { place: 'p' } }));
  await samples.bulkWrite(rows.map((row) => ({ document: sample(row, 1 + written) })), 'child');
  process.stdout.write(`${written + 3}\n`);
}
