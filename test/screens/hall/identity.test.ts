import { expect, onTestFinished, test, vi } from 'vitest';
import { totpCode, totpStep } from '../../../crypto/totp.ts';
import { sweepAudit } from '../../../hall/audit/chain.ts';
import { recordRead } from '../../../hall/audit/reads.ts';
import { COUNTY } from '../../../domain/staff/scope.ts';
import { caseId } from '../../fixtures/actions.ts';
import { elderCardHandIn, ELDER_CARD, enrolTerminal, signInAt } from '../../fixtures/hall.ts';
import { deskOfSuite, expectSound, LONG, signIn, visit } from './desk.ts';

vi.setConfig({ testTimeout: LONG });
const desk = deskOfSuite();

test('a role that must have a second factor enrols it, and gives its code at the next sign-in', async () => {
  const { hall } = desk;
  await signInAt(hall, 'zhao', 'auditor');
  // As a hall does that is no demonstration.
  hall.hall.ground.secondFactor = 'demanded';
  onTestFinished(() => {
    hall.hall.ground.secondFactor = 'off';
  });
  const page = await desk.open();
  await signIn(page, 'zhao', 'password-of-zhao');
  await page.getByRole('heading', { name: '启用动态口令' }).waitFor();
  await page.getByRole('img', { name: '动态口令的二维码' }).waitFor();
  await expectSound(page, 'enrol');
  const typed = (await page.locator('.enrol-typed code').textContent() ?? '').replaceAll(' ', '');
  const secret = Uint8Array.from([...typed].reduce((bits, letter) => bits + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'), '').match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
  const code = (steps = 0) => totpCode(secret, totpStep(hall.clock.now()) + steps);
  await page.getByLabel('输入手机上显示的六位数字').fill(code(9));
  await page.keyboard.press('Enter');
  await page.getByText('数字不对').waitFor();
  await page.getByLabel('输入手机上显示的六位数字').fill(code());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '抄下恢复码' }).waitFor();
  await expectSound(page, 'recovery-codes');
  const [recovery = ''] = await page.locator('.recovery li').allTextContents();
  expect(await page.getByRole('button', { name: '进入工作台' }).isDisabled()).toBe(true);
  await page.getByLabel('我已经抄好').check();
  await page.getByRole('button', { name: '进入工作台' }).click();
  await page.locator('.top').waitFor();

  await page.getByRole('button', { name: '退出登录' }).click();
  hall.clock.advance(31_000);
  await signIn(page, 'zhao', 'password-of-zhao');
  await page.getByRole('heading', { name: '输入动态口令' }).waitFor();
  await page.getByLabel('动态口令').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByText('口令不对').waitFor();
  await expectSound(page, 'code');
  // A page that is loaded anew goes on at the same step.
  await page.reload();
  await page.getByRole('button', { name: '手机不在身边？用恢复码' }).click();
  await page.getByLabel('恢复码').fill(recovery);
  await page.keyboard.press('Enter');
  await page.getByText('其后有 1 次没有登录成功').waitFor();
  await page.locator('.top-who').click();
  await page.getByText('还有 9 组恢复码没用过').waitFor();
  await expectSound(page, 'my-account');
});

