import { createHash } from 'node:crypto';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { sampleBusinessLicence, sampleElderCard, sampleProvisionalReceipt, sampleReceipt, sampleTestPage, sampleWaterPermit } from './fixtures.ts';
import { renderDocument } from './render.ts';
import { fonts, pdfOf, sheetsOf, squeeze, textsOf } from './test-render.ts';
import { cut, ink, pictureOf, textLines, textOf } from './test-rig.ts';
import { countPages } from './verify.ts';

const samples: [string, PaperDocument][] = [
  ['provisional receipt', sampleProvisionalReceipt],
  ['elder card', sampleElderCard],
  ['business licence', sampleBusinessLicence],
  ['water permit', sampleWaterPermit],
  ['test page', sampleTestPage],
];
/** Five lines of a long Uyghur name: 50 characters. */
const LONG_NAME = '买买提·阿不都热依木·'.repeat(5);

const texts = (document: PaperDocument) => sheetsOf(document).flatMap(textsOf);

function words(document: PaperDocument): string {
  return texts(document).map(({ text }) => text).join('\n');
}

describe.each(samples)('%s', (name, document) => {
  test('every word that is drawn can be read out of the file', async () => {
    const layer = squeeze(textOf(await pdfOf(document)));
    const lost = texts(document).filter((command) => command.angle === 0 && !layer.includes(squeeze(command.text)));
    expect(lost).toEqual([]);
    const title = document.kind === 'certificate' ? document.certificate.title : document.kind === 'test-page' ? '维护测试页' : '收件材料接收凭证';
    expect(textOf(await pdfOf(document))).toContain(title);
  });

  test('is one page of at most 60 KB', async () => {
    const pdf = await pdfOf(document);
    expect(countPages(pdf)).toBe(1);
    expect(pdf.length).toBeLessThanOrEqual(60 * 1024);
  });

  test('is the same file each time', async () => {
    const digest = async () => createHash('sha256').update(await pdfOf(document)).digest('hex');
    expect(await digest()).toBe(await digest());
  });

  test('stands where it stood', async () => {
    await expect(textLines(sheetsOf(document))).toMatchFileSnapshot(`golden/${name.replaceAll(' ', '-')}.txt`);
  });

  test('keeps everything inside the sheet', () => {
    for (const { width, height, commands } of sheetsOf(document)) {
      for (const command of commands) {
        if (command.kind !== 'text') continue;
        expect(command.x).toBeGreaterThanOrEqual(20);
        expect(command.x + command.width).toBeLessThanOrEqual(width - 20);
        expect(command.y).toBeGreaterThan(20);
        expect(command.y).toBeLessThan(height - 20);
      }
    }
  });
});

describe('rare characters are visible, not only in the text layer', () => {
  test.each([
    ['elder card', sampleElderCard, '欧阳漹㛃𬭛'],
    ['business licence', sampleBusinessLicence, '示例县漹城街道㛃记豆制品加工店'],
    ['receipt', sampleReceipt, '欧阳*𬭛'],
  ] as const)('%s', async (_, document, name) => {
    const picture = pictureOf(await pdfOf(document));
    const command = texts(document).find(({ text }) => text === name);
    if (command === undefined) throw new Error('the name is not drawn in one run');
    const characters = [...name];
    let left = command.x;
    const seen = new Map<string, string>();
    for (const character of characters) {
      const advance = (fonts.font(command.font).glyph(character.codePointAt(0) as number)?.advance ?? 0) * command.size;
      const box = cut(picture, left, command.y - command.size * 0.88, advance, command.size);
      // An ideograph covers 12 to 55 % of its square; a blank or a hollow "missing" box covers less.
      if (/\p{sc=Han}/u.test(character)) {
        expect(ink(box), character).toBeGreaterThan(0.12);
        expect(ink(box), character).toBeLessThan(0.6);
      }
      seen.set(character, box.join('\n'));
      left += advance;
    }
    expect(new Set(seen.values()).size).toBe(new Set(characters).size);
  });
});

describe('a character without a glyph', () => {
  test.each([
    ['the holder', { ...sampleElderCard, certificate: { ...sampleElderCard.certificate, holder: '𠮷田' } }],
    ['a field', { ...sampleElderCard, certificate: { ...sampleElderCard.certificate, fields: [{ label: '住址', value: '\u{20BB7}村' }] } }],
    ['the seal', { ...sampleElderCard, certificate: { ...sampleElderCard.certificate, issuer: '𠮷县' } }],
    ['a material', { ...sampleReceipt, materials: [{ name: '𠮷氏族谱', pages: 1 }] }],
  ] as [string, PaperDocument][])('in %s stops the whole print', async (_, document) => {
    expect(await renderDocument(document, { fonts })).toEqual({ ok: false, error: { kind: 'missing-glyph', codePoints: ['U+20BB7'] } });
  });
});

