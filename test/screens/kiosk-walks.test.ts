import { describe, expect, test } from 'vitest';
import { keep, kioskOfSuite, LANDSCAPE, LONG, PORTRAIT, pressDigits, show } from './kiosk-stage.ts';
import { breaches, seriousFaults, settle } from './look.ts';
import { expectBlanksRead, expectSpoken } from './walks.ts';

/** How long a finger rests on the screen when it presses. */
const FINGER_MS = 250;

/** How much of a kept page's lowest three hundredths is white, and how much is print. Runs in the page. */
async function bandOf(element: Element): Promise<{ white: number; ink: number }> {
  const picture = element as HTMLImageElement;
  await picture.decode();
  const canvas = document.createElement('canvas');
  const height = Math.floor(picture.naturalHeight * 0.024);
  Object.assign(canvas, { width: picture.naturalWidth, height });
  const pen = canvas.getContext('2d')!;
  pen.drawImage(picture, 0, height - picture.naturalHeight);
  const { data } = pen.getImageData(0, 0, canvas.width, height);
  const count = (is: (red: number, green: number) => boolean) => data.filter((_value, at) => at % 4 === 0 && is(data[at] ?? 0, data[at + 1] ?? 0)).length / (data.length / 4);
  return { white: count((red, green) => red > 240 && green > 240), ink: count((red, green) => green < 90 && red > 60) };
}

const { open } = kioskOfSuite();

