import { expect, test } from 'vitest';
import type { Ticket } from '../../domain/documents/types.ts';
import { messageToken } from '../../domain/messages/token.ts';
import { composeTicket } from './compose.ts';
import { messageSlip } from './message-slip.ts';
import { PRINTER_MODELS } from './model.ts';
import { drawLine } from './test-rig.ts';

const SLIP: Extract<Ticket, { kind: 'message-slip' }> = {
  kind: 'message-slip', hall: '新昌县政务服务中心', site: '儒岙镇便民服务中心', of: '指南纠错', about: '', reference: '留330624-0001-4K7Q2M', at: '2026-08-01T00:05:00.000Z',
  token: messageToken('01J5MESS0000000000000000A1'), phone: '0575-86000000', complaintPhone: '0575-86000001', online: false,
};

test('the slip of a message says whose number it is not, that it waits, and that it opens the reply to whoever holds it; it fits every model', () => {
  const blocks = messageSlip(SLIP);
  const said = blocks.flatMap((block) => ('text' in block ? [block.text] : block.kind === 'row' ? [block.value] : [])).join('\n');
  for (const words of ['留330624-0001-4K7Q2M', '大厅编号和答复期限由大厅给出', '留言加密存在本机', '拿到本条的人都能看到答复', '12345', '0575-86000001', '未指明']) expect(said).toContain(words);
  expect(blocks).toContainEqual({ kind: 'qr', data: SLIP.token, module: 8, correction: 'M' });
  for (const model of PRINTER_MODELS.values()) expect(composeTicket(SLIP, model, drawLine).ok).toBe(true);
});
