import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildDiskNotes, createDisk, type DiskNote, readDiskNotes } from './rig/disk.ts';
import { judgeHall, judgeTerminal } from './rig/judge.ts';
import { howMany, randomFrom, SEED } from './rig/seed.ts';
import type { HandedIn, Said } from './rig/terminal.ts';
import { AROUND, inFaultWorld, MACHINE } from './rig/world.ts';

const TERMINAL_CUTS = howMany(3, 1000);
const HALL_CUTS = howMany(1, 60);

const TERMINAL_LIMIT = 180_000 + TERMINAL_CUTS * 2500;
const HALL_LIMIT = 180_000 + HALL_CUTS * 40_000;

const notesInto = process.platform === 'linux' ? buildDiskNotes() : null;

/** Cuts the power before `cuts` notes drawn by the seed, and hands each disk to `judge` with what was said by then. */
async function cutPower(notes: readonly DiskNote[], folder: string, options: { cuts: number; seed: number; from: number }, judge: (disk: string, said: readonly DiskNote[]) => Promise<void>): Promise<void> {
  const random = randomFrom(options.seed);
  const moments = new Set(Array.from({ length: options.cuts }, () => random.between(options.from, notes.length)));
  const disk = createDisk(folder);
  const said: DiskNote[] = [];
  for (const [index, note] of [...notes, null].entries()) {
    for (const survive of moments.has(index) ? [null, random] : []) {
      const target = mkdtempSync(join(tmpdir(), 'jinban-faults-cut-'));
      disk.powerFails(target, survive);
      await judge(target, said).catch((cause: unknown) => {
        const before = notes.slice(Math.max(0, index - 15), index).map((each) => JSON.stringify({ ...each, bytes: undefined, inode: undefined, length: 'bytes' in each ? each.bytes.length : undefined, text: undefined }));
        throw new Error(`power cut before call ${index} of ${notes.length}, ${survive === null ? 'nothing unsynced survived' : 'some of it survived'} (JINBAN_FAULT_SEED=${SEED}): ${cause instanceof Error ? cause.stack : String(cause)}\nthe calls before:\n${before.join('\n')}`, { cause });
      });
      rmSync(target, { recursive: true, force: true });
    }
    if (note === null) break;
    disk.take(note);
    if (note.kind === 'said') said.push(note);
  }
}

/** What was said on a stream, as the JSON lines that were whole. */
function linesOf<Line>(said: readonly DiskNote[], stream: number): Line[] {
  const text = said.flatMap((note) => (note.kind === 'said' && note.stream === stream ? [note.text] : [])).join('');
  return text.split('\n').slice(0, -1).filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
}

describe.skipIf(notesInto === null)('the power fails (needs Linux and a C compiler)', () => {
  test(`${TERMINAL_CUTS} times at a terminal, from its very first start on: all that it said was handed in is there and whole, and the next start works`, async () => {
    await inFaultWorld({ name: 'power', seed: SEED, limitMs: TERMINAL_LIMIT }, async (world) => {
      const file = join(world.folder, 'terminal.notes');
      mkdirSync(world.terminalFolder, { mode: 0o700 });
      await world.startTerminal({ env: notesInto?.(world.terminalFolder, file) ?? {} }).ready;
      await world.enrolled();
      for (let visit = 0; visit < 6; visit += 1) {
        await world.handIn(5, { bytes: 30_000 });
        await world.terminal.endVisit();
      }
      await world.drained();
      await world.terminal.kill();
      await cutPower(readDiskNotes(file), world.terminalFolder, { cuts: TERMINAL_CUTS, seed: SEED, from: 0 }, async (disk, spoken) => {
        const said = linesOf<Said>(spoken, 1).filter((line): line is { said: 'handed-in' } & HandedIn => line.said === 'handed-in');
        const { chain } = await judgeTerminal(disk, MACHINE, said);
        expect(chain.length - said.length).toBeLessThanOrEqual(1);
      });
    });
  }, TERMINAL_LIMIT + AROUND);

  test(`${HALL_CUTS} times at a hall on PGlite: whatever it acknowledged is there, scans too`, async () => {
    let notes = '';
    await inFaultWorld({ name: 'power-hall', seed: SEED, limitMs: HALL_LIMIT, hallEnv: (folder) => notesInto?.(folder, (notes = join(folder, '..', 'hall.notes'))) ?? {} }, async (world) => {
      await world.startTerminal().ready;
      await world.enrolled();
      for (let batch = 0; batch < 4; batch += 1) {
        await world.handIn(4);
        await world.drained();
      }
      await world.terminal.close();
      const { publicKey } = await judgeTerminal(world.terminalFolder, MACHINE, world.said);
      await world.hall.kill();
      const all = readDiskNotes(notes);
      const started = all.findIndex((note) => note.kind === 'said' && note.text.includes('"machine-enrolled"'));
      await cutPower(all, join(world.folder, 'hall'), { cuts: HALL_CUTS, seed: SEED, from: started + 1 }, async (disk, spoken) => {
        const events = linesOf<{ event: string; stored?: number; blob?: string }>(spoken, 1);
        const acknowledged = events.reduce((sum, { event, stored = 0 }) => sum + (event === 'batch-taken' ? stored : 0), 0);
        const scans = events.flatMap(({ event, blob = '' }) => (event === 'blob-stored' ? [blob] : []));
        const hall = await judgeHall(disk, { kind: 'pglite', folder: disk }, MACHINE, publicKey);
        expect(hall.actions.length, 'acknowledged and not there').toBeGreaterThanOrEqual(acknowledged);
        expect(scans.filter((hash) => !hall.blobs.has(hash)), 'scans that were confirmed and are not there').toEqual([]);
      });
    });
  }, HALL_LIMIT + AROUND);
});