describe('somebody at the kiosk', () => {
  test('a finger that rests on a tile while the devices come back, and the screen has more to show, has pressed it', async () => {
    const { page, faults } = await open(PORTRAIT);
    await show(page, 'home-trouble');
    const before = await page.locator('.tile').first().boundingBox();
    if (before === null) throw new Error('no tile');
    await page.mouse.move(before.x + before.width / 2, before.y + before.height - 8);
    await page.mouse.down();
    await page.evaluate(() => window.showScene('home'));
    await page.waitForTimeout(FINGER_MS);
    await page.mouse.up();
    await page.getByRole('heading', { level: 1, name: '要办哪件事？' }).waitFor();
    await page.evaluate(() => window.showScene('home'));
    await page.locator('.home-quick').waitFor();
    // Otherwise the finger would have met the tile anyway.
    expect((await page.locator('.tile').first().boundingBox())?.y).toBeLessThan(before.y - 8);
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test.each([['portrait', PORTRAIT], ['landscape', LANDSCAPE]] as const)('%s: a citizen finds an item by typing pinyin on the screen', async (name, size) => {
    const { page, faults } = await open(size);
    await show(page, 'items');
    await page.getByRole('textbox').click();
    for (const letter of 'yyzz') await page.locator('.key', { hasText: new RegExp(`^${letter}$`) }).click();
    await page.locator('.candidates-strip .key-best', { hasText: /^营业执照$/ }).waitFor();
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, `${name}-keyboard-pinyin`);
    await page.locator('.candidates-strip .key').first().click();
    expect(await page.getByRole('textbox').inputValue()).toBe('营业执照');
    await page.getByRole('button', { name: /老年人优待证办理/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /个体工商户设立登记/ }).waitFor();
    expect(await page.locator('.item-card').count()).toBe(1);
    await page.locator('.key-done').click();
    await page.locator('.keyboard').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test.each([
    { name: 'portrait', size: PORTRAIT, tools: [], words: ['拼音', '手写', '拼字', '展开候选'] },
    { name: 'landscape', size: LANDSCAPE, tools: [], words: ['拼音', '手写', '拼字', '展开候选'] },
    { name: 'elder-english', size: PORTRAIT, tools: ['elder', 'other'], words: ['Pinyin', 'Write', 'Parts', 'All candidates'] },
  ] as const)('$name: a name is typed by pinyin from the grid, written by hand, and put together from parts', async ({ name, size, tools, words: [pinyin, write, parts, more] }) => {
    const { page, faults } = await open(size);
    const look = async (what: string) => {
      await settle(page);
      expect(await breaches(page), `${name} ${what}`).toEqual([]);
      if (name === 'portrait') expect(await seriousFaults(page), what).toEqual([]);
      await keep(page, `${name}-keyboard-${what}`);
    };
    const layer = (words: string) => page.locator('.layers').getByRole('button', { name: words, exact: true }).click();
    await show(page, 'items', tools);
    await page.getByRole('textbox').click();
    await layer(pinyin);
    await look('layers');
    for (const letter of 'zhang') await page.locator('.key', { hasText: new RegExp(`^${letter}$`) }).click();
    await page.getByRole('button', { name: more }).click();
    await look('grid');
    await page.locator('.press-grid .key', { hasText: /^张$/ }).click();

    await layer(write);
    const box = await page.locator('.writing canvas').boundingBox();
    if (box === null) throw new Error('there is nowhere to write');
    // 王: three across and one down, as a finger draws them.
    const side = box.height * 0.7;
    const [left, top] = [box.x + box.width / 2 - side / 2, box.y + box.height * 0.15];
    for (const [x1, y1, x2, y2] of [[0.1, 0.08, 0.9, 0.04], [0.18, 0.5, 0.84, 0.46], [0.5, 0.06, 0.5, 0.94], [0, 0.96, 1, 0.93]] as const) {
      await page.mouse.move(left + x1 * side, top + y1 * side);
      await page.mouse.down();
      await page.mouse.move(left + x2 * side, top + y2 * side, { steps: 5 });
      await page.mouse.up();
    }
    await page.locator('.candidates-strip .key-best', { hasText: /^王$/ }).waitFor();
    await look('write');
    await page.locator('.candidates-strip .key-best').click();

    await layer(parts);
    await page.locator('.press-grid .key', { hasText: /^氵$/ }).click();
    await look('parts');
    await page.locator('.press-grid .key', { hasText: /^灬$/ }).click();
    await page.locator('.candidates-strip .key', { hasText: /^漹$/ }).click();
    expect(await page.getByRole('textbox').inputValue()).toBe('张王漹');
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('a citizen walks from the guide to the receipt: form with errors, camera, signature', async () => {
    const { page, faults } = await open(PORTRAIT);
    await show(page, 'identify-place');
    await page.evaluate(() => window.showScene('form'));
    await page.getByRole('button', { name: /下一部分/ }).click();
    await page.locator('.error-summary').waitFor();
    expect(await page.locator('.error-summary').evaluate((element) => element === document.activeElement)).toBe(true);
    await keep(page, 'portrait-form-errors');
    await page.getByText('儒岙镇', { exact: true }).click();
    await page.getByRole('button', { name: /下一部分/ }).click();
    await page.getByRole('heading', { level: 1, name: '怎么联系您' }).waitFor();
    await page.locator('#field-phone').click();
    await page.locator('#field-phone').fill('');
    await pressDigits(page, '13800001234');
    expect(await page.locator('#field-phone').inputValue()).toBe('13800001234');
    await page.locator('.field-saved', { hasText: '已保存' }).first().waitFor();
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    await keep(page, 'portrait-form-keypad');
    await page.locator('.key-done').click();
    await page.getByRole('button', { name: '填好了，下一步' }).click();

    await page.getByRole('button', { name: /开始拍.*户口簿/ }).click();
    const shutter = page.getByRole('button', { name: '拍照' });
    await shutter.and(page.locator(':not([data-disabled])')).waitFor();
    await keep(page, 'portrait-camera');
    expect(await breaches(page)).toEqual([]);
    await shutter.click();
    await page.getByText('清楚，可以保存').waitFor();
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, 'portrait-camera-check');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已拍 1 页').waitFor();
    // The copy that is kept says what it was made for, on ground of its own below the page.
    await page.locator('img.page-picture').waitFor();
    const band = await page.locator('img.page-picture').evaluate(bandOf);
    expect(band.white).toBeGreaterThan(0.5);
    expect(band.ink).toBeGreaterThan(0.03);
    await keep(page, 'portrait-materials-taken');
    await page.getByRole('button', { name: '下一步：核对' }).click();

    await page.getByRole('button', { name: '确认提交' }).click();
    await page.getByText('请先在框里签名').waitFor();
    const box = await page.locator('.signature-field').boundingBox();
    if (box === null) throw new Error('the signature field is not on the screen');
    await page.mouse.move(box.x + 200, box.y + 120);
    await page.mouse.down();
    for (const [x, y] of [[330, 90], [300, 190], [420, 110], [400, 200], [560, 120], [520, 210]] as const) await page.mouse.move(box.x + x, box.y + y, { steps: 6 });
    await page.mouse.up();
    await keep(page, 'portrait-signature');
    await page.getByRole('button', { name: '确认提交' }).click();
    await page.locator('h1', { hasText: '请核对' }).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('who has no paper reads the promise, and agrees to it apart from everything else', async () => {
    const { page, faults } = await open(PORTRAIT);
    await show(page, 'materials-empty');
    await page.getByRole('button', { name: /用承诺代替/ }).click();
    await page.getByRole('heading', { level: 1, name: /用承诺代替/ }).waitFor();
    await page.getByRole('button', { name: '确认承诺' }).click();
    await page.getByText('请先按一下上面的方框').waitFor();
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, 'portrait-promise');
    await page.getByRole('button', { name: '我看清了，我承诺这些话是真的' }).click();
    await page.getByRole('button', { name: '确认承诺' }).click();
    await page.getByText('您用承诺代替了这份材料').waitFor();
    await page.getByRole('button', { name: /取消承诺/ }).click();
    await page.getByText('您用承诺代替了这份材料').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('pictures come from the own phone and pages from the own stick; what cannot be read says so', async () => {
    const { page, faults } = await open(PORTRAIT);
    const look = async (name: string) => {
      await settle(page);
      expect(await breaches(page), name).toEqual([]);
      expect(await seriousFaults(page), name).toEqual([]);
      await keep(page, `portrait-${name}`);
    };
    await show(page, 'materials-scanner');
    await page.getByRole('button', { name: /用自己的手机/ }).last().click();
    await page.getByRole('img', { name: '传照片的二维码' }).waitFor();
    await look('phone');
    await page.getByText('第 1 张，已收好').waitFor();
    await page.getByText('这个文件打不开，没有收').waitFor();
    await look('phone-joined');
    await page.getByRole('button', { name: '收好 1 张，返回材料' }).click();
    await page.getByRole('button', { name: /用自己的U盘/ }).last().click();
    await page.getByRole('button', { name: /打不开的文件/ }).click();
    await page.getByText('这个文件有密码').waitFor();
    await look('stick');
    await page.getByRole('button', { name: /租房合同/ }).click();
    await page.getByRole('button', { name: '第 2 页' }).click();
    await look('stick-pages');
    await page.getByRole('button', { name: '用这 2 页' }).click();
    await page.getByRole('button', { name: '收好 2 页，返回材料' }).click();
    await page.getByText('已拍 3 页').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test.each([['portrait', PORTRAIT], ['landscape', LANDSCAPE]] as const)('%s: a pile of papers goes through the scanner; the empty back is left out, what fails says so', async (name, size) => {
    const { page, faults } = await open(size);
    await show(page, 'materials-scanner');
    await page.getByRole('button', { name: /用扫描仪/ }).last().click();
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, `${name}-scan`);
    await page.getByRole('button', { name: /扫正反两面/ }).click();
    await page.getByRole('button', { name: '扫好 2 页，返回材料' }).waitFor();
    await page.getByText('第 2 页是空白，没有收').waitFor();
    await page.getByText('放歪了').waitFor();
    await page.getByRole('button', { name: /玻璃板/ }).click();
    await page.getByText('扫描仪盖子没有关好').waitFor();
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, `${name}-scan-done`);
    await page.getByRole('button', { name: '扫好 2 页，返回材料' }).click();
    await page.getByText('已拍 2 页').first().waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('a citizen speaks instead of typing: the meter shows that it hears, and the recording is there to be heard; a call for help stands on the button', async () => {
    const { page, faults } = await open(PORTRAIT);
    await show(page, 'message');
    await expectSpoken(page, (picture) => keep(page, `portrait-${picture}`));
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('power that ends covers the screen; who only lacks a signature goes back to it and sees the seconds, and power that is back clears it', async () => {
    const { page, faults } = await open(PORTRAIT);
    await show(page, 'power-check');
    await page.getByRole('alertdialog').waitFor();
    await page.getByRole('button', { name: '回去签名提交' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.getByText('停电，还有 52 秒').waitFor();
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, 'portrait-power-signing');
    await page.evaluate(() => window.showScene('check'));
    await page.getByText('停电，还有').waitFor({ state: 'detached' });
    await page.evaluate(() => window.showScene('power-check'));
    await page.getByRole('alertdialog').waitFor();
    await page.evaluate(() => window.showScene('power-handed-in'));
    await page.getByText('请记下编号').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('core that goes away leaves what was typed on the screen, and core that comes back goes on', async () => {
    const { page } = await open(LANDSCAPE);
    await show(page, 'form-business');
    await page.locator('#field-familyMembers, #field-operatorAddress').first().fill('新昌县儒岙镇下里村 18 号');
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    await keep(page, 'landscape-form-keyboard');
    await page.evaluate(() => window.showScene('away'));
    await page.getByRole('heading', { name: '请稍候' }).waitFor();
    expect(await page.locator('.app-step').evaluate((element) => element.hasAttribute('inert'))).toBe(true);
    await page.evaluate(() => window.showScene('form-business'));
    await page.getByRole('heading', { name: '请稍候' }).waitFor({ state: 'detached' });
    expect(await page.locator('#field-operatorAddress').inputValue()).toContain('下里村');
    await page.context().close();
  }, LONG);

  test('who goes in the middle is told what to take, and can stay', async () => {
    const { page, faults } = await open(PORTRAIT);
    for (const [scene, take] of [['materials', ['身份证', '镜头下的原件']], ['items', []]] as const) {
      await show(page, scene, ['elder']);
      await page.locator('.tool-leave').click();
      await settle(page);
      expect(await page.getByRole('dialog').getByRole('listitem').allTextContents()).toEqual([...take]);
      expect(await breaches(page)).toEqual([]);
      await keep(page, `elder-leave-${scene}`);
      await page.getByRole('button', { name: '继续办理' }).click();
      expect(await page.getByRole('dialog').count()).toBe(0);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('the caretaker holds the seal, types the PIN and reads what went wrong; a short touch shows nothing', async () => {
    const { page, faults } = await open(PORTRAIT);
    await show(page, 'home-offline');
    const seal = page.locator('.brand');
    await seal.click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await seal.click({ delay: 4300 });
    await page.getByRole('dialog').waitFor();
    const type = async (pin: string) => {
      for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
    };
    await type('111111');
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText('密码不对').waitFor();
    await settle(page);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, 'portrait-caretaker-pin');
    await type('246810');
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByRole('heading', { level: 1, name: '本机管理' }).waitFor();
    await page.getByRole('button', { name: '写出到 U 盘' }).click();
    await page.getByText('U 盘已经不在了').waitFor();
    await page.getByRole('button', { name: '退出管理' }).click();
    await page.getByRole('heading', { level: 1, name: '本机管理' }).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test.each([['portrait', PORTRAIT], ['landscape', LANDSCAPE]] as const)('%s: the caretaker reads numbers off the blanks; what would make some of them missing is asked for twice', async (name, size) => {
    const { page, faults } = await open(size);
    await show(page, 'caretaker-papers');
    await expectBlanksRead(page, (picture) => keep(page, `${name}-${picture}`));
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('by the keypad the screen speaks, shows where the citizen is and what is said; nothing is cut off by it', async () => {
    const { page, faults } = await open(PORTRAIT);
    await show(page, 'check');
    const caption = page.locator('.voice-caption');
    await page.keyboard.press('5');
    await caption.getByText('朗读已打开').waitFor();
    // Nothing waits for the last place before it speaks.
    for (let presses = 0; presses < 40 && !(await page.evaluate(() => document.activeElement?.textContent ?? '')).includes('听一遍声明'); presses += 1) {
      await page.keyboard.press('8');
      await settle(page);
    }
    await caption.getByText('听一遍声明').waitFor();
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await keep(page, 'portrait-voice-check');
    expect(await page.locator('.check-confirm-tick').isDisabled()).toBe(true);
    await page.keyboard.press('5');
    await page.locator('.check-confirm-tick:enabled').waitFor();
    await page.keyboard.press('8');
    await page.keyboard.press('5');
    await page.locator('.check-confirm-tick[aria-pressed="true"]').waitFor();
    await show(page, 'home', ['elder', 'other']);
    await page.keyboard.press('8');
    await settle(page);
    expect(await breaches(page)).toEqual([]);
    await keep(page, 'elder-english-voice-home');
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);

  test('help, leaving and rating by keyboard alone', async () => {
    const { page } = await open(PORTRAIT);
    await show(page, 'rate');
    await page.getByRole('button', { name: '呼叫', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await settle(page);
    await keep(page, 'portrait-help');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: '不满意', exact: false }).first().waitFor({ state: 'detached' });
    await page.locator('.rate-tag').first().focus();
    await page.keyboard.press('Space');
    expect(await page.locator('.rate-tag[aria-pressed="true"]').count()).toBe(1);
    await settle(page);
    await keep(page, 'portrait-rate-chosen');
    expect(await breaches(page)).toEqual([]);
    await page.getByRole('button', { name: '提交评价' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /请带好东西/ }).waitFor();
    await page.context().close();
  }, LONG);
});
