/** PouchDB's own server over LevelDB, as its manual has it. Argument: an empty folder. */
import { createRequire } from 'node:module';

const peers = createRequire(new URL('../peers/package.json', import.meta.url));
const PouchDB = peers('pouchdb');
const express = peers('express');
const folder = process.argv[2] ?? '';
process.chdir(folder);
const app = express();
app.use('/db', peers('express-pouchdb')(PouchDB.defaults({ prefix: `${folder}/` }), { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/log.txt` }));
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/db` })}\n`));
process.stdin.resume().once('end', () => process.exit(0));
