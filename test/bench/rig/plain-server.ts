/**
 * The limit of a hall: takes gzipped NDJSON, writes its lines into one table with one INSERT and one commit a request, and says how many. It
 * checks nothing and answers nothing of its own. Argument: DATABASE_URL.
 */
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2] ?? '' });
await pool.query('create table entry (id text primary key, sequence bigint not null, body text not null)');
const server = createServer((request, response) => {
  void buffer(request).then(async (packed) => {
    const lines = gunzipSync(packed).toString('utf8').trimEnd().split('\n');
    const values: unknown[] = [];
    for (const line of lines) {
      const { id, sequence } = JSON.parse(line) as { id: string; sequence: number };
      values.push(id, sequence, line);
    }
    const rows = lines.map((_, index) => `($${3 * index + 1}, $${3 * index + 2}, $${3 * index + 3})`);
    await pool.query(`insert into entry (id, sequence, body) values ${rows.join(', ')}`, values);
    response.end(JSON.stringify({ stored: lines.length }));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` })}\n`);
});
process.stdin.resume().once('end', () => {
  server.closeAllConnections();
  server.close(() => void pool.end());
});
