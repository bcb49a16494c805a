import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { until } from '../../build/demo/child.ts';
import { type EsclEmulator, openEsclEmulator } from '../../devices/document-scanner/escl/emulator.ts';
import { samplePage, sampleSheets } from '../../devices/document-scanner/sample-pages.ts';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { PageReading } from '../../domain/contracts/document-scanner.ts';
import type { MaterialOffer, OwnReading } from '../../domain/contracts/kiosk.ts';
import { quarantineContract } from '../../domain/contracts/quarantine.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import type { Port } from '../../main/core/port.ts';
import { servePhone } from '../../main/phone/host.ts';
import { systemClock } from '../../wire/clock.ts';
import { answerOf, BUSINESS, captured, comeBack, ELDER_CARD, fillForm, leave, page, showCard, signature, WATER_PERMIT, well } from '../rigs/citizen.ts';
import { type Clerk, kindsAtHall } from '../rigs/clerk.ts';
import { everyDeviceOnline, type Kiosk, type RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let scanner: EsclEmulator;
let sticks: string;
let world: World;
let terminal: RigTerminal;
let kiosk: Kiosk;
let clerk: Clerk;
const ports: MessagePort[] = [];

/** Core's end and ours of a road to a process that stands beside it here. */
function road(connect: (port: Port) => void): MessagePort {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  connect(port1 as unknown as Port);
  return port2;
}

beforeAll(async () => {
  scanner = await openEsclEmulator({ clock: systemClock, blank: samplePage(0) });
  sticks = mkdtempSync(join(tmpdir(), 'jinban-sticks-'));
  world = await openWorld('materials', { scanner: { kind: 'escl', url: scanner.url }, settings: { phonePages: { address: null, port: 0 }, sticks: { mounts: sticks } } });
  ({ terminal, clerk } = world);
  ({ kiosk } = terminal);
  // The loopback stands for the local network, and what is no picture is told by its header alone: decoding is `test/screens/quarantine.test.ts`.
  servePhone(road(terminal.core.connectPhone), { config: { address: null, port: 0 }, files: new Map([['index.html', { type: 'text/html', body: new TextEncoder().encode('{material}') }]]), clock: systemClock, addressOf: () => '127.0.0.1', mayCome: () => true });
  const quarantine = road(terminal.core.connectQuarantine);
  new RPCHandler(implement(quarantineContract).router({ decode: implement(quarantineContract.decode).handler(({ input }) => ({ ok: true as const, value: input.type === 'pdf' ? [page(), page()] : [new Uint8Array(input.bytes)] })) }), { customJsonSerializers: [bytesSerializer] }).upgrade(quarantine);
  quarantine.start();
}, 120_000);
afterAll(async () => {
  await world?.close();
  await scanner?.close();
  for (const port of ports) port.close();
  rmSync(sticks, { recursive: true, force: true });
});

/** To the materials of an item, with the situation answered and the form filled. */
async function comeToMaterials(code: string, card: string, answers: Record<string, string>): Promise<Item> {
  await terminal.seeTerminal('every device on line', everyDeviceOnline);
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code }));
  for (const [question, value] of Object.entries(answers)) await well(kiosk.answer({ question, value }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, world.county, card);
  const { item } = await terminal.see('the form', ({ step }) => step === 'form');
  await fillForm(terminal, item as Item, {});
  await well(kiosk.submitForm());
  await terminal.see('the materials', ({ step }) => step === 'materials');
  return item as Item;
}

async function offerOf(key: string): Promise<MaterialOffer> {
  const { promisable } = await terminal.see('the offer', (view) => view.promisable.some((offer) => offer.key === key));
  return promisable.find((offer) => offer.key === key)!;
}

async function sign(): Promise<CaseId> {
  await well(kiosk.go({ step: 'check', errand: null }));
  await well(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '13800138000' }));
  const { handedIn } = await terminal.see('handed in', (view) => view.handedIn !== null);
  return handedIn!.case;
}

async function atHall(id: CaseId) {
  return until('the case at the hall with its pages', async () => {
    const opened = await clerk.open({ id });
    return opened.ok && opened.value.row.missing === 0 ? opened.value : null;
  });
}

