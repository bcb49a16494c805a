import { expect, test } from 'vitest';
import { Ticket } from '../../domain/documents/types.ts';
import { soundsRealTime } from './bitmap.ts';
import { encode } from './codec.ts';
import { composeTicket, documentOf } from './compose.ts';
import { PRINTER_MODELS } from './model.ts';
import { drawLine, modelNamed } from './test-rig.ts';

const TICKET: Extract<Ticket, { kind: 'queue-ticket' }> = {
  kind: 'queue-ticket', hall: '嘉禾县政务服务中心', site: '石桥镇便民服务中心', phone: '0575-86000000', code: 'A027', business: '户籍与身份证', at: '2026-11-27T01:30:00.000Z', wait: { ahead: 6, least: 11, most: 24 },
  windows: [3, 12], position: 'http://192.168.20.31:8470/q/01KB2T1CKET000000000000027', alone: false, appointment: null, missed: { kind: 'after', tickets: 3, times: 2 },
};
const words = (ticket: typeof TICKET) => documentOf(Ticket.parse(ticket)).map((block) => [('name' in block ? block.name : ''), ('text' in block ? block.text : ''), ('value' in block ? block.value : '')].join(' ')).join('\n');
const bytes = (ticket: typeof TICKET, model = modelNamed('epson-tm-t82iii')) => {
  const made = composeTicket(ticket, model, drawLine);
  if (!made.ok) throw new Error(made.error.codePoints.join());
  return encode(made.value);
};

test('the paper of a number says number, business, windows, who waits, how long, since when, and what to do when it was missed', () => {
  const text = words(TICKET);
  for (const fact of ['A027', '户籍与身份证', '3、12 号', '6 人', '约 11－24 分钟', '2026年11月27日 09:30', '石桥镇便民服务中心', '再过 3 位叫您', '过号超过 2 次，请重新取号', '当日有效', '0575-86000000']) expect(text).toContain(fact);
  expect(text).not.toContain('人工叫号');
  expect(documentOf(TICKET)).toContainEqual({ kind: 'qr', data: TICKET.position, module: 6, correction: 'M' });
});

test('what nobody knows is not said: no window, no wait, no page, machines that do not agree; each rule of a missed number has its words', () => {
  const text = words({ ...TICKET, windows: [], wait: null, position: null, alone: true });
  for (const fact of ['听叫号，看屏幕', '这个号有效，可能由工作人员人工叫号']) expect(text).toContain(fact);
  for (const fact of ['分钟', '扫码', '前面等候']) expect(text).not.toContain(fact);
  expect(documentOf({ ...TICKET, position: null }).some(({ kind }) => kind === 'qr')).toBe(false);
  expect(words({ ...TICKET, wait: { ahead: 4, least: null, most: null } })).toContain('现在没有窗口办这项');
  expect(words({ ...TICKET, wait: { ahead: 0, least: 0, most: 0 } })).toContain('马上到您');
  expect(words({ ...TICKET, wait: { ahead: 0, least: 5, most: 5 } })).toContain('约 5 分钟');
  expect(words({ ...TICKET, missed: { kind: 'end', times: 1 } })).toContain('排到最后再叫您');
  expect(words({ ...TICKET, missed: { kind: 'void' } })).toContain('作废了，请重新取号');
});

test('a number that is taken for an appointment says its time and that it goes first; another says nothing of that', () => {
  expect(words({ ...TICKET, appointment: { from: '2026-11-27T01:30:00.000Z', until: '2026-11-27T02:00:00.000Z' } })).toContain('预约 09:30－10:00，到号优先');
  expect(words(TICKET)).not.toContain('预约');
});

test('golden: the number six times the size, between its rule and its business', () => {
  const hex = Buffer.from(bytes(TICKET)).toString('hex');
  // Centre, six times, bold on, A027, bold off, line feed, size and alignment back.
  expect(hex).toContain('1b6101' + '1d2155' + '1b4501' + Buffer.from('A027').toString('hex') + '1b4500' + '0a' + '1d2100' + '1b6100');
  // 排 队 号 in GB 18030, and the QR code's data.
  expect(hex).toContain('c5c520b6d320bac5');
  expect(hex).toContain(Buffer.from(TICKET.position ?? '').toString('hex'));
  expect(hex.endsWith('1d564200')).toBe(true);
});

test('it fits every model, sounds like no real-time command, and is small enough for a slow line', () => {
  for (const model of PRINTER_MODELS.values()) {
    const made = bytes(TICKET, model);
    expect(soundsRealTime(made)).toBe(false);
    // Where the printer draws no QR code by itself it goes as a picture: ten seconds at 9600 bit/s.
    expect(made.length).toBeLessThan(model.qr ? 3000 : 10_000);
  }
});
