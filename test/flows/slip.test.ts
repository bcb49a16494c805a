/** What was filled in at a terminal goes to the window with its citizen: a real core and its devices, a real site and its numbers, a real hall. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { CaseId } from '../../domain/ids.ts';
import { ticketOf } from '../../domain/queue/state.ts';
import { keepForLater } from '../../main/core/session/keeping.ts';
import type { Port } from '../../main/core/port.ts';
import type { Job, Printing } from '../../main/core/printing.ts';
import { systemClock } from '../../main/core/system.ts';
import { serveTerminal } from '../../main/site/terminal-road.ts';
import { consoleAt } from '../fixtures/hall.ts';
import { openTestSite, type SiteMachine, type TestSite } from '../fixtures/site.ts';
import { answerOf, ELDER_CARD, leave, showCard, well } from '../rigs/citizen.ts';
import { handInAt } from '../rigs/window.ts';
import { openWorld, type World } from '../rigs/world.ts';

const CODE = '304958';
const holder = PRESETS.elder;
let site: TestSite;
let machine: SiteMachine;
let world: World;

beforeAll(async () => {
  site = await openTestSite({ machines: 1 });
  machine = site.machines[0] as SiteMachine;
  world = await openWorld('slip', { settings: { queue: site.config } });
  const { port1, port2 } = new MessageChannel();
  world.terminal.core.connectSite(port1 as unknown as Port);
  serveTerminal(port2, { site: machine.site(), clock: systemClock });
  await world.terminal.seeTerminal('the desk', ({ tickets }) => tickets?.desk != null);
}, 120_000);
afterAll(async () => {
  await world?.close();
  await site?.close();
});

const papers = () => readdirSync(world.county.tickets).filter((name) => name.endsWith('.png')).length;

/** What stands in the code of the slip: made of the real visit, and given to nobody else. */
async function slipText(): Promise<{ text: string; number: string | null }> {
  let made: { text: string; number: string | null } = { text: '', number: null };
  const tray = { ofCase: async () => [], all: async () => [], async start({ content }: Job) {
    if (content.kind === 'ticket' && content.ticket.kind === 'kept-slip') made = { text: content.ticket.code, number: content.ticket.number };
    return null;
  } } as unknown as Printing;
  expect(await world.terminal.core.session.wish((visit) => keepForLater(visit, tray, CODE))).toEqual({ ok: true, value: null });
  return made;
}

test('half a form, the cable out, a number: its slip prints beside the number, and at the window the case is taken in with what was typed', async () => {
  const { terminal, county, clerk } = world;
  const { kiosk } = terminal;
  county.line.cut();
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code: ELDER_CARD }));
  await well(kiosk.who.choose({ way: 'self' }));
  for (const [question, value] of Object.entries({ age: 'yes', why: 'lost', household: 'yes' })) await well(kiosk.answer({ question, value }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, county, 'elder');
  await terminal.see('the form', ({ step }) => step === 'form');
  for (const [name, value] of [['town', '330624002'], ['phone', '13800001234'], ['emergencyName', '李样本'], ['emergencyPhone', '1390000']] as const) await well(kiosk.saveField({ name, value }));

  await well(kiosk.ticket.begin({ item: ELDER_CARD }));
  await terminal.see('the last look', ({ step }) => step === 'ticket-confirm');
  await well(kiosk.ticket.take());
  const { ticket } = await terminal.see('the number, with something to carry', ({ step, slip }) => step === 'ticket' && slip.worth);
  const number = ticket?.paper?.code ?? '';
  // What was only begun is gone with the visit, so its id stands in no queue.
  expect(ticketOf(machine.site().tickets.local(), ticket?.paper?.ticket ?? '')).toMatchObject({ case: null });
  await well(kiosk.go({ step: 'keep', errand: null }));
  const slip = await slipText();
  expect(slip.number).toBe(number);
  const before = papers();
  await well(kiosk.keepForLater({ code: CODE }));
  await terminal.see('the slip', ({ prints }) => prints.some(({ paper, state }) => paper === 'kept-slip' && state === 'printed'));
  await until('the slip beside the number', () => papers() > before);
  await well(kiosk.go({ step: 'ticket', errand: null }));
  expect((await terminal.see('the number again', ({ step }) => step === 'ticket')).ticket?.paper?.code).toBe(number);
  await leave(terminal);
  expect(await terminal.core.store.drafts.list()).toEqual([]);
  county.line.restore();

  const wrong = await clerk.openSlip({ text: slip.text, card: holder.number, code: '304959' });
  expect(wrong).toMatchObject({ ok: false, error: { kind: 'wrong-code', left: 4 } });
  expect(await answerOf(clerk.openSlip({ text: 'JB-01J5CASE0-000000', card: holder.number, code: CODE }))).toBe('not-a-slip');
  const opened = await clerk.openSlip({ text: slip.text, card: holder.number, code: CODE });
  if (!opened.ok) throw new Error(opened.error.kind);
  // Nothing of the card was on the paper, neither name nor address: only what was typed and answered.
  expect(opened.value).toMatchObject({ item: { code: ELDER_CARD }, answers: { age: 'yes', why: 'lost', household: 'yes' }, who: { way: 'self' }, lost: [] });
  expect(opened.value.form).toEqual({ town: '330624002', phone: '13800001234', emergencyName: '李样本', emergencyPhone: '1390000', localHousehold: true });

  // The clerk puts right what was half, and types what the card says.
  const who = consoleAt(county.hallUrl);
  expect((await who.call('POST', '/session', { account: 'wang', password: 'jinban-demo-wang' })).body.ok).toBe(true);
  const form = { ...opened.value.form, address: '大市聚村 8 号', emergencyRelation: 'child', emergencyPhone: '13900001234' };
  const { id, body } = await handInAt(who, { itemCode: opened.value.item.code, applicant: { name: holder.name, number: holder.number, address: '', birth: null }, phone: '13800001234', form, materials: ['household-or-id'] });
  expect(body).toMatchObject({ ok: true });
  const taken = await clerk.open({ id: CaseId.parse(id) });
  if (!taken.ok) throw new Error(taken.error.kind);
  expect(taken.value.actions[0]?.payload).toMatchObject({ kind: 'handed-in', form: { town: '330624002', emergencyName: '李样本', localHousehold: true, emergencyPhone: '13900001234' } });
});
