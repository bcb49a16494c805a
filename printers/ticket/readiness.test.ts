import { describe, expect, test } from 'vitest';
import type { Ticket } from '../../domain/documents/types.ts';
import { composeTicket } from './compose.ts';
import { PRINTER_MODELS } from './model.ts';
import { readiness } from './readiness.ts';
import { drawLine } from './test-rig.ts';

type Readiness = Extract<Ticket, { kind: 'readiness' }>;

const WELL: Readiness = {
  kind: 'readiness', hall: '嘉禾县政务服务中心', site: '石桥镇便民服务中心', machine: 'T330624-0007', program: '0.1.0', at: '2026-08-01T00:05:00.000Z', online: true, waiting: 0, room: 'enough',
  devices: [{ device: 'id-card-reader', status: { kind: 'online', warnings: [] } }, { device: 'ticket-printer', status: { kind: 'online', warnings: ['paper-low'] } }],
};
const words = (report: Readiness) => readiness(report).flatMap((block) => ('text' in block ? [block.text] : block.kind === 'row' ? [`${block.name.replaceAll(/[　 ]/g, '')} ${block.value}`] : []));

describe('the readiness report', () => {
  test('says of every device how it is, and that the doors can be opened', () => {
    const said = words(WELL);
    for (const line of ['时间 2026年8月1日 08:05', '身份证阅读器 正常', '小票打印机 能用：纸快用完', '与大厅 已联网', '可以开门服务']) expect(said).toContain(line);
  });

  test('says how many cannot be used and why; a device of a later program by the name that it has', () => {
    const said = words({ ...WELL, online: false, waiting: 3, room: 'full', devices: [...WELL.devices, { device: 'document-printer', status: { kind: 'blocked', reason: 'paper-out' } }, { device: 'palm-scanner', status: { kind: 'out-of-service', reason: 'lens-dirty' } }] });
    for (const line of ['文档打印机 不能用：缺纸', 'palm-scanner 不能用：lens-dirty', '与大厅 未联网', '待送办件 3 件', '存储 已满，不能受理', '2 个设备不能用']) expect(said).toContain(line);
  });

  test('fits every model', () => {
    for (const model of PRINTER_MODELS.values()) expect(composeTicket(WELL, model, drawLine).ok).toBe(true);
  });
});
