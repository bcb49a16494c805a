import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BlobReference } from '../../domain/action/payload.ts';
import { handedIn } from '../../test/fixtures/actions.ts';
import { caseId, createRig, handIn, type Rig } from '../test-rig.ts';

/** What happens to one piece on its way: it never arrives, half of it does, its answer is lost, or its bytes are others. */
type Mishap = 'before' | 'middle' | 'after' | 'changed';

/** Between the terminal and the emulated hall: counts the pieces' bytes, and does to one of them what the test says. */
const line = { mishap: null as { piece: number; kind: Mishap } | null, pieces: 0, delivered: 0, up: true };

const goThrough: typeof fetch = async (input, init = {}) => {
  if (!line.up) throw new TypeError('no line');
  if (init.method !== 'PATCH') return fetch(input, init);
  const body = new Uint8Array(init.body as Uint8Array);
  const { mishap } = line;
  const met = mishap !== null && mishap.piece === line.pieces ? mishap.kind : null;
  line.pieces += 1;
  if (met === 'changed') body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
  const sent = met === 'before' ? body.slice(0, 0) : met === 'middle' ? body.slice(0, body.length >> 1) : body;
  line.delivered += sent.length;
  const answer = met === 'before' ? null : await fetch(input, { ...init, body: sent });
  if (met === null || met === 'changed') return answer ?? Response.error();
  // The line stays down, as when a cable is pulled: only a later run gets through.
  line.up = false;
  throw new TypeError('cut');
};

let rig: Rig;
let page: BlobReference;
/** Goes in four pieces: 32, 128 and 512 KB as the governor grows them on a line without delay, and the rest. */
const SIZE = 900_000;

beforeEach(async () => {
  Object.assign(line, { mishap: null, pieces: 0, delivered: 0, up: true });
  rig = await createRig({ line: () => goThrough });
  await rig.sync.runNow();
  const id = caseId(1);
  await rig.store.caseKeys.create(id);
  const put = await rig.store.blobs.put(id, new Uint8Array(SIZE), 'image/jpeg');
  if (!put.ok) throw new Error(put.error.kind);
  page = put.value;
  await rig.store.log.append(handIn(id, { signature: { ...handedIn().signature, image: page }, materials: [] }));
});
afterEach(() => rig.close());

const begun = () => rig.hall.requests.filter((request) => request === 'POST /blobs').length;
const whole = () => rig.hall.blobs.get(page.hash)?.length === page.size;

describe('a page', () => {
  test('goes in four pieces', async () => {
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, blobs: 1 });
    expect([line.pieces, whole()]).toEqual([4, true]);
  });

  const cuts = [0, 1, 2, 3].flatMap((piece) => (['before', 'middle', 'after'] as const).map((kind) => [piece, kind] as const));
  test.each(cuts)('cut at piece %d, %s: the next run goes on there, and no byte travels twice', async (piece, kind) => {
    line.mishap = { piece, kind };
    expect((await rig.sync.runNow()).failure).toEqual({ kind: 'unreachable' });
    line.up = true;
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, blobs: 1 });
    expect([whole(), begun(), line.delivered]).toEqual([true, 1, page.size]);
    expect(await rig.store.blobs.pending(9)).toEqual([]);
  });

  test('whose upload the hall has forgotten begins anew', async () => {
    line.mishap = { piece: 2, kind: 'middle' };
    await rig.sync.runNow();
    rig.hall.forgetUploads();
    line.up = true;
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, blobs: 1 });
    expect([whole(), begun()]).toEqual([true, 2]);
  });

  test.each([0, 3])('changed on the way in piece %d is refused by its hash and sent anew', async (piece) => {
    line.mishap = { piece, kind: 'changed' };
    expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'protocol', status: 460 }, blobs: 0 });
    expect(rig.hall.blobs.size).toBe(0);
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, blobs: 1 });
    expect([whole(), begun()]).toEqual([true, 2]);
  });
});
