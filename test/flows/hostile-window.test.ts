import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { answerOf, captured, ELDER_CARD, fieldSeen, fillForm, fillIn, handIn, leave, showCard, signature, well } from '../rigs/citizen.ts';
import { type Clerk, grant, kindsAtHall } from '../rigs/clerk.ts';
import type { Kiosk, RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let county: County;
let terminal: RigTerminal;
let kiosk: Kiosk;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('hostile-window');
  ({ county, terminal, clerk } = world);
  ({ kiosk } = terminal);
}, 120_000);

afterAll(() => world?.close());

/** The kiosk contract without its types. */
type Wild = Record<string, (input?: unknown) => Promise<unknown>>;
const wild = (): Wild => kiosk as unknown as Wild;
const code = (call: Promise<unknown>): Promise<unknown> => call.then(() => 'answered', (cause: unknown) => (cause as { code?: string }).code);
const ULID = '01ARYZ6S410000000000000000';

async function expectAlive(): Promise<void> {
  expect((await kiosk.items({ query: '', shelf: null })).total).toBe(3);
}

describe('the reader speaks garbage while a card is wanted', () => {
  beforeEach(async () => {
    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await terminal.see('the reader asking for a card', ({ card }) => card.kind === 'place-card');
  });
  afterEach(async () => {
    await county.device('id-card-reader', 'remove');
    await leave(terminal);
  });

  const read = (name: string) => terminal.see('the card read', ({ person }) => person?.name === name);

  test.each(['garble 2', 'cut-off 2', 'noise 600', 'silence 2', 'status-next 80 3'])('%s: the card is read all the same', async (fault) => {
    await county.device('id-card-reader', fault);
    await county.device('id-card-reader', 'place zhang');
    expect((await read('张＊＊')).person).toEqual({ name: '张＊＊', number: '3****************8', card: 'resident' });
  });

  test("a card forgotten on the reader is not the next person's: it must be lifted first", async () => {
    await county.device('id-card-reader', 'place zhang');
    await read('张＊＊');
    await leave(terminal);
    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await fieldSeen(county, 3);
    expect(terminal.view()).toMatchObject({ person: null, card: { kind: 'place-card' } });
    await county.device('id-card-reader', 'remove');
    await fieldSeen(county, 2);
    await county.device('id-card-reader', 'place elder');
    await read('李＊＊');
  });

  test('a card of another kind is not recognised, stays named so, and the next one is read', async () => {
    await county.device('id-card-reader', 'wrong-card');
    await terminal.see('not recognised', ({ card }) => card.kind === 'unrecognised');
    await county.device('id-card-reader', 'remove');
    await fieldSeen(county, 2);
    expect(terminal.view()).toMatchObject({ person: null, card: { kind: 'unrecognised' } });
    await county.device('id-card-reader', 'place elder');
    await read('李＊＊');
  });
});

