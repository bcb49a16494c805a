import { beforeAll, describe, expect, test } from 'vitest';
import type { MessageKind } from '../../../domain/messages/message.ts';
import { TEMPLATE_NAMES } from '../../../domain/messages/sms-text.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { ulid } from '../../../domain/ids.ts';
import { registerMessage } from '../../../hall/messages/register.ts';
import { queueSms } from '../../../hall/messages/sms/queue.ts';
import { sweepSms } from '../../../hall/messages/sms/sweep.ts';
import { changeSetting } from '../../../hall/settings/settings.ts';
import { saveSurvey, takeSheet, turnSurvey } from '../../../hall/surveys/surveys.ts';
import { COUNTY } from '../../../domain/staff/scope.ts';
import { caseId } from '../../fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, enrolTerminal, signInAt } from '../../fixtures/hall.ts';
import { deskOfSuite, expectSound, LONG, visit } from './desk.ts';

const desk = deskOfSuite();
const idOf = (serial: number) => ulid(Date.UTC(2026, 10, 23), new Uint8Array(10).fill(serial));
const staff = { account: 'sun', name: '孙监督', role: 'supervisor' as const, scope: COUNTY };

beforeAll(async () => {
  const { hall, db } = desk;
  const { ground } = hall.hall;
  // A message that is old, one with a very long text, an anonymous one.
  const say = (serial: number, kind: MessageKind, words: string, person: { name: string; phone: string } | null, channel: 'phone' | 'terminal' = 'phone') =>
    db.write((write) => registerMessage(ground, write, { id: idOf(serial), kind, channel, site: '', subject: serial === 1 ? { kind: 'item', code: '', name: '老年人优待证办理' } : { kind: 'none' }, person, words, audio: null }, null));
  await say(1, 'complain', '办优待证跑了三趟，第一趟说缺照片，第二趟说照片底色不对，第三趟窗口没人。', { name: '王测试', phone: '13800000001' });
  await say(2, 'consult', '周末可以办居住证吗？', null, 'terminal');
  await say(3, 'suggest', `建议大厅里的饮水机换个位置。${'轮椅过不去，老人家也够不着。'.repeat(30)}`, { name: '李测试', phone: '' }, 'terminal');
  await say(4, 'guide-error', '优待证指南上的电话打不通，号码少一位。', { name: '', phone: '13800000002' });

  // Three poor ratings of cases that Wang refused.
  const terminal = await enrolTerminal(hall);
  const wang = await signInAt(hall, 'wang', 'clerk');
  for (let serial = 1; serial <= 3; serial += 1) {
    const id = caseId(serial);
    await terminal.intake([terminal.maker.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: id })]);
    await wang.call('POST', `/cases/${id}/refuse`, { reason: '年龄不到' });
    await terminal.intake([terminal.maker.make({ kind: 'rated', level: serial === 3 ? 2 : 1, tags: serial === 1 ? ['113', '115'] : [], words: serial === 1 ? '一次没有说清楚，跑了三趟。' : '' }, { code: ELDER_CARD, case: id })]);
  }
  // Enough others for stars.
  for (let serial = 0; serial < 60; serial += 1) {
    await db.write((write) => write.insertInto('rating').values({
      division: '330624', case_id: caseId(100 + serial), action_id: `a${serial}`, number: `3306242026${String(serial).padStart(8, '0')}`, level: [5, 5, 5, 4, 4, 3, 5, 5, 4, 1][serial % 10] ?? 5, tags: '[]', indicators: 1, channel: 'terminal', paper: null, registered_by: null,
      item_code: `item ${serial % 3}`, item_name: ['居住证签注', '个体工商户注册登记', '取水许可（新办、变更、延续）以及其他名称很长的一个事项'][serial % 3] ?? '', department: 'x', site: '儒岙镇便民服务中心', clerk: 'li', rated_on: '2026-10-12', rated_at: '2026-10-12T02:00:00.000Z', excluded: serial % 29 === 0,
      follow_level: null, follow_words: null, follow_paper: null, follow_at: null,
    }).execute());
  }
  await changeSetting(ground, staff, 'sms.on', 1);
  for (let serial = 1; serial <= 3; serial += 1) await db.write((write) => queueSms(ground, write, [{ cause: `s${serial}`, notice: NOTICES.accepted ?? { template: 'case-accepted', stage: '' }, phone: '13800000000', number: '330624202600000001' }]));
  const outcomes = [{ kind: 'accepted' as const }, { kind: 'refused' as const, code: 'bad-phone', again: false }, { kind: 'unreachable' as const }];
  await sweepSms(ground, { send: () => Promise.resolve(outcomes.shift() ?? { kind: 'accepted' }), ask: () => Promise.resolve({ kind: 'unreachable' }) });

  const survey = idOf(90);
  await saveSurvey(ground, staff, survey, {
    title: '午间和周末要不要办事', intro: '三个问题，半分钟。', sites: [], from: '2026-11-01', to: '2026-12-31', once: 'anonymous',
    questions: [
      { kind: 'single', key: 'when', asked: '您希望什么时候也能办？', required: true, options: [{ value: 'noon', label: '工作日中午' }, { value: 'sat', label: '周六上午' }, { value: 'none', label: '现在就够了' }] },
      { kind: 'scale', key: 'wait', asked: '等候时间满意吗？', required: false, steps: 5, low: '太久', high: '很快' },
      { kind: 'text', key: 'more', asked: '还想说什么？', required: false, longest: 300 },
    ],
  });
  await turnSurvey(ground, staff, survey, 'open');
  for (let serial = 0; serial < 24; serial += 1) await db.write((write) => takeSheet(ground, write, { id: idOf(100 + serial), survey, site: serial < 14 ? '县政务服务中心' : serial < 21 ? '儒岙镇便民服务中心' : '小将镇便民服务中心', answers: { when: ['noon', 'sat', 'sat', 'none'][serial % 4] ?? 'noon', wait: (serial % 5) + 1, ...(serial === 3 ? { more: '周六开半天就好。' } : {}) }, card: null }));
}, LONG);

