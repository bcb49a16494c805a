import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Ticket } from '../../domain/documents/types.ts';
import { soundsRealTime } from './bitmap.ts';
import { chinaTime } from './blocks.ts';
import type { Command } from './codec.ts';
import { encode } from './codec.ts';
import { compose, composeTicket, documentOf } from './compose.ts';
import type { Block } from './layout.ts';
import { NORMAL } from './layout.ts';
import { PRINTER_MODELS } from './model.ts';
import { drawLine, modelNamed, SLIP } from './test-rig.ts';
import { columnsOf } from './text.ts';

const EPSON = modelNamed('epson-tm-t82iii');
const SMALL = modelNamed('xprinter-xp-58iih');

function commands(ticket: Ticket, model = EPSON): Command[] {
  const composed = composeTicket(ticket, model, drawLine);
  if (!composed.ok) throw new Error(composed.error.codePoints.join());
  return composed.value;
}

function words(all: readonly { type?: string; kind?: string; text?: string; name?: string; value?: unknown }[]): string {
  return all.map((one) => [one.name, one.text, typeof one.value === 'string' ? one.value : ''].join(' ')).join('\n');
}

describe('first level: what stands on the slip', () => {
  test('every fact of the ticket, the time of China, and that it is no acceptance notice', () => {
    const text = words(documentOf(SLIP));
    for (const fact of [SLIP.hall, SLIP.site, SLIP.item, SLIP.number, SLIP.person, '2026年8月1日 09:30', '共 5 份', SLIP.phone, SLIP.token, '这不是受理通知书', '法定办理时限自受理之日起算', '请妥善保管', '正在送往政务服务中心']) expect(text).toContain(fact);
  });

  test('a provisional number and a missing line are said in words', () => {
    const text = words(documentOf({ ...SLIP, provisional: true, number: '临330624-0001-000012', online: false }));
    for (const fact of ['临时编号', '临330624-0001-000012', '联网后换发正式编号', '暂时联系不上政务服务中心']) expect(text).toContain(fact);
    expect(text).not.toContain('正在送往');
    expect(words(documentOf(SLIP))).not.toContain('临时编号');
  });

  test('the QR code holds the opaque token and nothing else', () => {
    expect(documentOf(SLIP).filter((block) => block.kind === 'qr')).toEqual([{ kind: 'qr', data: SLIP.token, module: 8, correction: 'M' }]);
  });

  test('midnight in China is the day before in UTC', () => {
    expect(chinaTime('2025-12-31T16:00:00.000Z')).toBe('2026年1月1日 00:00');
    expect(chinaTime('2026-02-28T15:59:59.999Z')).toBe('2026年2月28日 23:59');
  });
});

