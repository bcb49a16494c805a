import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { dueDate, addDays } from '../../domain/calendar/working-days.ts';
import { DELIVERY_DAYS, LITIGATION_DAYS } from '../../domain/documents/legal.ts';
import { PaperDocument } from '../../domain/documents/types.ts';
import { draw } from './draw.ts';
import { LOOKED, LOOKS, sampleAcceptance, sampleApproval, sampleCorrection, sampleDenial, sampleReceipt, sampleRefusal, sampleWithdrawal } from './fixtures.ts';
import type { Sheet } from './layout/commands.ts';
import { contentsOf, renderDocument } from './render.ts';
import { difference, golden, greyPng, rowOf, TOLERANCE } from './test-pictures.ts';
import { faults, fonts, pdfOf, said, sheetsOf, squeeze, textsOf } from './test-render.ts';
import type { Text } from './test-render.ts';
import { textLines, textOf } from './test-rig.ts';
import { countPages } from './verify.ts';

const both = { text: 'large', languages: 'zh-en' } as const;

type Looked = (typeof LOOKED)[keyof typeof LOOKED];

const cases = Object.entries(LOOKED).flatMap(([name, document]) => Object.entries(LOOKS).map(([look, set]) => ({ name: look === 'normal' ? name : `${name}-${look}`, look, document: { ...document, look: set } })));