describe('ratings', () => {
  test('a poor rating is called back about and answered from the keyboard', async () => {
    const page = await desk.enter('zhou', 'clerk', 'ratings/open');
    await page.locator('.desk-rows a').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText('一次没有说清楚，跑了三趟。').waitFor();
    await expectSound(page, 'rating');
    await page.getByRole('button', { name: '登记回访' }).click();
    await page.getByLabel('群众怎么说').fill('主要是没有一次说清');
    await expectSound(page, 'rating-call');
    await page.keyboard.press('Control+Enter');
    await page.locator('.timeline', { hasText: '主要是没有一次说清' }).waitFor();
    await page.getByRole('button', { name: '登记整改或解释' }).click();
    await page.getByLabel('做了什么，怎么答复的').fill('窗口改用一次性告知单');
    await page.keyboard.press('Control+Enter');
    await page.locator('.desk-head .mark', { hasText: '已答复' }).waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('办件编号').waitFor();
    await expectSound(page, 'rating-register');
  }, LONG);
  test('figures and stars', async () => {
    const page = await desk.enter('sun', 'supervisor', 'ratings/item');
    await page.locator('.stars').first().waitFor();
    expect(await page.locator('.figures-total .stars').textContent()).toBe('4.0 星');
    await expectSound(page, 'figures');
    await visit(page, 'ratings/closed');
    await page.getByText('还没有办结的差评。').waitFor();
  }, LONG);
});

describe('messages, texts and surveys', () => {
  test('a complaint is assigned, taken up and answered; another is registered', async () => {
    const page = await desk.enter('zhou', 'clerk', 'messages/open');
    await page.locator('.desk-rows a', { hasText: 'TS33062420' }).click();
    await page.getByText('先分派到部门，再答复').or(page.getByText('投诉要先受理，才能答复。')).waitFor();
    await page.getByRole('button', { name: '分派', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('.desk-head .mark', { hasText: '办理中' }).waitFor();
    await page.getByRole('button', { name: '受理', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: '属实，已整改' }).click();
    await page.keyboard.press('Tab');
    await page.getByLabel(/答复内容/).focus();
    await page.keyboard.press('Control+Enter');
    // A template with a place left open is not sent.
    await page.locator('.desk-open').getByRole('alert').waitFor();
    await expectSound(page, 'message');
    await page.getByLabel(/答复内容/).fill('您好，经核实属实，已经改为一次性告知。');
    await page.keyboard.press('Control+Enter');
    await page.locator('.desk-head .mark', { hasText: '已答复' }).waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('群众怎么说').fill('几点下班？');
    await expectSound(page, 'message-new');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/已登记，编号 ZX3306242026000002/).waitFor();
    await visit(page, `messages/open/${idOf(3)}`);
    await page.locator('.desk-said', { hasText: '饮水机' }).waitFor();
    await expectSound(page, 'message-long');
  }, LONG);
  test('limits, the queue of texts, templates', async () => {
    const page = await desk.enter('sun', 'supervisor', 'messages/settings');
    await page.getByRole('spinbutton', { name: '咨询答复' }).waitFor();
    await expectSound(page, 'settings');
    await visit(page, 'sms/all');
    await page.getByText('没有发成').first().waitFor();
    await expectSound(page, 'sms');
    await visit(page, 'sms/templates');
    await page.getByRole('heading', { name: '受理', exact: true }).waitFor();
    expect(await page.locator('.templates li').count()).toBe(TEMPLATE_NAMES.length);
    await expectSound(page, 'sms-templates');
  }, LONG);
  test('a survey is drawn up, and what came of another is seen without small groups', async () => {
    const page = await desk.enter('sun', 'supervisor', 'surveys/open');
    await page.locator('.desk-rows a').first().click();
    await page.getByText('周六开半天就好。').waitFor();
    expect(await page.locator('.survey-groups').textContent()).not.toContain('小将镇');
    await expectSound(page, 'survey-results');
    await page.keyboard.press('n');
    await page.getByLabel('标题').fill('大厅的椅子够不够');
    await page.getByLabel('问什么').fill('等候时有地方坐吗？');
    await page.getByLabel('选项，一行一个').fill('有\n没有');
    await expectSound(page, 'survey-draft');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.locator('.desk-rows a', { hasText: '大厅的椅子够不够' }).waitFor();
    await page.getByRole('button', { name: '发布' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('答卷不足 5 份').waitFor();
  }, LONG);
});
