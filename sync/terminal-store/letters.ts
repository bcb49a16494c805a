import { Letter, type LetterOutcome, LetterRefusal, MessageWord } from '../../domain/contracts/letters.ts';
import type { Hash } from '../../domain/ids.ts';
import type { SqliteFile } from '../store/index.ts';
import { type KeptMessage, type Letters, MessageFacts } from './types.ts';

/** A message that nobody has come back for is let go this long after it was made, milliseconds: the longest limit of a reply, once more after it was reopened, and time to come. */
const KEPT = 180 * 86_400_000;

type LetterRow = { id: string; person: string; made_at: string; letter: string | null; facts: string | null; refused: string | null; word: string | null };

export function createLetters({ database }: SqliteFile, now: () => number): Letters {
  const insert = database.prepare<[string, string, string, string, string | null]>('INSERT INTO letters (id, person, made_at, letter, facts) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING');
  const one = database.prepare<[string], LetterRow>('SELECT * FROM letters WHERE id = ?');
  const waiting = database.prepare<[string, number], { letter: string }>('SELECT letter FROM letters WHERE letter IS NOT NULL AND id > ? ORDER BY id LIMIT ?');
  const waitingCount = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM letters WHERE letter IS NOT NULL');
  const ofPerson = database.prepare<[string], LetterRow>("SELECT * FROM letters WHERE person <> '' AND person = ? AND facts IS NOT NULL ORDER BY id DESC");
  const settle = database.prepare<[string | null, string]>('UPDATE letters SET letter = NULL, refused = ? WHERE id = ? AND letter IS NOT NULL');
  const drop = database.prepare<[string]>('DELETE FROM letters WHERE id = ?');
  const hear = database.prepare<[string, string, string]>('UPDATE letters SET word = ?, heard_at = ? WHERE id = ? AND facts IS NOT NULL');
  const setFacts = database.prepare<[string, string]>('UPDATE letters SET facts = ? WHERE id = ?');
  const old = database.prepare<[string, string]>("DELETE FROM letters WHERE letter IS NULL AND (made_at < ? OR (heard_at < ? AND word LIKE '%\"stage\":\"closed\"%'))");
  const putRecording = database.prepare<[string, string, number, Uint8Array]>('INSERT INTO recordings (letter, hash, size, sealed) VALUES (?, ?, ?, ?) ON CONFLICT (letter) DO UPDATE SET hash = excluded.hash, size = excluded.size, sealed = excluded.sealed, upload = NULL');
  const sealedOf = database.prepare<[string], { sealed: Uint8Array }>('SELECT sealed FROM recordings WHERE letter = ?');
  const name = database.prepare<[string]>('UPDATE recordings SET named = 1 WHERE letter = ?');
  const dropRecording = database.prepare<[string]>('DELETE FROM recordings WHERE letter = ? AND named = 0');
  const arrived = database.prepare<[string, string]>('DELETE FROM recordings WHERE letter = ? AND hash = ?');
  const begun = database.prepare<[string | null, string]>('UPDATE recordings SET upload = ? WHERE letter = ?');
  // Behind its letter, which says that it may come.
  const toSend = database.prepare<[], { letter: string; hash: string; size: number; upload: string | null }>('SELECT recordings.letter, hash, size, upload FROM recordings JOIN letters ON letters.id = recordings.letter WHERE named = 1 AND refused IS NULL ORDER BY recordings.letter');
  const letGo = database.prepare('DELETE FROM recordings WHERE named = 1 AND NOT EXISTS (SELECT 1 FROM letters WHERE letters.id = recordings.letter AND refused IS NULL)');
  const watchers = new Set<() => void>();
  const told = () => {
    for (const tell of watchers) tell();
  };

  return {
    async add({ letter, person, facts, about }) {
      database.transaction(() => {
        insert.run(letter.id, person, letter.at, JSON.stringify(letter), facts === null ? null : JSON.stringify(facts));
        name.run(letter.id);
        if (about !== null) setFacts.run(JSON.stringify(about.facts), about.message);
      }).immediate();
      told();
    },
    async waiting(limit, after = '') {
      return waiting.all(after, limit).map(({ letter }) => Letter.parse(JSON.parse(letter)));
    },
    async countWaiting() {
      return waitingCount.get()?.count ?? 0;
    },
    async settle(id, outcome: LetterOutcome) {
      const row = one.get(id);
      if (row?.letter == null) return;
      database.transaction(() => {
        settle.run(outcome.kind === 'refused' ? outcome.reason : null, id);
        if (row.facts === null) drop.run(id);
        letGo.run();
      }).immediate();
      told();
    },
    async hear(word) {
      // A word of the feed also says that the letter is there: the answer to it may have been lost.
      hear.run(JSON.stringify(word), new Date(now()).toISOString(), word.message);
      told();
    },
    async message(id) {
      const row = one.get(id);
      return row === undefined ? null : messageOf(row);
    },
    async messagesOf(person) {
      return ofPerson.all(person).map(messageOf).filter((message) => message !== null);
    },
    recordings: {
      async put(letter, { hash, sealed }) {
        putRecording.run(letter, hash, sealed.length, sealed);
      },
      async sealed(letter) {
        const row = sealedOf.get(letter);
      return row === undefined ? null : new Uint8Array(row.sealed);
      },
      async drop(letter) {
        dropRecording.run(letter);
      },
      async waiting(includingUnsent) {
        const rows = toSend.all();
        return rows.filter(({ letter }) => includingUnsent || one.get(letter)?.letter === null).map(({ letter, hash, size, upload }) => ({ letter, hash: hash as Hash, size, upload }));
      },
      async uploadBegun(letter, upload) {
        begun.run(upload, letter);
      },
      async arrived(letter, hash) {
        arrived.run(letter, hash);
      },
    },
    async purge(closedBefore) {
      old.run(new Date(now() - KEPT).toISOString(), closedBefore);
      letGo.run();
    },
    watch(tell) {
      watchers.add(tell);
      return () => void watchers.delete(tell);
    },
  };
}

function messageOf(row: LetterRow): KeptMessage | null {
  if (row.facts === null) return null;
  const refused = LetterRefusal.nullable().parse(row.refused);
  const word = row.word === null ? null : MessageWord.safeParse(JSON.parse(row.word)).data ?? null;
  return { id: row.id, at: row.made_at, facts: MessageFacts.parse(JSON.parse(row.facts)), waiting: row.letter !== null, refused, word };
}
