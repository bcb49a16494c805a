import { expect, test } from 'vitest';
import { Ticket } from '../../domain/documents/types.ts';
import { soundsRealTime } from './bitmap.ts';
import { encode } from './codec.ts';
import { composeTicket, documentOf } from './compose.ts';
import { PRINTER_MODELS } from './model.ts';
import { drawLine, modelNamed } from './test-rig.ts';

const SLIP: Extract<Ticket, { kind: 'appointment-slip' }> = {
  kind: 'appointment-slip', hall: '嘉禾县政务服务中心', site: '石桥镇便民服务中心', phone: '0575-86000000', number: '1128-007', business: '户籍与身份证', from: '2026-11-28T01:00:00.000Z', until: '2026-11-28T01:30:00.000Z',
  opens: '2026-11-28T00:30:00.000Z', closes: '2026-11-28T01:15:00.000Z', cancelUntil: '2026-11-27T23:00:00.000Z', bring: { item: '老年人优待证办理', materials: ['居民身份证', '一寸照片'] },
};
const words = (slip: typeof SLIP) => documentOf(Ticket.parse(slip)).map((block) => [('name' in block ? block.name : ''), ('text' in block ? block.text : ''), ('value' in block ? block.value : '')].join(' ')).join('\n');
const bytes = (slip: typeof SLIP, model = modelNamed('epson-tm-t82iii')) => {
  const made = composeTicket(slip, model, drawLine);
  if (!made.ok) throw new Error(made.error.codePoints.join());
  return encode(made.value);
};

test('the paper of an appointment says day, time, business, number, where, when to be there, until when it may be cancelled, and what to bring', () => {
  const text = words(SLIP);
  for (const fact of ['2026年11月28日（周六）', '09:00－09:30', '户籍与身份证', '1128-007', '石桥镇便民服务中心', '08:30－09:15', '2026年11月28日 07:00', '老年人优待证办理', '1. 居民身份证', '2. 一寸照片', '0575-86000000']) expect(text).toContain(fact);
});

test('one that cannot be cancelled any more says nothing of cancelling', () => {
  expect(words({ ...SLIP, cancelUntil: null })).not.toContain('取消');
});

test('without an item it says nothing of what to bring, and of an item that needs nothing, that', () => {
  expect(words({ ...SLIP, bring: null })).not.toMatch(/请带|不用带/);
  expect(words({ ...SLIP, bring: { item: '老年人优待证办理', materials: [] } })).toContain('不用带材料');
});

test('golden: the time in double size, bold, between the day and the business', () => {
  const hex = Buffer.from(bytes(SLIP)).toString('hex');
  // 预 约 单 in GB 18030, and the number as digits.
  expect(hex).toContain('d4a420d4bc20b5a5');
  expect(hex).toContain(Buffer.from('1128-007').toString('hex'));
  // Double both ways, bold, Chinese on, 09:00－09:30.
  expect(hex).toContain('1d2111');
  expect(hex).toContain(`${Buffer.from('09:00').toString('hex')}a3ad${Buffer.from('09:30').toString('hex')}`);
  expect(hex.endsWith('1d564200')).toBe(true);
});

test('it fits every model, sounds like no real-time command, and is small enough for a slow line', () => {
  for (const model of PRINTER_MODELS.values()) {
    const made = bytes(SLIP, model);
    expect(soundsRealTime(made)).toBe(false);
    expect(made.length).toBeLessThan(4000);
  }
});
