import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { openTerminalWindow, type TerminalWindow } from '../../build/demo/window.ts';
import { type Display, displayMend, startDisplay } from '../../build/display.ts';
import { prepareTerminal } from '../../build/terminal.ts';
import type { CaseId } from '../../domain/ids.ts';
import { well } from '../rigs/citizen.ts';
import { type Clerk, signIn } from '../rigs/clerk.ts';
import { startTestCounty } from '../rigs/county.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';

declare global {
  // Stands in the terminal's page: what was said so far.
  var said: string[];
}

const SIZE = { width: 1080, height: 1920 };
/** Beyond the pause by which a scanner is told from a person. */
const KEY_MS = 45;

let folder: string;
let county: County;
let display: Display;
let window: TerminalWindow;
let clerk: Clerk;
const log: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-voice-'));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '住址　浙江省新昌县', '登记机关　样张', '本页为样张', '内容均为虚构', '常住人口登记卡', '籍贯　浙江新昌'] });
  county = await startTestCounty({ folder: join(folder, 'county'), size: SIZE });
  const shown = await startDisplay(SIZE);
  if (!shown.ok) throw new Error(`${shown.error.reason}. ${displayMend}`);
  display = shown.value;
  window = await openTerminalWindow({ electron: await prepareTerminal(), config: county.config, film, display: display.name, log: (line) => log.push(line) });
  await until('enrolment', () => log.some((line) => line.includes('lease-added')), 60_000);
  clerk = await signIn(county.hallUrl, 'wang', 'jinban-demo-wang');
  // What was said, in order: the caption shows each piece when it begins.
  await window.page.evaluate(() => {
    const said: string[] = [];
    globalThis.said = said;
    new MutationObserver(() => {
      const text = document.querySelector('.voice-caption')?.textContent ?? '';
      if (text !== '' && said.at(-1) !== text) said.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}, 180_000);
afterAll(async () => {
  await window?.close();
  await county?.stop();
  await display?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Keys as a pad brings them to Electron. */
async function press(keys: string): Promise<void> {
  await window.app.evaluate(async ({ BrowserWindow }, { strokes, wait }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    for (const keyCode of strokes) {
      contents.sendInputEvent({ type: 'keyDown', keyCode });
      contents.sendInputEvent({ type: 'char', keyCode });
      contents.sendInputEvent({ type: 'keyUp', keyCode });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }, { strokes: [...keys], wait: KEY_MS });
}

/** Everything that was said so far. */
const allSaid = () => window.page.evaluate(() => [...globalThis.said]);
let heardUpTo = 0;

/** Waits until one of the next things that are said has these words. */
async function hear(...words: readonly string[]): Promise<string> {
  const found = await window.page
    .waitForFunction(([wanted, from]) => {
      const at = globalThis.said.findIndex((text, index) => index >= from && wanted.every((one) => text.includes(one)));
      return at === -1 ? false : { at, text: globalThis.said[at] ?? '' };
    }, [words, heardUpTo] as const, { timeout: 60_000, polling: 30 })
    .then((handle) => handle.jsonValue(), async () => {
      throw new Error(`never heard ${words.join(' … ')}: ${(await allSaid()).slice(-14).join(' | ')}\n${log.slice(-4).join('')}`);
    });
  if (found === false) throw new Error('nothing heard');
  heardUpTo = found.at + 1;
  return found.text;
}

/** Presses, and waits for what is said to it. */
async function pressAndHear(keys: string, ...words: readonly string[]): Promise<string> {
  heardUpTo = (await allSaid()).length;
  await press(keys);
  return hear(...words);
}

/** Goes from place to place until one with these words is come to, as somebody who hears would. */
async function walkTo(words: string, key = '8'): Promise<string> {
  for (let presses = 0; presses < 40; presses += 1) {
    const said = await pressAndHear(key, '');
    if (said.includes(words)) return said;
    if (said.includes(zhCN['voice.last'])) break;
  }
  throw new Error(`never came to ${words} by ${key}: ${(await allSaid()).slice(-40).join(' | ')}`);
}

/** A word by the keys of its pinyin: candidates are heard until it is the one. */
async function word(digits: string, wanted: string): Promise<void> {
  await press(digits);
  let said = await pressAndHear('#', '按 8 下一个');
  for (let presses = 0; presses < 60 && !new RegExp(`(个，|选定。)${wanted}[，；]`).test(said); presses += 1) said = await pressAndHear('8', '个，');
  await pressAndHear('5', `${wanted}。现在是：`);
}

test('who cannot see applies for the elder card, and rates it, by twelve keys and what is said', async () => {
  await pressAndHear('5', zhCN['voice.welcome'].slice(0, 20));
  await hear(zhCN['home.title'], zhCN['home.lead.said'], '处可以按');
  await pressAndHear('9999', '语速第 7 档');
  await walkTo('老年人优待证');
  await pressAndHear('5', '老年人优待证', '按 6，开始办理');
  await pressAndHear('6', zhCN['who.title']);
  await walkTo(zhCN['who.way.self']);
  await pressAndHear('5', '您满60周岁了吗');
  for (const [answer, next] of [['满60周岁了', '您为什么来办'], ['第一次办', '您的户口在新昌县吗'], ['在新昌县', zhCN['situation.bring.title']]] as const) {
    await walkTo(`${answer}，按钮`);
    await pressAndHear('5', next);
  }
  await pressAndHear('6', zhCN['identify.title'], zhCN['identify.place']);
  await county.device('id-card-reader', 'place elder');
  await hear('您住在哪里');
  await county.device('id-card-reader', 'remove');

  expect(await walkTo('羽林街道')).toBe('现在居住的乡镇（街道）。羽林街道，选项，没有选。选您平时住的地方，不一定是户口所在地。第 1 个，共 12 个。');
  await walkTo('沙溪镇');
  await pressAndHear('5', '沙溪镇，已选');
  // Answered before the card already.
  expect(await walkTo('是，选项')).toContain('已选');
  await pressAndHear('6', '怎么联系您');
  // What is missing is said, with the place where it is missing.
  await pressAndHear('6', '紧急联系人：');

  await walkTo('您的电话：这一项要填写，按钮');
  await pressAndHear('5', '您的电话，输入框，还没有填，填得不对');
  await pressAndHear('5', '开始填您的电话');
  await pressAndHear('13800001234#', '填好了：13800001234');
  await walkTo('紧急联系人，输入框，还没有填，填得不对');
  await pressAndHear('5', '拼音字母');
  await word('54', '李');
  expect((await allSaid()).at(-2)).toMatch(/^第 \d+ 个，李，行李的李。?$/);
  await word('2374', '测试');
  await pressAndHear('#', '填好了：李测试');
  await walkTo('子女，选项');
  await pressAndHear('5', '子女，已选');
  await walkTo('紧急联系人电话');
  await pressAndHear('5', '开始填紧急联系人电话');
  await pressAndHear('13900005678#', '填好了：13900005678');

  await pressAndHear('6', zhCN['materials.title']);
  await walkTo('居民户口簿');
  await walkTo(zhCN['materials.take']);
  await pressAndHear('5', '居民户口簿');
  await hear(zhCN['capture.live']);
  await pressAndHear('6', zhCN['capture.ok']);
  await pressAndHear('6', zhCN['materials.title']);
  await pressAndHear('6', zhCN['check.title']);

  // Nothing confirms what was not heard to its end.
  expect(await walkTo(zhCN['confirm.press'])).toContain(zhCN['voice.disabled']);
  await walkTo(zhCN['confirm.hear'], '2');
  await pressAndHear('5', '我申请办理老年人优待证');
  await pressAndHear('1', zhCN['check.title']);
  expect(await walkTo(zhCN['confirm.press'])).toContain(zhCN['voice.disabled']);
  await walkTo(zhCN['confirm.hear'], '2');
  await pressAndHear('5', '我申请办理老年人优待证');
  await hear(zhCN['confirm.ready']);
  await walkTo(zhCN['confirm.press']);
  await pressAndHear('5', zhCN['voice.on']);
  await pressAndHear('6', zhCN['handed-in.title']);
  const number = await window.page.locator('.handed-in-number strong').innerText();
  await walkTo(number);
  await pressAndHear('6', zhCN['goodbye.title']);
  await press('6');
  // The next person finds a machine that does not speak.
  await window.page.locator('.voice-caption').waitFor({ state: 'detached' });

  const id = (await until('the case with its scan at the hall', async () => (await clerk.inbox({ stage: 'all', query: number, after: '', limit: 5 })).rows.find((row) => row.number === number && row.missing === 0) ?? null, 60_000)).id as CaseId;
  const opened = await clerk.open({ id });
  if (!opened.ok) throw new Error('the clerk cannot open it');
  expect(opened.value.signature).toBeNull();
  expect(opened.value.form).toMatchObject({ town: '330624108', localHousehold: true, phone: '13800001234', emergencyName: '李测试', emergencyRelation: 'child', emergencyPhone: '13900005678' });
  expect(opened.value.actions[0]?.payload).toMatchObject({ kind: 'handed-in', signature: { confirmed: 'keypad' } });
  await well(clerk.claim({ id }));
  await well(clerk.accept({ id, lacking: [] }));
  await well(clerk.finish({ id, granted: true, words: '' }));

  await pressAndHear('5', zhCN['voice.welcome'].slice(0, 20));
  await pressAndHear('9999', '语速第 7 档');
  await walkTo(zhCN['home.progress']);
  await pressAndHear('5', zhCN['identify.place']);
  await county.device('id-card-reader', 'place elder');
  await hear(zhCN['progress.title.progress']);
  await county.device('id-card-reader', 'remove');
  await window.page.getByText(zhCN['case.can-print']).first().waitFor({ timeout: 60_000 });
  await walkTo('老年人优待证');
  await pressAndHear('5', '老年人优待证');
  await walkTo(zhCN['case.rate']);
  await pressAndHear('5', zhCN['rate.title']);
  await walkTo(zhCN['rate.level.5']);
  await pressAndHear('5', zhCN['rate.level.5'], zhCN['voice.chosen']);
  await pressAndHear('6', zhCN['goodbye.title']);
  await press('6');
  await window.page.locator('.voice-caption').waitFor({ state: 'detached' });
  // What was said is in no log.
  expect(log.join('')).not.toMatch(/李测试|13900005678/);
}, 240_000);