describe('the hand-in receipt', () => {
  test('says that it is not an acceptance, starts no clock, and by when the hall must answer', () => {
    const said = squeeze(words(sampleReceipt));
    expect(said).toContain('不是受理通知书');
    expect(said).toContain('收件不等于受理');
    expect(said).toContain('法定办理期限不从收件时起算');
    expect(said).toContain('5个工作日内告知您');
  });

  test('a provisional number looks different: other words, a broken frame, another ink', () => {
    const number = (document: PaperDocument, value: string) => texts(document).find(({ text }) => text === value);
    expect(words(sampleProvisionalReceipt)).toContain('临时编号');
    expect(words(sampleReceipt)).not.toContain('临时');
    expect(number(sampleProvisionalReceipt, '临-T330624-0001-000017-K')?.colour).not.toBe(number(sampleReceipt, '3306242611230000017')?.colour);
    const dashes = (document: PaperDocument) => sheetsOf(document).flatMap(({ commands }) => commands).filter((command) => command.kind === 'path' && command.dash !== undefined).length;
    expect(dashes(sampleReceipt)).toBe(0);
    expect(dashes(sampleProvisionalReceipt)).toBeGreaterThan(0);
  });

  test('fifty materials run on to further pages, none is lost, every page is numbered', async () => {
    const materials = Array.from({ length: 50 }, (_, index) => ({ name: `第${index + 1}号材料，${'名称很长需要换行'.repeat(index % 5)}`, pages: index }));
    const pdf = await pdfOf({ ...sampleReceipt, materials });
    const pages = countPages(pdf);
    const layer = squeeze(textOf(pdf));
    expect(pages).toBeGreaterThan(1);
    for (let index = 1; index <= 50; index += 1) expect(layer).toContain(`第${index}号材料`);
    for (let page = 1; page <= pages; page += 1) expect(layer).toContain(`第${page}页，共${pages}页`);
    expect(layer).toContain('合计50份，1225页');
  });

  test('long names and empty fields are set', async () => {
    const long = squeeze(textOf(await pdfOf({ ...sampleReceipt, person: LONG_NAME, hall: '很长的大厅名称'.repeat(10), site: '很长的网点名称'.repeat(10), number: 'X'.repeat(50), phone: '0575-00000000、0575-11111111、0575-22222222' })));
    expect(long.split('买买提').length - 1).toBe(5);
    expect(long.split('很长的大厅名称').length - 1).toBe(10);
    expect(long).toContain('X'.repeat(40));
    const empty = { ...sampleReceipt, hall: '', site: '', person: '', maskedNumber: '', itemCode: '', phone: '', complaintPhone: '', materials: [] };
    expect(squeeze(textOf(await pdfOf(empty)))).toContain('本次没有提交材料');
  });
});

describe('the certificate', () => {
  test('dates itself in Chinese words and says how long it is valid', () => {
    expect(words(sampleWaterPermit)).toContain('二〇二六年十一月二十三日');
    expect(words(sampleWaterPermit)).toContain('2026年11月23日至2031年11月22日');
    expect(words(sampleElderCard)).toContain('长期');
  });

  test('marks its seal as a demonstration unless a real one is handed in', async () => {
    expect(words(sampleElderCard)).toContain('样章');
    const picture = new PNG({ width: 8, height: 8 });
    picture.data.fill(200);
    const seals: string[] = [];
    const pdf = await pdfOf(sampleElderCard, {
      seal(issuer: string) {
        seals.push(issuer);
        return new Uint8Array(PNG.sync.write(picture));
      },
    });
    expect(seals).toEqual(['示例县民政局']);
    expect(textOf(pdf)).not.toContain('样章');
  });

  test('the largest certificate the contract allows goes on to attached pages and loses nothing', async () => {
    const fields = Array.from({ length: 30 }, (_, index) => ({ label: `第${index}项`, value: `值${index}`.padEnd(299, '文') + '终' }));
    const document: PaperDocument = { ...sampleElderCard, certificate: { ...sampleElderCard.certificate, title: '证'.repeat(60), holder: LONG_NAME + LONG_NAME, issuer: '局'.repeat(60), number: 'N'.repeat(40), licence: '1'.repeat(120), fields } };
    const pdf = await pdfOf(document);
    const layer = squeeze(textOf(pdf));
    expect(countPages(pdf)).toBeGreaterThan(1);
    expect(layer).toContain('其余事项见附页');
    expect(layer.split('终').length - 1).toBe(30);
    expect(layer.split('文').length - 1).toBe(fields.reduce((sum, { value }) => sum + value.split('文').length - 1, 0));
  });

  test('line breaks and empty values are kept apart', () => {
    const said = words({ ...sampleWaterPermit, certificate: { ...sampleWaterPermit.certificate, fields: [{ label: '条件', value: '一、节水。\n二、计量。' }, { label: '备注', value: '' }] } });
    expect(said).toContain('一、节水。\n二、计量。');
    expect(said).toContain('备注\n—');
  });
});
