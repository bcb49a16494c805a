import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import type { BlobReference } from '../../domain/action/payload.ts';
import type { Action } from '../../domain/action/types.ts';
import { CaseId, MachineId, PrintId } from '../../domain/ids.ts';
import { caseId, createMaker, handedIn } from '../../test/fixtures/actions.ts';
import { plainStates } from '../../test/rigs/forensics.ts';
import { createTestRandom } from '../test-rig.ts';
import { openTerminalStore } from './index.ts';
import type { TerminalStore } from './types.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';

const machine = MachineId.parse('T330624-0001');
const signing = generateSigningKey();
const key = new Uint8Array(32).fill(3);
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'purge-'));
  file = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function open(): Promise<TerminalStore> {
  const opened = await openTerminalStore({ file, key, nativeBinding: null, signer: createSigner(machine, signing.privateKey), clock: testClock(), boot: 'boot-1', random: createTestRandom() });
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}

/** Everything of a person that a case can hold, each findable by itself. Long enough for overflow pages. */
function marksOf(serial: number) {
  const tag = `记号${String.fromCodePoint(0x4e00 + serial * 7)}${serial}`;
  return { name: `张${tag}`, phone: `1390000${1000 + serial}`, number: `33062419900101${1000 + serial}`, form: `${tag}表单`.repeat(280), words: `${tag}撤回`, page: `${tag}page`.repeat(500), decision: `${tag}决定` };
}

/** `marks`: what must be found before a purge and never after it, a piece of the sealed page among them. */
type Planted = { id: CaseId; serial: number; marks: readonly (string | Buffer)[]; page: Uint8Array; actions: Action[]; blob: BlobReference };

/** A case with all that can hang on it: actions of ours and the hall's, pages, a print, and everything acknowledged and uploaded. */
async function plant(store: TerminalStore, hall: ReturnType<typeof createMaker>, serial: number): Promise<Planted> {
  const id = caseId(serial);
  const marks = marksOf(serial);
  await store.drafts.save('session', { form: { words: marks.form } });
  await store.caseKeys.create(id);
  const page = new TextEncoder().encode(marks.page);
  const blob = await store.blobs.put(id, page, 'image/jpeg');
  if (!blob.ok) throw new Error(blob.error.kind);
  await store.pages.put({ page: caseId(50 + serial), session: 's', case: id, material: 'card', width: 1, height: 1, blob: blob.value });
  const item = { code: '1133062400260000XR4001234567890', version: 1 };
  const { applicant } = handedIn();
  const handIn = await store.log.append(async () => {
    const next = await store.leases.next('case-number');
    return {
      case: id, item, actor: { kind: 'citizen' },
      payload: handedIn({ number: { value: next?.number ?? '', provisional: false }, applicant: { ...applicant, name: marks.name, number: marks.number }, phone: marks.phone, form: { words: marks.form, more: marks.form, again: marks.form }, materials: [{ key: 'card', pages: [blob.value], trust: 'C' }] }),
    };
  });
  await store.log.addHallAction(hall.make({ kind: 'reviewed', step: 'review', outcome: 'agrees', opinion: marks.decision, on: '2026-11-24' }, { case: id }));
  const withdrawn = await store.log.append({ case: id, item, actor: { kind: 'citizen' }, payload: { kind: 'withdrawn', reason: marks.words } });
  await store.log.settle([handIn, withdrawn].map(({ id: action, hash }) => ({ action, travel: { kind: 'received', acknowledgement: { action, hash, hall: hall.machine, receivedAt: '2026-11-23T02:00:00.000Z', signature: Buffer.alloc(64).toString('base64') } } })));
  await store.prints.put({ print: PrintId.parse(id), session: 's', case: id, state: 'printed', entry: { paper: 'slip' } });
  const sealed = await store.blobs.sealed(id, blob.value.hash);
  if (sealed === null) throw new Error('the page is there');
  await store.blobs.markUploaded(id, [blob.value.hash]);
  await store.drafts.remove('session');
  const forms = [marks.name, marks.phone, marks.number, marks.form.slice(0, 12), marks.words, marks.page.slice(0, 12), marks.decision, handIn.id, withdrawn.id, store.log.personKey(marks.number)];
  // As SQLite holds text, as JSON would escape it, and the sealed page itself.
  return { id, serial, marks: [...forms, ...forms.map((form) => JSON.stringify(form).slice(1, -1)), Buffer.from(sealed.subarray(15, 79))], page, actions: [handIn, withdrawn], blob: blob.value };
}

/** What of a case can be read by somebody who has the file, its log, everything in the folder, and the key. */
function traces(planted: Planted): string[] {
  const states = plainStates(file, key);
  const raw = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return planted.marks.filter((mark) => [...states, ...raw].some((bytes) => bytes.includes(mark))).map(String);
}

async function expectWhole(store: TerminalStore, { id, page, actions, blob }: Planted): Promise<void> {
  expect((await store.log.ofCase(id)).filter(({ travel }) => travel.kind !== 'from-hall').map(({ action }) => action)).toEqual(actions);
  expect(await store.blobs.open(id, blob)).toEqual({ ok: true, value: page });
}

test('whatever cases are purged in whatever order: nothing of them can be read from any page, and the others are whole', async () => {
  await fc.assert(fc.asyncProperty(
    fc.shuffledSubarray([1, 2, 3, 4], { minLength: 1 }), fc.boolean(),
    async (order, restarted) => {
      rmSync(folder, { recursive: true });
      folder = mkdtempSync(join(tmpdir(), 'purge-'));
      file = join(folder, 'store.db');
      let store = await open();
      await store.leases.add({ id: 'lease-1', kind: 'case-number', prefix: '3306242026', first: 1, last: 99, width: 8 });
      const hall = createMaker('H330624');
      const planted = new Map<number, Planted>();
      for (const serial of [1, 2, 3, 4]) planted.set(serial, await plant(store, hall, serial));
      const head = store.log.head();
      for (const serial of order) {
        const each = planted.get(serial)!;
        if (!restarted) {
          // Seen to find them: otherwise their absence would say nothing. With the log emptied there is one state of the file to look through, not hundreds.
          await store.scrub();
          expect(traces(each).length).toBeGreaterThan(9);
        }
        expect(await store.purgeCase(each.id)).toEqual({ ok: true, value: null });
        planted.delete(serial);
        if (restarted) {
          await store.close();
          store = await open();
        }
        expect(traces(each)).toEqual([]);
        expect(await store.log.ofCase(each.id)).toEqual([]);
        expect(await store.blobs.open(each.id, each.blob)).toEqual({ ok: false, error: { kind: 'no-case-key' } });
        // What happened stays known: that a paper was printed, where the chain ends, which numbers are used.
        expect(await store.prints.ofCase(each.id)).toMatchObject([{ state: 'printed' }]);
      }
      for (const each of planted.values()) await expectWhole(store, each);
      expect(store.log.head()).toEqual(head);
      expect((await store.leases.next('case-number'))?.serial).toBe(5);
      await store.close();
    },
  ), { numRuns: 6 });
}, 60_000);
