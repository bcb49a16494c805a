import { expect, test, vi } from 'vitest';
import { asks, inHand, openWindow, says, signIn } from '../../rigs/counter-page.ts';
import { atWork, deedsOf, entriesOf, firstOf, LONG, siteHall, takes } from './hall.ts';
import { expectSound } from '../console-look.ts';

vi.setConfig({ testTimeout: LONG });
const hall = siteHall();

test('a clerk\'s working day by keyboard alone, from signing in to signing out', async () => {
  const site = await hall.open();
  const page = await hall.page(firstOf(site));
  const { keyboard } = page;
  await signIn(page, 'wang.li');
  // The window of two businesses.
  await openWindow(page, 11);
  await expect.poll(() => inHand(page)).toBe('—');

  // Twenty numbers are the machine's own. Three people who do not get on with the machine, one of them old.
  for (const code of ['A021', 'A022', 'A023']) {
    await keyboard.press('q');
    await asks(page, '代取号');
    if (code === 'A023') {
      await keyboard.press('Tab');
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
    await asks(page, '请把这个号写给他');
    expect(await page.locator('.taken').textContent()).toBe(code);
    await keyboard.press('Enter');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  await page.locator('.next-code', { hasText: 'A023' }).waitFor();
  await page.getByText('轮到：优先').waitFor();

  await keyboard.press('n');
  await says(page, '叫了 A023');
  await expect.poll(() => inHand(page)).toBe('A023');
  // What cannot be done now is said, and not done.
  await keyboard.press('f');
  await says(page, '还没有开始办理');
  await keyboard.press('r');
  await says(page, '又叫了一次 A023');
  await keyboard.press('s');
  await says(page, 'A023 开始办理');

  await keyboard.press('l');
  await asks(page, '留言');
  await keyboard.type('少一张照片');
  await keyboard.press('Enter');
  await says(page, '给 A023 的留言记下了');
  await page.getByText('少一张照片').waitFor();
  await keyboard.press('w');
  await asks(page, '旁边等');
  await keyboard.press('1');
  await says(page, 'A023 在旁边等');
  await expect.poll(() => inHand(page)).toBe('—');

  await keyboard.press('F2');
  await says(page, '叫了 A021');
  await keyboard.press('m');
  await says(page, 'A021 记为过号');
  await keyboard.press('b');
  await asks(page, '谁回来了');
  await keyboard.type('a23');
  await keyboard.press('Enter');
  await says(page, 'A023 回到队里了');
  await keyboard.press('c');
  await asks(page, '叫哪个号');
  await keyboard.type('21');
  await keyboard.press('Enter');
  await says(page, '叫了 A021');
  await keyboard.press('s');
  await says(page, 'A021 开始办理');

  // A second business of the same visit, at this very window; then finished, and the next one in one go: A023, who has a place here.
  await keyboard.press('t');
  await asks(page, 'A021 转到哪里');
  await keyboard.press('2');
  await keyboard.press('Tab');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await says(page, 'A021 在本窗口接着办另一项业务');
  await page.locator('.hand').getByText('企业登记').waitFor();
  await keyboard.press('g');
  await says(page, '办结了，叫了 A023');
  await keyboard.press('s');
  await says(page, 'A023 开始办理');
  await keyboard.press('y');
  await asks(page, '给谁优先');
  await keyboard.press('Enter');
  await page.locator('dialog').getByText('请写理由').waitFor();
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.type('持残疾人证');
  await keyboard.press('Enter');
  await says(page, 'A023 的优先改好了');
  await keyboard.press('t');
  await asks(page, 'A023 转到哪里');
  await keyboard.press('3');
  await keyboard.press('Enter');
  await says(page, 'A023 转过去了');

  await keyboard.press('o');
  await asks(page, '无号办理');
  await keyboard.press('Enter');
  await says(page, '无号办理已登记');
  await keyboard.press('p');
  await asks(page, '为什么暂停');
  await keyboard.press('2');
  await page.locator('.top').getByText('已暂停：用餐').waitFor();
  await keyboard.press('n');
  await says(page, '窗口暂停着');
  await keyboard.press('p');
  await says(page, '窗口恢复了');
  await keyboard.press('n');
  await says(page, '叫了 A022');
  await keyboard.press('z');
  await asks(page, '谁不办了');
  await keyboard.press('Enter');
  await says(page, 'A022 记为不办了');
  await keyboard.press('g');
  await says(page, '手里没有号');
  await keyboard.press('n');
  await says(page, '现在没有人等');
  await keyboard.press('u');
  await says(page, '没有撤销');

  await keyboard.press('d');
  await asks(page, '登记票卷');
  await keyboard.press('Tab');
  await keyboard.type('501');
  await keyboard.press('Tab');
  await keyboard.type('A504');
  await keyboard.press('Enter');
  await page.getByText('登记了 4 个，0 个没有登记').waitFor();
  await keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('.next-code', { hasText: 'A501' }).waitFor();
  await keyboard.press('x');
  await asks(page, '关闭 11 号窗口');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: '窗口没有开' }).waitFor();
  await keyboard.press('F10');
  await page.getByRole('heading', { name: '登录窗口叫号' }).waitFor();

  expect(deedsOf(site)).toEqual([
    'window-opened', 'issued', 'issued', 'issued', 'called', 'recalled', 'started', 'noted', 'suspended', 'called', 'missed', 'returned', 'called', 'started', 'transferred', 'called', 'started', 'finished', 'called', 'started', 'prioritised', 'transferred',
    'served', 'window-paused', 'window-opened', 'called', 'left', 'issued', 'issued', 'issued', 'issued', 'window-closed',
  ]);
  expect(new Set(entriesOf(site).filter(({ deed }) => deed.kind !== 'leased').map(({ account }) => account))).toEqual(new Set(['wang.li']));
  const prioritised = entriesOf(site).find(({ deed }) => deed.kind === 'prioritised');
  expect(prioritised).toMatchObject({ account: 'wang.li', deed: { reason: '持残疾人证' } });
});

