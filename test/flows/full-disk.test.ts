import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { LEAST_FOR_HAND_INS, LEAST_FOR_SCANS } from '../../main/core/room.ts';
import { DEFAULT_SCANS, type Item } from '../../domain/item/types.ts';
import { answerOf, captured, comeBack, ELDER_CARD, fillForm, fillIn, handIn, leave, showCard, signature, well } from '../rigs/citizen.ts';
import { captureDatabase, type Disk } from '../rigs/full-disk.ts';
import type { RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

const PLENTY = 1e12;

let world: World;
let county: County;
let terminal: RigTerminal;
let disk: Disk;
let free = PLENTY;

beforeAll(async () => {
  disk = captureDatabase();
  world = await openWorld('full-disk', { freeDisk: () => Promise.resolve(free) });
  ({ county, terminal } = world);
}, 120_000);

beforeEach(() => {
  free = PLENTY;
});
afterAll(() => world?.close());

async function availabilityOf(code: string): Promise<unknown> {
  return (await terminal.kiosk.items({ query: '', shelf: null })).cards.find((card) => card.code === code)?.availability;
}

async function toTheMaterials(card: string): Promise<void> {
  await well(terminal.kiosk.touch());
  await well(terminal.kiosk.openGuide({ code: ELDER_CARD }));
  await well(terminal.kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, county, card);
  const { item } = await terminal.see('the form', ({ step }) => step === 'form');
  await fillForm(terminal, item as Item, {});
  await well(terminal.kiosk.submitForm());
}

/** Takes pages until one is refused: some of the file is free and is used up first. */
async function usedUp(): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await answerOf(terminal.kiosk.addPage({ material: 'household-or-id', ...captured() }));
    if (answer !== 'ok') return expect(answer).toBe('store-full');
  }
  throw new Error('the disk did not fill');
}

const actions = async () => (await terminal.core.store.log.all()).length;

describe('the disk fills up', () => {
  test('below the first mark nobody begins what needs scans, and is told so before the card; a case that is here can still be spoken for', async () => {
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    const id = await handIn(terminal);
    await leave(terminal);
    free = LEAST_FOR_SCANS;
    expect(await availabilityOf(ELDER_CARD)).toEqual({ kind: 'not-here', reason: 'storage.no-scans' });
    await well(terminal.kiosk.touch());
    await well(terminal.kiosk.openGuide({ code: ELDER_CARD }));
    expect(await answerOf(terminal.kiosk.go({ step: 'identify', errand: 'apply' }))).toBe('no-room-for-scans');
    await leave(terminal);
    await comeBack(terminal, county, 'elder');
    await well(terminal.kiosk.withdraw({ case: id, reason: '' }));
    await leave(terminal);
  });

  test('a scan in the middle of a visit is refused with the reason, and what was taken before can be handed in', async () => {
    await toTheMaterials('zhang');
    await well(terminal.kiosk.addPage({ material: 'household-or-id', ...captured() }));
    free = LEAST_FOR_SCANS;
    expect(await terminal.kiosk.addPage({ material: 'household-or-id', ...captured() })).toEqual({ ok: false, error: { kind: 'no-room-for-scans' } });
    // Below the second mark whoever has begun is served to the end.
    free = LEAST_FOR_HAND_INS / 2;
    await well(terminal.kiosk.go({ step: 'check', errand: null }));
    await handIn(terminal);
    await leave(terminal);
  });

  test('below the second mark nothing is begun, whatever it needs; above it again, it is', async () => {
    free = LEAST_FOR_HAND_INS / 2;
    expect(await availabilityOf(ELDER_CARD)).toEqual({ kind: 'not-here', reason: 'storage.full' });
    await well(terminal.kiosk.touch());
    await well(terminal.kiosk.openGuide({ code: ELDER_CARD }));
    expect(await answerOf(terminal.kiosk.go({ step: 'identify', errand: 'apply' }))).toBe('store-full');
    free = PLENTY;
    expect(await availabilityOf(ELDER_CARD)).toMatchObject({ kind: 'works' });
    await well(terminal.kiosk.go({ step: 'identify', errand: 'apply' }));
    await leave(terminal);
  });
});

describe('the disk is full all at once', () => {
  test('at the hand-in: the citizen is told, nothing is written, and the same press works when there is room', async () => {
    await toTheMaterials('changqi');
    await well(terminal.kiosk.addPage({ material: 'household-or-id', ...captured() }));
    await well(terminal.kiosk.go({ step: 'check', errand: null }));
    const before = await actions();
    disk.fill();
    // As large as a signature may be, so that no free page of the file takes it.
    const image = new Uint8Array(500 * 1024);
    image.set(signature());
    await usedUp();
    expect(await terminal.kiosk.handIn({ signature: { kind: 'drawn', image }, phone: '' })).toEqual({ ok: false, error: { kind: 'store-full' } });
    expect([await actions(), terminal.view().step]).toEqual([before, 'check']);
    disk.makeRoom();
    await well(terminal.kiosk.handIn({ signature: { kind: 'drawn', image }, phone: '' }));
    await terminal.see('handed in', ({ step }) => step === 'handed-in');
    expect(await actions()).toBe(before + 1);
    await leave(terminal);
  });

  test('at the end of a visit: nobody else is let in before its traces are gone', async () => {
    await toTheMaterials('elder');
    await well(terminal.kiosk.addPage({ material: 'household-or-id', ...captured() }));
    const state = terminal.core.session.visit.state();
    const [page] = state?.pages ?? [];
    if (state?.case == null || page === undefined) return expect.unreachable();
    const save = vi.spyOn(terminal.core.store.drafts, 'save').mockRejectedValue(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
    await terminal.kiosk.end();
    await terminal.see('nobody', ({ session }) => session === null);
    expect(await answerOf(terminal.kiosk.touch())).toBe('store-full');
    expect(await terminal.core.store.blobs.sealed(state.case, page.blob.hash)).not.toBeNull();
    save.mockRestore();
    await until('the next person let in', async () => (await answerOf(terminal.kiosk.touch())) === 'ok');
    expect(await terminal.core.store.blobs.sealed(state.case, page.blob.hash)).toBeNull();
    await leave(terminal);
  });
});

test('one case takes a hundred pages, or what its item says, and not one more', async () => {
  await toTheMaterials('zhang');
  const sheet = captured();
  for (let taken = 0; taken < DEFAULT_SCANS.pages; taken += 1) await well(terminal.kiosk.addPage({ material: 'household-or-id', ...sheet }));
  expect(await answerOf(terminal.kiosk.addPage({ material: 'household-or-id', ...sheet }))).toBe('case-full');
  const [first] = (await terminal.see('all pages', ({ materials }) => materials.some(({ pages }) => pages.length === DEFAULT_SCANS.pages))).materials.flatMap(({ pages }) => pages);
  await well(terminal.kiosk.removePage({ material: 'household-or-id', page: first?.id ?? '' }));
  await well(terminal.kiosk.addPage({ material: 'household-or-id', ...sheet }));
  await leave(terminal);
});