describe.each(cases)('$name', ({ name, look, document }) => {
  test('is valid as it crosses between processes', () => {
    expect(PaperDocument.safeParse(document).error).toBeUndefined();
  });

  test('stands where it stood', async () => {
    await expect(textLines(sheetsOf(document))).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  test('looks as it looked', async () => {
    const picture = rowOf(await pdfOf(document));
    const known = golden(`${import.meta.dirname}/golden/${name}.png`, picture);
    if (known === null) throw new Error('there was no golden picture: one was drawn now; look at it and run again');
    expect(difference(picture, known)).toBeLessThan(TOLERANCE);
  });

  test('every word can be read out of the file, nothing overflows, nothing lies over anything', async () => {
    const sheets = sheetsOf(document);
    const layer = squeeze(textOf(await pdfOf(document)));
    expect(sheets.flatMap(textsOf).filter(({ text }) => !layer.includes(squeeze(text)))).toEqual([]);
    expect(faults(sheets)).toEqual([]);
  });

  test('is a small file, and the same each time', async () => {
    const pdf = await pdfOf(document);
    expect(pdf.length).toBeLessThanOrEqual((look === 'normal' ? 60 : 68) * 1024);
    expect(await pdfOf(document)).toEqual(pdf);
  });

  test('has the pages it may have, each numbered', () => {
    const sheets = sheetsOf(document);
    expect(sheets.length).toBeLessThanOrEqual(look === 'normal' ? 1 : 2);
    sheets.forEach((sheet, index) => expect(textsOf(sheet).map(({ text }) => text)).toContain(`第 ${index + 1} 页，共 ${sheets.length} 页`));
  });

  test('names hall, item, case, masked person and whom to ask or complain to, and ends in plain words', () => {
    const words = said(document);
    for (const fact of [document.hall, document.item, document.itemCode, document.number, document.person, document.maskedNumber, document.phone, document.complaintPhone, document.token]) {
      expect(words).toContain(squeeze(fact));
    }
    expect(words.indexOf('简明说明')).toBeGreaterThan(words.indexOf(document.maskedNumber));
    expect(sheetsOf(document).flatMap(({ commands }) => commands).filter(({ kind }) => kind === 'bars')).toHaveLength(1);
  });
});

const legal = Object.values(LOOKED).filter((document) => document.kind !== 'hand-in-receipt');

test.each(legal.map((document) => [document.kind, document] as const))('%s names the body, its number, date, law and place, and where the seal goes', (_, document) => {
  const words = said(document);
  for (const fact of [document.department, document.paperNumber, document.place.name, document.place.address, document.place.hours, ...document.basis.map(({ law, article }) => law + article), '（印章）']) {
    expect(words).toContain(squeeze(fact));
  }
  const circles = sheetsOf(document).flatMap(({ commands }) => commands).filter((command) => command.kind === 'path' && command.dash !== undefined);
  expect(circles).toHaveLength(1);
});

describe('what the law asks of each paper', () => {
  test('acceptance: accepted, from when the limit counts, what does not count', () => {
    expect(said(sampleAcceptance)).toContain('现予受理。办理期限自受理之日起计算。依法需要听证、公告、专家审查的，所需时间不计算在办理期限内');
    expect(said({ ...sampleAcceptance, provisional: true })).toContain('以重新计算的日期为准');
  });

  test('correction: everything at once, every ask, the last day', () => {
    const words = said(sampleCorrection);
    expect(words).toContain('现一次性告知需要补正的全部内容');
    for (const ask of sampleCorrection.asks) expect(words).toContain(ask.target + ask.words);
    expect(words).toContain('2026年12月25日');
  });

  test.each([['refusal', sampleRefusal, '本通知书'], ['denial', sampleDenial, '本决定书']] as const)('%s: the reasons, and both remedies with their time limits', (_, document, paper) => {
    const words = said(document);
    expect(words).toContain(document.reason);
    expect(words).toContain(`自收到${paper}之日起60日内向示例县人民政府申请行政复议，也可以自收到${paper}之日起6个月内依法向示例县人民法院提起行政诉讼`);
  });

  test('reconsideration first, where a law says so: the court limit counts from its decision', () => {
    const remedies = { reconsideration: { authority: '示例县人民政府', days: 60, first: true }, litigation: { court: '示例县人民法院', within: LITIGATION_DAYS, unit: 'days' } } as const;
    expect(said({ ...sampleDenial, remedies })).toContain('应当先自收到本决定书之日起60日内向示例县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向');
  });

  test('a body without the power names the one that has it', () => {
    expect(said(sampleRefusal)).toContain('该事项依法不属于本机关职权范围，请向示例流域水利委员会申请');
    expect(said({ ...sampleRefusal, applyTo: null })).not.toContain('不属于本机关职权范围，请');
  });

  test('only an administrative licence is called one', () => {
    expect(said(sampleApproval)).toContain('准予行政许可决定书');
    for (const document of [sampleApproval, sampleDenial]) expect(said({ ...document, power: 'other', basis: [] })).not.toContain('行政许可');
  });

  test('the samples reckon as the law does', () => {
    const { acceptedOn, promised, promisedBy, statutory, statutoryBy } = sampleAcceptance;
    expect(promisedBy).toBe(dueDate(acceptedOn, promised).date);
    expect(statutoryBy).toBe(dueDate(acceptedOn, statutory).date);
    expect(sampleApproval.deliverBy).toBe(addDays(sampleApproval.date, DELIVERY_DAYS, 'working').date);
  });

  test('a withdrawal is neither a refusal nor a denial', () => {
    expect(said(sampleWithdrawal)).toContain('撤回不是不予受理，也不是不予准许');
    expect(said({ ...sampleWithdrawal, reason: '' })).not.toContain('申请人说明的原因');
  });
});

test('in large print nothing but foot and running head is below 16 points', () => {
  for (const document of Object.values(LOOKED)) {
    const small = sheetsOf({ ...document, look: LOOKS.large }).flatMap((sheet) => textsOf(sheet).filter(({ size, y }) => size < 16 && y > 60 && y < sheet.height - 60));
    expect(small.map(({ text }) => text).filter((text) => text !== '与正文出自同一份记录')).toEqual([]);
  }
});

test('the bilingual look adds words and changes none', () => {
  for (const document of Object.values(LOOKED)) {
    const bilingual = { ...document, look: LOOKS.bilingual };
    expect({ ...contentsOf(bilingual), look: null }).toEqual({ ...contentsOf(document), look: null });
    const { title, plain, card } = contentsOf(bilingual);
    for (const { zh, en } of [title, card.label, ...plain.flatMap(({ label, words }) => [label, words])]) {
      expect(said(bilingual)).toContain(squeeze(zh));
      expect(said(bilingual)).toContain(squeeze(en));
      expect(said(document)).toContain(squeeze(zh));
      expect(said(document)).not.toContain(squeeze(en));
    }
  }
});

describe('texts at their longest', () => {
  const office = '很长的机关名称与内设机构'.repeat(9).slice(0, 100);
  const long = {
    person: `${'买买提·阿不都热依木·'.repeat(5).slice(0, 49)}＊`,
    hall: office,
    department: office,
    item: '很长的事项名称'.repeat(14),
    number: 'N'.repeat(50),
    paperNumber: '文'.repeat(60),
    place: { name: office, address: office + office, hours: office + office },
    phone: '0575-00000000、0575-11111111、0575-22222222、0575-3333',
    complaintPhone: '1'.repeat(60),
  };
  const remedies = { reconsideration: { authority: office, days: 60, first: true }, litigation: { court: office, within: 15, unit: 'days' } } as const;
  const materials = Array.from({ length: 30 }, (_, index) => ({ name: `第${index + 1}号材料${'名称'.repeat(index)}`, pages: index }));
  const documents: Record<string, Looked> = {
    receipt: { ...sampleReceipt, hall: office, site: office, person: long.person, number: long.number, phone: long.phone, materials },
    acceptance: { ...sampleAcceptance, ...long, materials },
    correction: { ...sampleCorrection, ...long, asks: Array.from({ length: 20 }, (_, index) => ({ target: `第${index + 1}项${'材料'.repeat(index)}`, words: `${'请'.repeat(499)}毕` })) },
    refusal: { ...sampleRefusal, ...long, reason: `${'因'.repeat(999)}毕`, applyTo: office, remedies },
    approval: { ...sampleApproval, ...long, content: `${'准'.repeat(999)}毕`, result: office },
    denial: { ...sampleDenial, ...long, reason: `${'因'.repeat(999)}毕`, remedies },
    withdrawal: { ...sampleWithdrawal, ...long, reason: `${'因'.repeat(499)}毕` },
  };
  test.each(Object.entries(documents).flatMap(([name, document]) => [...Object.entries(LOOKS), ['both', both] as const].map(([look, set]) => [name, look, { ...document, look: set }] as const)))('%s, %s: nothing overflows, nothing is lost', async (_, _look, document) => {
    expect(PaperDocument.safeParse(document).error).toBeUndefined();
    const sheets = sheetsOf(document);
    expect(faults(sheets)).toEqual([]);
    const words = said(document);
    if (document.kind === 'correction-notice') {
      expect(words.split('毕').length - 1).toBe(20);
      expect(words.split('请').length - 1).toBeGreaterThanOrEqual(20 * 499);
    }
    if ('materials' in document) for (const { name } of document.materials) expect(words).toContain(name.slice(0, 6));
    const pdf = await pdfOf(document);
    expect(countPages(pdf)).toBe(sheets.length);
    expect(pdf.length).toBeLessThanOrEqual(96 * 1024);
  });
});

test('a character without a glyph stops a legal paper, wherever it stands', async () => {
  const asks = [{ target: '姓名', words: '与户口簿上的𠮷不一致' }];
  for (const document of [{ ...sampleCorrection, asks }, { ...sampleDenial, reason: '𠮷' }, { ...sampleApproval, place: { ...sampleApproval.place, address: '𠮷村' } }]) {
    expect(await renderDocument(document, { fonts })).toEqual({ ok: false, error: { kind: 'missing-glyph', codePoints: ['U+20BB7'] } });
  }
});

describe('golden pictures', () => {
  const sheets = sheetsOf(sampleAcceptance);
  const pdf = (of: Sheet[]) => draw(of, fonts, { title: '', madeAt: new Date(0) });
  const changed = (change: (text: Text) => Text) => sheets.map((sheet) => ({ ...sheet, commands: sheet.commands.map((command) => (command.kind === 'text' ? change(command) : command)) }));

  test('pass strokes of another weight and letters set a little aside, as another rasteriser draws them', async () => {
    const picture = rowOf(await pdf(sheets));
    const weight = (power: number) => ({ ...picture, dots: picture.dots.map((dot) => 255 * (dot / 255) ** power) });
    expect(difference(picture, weight(0.8))).toBeLessThan(TOLERANCE);
    expect(difference(picture, weight(1.25))).toBeLessThan(TOLERANCE);
    expect(difference(picture, rowOf(await pdf(changed((text) => ({ ...text, x: text.x + 0.5 })))))).toBeLessThan(TOLERANCE);
  });

  test('fail when one line has moved by a millimetre, or is gone', async () => {
    const picture = rowOf(await pdf(sheets));
    const lines = sheets.flatMap(textsOf).filter(({ text }) => [...text].length > 3);
    for (const line of lines.filter((_, index) => index % 6 === 0)) {
      for (const change of [{ y: line.y + 3 }, { text: '' }]) {
        const other = rowOf(await pdf(changed((text) => (text.text === line.text && text.y === line.y ? { ...text, ...change } : text))));
        expect(difference(picture, other), line.text).toBeGreaterThan(TOLERANCE);
      }
    }
  });

  test('are written as other programs read them', async () => {
    const picture = rowOf(await pdf(sheets));
    const read = PNG.sync.read(Buffer.from(greyPng(picture)));
    expect([read.width, read.height]).toEqual([picture.width, picture.height]);
    const off = picture.dots.filter((dot, at) => Math.abs(dot - (read.data[at * 4] ?? 0)) > 9);
    expect(off).toHaveLength(0);
  });
});