describe('a window gone wild', () => {
  test('what is no message of the codec at all is left out, and core lives on', async () => {
    const port = terminal.bareWindow();
    const text: string[] = ['', 'garbage', '{', '{}', '[]', 'null', '1', '"x"', '['.repeat(300_000), '{"i":"1"}', '{"i":"1","p":null}', '{"i":"1","p":{}}', '{"i":"1","p":{"u":7}}', '{"i":"1","p":{"u":"http://evil.example/x"}}',
      '{"i":"1","p":{"u":"//"}}', '{"i":"1","p":{"u":"/touch?data=%"}}', '{"i":1,"p":{"u":"/touch"}}', '{"i":"1","t":9,"p":{"u":"/touch"}}', '{"i":"1","t":3}', '{"__proto__":{"i":"1","p":{"u":"/touch"}}}'];
    for (const message of text) port.postMessage(message);
    for (const message of [undefined, null, 42, Number.NaN, true, [], {}, new Map([['i', '1']]), new Uint8Array(64), new ArrayBuffer(8), new Date(0), { i: '1', p: { u: '/touch', h: { x: { y: 1 } } } }, { i: { toString: 1 }, p: { u: '/touch' } }]) port.postMessage(message);
    await until('every one refused', () => terminal.log.filter((line) => line.includes('"message-refused"')).length === text.length + 13);
    expect(terminal.view().session).toBeNull();
    await expectAlive();
  });

  test('well-formed messages that mean nothing are answered with an error', async () => {
    const port = terminal.bareWindow();
    const answers: { i: string; p: { s?: number; b?: { json?: { ok?: boolean } } } }[] = [];
    port.onmessage = ({ data }: { data: string }) => answers.push(JSON.parse(data) as (typeof answers)[number]);
    const bodies: [string, unknown][] = [
      ['/nothing', undefined], ['/__proto__', undefined], ['/constructor/prototype', undefined], ['/session/next', undefined],
      ['/saveField', { json: JSON.parse('{"name":"a","value":"b","__proto__":{"polluted":true}}') as unknown }], ['/saveField', { json: { name: 'a', value: 'b' }, meta: [[99, 'value']] }],
      ['/saveField', { json: { name: 'a', value: 'b' }, meta: 'x' }], ['/saveField', { json: { name: 'a', value: 'b' }, meta: [[1, '__proto__', 'polluted']] }], ['/addPage', { json: { material: 'm', image: '%%%', width: 1, height: 1 }, meta: [[40, 'image']] }],
      ['/go', { json: 5 }], ['/go', 'text'], ['/go', []], ['/handIn', { json: { signature: { kind: 'drawn', image: [1, 2] }, phone: '1' } }], ['/handIn', { json: { signature: { kind: 'said' }, phone: '1' } }],
    ];
    for (const [index, [address, body]] of bodies.entries()) port.postMessage(JSON.stringify({ i: `w${index}`, p: { u: address, b: body } }));
    await until('every one answered', () => new Set(answers.map(({ i }) => i)).size === bodies.length);
    // Refused by the codec, by the contract, or by core.
    expect(answers.filter(({ p }) => (p.s ?? 200) < 400 && p.b?.json?.ok !== false)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(terminal.view().session).toBeNull();
    await expectAlive();
  });

  test('unknown wishes, wrong types and extra fields never reach a handler', async () => {
    await well(kiosk.touch());
    expect(await code(wild()['formatDisk']?.() ?? Promise.resolve())).toBe('NOT_FOUND');
    expect(await code(wild()['go']?.({ step: 'moon', errand: null }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await code(wild()['go']?.({ step: 'items' }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await code(wild()['go']?.({ step: 'items', errand: null, admin: true }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await code(wild()['items']?.({ query: 'x'.repeat(41) }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await code(wild()['saveField']?.({ name: 'phone', value: { deep: 1 } }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await code(wild()['saveField']?.({ name: 'phone', value: 'x'.repeat(2001) }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await code(wild()['openCase']?.({ case: '../../etc/passwd' }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await code(wild()['rate']?.({ case: ULID, level: 6, tags: [], words: '' }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await code(wild()['addPage']?.({ material: 'm', image: 'text', width: 1, height: 1 }) ?? Promise.resolve())).toBe('BAD_REQUEST');
    expect(await answerOf(kiosk.openGuide({ code: '__proto__' }))).toBe('unknown-item');
    expect(terminal.view().step).toBe('home');
    await leave(terminal);
    await expectAlive();
  });

  test('steps out of order are refused by name: without a visit, without a card, without a form', async () => {
    const form = { name: 'phone', value: '13800000000' };
    const onCase = [
      () => kiosk.openCase({ case: ULID as CaseId }), () => kiosk.supplement({ case: ULID as CaseId }), () => kiosk.withdraw({ case: ULID as CaseId, reason: '' }), () => kiosk.printResult({ case: ULID as CaseId }),
      () => kiosk.rate({ case: ULID as CaseId, level: 5, tags: [], words: '' }),
    ];
    const onForm = [() => kiosk.saveField(form), () => kiosk.submitForm(), () => kiosk.addPage({ material: 'household-or-id', ...captured() }), () => kiosk.removePage({ material: 'household-or-id', page: ULID }), () => kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' })];
    const all = async (wishes: (() => Promise<Parameters<typeof answerOf>[0] extends Promise<infer Answer> ? Answer : never>)[]) => new Set(await Promise.all(wishes.map((wish) => answerOf(wish()))));
    expect(await all([...onForm, ...onCase, () => kiosk.begin()])).toEqual(new Set(['no-session']));
    await well(kiosk.touch());
    expect(await all([...onForm, ...onCase, () => kiosk.begin(), () => kiosk.go({ step: 'form', errand: null }), () => kiosk.go({ step: 'progress', errand: null })])).toEqual(new Set(['not-identified']));
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await showCard(terminal, county, 'zhang');
    expect(await all(onForm)).toEqual(new Set(['wrong-step']));
    expect(await all(onCase)).toEqual(new Set(['unknown-case']));
    expect(await all((['form', 'materials', 'check', 'handed-in', 'case', 'result', 'rate', 'guide'] as const).map((step) => () => kiosk.go({ step, errand: null })))).toEqual(new Set(['wrong-step']));
    expect(await answerOf(kiosk.begin())).toBe('unknown-item');
    await leave(terminal);
  });

  test('a 20 MB picture, one that is none, and a field that is not in the form are refused; the form stays as it was', async () => {
    await well(kiosk.openGuide({ code: ELDER_CARD }));
    await well(kiosk.go({ step: 'identify', errand: 'apply' }));
    await showCard(terminal, county, 'elder');
    const { form, item } = await terminal.see('the form', ({ step }) => step === 'form');
    for (const name of ['evil', '__proto__', 'constructor', 'toString', '']) expect(await answerOf(kiosk.saveField({ name, value: 'x' }))).toBe('wrong-step');
    const huge = new Uint8Array(20 * 1024 * 1024).fill(0xff);
    const key = item?.materials[0]?.key ?? '';
    const add = async (image: Uint8Array<ArrayBuffer>) => kiosk.addPage({ material: key, ...captured(image) });
    expect(await add(huge)).toEqual({ ok: false, error: { kind: 'bad-picture', why: 'too-large' } });
    expect(await add(signature())).toEqual({ ok: false, error: { kind: 'bad-picture', why: 'not-a-picture' } });
    expect(await add(new Uint8Array())).toEqual({ ok: false, error: { kind: 'bad-picture', why: 'not-a-picture' } });
    expect(await answerOf(kiosk.addPage({ material: 'not-asked-for', ...captured() }))).toBe('wrong-step');
    expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: huge }, phone: '' }))).toBe('incomplete');
    expect(await answerOf(kiosk.page({ page: ULID }))).toBe('wrong-step');
    expect(terminal.view().form).toEqual(form);
    await fillForm(terminal, item as Item, {});
    await well(kiosk.addPage({ material: key, ...captured() }));
    expect(await kiosk.handIn({ signature: { kind: 'drawn', image: huge }, phone: '' })).toMatchObject({ ok: false, error: { kind: 'bad-picture' } });
    await leave(terminal);
    await expectAlive();
  });

  test('handing in twice at once, from two windows, is one case', async () => {
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    const other: Kiosk = createORPCClient(new RPCLink({ port: terminal.bareWindow(), customJsonSerializers: [bytesSerializer] }));
    const wish = { signature: { kind: 'drawn' as const, image: signature() }, phone: '13800000000' };
    expect((await Promise.all([answerOf(kiosk.handIn(wish)), answerOf(other.handIn(wish)), answerOf(kiosk.handIn(wish))])).toSorted()).toEqual(['ok', 'wrong-step', 'wrong-step']);
    const view = await terminal.see('handed in', ({ handedIn, prints }) => handedIn !== null && prints.length === 2);
    await terminal.seeTerminal('nothing waiting', ({ waiting }) => waiting === 0);
    expect(await terminal.core.store.log.all()).toHaveLength(1);
    expect(await kindsAtHall(clerk, view.handedIn?.case as CaseId)).toEqual(['handed-in']);
    await leave(terminal);
  });

  test("of the next person cannot touch the last one's case, pages and papers", async () => {
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    const [first] = terminal.view().materials.flatMap(({ pages }) => pages);
    const id = await handIn(terminal);
    const { prints } = await terminal.see('two papers', (view) => view.prints.length === 2 && view.prints.every(({ state }) => state === 'printed'));
    await leave(terminal);
    await grant(clerk, id);

    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await showCard(terminal, county, 'zhang');
    await terminal.see('the progress', ({ step }) => step === 'progress');
    for (const wish of [() => kiosk.openCase({ case: id }), () => kiosk.printResult({ case: id }), () => kiosk.supplement({ case: id }), () => kiosk.withdraw({ case: id, reason: '' }), () => kiosk.rate({ case: id, level: 5, tags: [], words: '' })]) expect(await answerOf(wish())).toBe('unknown-case');
    expect(await answerOf(kiosk.page({ page: first?.id ?? '' }))).toBe('wrong-step');
    for (const { print } of prints) {
      expect(await answerOf(kiosk.printAgain({ print }))).toBe('wrong-step');
      expect(await answerOf(kiosk.closeUnknown({ print, cameOut: false }))).toBe('wrong-step');
      expect(await answerOf(kiosk.closeUnknown({ print, cameOut: true }))).toBe('wrong-step');
    }
    expect(terminal.view()).toMatchObject({ cases: [], case: null, prints: [] });
    await leave(terminal);
  });
});
