/** Displays and a caller on real pseudo-terminals, at a site of one machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CounterView } from '../../domain/contracts/site.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import { saying, taking } from '../../domain/queue/test-site.ts';
import { ulid } from '../../domain/ids.ts';
import { createCallerEmulator, type CallerEmulator } from '../../devices/queue/caller-emulator.ts';
import { createLedEmulator, type LedEmulator } from '../../devices/queue/led-emulator.ts';
import { LED_STATES } from '../../devices/queue/led-codec.ts';
import { openTestSite, type TestSite } from '../../test/fixtures/site.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { createTold } from '../core/told.ts';
import { faceOf, openSiteSerial, pictureOf, type SerialEvent, type SerialQueue, type SiteSerial, wishesOf } from './serial.ts';
import { boardView, counterView } from './views.ts';

const ACCOUNT = 'wang.li';
const WINDOW = 1;

describe('at a real site, over real wires', () => {
  let site: TestSite;
  let queue: SerialQueue;
  let serial: SiteSerial;
  let led: LedEmulator;
  let caller: CallerEmulator;
  let folder: string;
  let events: SerialEvent[];
  let stopFollowing: () => void;
  let isAgreed: boolean;
  /** By how much the clock is ahead of the true one, milliseconds. */
  let ahead: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jinban-serial-'));
    site = await openTestSite();
    const { days } = site.machines[0]!.site();
    let wishes = 0;
    const board = createTold(boardView(days.queue.get()));
    stopFollowing = days.queue.watch((now) => board.tell(boardView(now)));
    queue = {
      board, agreed: () => isAgreed, counter: (window) => counterView(days.queue.get(), window, new Date(Date.now()).toISOString()),
      wish(wish, account) {
        wishes += 1;
        return days.wish(wish, { id: ulid(Date.now() + wishes, new Uint8Array(10)), machine: null, account, manager: false, windows: [] });
      },
    };
    const [ledEnd, callerEnd] = [await ptyDeviceEnd({ path: join(folder, 'led') }), await ptyDeviceEnd({ path: join(folder, 'caller') })];
    if (!ledEnd.ok || !callerEnd.ok) throw new Error('no pseudo-terminal: install socat');
    led = createLedEmulator({ line: ledEnd.value, clock: systemClock, addresses: [1, 3] });
    caller = createCallerEmulator({ line: callerEnd.value, clock: systemClock });
    const wire = (name: string) => ({ path: join(folder, name), baudRate: 9600 });
    events = [];
    [isAgreed, ahead] = [true, 0];
    serial = openSiteSerial({
      leds: [{ window: null, address: 1, wire: wire('led') }, { window: WINDOW, address: 3, wire: wire('led') }], callers: [{ window: WINDOW, account: ACCOUNT, wire: wire('caller') }],
      queue, clock: { ...systemClock, monotonic: () => systemClock.monotonic() + ahead }, log: (event) => events.push(event),
    });
  });
  afterEach(async () => {
    await serial.close();
    await led.close();
    await caller.close();
    stopFollowing();
    await site.close();
    rmSync(folder, { recursive: true });
  });

  const wish = async (asked: QueueWish) => {
    const answer = await queue.wish(asked, ACCOUNT);
    if (!answer.ok) throw new Error(answer.error.kind);
  };
  /** The number that is called: which one is next depends on how many the machine was lent by then. */
  async function called(): Promise<string> {
    await expect.poll(() => queue.board.get().calls.length).toBe(1);
    return queue.board.get().calls[0]?.code ?? '';
  }
  const shown = () => [led.shows(1)?.text, led.shows(3)?.text, caller.face];

  test('a clerk opens, calls, calls again, begins and ends by five buttons, and the displays follow', async () => {
    await expect.poll(shown).toEqual(['请等候叫号', '1号窗口 未开放', { state: 'closed', waiting: 0, code: null }]);
    expect(await caller.press('next')).toEqual({ kind: 'refused', word: 'closed' });
    expect(await caller.press('pause')).toEqual({ kind: 'done' });
    expect(await caller.press('next')).toEqual({ kind: 'refused', word: 'empty' });
    for (let taken = 0; taken < 3; taken += 1) await wish(taking('social-security', { way: 'staff' }));
    await expect.poll(shown).toEqual(['请等候叫号', '1号窗口 请等候', { state: 'open', waiting: 3, code: null }]);
    expect(await caller.press('next')).toEqual({ kind: 'done' });
    const first = await called();
    await expect.poll(shown).toEqual([`请${first}到1号窗口`, `请${first}到1号窗口`, { state: 'called', waiting: 2, code: first }]);
    expect(await caller.press('next')).toEqual({ kind: 'refused', word: 'busy' });
    expect(await caller.press('recall')).toEqual({ kind: 'done' });
    await expect.poll(() => queue.board.get().calls[0]?.times).toBe(2);
    expect(await caller.press('work')).toEqual({ kind: 'done' });
    await expect.poll(shown).toEqual(['请等候叫号', `${first}正在办理`, { state: 'serving', waiting: 2, code: first }]);
    expect(await caller.press('miss')).toEqual({ kind: 'refused', word: 'nothing' });
    // One press ends the one and calls the next.
    expect(await caller.press('next')).toEqual({ kind: 'done' });
    const second = await called();
    expect(second).not.toBe(first);
    await expect.poll(shown).toEqual([`请${second}到1号窗口`, `请${second}到1号窗口`, { state: 'called', waiting: 1, code: second }]);
    expect(await caller.press('miss')).toEqual({ kind: 'done' });
    expect(await caller.press('pause')).toEqual({ kind: 'done' });
    await expect.poll(shown).toEqual(['请等候叫号', '1号窗口 暂停办理', { state: 'paused', waiting: 1, code: null }]);
    expect(events.filter((event) => event.event === 'caller-pressed').length).toBe(11);
    expect(events.filter((event) => event.event !== 'caller-pressed' && event.status.kind === 'online').length).toBe(3);
  });

  test('a press whose answer was lost calls one person, not two', async () => {
    for (let taken = 0; taken < 3; taken += 1) await wish(taking('social-security', { way: 'staff' }));
    await caller.press('pause');
    caller.deaf(2);
    expect(await caller.press('next')).toEqual({ kind: 'done' });
    caller.repeat();
    const code = await called();
    await expect.poll(shown).toEqual([`请${code}到1号窗口`, `请${code}到1号窗口`, { state: 'called', waiting: 2, code }]);
  });

  test('while the machines do not agree, whoever looks up reads that nobody is called; who was called may come', async () => {
    await wish(taking('social-security', { way: 'staff' }));
    await caller.press('pause');
    await expect.poll(shown).toEqual(['请等候叫号', '1号窗口 请等候', { state: 'open', waiting: 1, code: null }]);
    isAgreed = false;
    ahead += 4000;
    await expect.poll(() => shown().slice(0, 2)).toEqual(['暂停叫号 请稍候', '1号窗口 暂停叫号']);
    isAgreed = true;
    await expect.poll(() => shown().slice(0, 2)).toEqual(['请等候叫号', '1号窗口 请等候']);
    await caller.press('next');
    const code = await called();
    isAgreed = false;
    ahead += 4000;
    await wish(taking('social-security', { way: 'staff' }));
    await expect.poll(() => shown().slice(0, 2)).toEqual([`请${code}到1号窗口`, `请${code}到1号窗口`]);
  });
});

