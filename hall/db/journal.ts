import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type KyselyPlugin, PostgresQueryCompiler } from 'kysely';
import { z } from 'zod';

/**
 * PGlite never syncs to disk, so a hall on PGlite writes the statements of each committed transaction to a file of its own and syncs that
 * before it answers. At start the transactions that the database lost are run again, in their order.
 * A file is NDJSON, one transaction a line.
 */
export const JournalEntry = z.strictObject({ position: z.int().min(1), statements: z.array(z.strictObject({ sql: z.string(), parameters: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])) })) });
export type JournalEntry = z.infer<typeof JournalEntry>;
export type Statement = JournalEntry['statements'][number];

export type Journal = {
  /** Resolves when the entry is on the disk. After one failure every call fails: a hole in the journal would repeat a wrong history. */
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
};

/** Reads every entry under `directory` in order. A torn last line is what a power cut leaves: it was never answered, so it ends the reading. */
export async function* readJournal(directory: string): AsyncGenerator<JournalEntry> {
  for (const name of await journalFiles(directory)) {
    for await (const line of createInterface({ input: createReadStream(join(directory, name), 'utf8') })) {
      const entry = parseLine(line);
      if (entry === null) return;
      yield entry;
    }
  }
}

function parseLine(line: string): JournalEntry | null {
  try {
    const parsed = JournalEntry.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function journalFiles(directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return (await readdir(directory)).filter((name) => /^\d{12}\.ndjson$/.test(name)).sort();
}

/**
 * Begins a new file for the entries after `position` and drops the older files, whose transactions the database holds on disk by now.
 */
export async function createJournal(directory: string, position: number): Promise<Journal> {
  const old = await journalFiles(directory);
  const name = `${String(position).padStart(12, '0')}.ndjson`;
  const file = await open(join(directory, name), 'w', 0o600);
  await syncDirectory(directory);
  await Promise.all(old.filter((other) => other !== name).map((other) => rm(join(directory, other))));
  let waiting: { line: string; done: () => void; failed: (cause: unknown) => void }[] = [];
  let running: Promise<void> | null = null;
  let broken: unknown = null;

  /** Writes what has gathered with one sync, until nothing is left. */
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (broken !== null) throw broken;
        await writeAll(file, batch.map(({ line }) => line).join(''));
        batch.forEach(({ done }) => done());
      } catch (cause) {
        broken = cause;
        batch.forEach(({ failed }) => failed(cause));
      }
    }
    running = null;
  }

  return {
    append(entry) {
      return new Promise((done, failed) => {
        waiting.push({ line: `${JSON.stringify(entry)}\n`, done, failed });
        running ??= drain();
      });
    },
    async close() {
      await running;
      await file.close();
    },
  };
}

async function writeAll(file: FileHandle, text: string): Promise<void> {
  await file.appendFile(text);
  await file.datasync();
}

export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A Kysely plugin that notes every statement that may change something, in the order it is run. */
export function recordStatements(into: Statement[]): KyselyPlugin {
  const compiler = new PostgresQueryCompiler();
  return {
    transformQuery({ node, queryId }) {
      if (node.kind !== 'SelectQueryNode') {
        const { sql, parameters } = compiler.compileQuery(node, queryId);
        into.push({ sql, parameters: JournalEntry.shape.statements.element.shape.parameters.parse(parameters) });
      }
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}