describe('告知承诺', () => {
  let id: CaseId;
  test('a promise takes the place of a paper: only its exact words, only where the item takes it, and nothing is handed in without either', async () => {
    await comeToMaterials(BUSINESS, 'zhang', { who: 'personal', house: 'lent', deed: 'no', permit: 'no' });
    for (const material of ['identity', 'premises-lent']) await well(kiosk.addPage({ material, ...captured() }));
    expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '13800138000' }))).toBe('incomplete');
    const offer = await offerOf('premises-village');
    for (const wrong of [{ material: 'premises-village', kind: 'commitment', shown: `${offer.text}。` }, { material: 'premises-village', kind: 'deferral', shown: offer.text }, { material: 'identity', kind: 'commitment', shown: offer.text }] as const) expect(await answerOf(kiosk.promise(wrong))).toBe('wrong-step');
    await well(kiosk.promise({ material: 'premises-village', kind: 'commitment', shown: offer.text }));
    // Whoever finds the paper after all needs no promise.
    await well(kiosk.addPage({ material: 'premises-village', ...captured() }));
    const { materials } = await terminal.see('no promise', ({ promises }) => promises.length === 0);
    await well(kiosk.removePage({ material: 'premises-village', page: materials.find(({ key }) => key === 'premises-village')!.pages[0]!.id }));
    await well(kiosk.promise({ material: 'premises-village', kind: 'commitment', shown: (await offerOf('premises-village')).text }));
    await well(kiosk.go({ step: 'check', errand: null }));
    expect((await terminal.see('the declaration', ({ declaration }) => declaration !== null)).declaration).toContain('以承诺代替的材料：村（居）民委员会出具的场所证明');
    id = await sign();
    await leave(terminal);
  });

  test('the clerk reads the promise and may turn it down by asking for the paper', async () => {
    const opened = await atHall(id);
    expect(opened.promises).toMatchObject([{ key: 'premises-village', kind: 'commitment', genuine: true }]);
    expect(opened.materials.map(({ key, trust, pages }) => [key, trust, pages.map(({ from }) => from)])).toEqual([['identity', 'C', ['camera']], ['premises-lent', 'C', ['camera']]]);
    await well(clerk.claim({ id }));
    await well(clerk.askCorrection({ id, asks: [{ target: 'material', key: 'premises-village', words: '承诺不能采信，请交场所证明。' }] }));
    const asked = await clerk.open({ id });
    expect(asked.ok && asked.value.promises).toEqual([]);
  });
});

describe('容缺', () => {
  let id: CaseId;
  test('what is not there is promised for a day, and the hall accepts with it outstanding', async () => {
    const item = await comeToMaterials(WATER_PERMIT, 'zhang', { use: 'work', applicant: 'person', project: 'no' });
    for (const { key } of item.materials.filter(({ required }) => required)) if (key !== 'meter') await well(kiosk.addPage({ material: key, ...captured() }));
    const offer = await offerOf('meter');
    await well(kiosk.promise({ material: 'meter', kind: 'deferral', shown: offer.text }));
    id = await sign();
    await leave(terminal);
    const opened = await atHall(id);
    expect(opened.promises).toMatchObject([{ key: 'meter', kind: 'deferral', by: offer.by, genuine: true }]);
    await well(clerk.claim({ id }));
    expect(await answerOf(clerk.accept({ id, lacking: [] }) as Promise<never>)).toBe('materials-missing');
    await well(clerk.accept({ id, lacking: [{ key: 'meter', by: offer.by! }] }));
  });

  test('the citizen comes back with it, the case goes on where it is, and nothing is outstanding', async () => {
    await comeBack(terminal, world.county, 'zhang');
    await terminal.see('accepted', ({ cases }) => cases.some((known) => known.id === id && known.stage === 'accepted' && known.canSupplement));
    await well(kiosk.openCase({ case: id }));
    expect((await terminal.see('what is asked', (view) => view.case !== null)).case?.asks.map(({ key }) => key)).toEqual(['meter']);
    await well(kiosk.supplement({ case: id }));
    expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }))).toBe('incomplete');
    await well(kiosk.addPage({ material: 'meter', ...captured() }));
    await well(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }));
    await terminal.see('handed in', ({ handedIn }) => handedIn?.case === id);
    await leave(terminal);
    await until('the supplement at the hall', async () => (await kindsAtHall(clerk, id)).at(-1) === 'supplemented');
    const opened = await atHall(id);
    expect([opened.row.stage, opened.materials.map(({ key }) => key).includes('meter')]).toEqual(['accepted', true]);
    await comeBack(terminal, world.county, 'zhang');
    await terminal.see('nothing to bring', ({ cases }) => cases.some((known) => known.id === id && !known.canSupplement));
    await leave(terminal);
  });
});