const counter = (change: Partial<CounterView>): CounterView => ({ window: 7, state: 'open', account: ACCOUNT, why: '', inHand: null, lines: [{ business: 'social-security', name: '社保', waiting: 120 }], next: null, aside: [], waiting: [], arranged: 0, ...change });

test('a number that is too long for a caller is cut to what it can show', () => {
  expect(faceOf(counter({}))).toEqual({ state: 'open', waiting: 120, code: null });
  expect(faceOf(counter({ lines: [{ business: 'social-security', name: '社保', waiting: 4000 }] })).waiting).toBe(999);
});

test('who opens a window by its caller opens it for all that it serves', () => {
  expect(wishesOf(counter({ state: 'closed' }), ACCOUNT, 'pause')).toEqual({ ok: true, value: [saying({ kind: 'window-opened', window: 7, account: ACCOUNT, businesses: ['social-security'] })] });
});

test('every text finds room on a display of sixteen characters, whatever the window', () => {
  for (const number of [null, 7, 99]) {
    for (const state of ['closed', 'open', 'paused'] as const) {
      for (const code of [null, 'Z999']) {
        for (const isCalled of [true, false]) {
          const calls = code !== null && isCalled ? [{ code, window: 99, at: '2026-11-27T01:00:00.000Z', times: 1 }] : [];
          for (const stuck of [true, false]) {
            const picture = pictureOf({ calls, windows: [{ window: 99, state, code, businesses: [] }], lines: [] }, number, stuck);
            expect([...picture.text].length).toBeLessThanOrEqual(16);
            expect(LED_STATES).toContain(picture.state);
          }
        }
      }
    }
  }
});