test('two counters want one ticket at one moment: one has it, the other is told, and nobody is called twice', async () => {
  const site = await hall.open({ machines: 3 });
  const [first, second] = await Promise.all([atWork(hall, firstOf(site), 'wang.li', 1), atWork(hall, site.machines[1] ?? firstOf(site), 'chen.jie', 2)]);
  const code = await takes(firstOf(site), 'social-security');
  await Promise.all([first, second].map((page) => page.locator('.next-code', { hasText: code }).waitFor()));
  await Promise.all([first, second].map((page) => page.keyboard.press('n')));
  await Promise.all([first, second].map((page) => page.locator('.line:not([data-tone=plain])').waitFor()));
  const told = await Promise.all([first, second].map((page) => page.locator('.line').textContent()));
  expect(new Set(told)).toEqual(new Set([`叫了 ${code}。`, '现在没有人等。']));
  expect(deedsOf(site).filter((kind) => kind === 'called')).toHaveLength(1);

  // By name, too: who comes second reads what became of it.
  const [winner, loser] = told[0] === `叫了 ${code}。` ? [first, second] : [second, first];
  await winner.keyboard.press('s');
  await says(winner, `${code} 开始办理`);
  await winner.keyboard.press('f');
  await says(winner, `${code} 办结了`);
  const other = await takes(firstOf(site), 'social-security');
  for (const page of [winner, loser]) {
    await page.locator('.tickets').getByText(other).waitFor();
    await page.keyboard.press('c');
    await asks(page, '叫哪个号');
    await page.keyboard.type(other);
  }
  await Promise.all([winner, loser].map((page) => page.keyboard.press('Enter')));
  await expect.poll(async () => new Set(await Promise.all([winner, loser].map(inHand)))).toEqual(new Set([other, '—']));
  const [behind] = await inHand(winner) === other ? [loser] : [winner];
  await behind?.locator('dialog').getByRole('alert').getByText(/这个号刚被别的窗口叫走|不在这里能选的号里|选的号刚刚有变动/).waitFor();
  expect(deedsOf(site).filter((kind) => kind === 'called')).toHaveLength(2);
});

test('keys count again when the counter shows what was granted, however late its line tells', async () => {
  const site = await hall.open();
  const page = await hall.page(firstOf(site));
  // Every word of a line comes half a second late.
  await page.evaluate(() => {
    const prompt = window.fetch;
    window.fetch = async (request, init) => {
      const answer = await prompt(request, init);
      if (!(request instanceof Request) || !request.url.includes('/counters/') || answer.body === null) return answer;
      const late = new TransformStream<Uint8Array, Uint8Array>({
        async transform(chunk, controller) {
          await new Promise((resolve) => void setTimeout(resolve, 500));
          controller.enqueue(chunk);
        },
      });
      return new Response(answer.body.pipeThrough(late), answer);
    };
  });
  await signIn(page, 'wang.li');
  await openWindow(page, 1);
  const code = await takes(firstOf(site), 'social-security');
  await page.locator('.next-code', { hasText: code }).waitFor();
  await page.keyboard.press('n');
  await page.locator('.line').getByText('正在叫下一位').waitFor();
  await says(page, `叫了 ${code}`);
  expect(await inHand(page)).toBe(code);
});

