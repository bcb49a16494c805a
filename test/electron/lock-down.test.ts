/** The real terminal before somebody who wants out of it: by keys, by hand, and as a page that hostile words have taken over. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserWindow } from 'electron';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TerminalWindow } from '../../build/demo/window.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { type ElectronStage, openElectronStage } from './stage.ts';

let stage: ElectronStage;
let window: TerminalWindow;
/** Somewhere that answers everybody: what never arrives there was refused, and is not merely out of reach. */
let elsewhere: Server;
let address: string;
const arrived: string[] = [];

beforeAll(async () => {
  elsewhere = createServer((request, answer) => {
    arrived.push(`${request.method} ${request.url}`);
    answer.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' }).end('<h1>elsewhere</h1>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => elsewhere.once('listening', resolve));
  address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  stage = await openElectronStage('lock-down', { kiosk: true });
  ({ window } = stage);
  await window.page.locator('.app-step:not([inert]) .tile').first().waitFor();
  // A page that is loaded anew has lost the mark.
  await window.page.evaluate(() => void (document.documentElement.dataset['mark'] = 'here'));
}, 180_000);
afterAll(async () => {
  await stage?.close();
  elsewhere?.close();
});

/** Keys as a keyboard brings them to Electron, so many milliseconds apart. */
async function press(keys: readonly string[], apart: number, modifiers: readonly ('control' | 'shift' | 'alt' | 'meta')[] = []): Promise<void> {
  await window.app.evaluate(async ({ BrowserWindow: Windows }, { strokes, wait, held }) => {
    const contents = Windows.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    for (const keyCode of strokes) {
      contents.sendInputEvent({ type: 'keyDown', keyCode, modifiers: [...held] });
      if (keyCode.length === 1) contents.sendInputEvent({ type: 'char', keyCode, modifiers: [...held] });
      contents.sendInputEvent({ type: 'keyUp', keyCode, modifiers: [...held] });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }, { strokes: keys, wait: apart, held: modifiers });
}

/** Runs code as the page's own script, with a touch behind it. Not through the page of the test, which waits for where a page was sent to, for ever if it never goes. */
function inPage<Answer>(code: string): Promise<Answer> {
  return window.app.evaluate(({ BrowserWindow: Windows }, text) => Windows.getAllWindows()[0]?.webContents.executeJavaScript(text, true) as Promise<Answer>, code);
}

/** The one window, on our own page, loaded once, as large as it was, without tools: where everybody still is. */
async function standing(): Promise<Record<string, unknown>> {
  const shell = await window.app.evaluate(({ BrowserWindow: Windows, webContents }) => {
    const [only] = Windows.getAllWindows() as (BrowserWindow | undefined)[];
    return { windows: Windows.getAllWindows().length, pages: webContents.getAllWebContents().length, url: only?.webContents.getURL(), tools: only?.webContents.isDevToolsOpened(), zoom: only?.webContents.getZoomFactor(), title: only?.getTitle() };
  });
  const page = await inPage<object>('({ mark: document.documentElement.dataset.mark, scale: visualViewport.scale, length: history.length, full: document.fullscreenElement === null, frames: frames.length })');
  return { ...shell, ...page };
}

/** Does what is tried, and answers what of where everybody stands is another afterwards. */
async function changedBy(attempt: () => Promise<unknown>): Promise<[string, unknown][]> {
  const before = new Map(Object.entries(await standing()));
  await attempt();
  return Object.entries(await standing()).filter(([name, value]) => value !== before.get(name));
}

test("what a scanner types stays out of a form, and a person's keys go in", async () => {
  const { log, window: { page } } = stage;
  await page.getByRole('button', { name: zhCN['home.apply'] }).first().click();
  const search = page.getByRole('textbox');
  await search.click();
  await press([...'330624199001010018jb01', 'Enter'], 1);
  await expect.poll(() => log.join('').includes('typed-code-kept-out'), { timeout: 10_000 }).toBe(true);
  expect(await search.inputValue()).toBe('');
  await press([...'yyzz'], 120);
  await expect.poll(() => search.inputValue(), { timeout: 10_000 }).toBe('yyzz');
  // What a code said is in no log.
  expect(log.join('')).not.toContain('330624199001010018');
});

describe('no way leads out of the terminal', () => {
  test('by a key', async () => {
    const chords = ['R', 'W', 'N', 'T', 'P', 'S', 'O', 'U', 'F', 'L', 'H', 'J', 'D', '+', '-', '0', 'Tab', 'Escape'];
    for (const key of chords) expect(await changedBy(() => press([key], 0, ['control'])), `Ctrl+${key}`).toEqual([]);
    for (const key of ['I', 'J', 'C', 'R', 'N', 'Delete', 'Escape']) expect(await changedBy(() => press([key], 0, ['control', 'shift'])), `Ctrl+Shift+${key}`).toEqual([]);
    for (const key of ['Left', 'Right', 'Home', 'F4', 'D', 'Space', 'Tab']) expect(await changedBy(() => press([key], 0, ['alt'])), `Alt+${key}`).toEqual([]);
    for (const key of ['L', 'D', 'R', 'E', 'Tab']) expect(await changedBy(() => press([key], 0, ['meta'])), `Meta+${key}`).toEqual([]);
    for (let number = 1; number <= 12; number += 1) expect(await changedBy(() => press([`F${number}`], 0)), `F${number}`).toEqual([]);
    for (const key of ['Escape', 'Backspace', 'Tab']) expect(await changedBy(() => press([key], 0)), key).toEqual([]);
  });

  test('by a hand: two buttons of a mouse, a wheel with Ctrl, a pinch, a long press, a file that is dropped', async () => {
    const { page } = window;
    expect(await changedBy(() => page.mouse.click(540, 900, { button: 'right' })), 'right button').toEqual([]);
    expect(await changedBy(() => page.mouse.click(540, 40, { button: 'middle' })), 'middle button').toEqual([]);
    const debug = await page.context().newCDPSession(page);
    expect(await changedBy(() => debug.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 540, y: 900, deltaX: 0, deltaY: -400, modifiers: 2 })), 'wheel with Ctrl').toEqual([]);
    expect(await changedBy(() => debug.send('Input.synthesizePinchGesture', { x: 540, y: 900, scaleFactor: 3, gestureSourceType: 'touch' })), 'pinch').toEqual([]);
    expect(await changedBy(() => debug.send('Input.synthesizeScrollGesture', { x: 200, y: 40, xDistance: 700, gestureSourceType: 'touch' })), 'swipe to the side').toEqual([]);
    expect(await changedBy(() => debug.send('Input.synthesizeTapGesture', { x: 540, y: 40, duration: 1200, gestureSourceType: 'touch' })), 'long press').toEqual([]);
    const drop = async () => {
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await debug.send('Input.dispatchDragEvent', { type, x: 540, y: 900, data: { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 } });
    };
    expect(await changedBy(drop), 'a dropped file').toEqual([]);
    await debug.detach();
  });

  test('by what a page can do: go elsewhere, open, print, store, ask', async () => {
    const attempts: Readonly<Record<string, string>> = {
      'another page': `location.href = '${address}/'`,
      'a file': `location.href = 'file:///etc/hostname'`,
      'another host of the scheme': `location.href = 'jinban://elsewhere/index.html'`,
      'a page of data': `location.href = 'data:text/html,<h1>elsewhere</h1>'`,
      'a script as address': `location.href = 'javascript:document.title="elsewhere"'`,
      'an open window': `window.open('${address}/')`,
      'a window of its own': `window.open('about:blank')`,
      'a link with a target': `Object.assign(document.createElement('a'), { href: '${address}/', target: '_blank' }).click()`,
      'a download': `Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['kept'])), download: 'kept.txt' }).click()`,
      'a form': `(() => { const form = Object.assign(document.createElement('form'), { action: '${address}/', method: 'post' }); document.body.append(form); form.submit(); form.remove(); })()`,
      'a refresh': `document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=${address}/' }))`,
      'an alert': `alert('elsewhere')`,
      'a print': `window.print()`,
      'the whole screen': `document.documentElement.requestFullscreen().catch(() => undefined)`,
    };
    for (const [what, code] of Object.entries(attempts)) {
      expect(await changedBy(() => inPage(`void (${code}); new Promise((resolve) => void setTimeout(resolve, 150))`)), what).toEqual([]);
    }
    expect(arrived).toEqual([]);
  });

  test('nothing is reached beyond the own page, and nothing is asked of the machine but the camera', async () => {
    const look = async (other: string) => {
      const got: string[] = [];
      const tries: Record<string, () => Promise<unknown>> = {
        web: () => fetch(other),
        file: () => fetch('file:///etc/hostname'),
        'web, unread': () => fetch(other, { mode: 'no-cors' }),
        above: () => fetch('jinban://kiosk/../main/core.mjs').then((answer) => (answer.ok ? answer : Promise.reject(new Error(String(answer.status))))),
        socket: () => new Promise((resolve, reject) => Object.assign(new WebSocket(other.replace('http', 'ws')), { onopen: resolve, onerror: reject })),
        picture: () => new Promise((resolve, reject) => Object.assign(new Image(), { onload: resolve, onerror: reject, src: `${other}/a.png` })),
        place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 2000 })),
        notices: async () => ((await Notification.requestPermission()) === 'granted' ? true : Promise.reject(new Error('refused'))),
        clipboard: () => navigator.clipboard.readText(),
        screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
        microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
        files: () => (window as unknown as { showOpenFilePicker(): Promise<unknown> }).showOpenFilePicker(),
        midi: () => navigator.requestMIDIAccess({ sysex: true }),
      };
      for (const bus of ['usb', 'hid', 'serial', 'bluetooth'] as const) {
        tries[bus] = async () => {
          const api = (navigator as unknown as Record<string, { requestDevice?(options: object): Promise<unknown>; requestPort?(options: object): Promise<unknown> } | undefined>)[bus];
          const found = await (bus === 'serial' ? api?.requestPort?.({}) : api?.requestDevice?.(bus === 'bluetooth' ? { acceptAllDevices: true } : { filters: [] }));
          return found === undefined || (Array.isArray(found) && found.length === 0) ? Promise.reject(new Error('nothing')) : found;
        };
      }
      for (const [name, attempt] of Object.entries(tries)) {
        const answer = await Promise.race([attempt().then(() => true, () => false), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 3000))]);
        if (answer) got.push(name);
      }
      const states = await Promise.all(['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'persistent-storage', 'midi'].map(async (name) => [name, (await navigator.permissions.query({ name: name as PermissionName })).state] as const));
      return { got, granted: states.filter(([, state]) => state === 'granted').map(([name]) => name), node: [typeof require, typeof process] };
    };
    const reached = await inPage(`(${look.toString()})(${JSON.stringify(address)})`);
    expect(arrived).toEqual([]);
    expect(reached).toEqual({ got: [], granted: ['camera'], node: ['undefined', 'undefined'] });
  });

  test('by an end of the window: the desktop cannot close it, and one that its page closes is opened anew', async () => {
    expect(await changedBy(() => window.app.evaluate(({ BrowserWindow: Windows }) => Windows.getAllWindows()[0]?.close())), 'the desktop').toEqual([]);
    await inPage('void setTimeout(() => window.close(), 0)');
    await expect.poll(() => stage.log.join('').includes('window-opened-anew'), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => inPage("document.querySelector('.app-step:not([inert]) h1') !== null"), { timeout: 20_000 }).toBe(true);
    expect(await standing()).toMatchObject({ windows: 1, pages: 1, mark: undefined });
  });
});