describe('second level: commands for a model', () => {
  test('golden: the number, double size, centred, bold', () => {
    const block: Block = { kind: 'text', text: '临330624-0001-000012', align: 'centre', bold: true, sizes: [{ width: 2, height: 2 }, { width: 1, height: 2 }] };
    expect(compose([block], EPSON, drawLine)).toEqual({
      ok: true,
      value: [
        { type: 'initialise' },
        { type: 'align', value: 'centre' },
        { type: 'size', value: { width: 2, height: 2 } },
        { type: 'chinese', value: true },
        { type: 'bold', value: true },
        { type: 'text', value: '临330624-0001-000012' },
        { type: 'bold', value: false },
        { type: 'line-feed' },
        { type: 'chinese', value: false },
        { type: 'size', value: { width: 1, height: 1 } },
        { type: 'align', value: 'left' },
      ],
    });
    const small = compose([block], SMALL, drawLine);
    expect(small.ok && small.value[2]).toEqual({ type: 'size', value: { width: 1, height: 2 } });
  });

  const tickets = fc.record({
    hall: fc.constantFrom('嘉禾县政务服务中心', '积石山保安族东乡族撒拉族自治县政务服务和公共资源交易中心'),
    item: fc.string({ unit: fc.constantFrom(...'建设工程规划许可证核发（含乡村）、ABC 123·¥'), minLength: 1, maxLength: 120 }),
    person: fc.constantFrom('林**', '阿**', '㛃**', '𬭛**'),
    number: fc.stringMatching(/^[0-9A-Z-]{1,50}$/),
    token: fc.stringMatching(/^[A-Z0-9-]{8,60}$/),
    provisional: fc.boolean(),
    online: fc.boolean(),
  });

  test('on every model: Chinese mode is off before pictures and codes, all modes end with their line, every line fits, the cut comes last', () => {
    fc.assert(
      fc.property(tickets, fc.constantFrom(...PRINTER_MODELS.values()), (fields, model) => {
        const modes = { chinese: false, size: NORMAL, align: 'left' };
        let columns = 0;
        const all = commands({ ...SLIP, ...fields }, model);
        for (const command of all) {
          switch (command.type) {
            case 'chinese':
              modes.chinese = command.value;
              break;
            case 'size':
              modes.size = command.value;
              break;
            case 'align':
              modes.align = command.value;
              break;
            case 'text':
              if (/[^ -~]/.test(command.value)) expect(modes.chinese).toBe(true);
              columns += columnsOf(command.value) * modes.size.width;
              break;
            case 'line-feed':
              expect(columns).toBeLessThanOrEqual(model.columns);
              columns = 0;
              break;
            case 'raster':
              expect(command.value.width).toBeLessThanOrEqual(model.dots);
              expect(modes.chinese).toBe(false);
              break;
            case 'qr-print':
              expect([modes.chinese, modes.align]).toEqual([false, 'centre']);
              break;
            default:
              // Nothing that a later line would notice.
              break;
          }
        }
        expect(modes).toEqual({ chinese: false, size: NORMAL, align: 'left' });
        expect(all.at(-1)?.type).toBe(model.cutter === 'none' ? 'feed' : 'feed-and-cut');
        expect(all.some((command) => command.type === 'qr-store')).toBe(model.qr);
      }),
      { numRuns: 60 },
    );
  });

  test('nothing of a long text is lost', () => {
    fc.assert(
      fc.property(tickets, (fields) => {
        const printed = commands({ ...SLIP, ...fields, person: '林**' }).flatMap((command) => (command.type === 'text' ? [command.value] : []));
        const plain = (text: string): string => text.replaceAll('¥', '￥').replaceAll(/\s/g, '');
        const all = plain(printed.join(''));
        for (const part of [fields.hall, fields.number, fields.token, fields.item]) expect(all).toContain(plain(part));
      }),
      { numRuns: 60 },
    );
  });

  test('a character that the font lacks turns its line, and only its line, into a picture', () => {
    const usual = commands(SLIP);
    const rare = commands({ ...SLIP, person: '㛃**' });
    expect(rare.filter((command) => command.type === 'raster').length).toBe(usual.filter((command) => command.type === 'raster').length + 2);
    expect(words(rare)).not.toContain('㛃');
    expect(words(rare)).toContain(SLIP.item);
    const line = rare.find((command) => command.type === 'raster' && command.value.height === 24 && command.value.width === 576);
    expect(line).toBeDefined();
  });

  test('a character that no font has stops the slip with its code point', () => {
    expect(composeTicket({ ...SLIP, person: '𠮷**', item: '𠮷ب' }, EPSON, drawLine)).toEqual({ ok: false, error: { kind: 'missing-glyph', codePoints: ['U+20BB7', 'U+0628'] } });
  });
});

describe('third level: bytes', () => {
  test('golden: the beginning and the end of a slip', () => {
    const bytes = Buffer.from(encode(commands(SLIP))).toString('hex');
    // Initialise, centre, double, Chinese on, bold on, 嘉禾县政务服务中心, bold off, LF, Chinese off, size and alignment back.
    expect(bytes.startsWith('1b401b61011d21111c261b4501' + 'bcce' + 'bacc' + 'cfd8' + 'd5fe' + 'cef1' + 'b7fe' + 'cef1' + 'd6d0' + 'd0c4' + '1b45000a1c2e1d21001b6100')).toBe(true);
    // 请妥善保管, then 40 rows of white and the cut.
    expect(bytes.endsWith('1c26' + 'c7eb' + 'cdd7' + 'c9c6' + 'b1a3' + 'b9dc' + '0a1c2e1b6100' + '1d76300001002800' + '00'.repeat(40) + '1d564200')).toBe(true);
    expect(bytes).toContain('1d286b0400314132001d286b03003143081d286b03003145311d286b1600315030' + Buffer.from(SLIP.token).toString('hex') + '1d286b0300315130');
  });

  test('a slip is small enough for a slow line: under 4 KB, 4 seconds at 9600 bit/s', () => {
    expect(encode(commands(SLIP)).length).toBeLessThan(4000);
  });

  test('no byte of a slip sounds like a real-time command', () => {
    for (const model of PRINTER_MODELS.values()) {
      expect(soundsRealTime(encode(commands({ ...SLIP, person: '㛃**' }, model)))).toBe(false);
    }
  });

  test('the fixture is a ticket', () => {
    expect(Ticket.parse(SLIP)).toEqual(SLIP);
  });
});