/** To the materials of the elder card; the key of its first. */
async function comeToFirst(card: string): Promise<string> {
  return (await comeToMaterials(ELDER_CARD, card, {})).materials[0]?.key ?? '';
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
    const material = await comeToFirst('elder');
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
    await comeToFirst('elder');
    scanner.load(sampleSheets(6));
    let pages = 0;
    await readAll(async (reading) => {
      if (reading.kind !== 'page') return;
      pages += 1;
      if (pages === 1) await well(kiosk.end());
    });
    expect(pages).toBeLessThan(6);
    await terminal.see('nobody', ({ session }) => session === null);
    await comeToFirst('zhang');
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

describe('the citizen\'s own phone and stick', () => {
  /** A stream of the phone page as the window hears it. */
  function listen(material: string) {
    const heard: OwnReading[] = [];
    const left = new AbortController();
    const over = (async () => {
      for await (const reading of await kiosk.phonePages({ material }, { signal: left.signal })) heard.push(reading);
    })().catch(() => undefined);
    const address = () => until('the address', () => heard.flatMap((one) => (one.kind === 'open' ? [new URL(one.address)] : []))[0] ?? null);
    return { heard, left, over, address };
  }
  async function send(address: URL, picture: Uint8Array): Promise<number> {
    const [nonce, token] = [new Uint8Array(24).fill(1), address.pathname.split('/')[1] ?? ''];
    const sealed = xchacha20poly1305(Buffer.from(address.hash.slice(1), 'base64url'), nonce, new TextEncoder().encode(token)).encrypt(picture);
    return (await fetch(new URL('picture', address), { method: 'POST', body: new Uint8Array([...nonce, ...sealed]) })).status;
  }

  test('a picture from the phone and pages from the stick come to the hall as such, and are trusted less', async () => {
    expect(terminal.terminal().own).toEqual({ phone: true, stick: true });
    const key = await comeToFirst('zhang');
    const phone = listen(key);
    const address = await phone.address();
    expect(await (await fetch(address)).text()).toBe('居民户口簿或居民身份证');
    expect(await send(address, page())).toBe(204);
    expect(await send(address, new TextEncoder().encode('<svg onload="alert(1)">'))).toBe(204);
    await until('both told', () => phone.heard.length >= 4);
    expect(phone.heard.map(({ kind }) => kind)).toEqual(['open', 'joined', 'pages', 'refused']);
    await well(kiosk.addPage({ material: key, ...captured(), from: 'phone' }));
    phone.left.abort();
    await phone.over;
    await until('the page closed', () => fetch(address).then(() => false, () => true));

    expect(await kiosk.stickFiles()).toBeNull();
    mkdirSync(join(sticks, 'KINGSTON'));
    writeFileSync(join(sticks, 'KINGSTON', '户口簿.pdf'), '%PDF-1.7 …');
    writeFileSync(join(sticks, 'KINGSTON', '病毒.jpg'), 'MZ…');
    const files = await kiosk.stickFiles() ?? [];
    expect(files.map(({ name, type }) => [name, type])).toEqual([['病毒.jpg', 'picture'], ['户口簿.pdf', 'pdf']]);
    expect(await kiosk.openStickFile({ file: files[0]!.file })).toEqual({ ok: false, error: { kind: 'not-a-picture' } });
    const opened = await kiosk.openStickFile({ file: files[1]!.file });
    expect(opened.ok && opened.value).toHaveLength(2);
    expect(await kiosk.openStickFile({ file: 7 })).toEqual({ ok: false, error: { kind: 'broken' } });
    await well(kiosk.addPage({ material: key, ...captured(), from: 'stick' }));

    const id = await sign();
    await leave(terminal);
    expect((await atHall(id)).materials).toMatchObject([{ key, trust: 'D', pages: [{ from: 'phone' }, { from: 'stick' }] }]);
    // Neither names of files nor addresses of pages are written down.
    expect(terminal.log.join('')).not.toMatch(/户口簿|KINGSTON|127\.0\.0\.1:\d+\//);
  });

  test('the page ends with the visit, the next person finds no list, and who is at no material gets neither', async () => {
    const key = await comeToFirst('elder');
    const phone = listen(key);
    const address = await phone.address();
    const [file] = await kiosk.stickFiles() ?? [];
    await leave(terminal);
    await phone.over;
    await until('the page closed', () => fetch(address).then(() => false, () => true));
    expect(await kiosk.openStickFile({ file: file!.file })).toEqual({ ok: false, error: { kind: 'broken' } });
    expect(await kiosk.stickFiles()).toBeNull();
    const nobody = listen(key);
    await nobody.over;
    expect(nobody.heard).toEqual([{ kind: 'closed', why: 'unavailable' }]);
  });
});
