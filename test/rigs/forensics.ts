import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteFile } from '../../sync/store/file.ts';

/** Header of a write-ahead log and of each of its frames (SQLite file format, section 4.1), and the store's page size, in bytes. */
const WAL_HEADER = 32;
const FRAME = 24 + 4096;

/**
 * Everything a thief with the key can read from a copy of the store: the plain bytes of the file, freed pages too, as it was at every
 * frame of the write-ahead log.
 * @returns each state's plain bytes, the newest last
 */
export function plainStates(file: string, key: Uint8Array): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-forensics-'));
  try {
    const [base, log] = [join(folder, 'base.db'), `${file}-wal`];
    copyFileSync(file, base);
    const frames = existsSync(log) ? readFileSync(log) : Buffer.alloc(0);
    // A frame begins with its page's number, which is not encrypted; the log's unwritten rest is zero.
    let count = 0;
    while (WAL_HEADER + (count + 1) * FRAME <= frames.length && frames.readUInt32BE(WAL_HEADER + count * FRAME) !== 0) count += 1;
    // Without any frame, then with one more each time.
    return Array.from({ length: count + 1 }, (_unused, index) => {
      const copy = join(folder, `state-${index}.db`);
      copyFileSync(base, copy);
      if (index > 0) writeFileSync(`${copy}-wal`, frames.subarray(0, WAL_HEADER + index * FRAME));
      return plain(copy, key);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function plain(copy: string, key: Uint8Array): Buffer {
  const opened = openSqliteFile({ path: copy, key, nativeBinding: null });
  if (!opened.ok) throw new Error(opened.error.kind);
  const bytes = opened.value.database.serialize();
  opened.value.close();
  return bytes;
}
