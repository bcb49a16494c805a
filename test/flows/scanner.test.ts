import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EsclEmulator, openEsclEmulator } from '../../devices/document-scanner/escl/emulator.ts';
import { samplePage, sampleSheets } from '../../devices/document-scanner/sample-pages.ts';
import type { PageReading } from '../../domain/contracts/document-scanner.ts';
import { systemClock } from '../../wire/clock.ts';
import { captured, ELDER_CARD, fillForm, leave, showCard, well } from '../rigs/citizen.ts';
import { everyDeviceOnline, type Kiosk, type RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let scanner: EsclEmulator;
let world: World;
let terminal: RigTerminal;
let kiosk: Kiosk;

beforeAll(async () => {
  scanner = await openEsclEmulator({ clock: systemClock, blank: samplePage(0) });
  world = await openWorld('scanner', { scanner: { kind: 'escl', url: scanner.url } });
  ({ terminal } = world);
  ({ kiosk } = terminal);
}, 120_000);
afterAll(async () => {
  await world?.close();
  await scanner?.close();
});

/** From the home screen to the materials. */
async function comeToMaterials(card: string): Promise<string> {
  await terminal.seeTerminal('every device on line', everyDeviceOnline);
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code: ELDER_CARD }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, world.county, card);
  const { item } = await terminal.see('the form', (view) => view.step === 'form' && view.item !== null);
  if (item === null) throw new Error('no item');
  await fillForm(terminal, item, {});
  await well(kiosk.submitForm());
  await terminal.see('the materials', ({ step }) => step === 'materials');
  return item.materials[0]?.key ?? '';
}

async function readAll(each: (reading: PageReading) => Promise<unknown> | void = () => undefined): Promise<string[]> {
  const told: string[] = [];
  for await (const reading of await kiosk.scanMaterial({ source: 'feeder' })) {
    told.push('reason' in reading ? `${reading.kind} ${reading.reason}` : reading.kind);
    await each(reading);
  }
  return told;
}

describe('materials from the scanner', () => {
  test('pages come to the visit that asks, and are kept as those of the camera', async () => {
    const material = await comeToMaterials('elder');
    scanner.load(sampleSheets(2));
    const told = await readAll(async (reading) => {
      // The window makes the thumbnail; here any will do.
      if (reading.kind === 'page') await well(kiosk.addPage({ material, image: new Uint8Array(reading.page.bytes), thumbnail: captured().thumbnail, from: 'scanner', width: reading.page.width, height: reading.page.height }));
    });
    expect(told.filter((kind) => kind === 'page')).toHaveLength(2);
    expect(told.at(-1)).toBe('done');
    const { materials } = await terminal.see('both pages', (view) => view.materials.some(({ pages }) => pages.length === 2));
    expect(materials.find(({ key }) => key === material)?.pages).toHaveLength(2);
    await leave(terminal);
  });

  test('a visit that ends in the middle takes its scan with it: the next person gets none of its pages', async () => {
    await comeToMaterials('elder');
    scanner.load(sampleSheets(6));
    let pages = 0;
    await readAll(async (reading) => {
      if (reading.kind !== 'page') return;
      pages += 1;
      if (pages === 1) await well(kiosk.end());
    });
    expect(pages).toBeLessThan(6);
    await terminal.see('nobody', ({ session }) => session === null);
    await comeToMaterials('zhang');
    // What was left in the feeder is nobody's, but it lies there: a person takes it out, and feeds their own.
    scanner.empty();
    scanner.load(sampleSheets(1, 20));
    const own = await readAll();
    expect(own.filter((kind) => kind === 'page')).toHaveLength(1);
    await leave(terminal);
  });

  test('nobody scans without a visit', async () => {
    scanner.load(sampleSheets(1));
    expect(await readAll()).toEqual(['unavailable']);
    expect(scanner.sheets()).toBe(1);
  });
});