test('a choice in a list never becomes another: whoever was chosen and is called elsewhere meanwhile is not replaced by the next in line', async () => {
  const site = await hall.open();
  const machine = firstOf(site);
  const [first, second] = await Promise.all([atWork(hall, machine, 'wang.li', 1), atWork(hall, machine, 'chen.jie', 2)]);
  const [code] = [await takes(machine, 'social-security'), await takes(machine, 'social-security')];
  await first.locator('.next-code', { hasText: code }).waitFor();
  await first.keyboard.press('c');
  await asks(first, '叫哪个号');
  await second.keyboard.press('n');
  await says(second, `叫了 ${code}`);
  await first.locator('[role=option]', { hasText: code }).waitFor({ state: 'detached' });
  await first.keyboard.press('Enter');
  await first.locator('dialog').getByText('选的号刚刚有变动').waitFor();
  expect(await inHand(first)).toBe('—');
  expect(deedsOf(site).filter((kind) => kind === 'called')).toHaveLength(1);
});

test('the machine dies in mid-wish: the page goes on with the next one under the same id, and the call is done once', async () => {
  const site = await hall.open({ machines: 3 });
  const dying = firstOf(site);
  const page = await atWork(hall, dying, 'wang.li', 1);
  const [code, other] = [await takes(dying, 'social-security'), await takes(dying, 'social-security')];
  await page.locator('.next-code', { hasText: code }).waitFor();
  const ids: string[] = [];
  // It does what was wished, and dies before its answer is heard.
  await page.route('**/site/api/wishes', async (route) => {
    ids.push(route.request().postDataJSON().id);
    if (!route.request().url().startsWith(dying.origin)) return route.continue();
    await route.fetch();
    await dying.stop();
    await route.abort('connectionreset');
  });
  await page.keyboard.press('n');
  await says(page, `叫了 ${code}`);
  // Said when the counter shows it, so that the next key acts on it.
  expect(await inHand(page)).toBe(code);
  expect([ids.length >= 2, new Set(ids).size]).toEqual([true, 1]);
  expect(deedsOf(site).filter((kind) => kind === 'called')).toHaveLength(1);
  // And the day goes on there, the live line too.
  await page.keyboard.press('s');
  await says(page, `${code} 开始办理`);
  await page.keyboard.press('g');
  await says(page, `办结了，叫了 ${other}`);
  expect(await inHand(page)).toBe(other);
  expect(await page.locator('.band').count()).toBe(0);
});

test('a wish that nobody answers: the page says so, takes nothing else, and can be told to stop waiting', async () => {
  const site = await hall.open();
  const page = await atWork(hall, firstOf(site), 'wang.li', 1);
  await takes(firstOf(site), 'social-security');
  await page.locator('.next-code', { hasText: 'A001' }).waitFor();
  await page.route('**/site/api/wishes', (route) => route.abort());
  await page.keyboard.press('n');
  await page.locator('.band').getByText('线路断了，正在重新送').waitFor();
  await page.keyboard.press('m');
  await page.keyboard.press('q');
  expect(await page.locator('dialog').count()).toBe(0);
  await expectSound(page, 'counter-again');
  await page.keyboard.press('Escape');
  await says(page, '不再等了');
  await page.unroute('**/site/api/wishes');
  await page.keyboard.press('n');
  await says(page, '叫了 A001');
  expect(deedsOf(site).filter((kind) => kind === 'called')).toHaveLength(1);
});

test('a key that is held down, two keys of one moment, a double click and a Chinese input method: one call each', async () => {
  const site = await hall.open();
  const page = await atWork(hall, firstOf(site), 'wang.li', 1);
  for (let count = 0; count < 6; count += 1) await takes(firstOf(site), 'social-security');
  const calls = () => deedsOf(site).filter((kind) => kind === 'called').length;
  const missed = async () => {
    await page.keyboard.press('m');
    await says(page, '记为过号');
  };
  // The browser's own repeats of a key that stays down.
  for (let count = 0; count < 8; count += 1) await page.keyboard.down('n');
  await page.keyboard.up('n');
  await says(page, '叫了 A001');
  expect(calls()).toBe(1);
  await missed();
  await Promise.all([page.keyboard.press('n'), page.keyboard.press('F2'), page.keyboard.press('n')]);
  await says(page, '叫了 A002');
  expect(calls()).toBe(2);
  await missed();
  await page.getByRole('button', { name: /^下一位/ }).dblclick();
  await says(page, '叫了 A003');
  // As slow as a double click may be: the first was answered long ago.
  await page.getByRole('button', { name: /^重呼/ }).dblclick({ delay: 120 });
  await says(page, '又叫了一次');
  await missed();
  // Held on the button that has the focus.
  await page.getByRole('button', { name: /^下一位/ }).focus();
  for (let count = 0; count < 5; count += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await says(page, '叫了 A004');
  await missed();
  // What Chromium tells of a key that an input method has taken.
  await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'KeyN', keyCode: 229, bubbles: true, cancelable: true })));
  await says(page, '叫了 A005');
  expect([calls(), deedsOf(site).filter((kind) => kind === 'recalled').length]).toEqual([5, 1]);
});