test('a new account waits for a second person, and its first password is replaced', async () => {
  const { hall } = desk;
  for (const [account, role] of [['wang', 'clerk'], ['li', 'department'], ['sun', 'caretaker'], ['chen', 'editor']] as const) await signInAt(hall, account, role);
  const admin = await desk.enter('gao', 'administrator', 'accounts');
  await admin.getByRole('button', { name: '新建账号' }).click();
  const drawer = admin.getByRole('dialog', { name: '新建账号' });
  await drawer.getByRole('button', { name: '新建并提请复核' }).click();
  await drawer.getByText('请把账号和姓名填对').waitFor();
  await drawer.getByLabel('账号').fill('linxin');
  await drawer.getByLabel('姓名').fill('林新');
  await drawer.getByLabel('事项').click();
  await admin.locator('.ant-select-item-option').first().click();
  await admin.keyboard.press('Escape');
  await expectSound(admin, 'account-new');
  await drawer.getByRole('button', { name: '新建并提请复核' }).click();
  const given = await admin.locator('.one-time code').textContent() ?? '';
  await expectSound(admin, 'one-time-password');
  await admin.getByRole('button', { name: '已经交给本人' }).click();
  await admin.getByText('待复核').first().waitFor();
  await expectSound(admin, 'accounts');
  await admin.getByRole('button', { name: '打开 王芬' }).click();
  await admin.getByRole('dialog').getByText('重置密码').first().waitFor();
  await expectSound(admin, 'account');

  const supervisor = await desk.enter('shen', 'supervisor', 'proposals');
  await supervisor.getByText('linxin').waitFor();
  await expectSound(supervisor, 'proposals');
  await supervisor.getByRole('button', { name: '同意并执行' }).click();
  await supervisor.locator('.ant-popconfirm').getByRole('button', { name: '同意并执行' }).click();
  await supervisor.getByText('没有等复核的事').waitFor();
  await expectSound(supervisor, 'proposals-none');

  const page = await desk.open();
  await signIn(page, 'linxin', given);
  await page.getByRole('heading', { name: '换成自己的密码' }).waitFor();
  await page.getByLabel('新密码').fill('password1234');
  await page.getByLabel('再输一遍').fill('password1234');
  await page.keyboard.press('Enter');
  await page.getByText('太常见').waitFor();
  await expectSound(page, 'first-password');
  for (const label of ['新密码', '再输一遍']) await page.getByLabel(label).fill('a boat below the bridge');
  await page.keyboard.press('Enter');
  await page.getByText('欢迎，林新').waitFor();
});

test('the auditor finds who looked, what was done, and that the record holds', async () => {
  const { hall } = desk;
  const { ground } = hall.hall;
  const terminal = await enrolTerminal(hall);
  for (const number of [1, 2, 3]) await terminal.intake([terminal.maker.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: caseId(number) })]);
  const wang = await signInAt(hall, 'wang', 'clerk');
  await wang.call('POST', '/inbox', { stage: 'open', query: '', after: '', limit: 10 });
  await wang.call('GET', `/cases/${caseId(1)}`);
  for (let index = 0; index < 35; index += 1) await recordRead(ground, { account: 'li', name: '', role: 'clerk', scope: COUNTY }, { what: 'case', cases: [caseId(500 + index)], blob: null });
  hall.clock.advance(2 * 86_400_000);
  await sweepAudit(ground);
  const page = await desk.enter('qian', 'auditor', 'audit');
  await page.getByText('填好条件后查询').waitFor();
  await expectSound(page, 'audit-empty');
  await page.getByLabel('看的是谁').fill('330624199001010018');
  await page.keyboard.press('Enter');
  await page.getByText('请核实是否都是工作需要').waitFor();
  await page.getByRole('cell', { name: '打开办件' }).waitFor();
  await expectSound(page, 'audit-reads');
  await page.getByRole('tab', { name: '操作记录' }).click();
  await page.getByRole('tabpanel', { name: '操作记录' }).getByRole('button', { name: '查询' }).click();
  await page.getByRole('cell', { name: '查查阅记录' }).waitFor();
  await expectSound(page, 'audit-deeds');
  await page.getByRole('tab', { name: '每日封存' }).click();
  await page.getByRole('button', { name: '核验这段' }).click();
  await page.getByText(/^完好：/).waitFor();
  await expectSound(page, 'audit-days');
  await hall.db.write((write) => write.updateTable('deed').set({ subject: 'somebody' }).where('position', '=', 2).execute());
  await page.getByRole('button', { name: '核验这段' }).click();
  await page.getByText('内容被改过').waitFor();
  await expectSound(page, 'audit-broken');
  await visit(page, 'accounts');
  expect(await page.getByRole('link', { name: '账号', exact: true }).count()).toBe(0);
});
