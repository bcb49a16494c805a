/** Numbers for the hall's counters: the real core and devices with the real machines of a site. */
import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { PrintId } from '../../domain/ids.ts';
import { lentLeft } from '../../domain/queue/ranges.ts';
import { valuesOf } from '../../domain/queue/trie.ts';
import { TicketId } from '../../domain/queue/types.ts';
import type { Port } from '../../main/core/port.ts';
import { systemClock } from '../../main/core/system.ts';
import { serveTerminal } from '../../main/site/terminal-road.ts';
import { openTestSite, type SiteMachine, type TestSite } from '../fixtures/site.ts';
import { answerOf, showCard, well } from '../rigs/citizen.ts';
import type { RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

/** After a power cut the machine has another boot, and whoever stood there is gone. */
const boot = vi.hoisted(() => ({ number: 1 }));
vi.mock(import('../../main/core/system.ts'), async (original) => ({ ...(await original()), bootId: () => `boot-${boot.number}` }));

const BUSINESS = 'social-security';
let site: TestSite;
let world: World;
let machine: SiteMachine;
/** Lets nothing more of the site host come to core: it died, or core is about to. */
let mute = () => {};

/** What the shell does when either of the two was started: a new channel between them. Here it can be cut in the middle. */
function join(terminal: RigTerminal): void {
  const [core, host] = [new MessageChannel(), new MessageChannel()];
  let muted = false;
  core.port2.onmessage = ({ data }) => host.port2.postMessage(data);
  host.port2.onmessage = ({ data }) => (muted ? undefined : core.port2.postMessage(data));
  // Either end that goes takes the other along.
  for (const port of [core.port2, host.port2]) port.addEventListener('close', () => {
    core.port2.close();
    host.port2.close();
  });
  terminal.core.connectSite(core.port1 as unknown as Port);
  serveTerminal(host.port1, { site: machine.site(), clock: systemClock });
  mute = () => {
    muted = true;
  };
}

beforeAll(async () => {
  site = await openTestSite({ machines: 3 });
  machine = site.machines[0] as SiteMachine;
  world = await openWorld('tickets', { settings: { queue: site.config } });
  join(world.terminal);
  await world.terminal.seeTerminal('the desk', ({ tickets }) => tickets?.desk != null);
  // Numbers to give by itself.
  await until('lent numbers', () => {
    const lent = machine.site().tickets.local().numbers[BUSINESS];
    return lent !== undefined && lentLeft(lent, machine.machine) > 0;
  });
}, 120_000);
afterAll(async () => {
  await world?.close();
  await site?.close();
});
afterEach(async () => {
  await well(world.terminal.kiosk.end());
});

/** How many numbers this machine knows of. */
const numbers = () => [...valuesOf(machine.site().tickets.local().tickets)].length;
const papers = () => readdirSync(world.county.tickets).filter((name) => name.endsWith('.png')).length;

/** From the first screen to the last look before a number is taken. */
async function toConfirm(card: string | null, phone = '13800001234'): Promise<void> {
  const { terminal, county } = world;
  const { kiosk } = terminal;
  await well(kiosk.ticket.begin({ item: null }));
  await well(kiosk.ticket.choose({ business: BUSINESS }));
  if (card === null) {
    await well(kiosk.go({ step: 'ticket-phone', errand: 'ticket' }));
    await well(kiosk.ticket.byPhone({ phone }));
  } else await showCard(terminal, county, card);
  await terminal.see('the last look', ({ step }) => step === 'ticket-confirm');
}
const shown = () => world.terminal.see('a number', ({ step, ticket }) => step === 'ticket' && ticket?.paper !== null);
const end = (state: string) => world.terminal.see(`a paper that is ${state}`, ({ prints, ticket }) => prints.some((print) => print.print === ticket?.print && print.state === state));
async function inTheList(ticket: string, at = site.machines[1]): Promise<string | null> {
  const answer = await at?.client().position({ ticket: TicketId.parse(ticket) }).catch(() => null);
  return answer?.position?.state ?? null;
}

test('by card, printed, in the list of every machine; the same card is shown the same number and has another paper of it; the age goes first', async () => {
  const before = papers();
  await toConfirm('elder');
  expect(world.terminal.view().ticket).toMatchObject({ way: 'card', priority: 'elderly' });
  await well(world.terminal.kiosk.ticket.take());
  const { ticket } = await shown();
  const id = ticket?.paper?.ticket ?? '';
  expect(ticket).toMatchObject({ held: false, paper: { business: '社保', position: `${machine.origin}/q/${id}`, alone: false } });
  await end('printed');
  await until('the paper', () => papers() === before + 1);
  await until('the number in the list of another machine', async () => (await inTheList(id)) === 'waiting');
  await well(world.terminal.kiosk.end());

  await toConfirm('elder');
  await well(world.terminal.kiosk.ticket.take());
  expect((await shown()).ticket).toMatchObject({ held: true, copies: true, print: null, paper: { ticket: id } });
  expect(papers()).toBe(before + 1);
  await well(world.terminal.kiosk.ticket.print());
  await end('printed');
  await until('another paper', () => papers() === before + 2);
  await well(world.terminal.kiosk.ticket.giveUp());
  await until('its end', async () => (await inTheList(id)) === 'left');
});

test('with the site’s network cut it is given, printed and said to be called by hand, perhaps; it is in the list when the network is whole', async () => {
  const others = site.machines.slice(1);
  for (const other of others) await other.stop();
  await world.terminal.seeTerminal('nobody to agree with', ({ tickets }) => tickets?.desk?.alone === true);
  await toConfirm(null);
  await well(world.terminal.kiosk.ticket.take());
  const id = (await shown()).ticket?.paper?.ticket ?? '';
  expect(world.terminal.view().ticket).toMatchObject({ way: 'phone', held: false, paper: { alone: true } });
  // The code on the paper leads to this very machine, which knows of it.
  expect(await inTheList(id, machine)).toBe('waiting');
  await end('printed');
  await well(world.terminal.kiosk.end());
  // The guard holds without the others, too.
  await toConfirm(null);
  await well(world.terminal.kiosk.ticket.take());
  expect((await shown()).ticket).toMatchObject({ held: true, paper: { ticket: id } });
  for (const other of others) await other.start();
  await until('the number in the list of another machine', async () => (await inTheList(id)) === 'waiting', 30_000);
  await world.terminal.seeTerminal('the others', ({ tickets }) => tickets?.desk?.alone === false);
});

test('out of paper: the number counts and is on the screen, and nothing is said to be printed; with paper it is printed in its place', async () => {
  const before = papers();
  await world.county.device('ticket-printer', 'paper-out');
  await world.terminal.seeTerminal('no paper', ({ devices }) => devices['ticket-printer'].kind === 'blocked');
  await toConfirm(null, '13800005678');
  await well(world.terminal.kiosk.ticket.take());
  const { ticket } = await shown();
  const { prints } = await end('not-printed');
  expect(prints.find(({ print }) => print === world.terminal.view().ticket?.print)).toMatchObject({ paper: 'queue-ticket', reason: 'paper-out' });
  await until('the number in the list', async () => (await inTheList(ticket?.paper?.ticket ?? '')) === 'waiting');
  await world.county.device('ticket-printer', 'refill');
  await world.terminal.seeTerminal('paper', ({ devices }) => devices['ticket-printer'].kind === 'online');
  expect(papers()).toBe(before);
  await well(world.terminal.kiosk.printAgain({ print: PrintId.parse(world.terminal.view().ticket?.print) }));
  await end('printed');
  expect(world.terminal.view().prints.filter(({ paper }) => paper === 'queue-ticket')).toHaveLength(1);
});

test('core dies after the number was given and before it heard: it is the same number when it is asked for again, with one paper', async () => {
  const before = papers();
  await toConfirm(null, '13800009012');
  const given = numbers();
  mute();
  const taking = answerOf(world.terminal.kiosk.ticket.take()).catch(() => 'gone');
  await until('the number at the machine', () => numbers() === given + 1);
  expect(world.terminal.view()).toMatchObject({ step: 'ticket-confirm', prints: [] });
  await world.crashTerminal();
  await taking;
  join(world.terminal);
  const { step } = await world.terminal.see('the same step', (view) => view.session !== null);
  expect(step).toBe('ticket-confirm');
  await world.terminal.seeTerminal('the desk', ({ tickets }) => tickets?.desk != null);
  await well(world.terminal.kiosk.ticket.take());
  const { ticket } = await shown();
  expect(ticket?.held).toBe(false);
  await end('printed');
  await until('one paper', () => papers() === before + 1);
  expect(numbers()).toBe(given + 1);
  expect(await answerOf(world.terminal.kiosk.ticket.take())).toBe('wrong-step');
});

test('the power goes while the paper is printed: the visit is over, the number stands, and its holder is asked whether the paper came out before there is another', async () => {
  await toConfirm(null, '13800003456');
  await well(world.terminal.kiosk.ticket.take());
  const id = (await shown()).ticket?.paper?.ticket ?? '';
  await end('sent');
  await world.crashTerminal(() => {
    boot.number += 1;
  });
  join(world.terminal);
  expect(world.terminal.view().session).toBeNull();
  await world.terminal.seeTerminal('the desk', ({ tickets }) => tickets?.desk != null);
  await until('the number in the list', async () => (await inTheList(id)) === 'waiting');
  await toConfirm(null, '13800003456');
  await well(world.terminal.kiosk.ticket.take());
  expect((await shown()).ticket).toMatchObject({ held: true, copies: false, paper: { ticket: id } });
  const { ticket } = await end('unknown');
  const print = PrintId.parse(ticket?.print);
  expect(await answerOf(world.terminal.kiosk.printAgain({ print }))).toBe('wrong-step');
  await well(world.terminal.kiosk.closeUnknown({ print, cameOut: false }));
  await end('not-printed');
  await well(world.terminal.kiosk.printAgain({ print }));
  await end('printed');
});
