import { describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/working-days.ts';
import { LegalPaper } from '../../domain/documents/legal.ts';
import { LOOKS, sampleAcceptance } from './fixtures.ts';
import { NOTICES } from './fixtures-notices.ts';
import { faults, pdfOf, said, sheetsOf, squeeze, textsOf } from './test-render.ts';
import { textLines, textOf } from './test-rig.ts';

const samples = Object.entries(NOTICES) as [string, LegalPaper][];

describe.each(samples)('%s', (name, paper) => {
  test('is valid, stands where it stood, and every word can be read out of the file', async () => {
    expect(LegalPaper.safeParse(paper).error).toBeUndefined();
    const sheets = sheetsOf(paper);
    expect(sheets).toHaveLength(name === 'lapsed' ? 2 : 1);
    await expect(textLines(sheets)).toMatchFileSnapshot(`golden/${name}.txt`);
    const layer = squeeze(textOf(await pdfOf(paper)));
    expect(sheets.flatMap(textsOf).filter(({ text }) => !layer.includes(squeeze(text)))).toEqual([]);
  });

  test.each(Object.entries(LOOKS))('%s: nothing overflows, at most two pages, and in large print nothing is small', (_, look) => {
    const sheets = sheetsOf({ ...paper, look });
    expect(faults(sheets)).toEqual([]);
    expect(sheets.length).toBeLessThanOrEqual(2);
    if (look.text === 'large') expect(sheets.flatMap((sheet) => textsOf(sheet).filter(({ size, y }) => size < 16 && y > 60 && y < sheet.height - 60)).map(({ text }) => text).filter((text) => text !== '与正文出自同一份记录')).toEqual([]);
  });

  test('names body, hall, item, case, masked person, its number and law, whom to ask, and where the seal goes', () => {
    const words = said(paper);
    for (const fact of [paper.department, paper.hall, paper.item, paper.itemCode, paper.number, paper.person, paper.maskedNumber, paper.paperNumber, paper.phone, paper.complaintPhone, paper.token, ...paper.basis.map(({ law, article }) => law + article), '（印章）', '简明说明']) expect(words).toContain(squeeze(fact));
  });
});

describe('what the law asks', () => {
  test('a special procedure: its time, that it does not count, and from when (Art. 45)', () => {
    expect(said(NOTICES.special)).toContain('所需时间为10个工作日，不计算在办理期限内。办理期限自2026年12月1日起停止计算');
  });

  test('an extension: by whom, how long, why, and the new dates (Art. 42)', () => {
    expect(said(NOTICES.extension)).toContain(squeeze('经局长 王漹生批准，办理期限延长10个工作日'));
    for (const fact of [NOTICES.extension.reason, '2026年12月30日', '2027年1月7日', '以重新计算的日期为准']) expect(said(NOTICES.extension)).toContain(fact);
  });

  test.each([['returned', NOTICES.returned], ['lapsed', NOTICES.lapsed]] as const)('%s: the reason and both remedies', (_, paper) => {
    expect(said(paper)).toContain(paper.reason);
    expect(said(paper)).toMatch(/60日内向示例县人民政府申请行政复议，也可以自收到本(通知|告知)书之日起6个月内依法向示例县人民法院提起行政诉讼/);
  });

  test('a joint acceptance: every department, its time, and what it waits for', () => {
    expect(said(NOTICES.joint)).toContain('生态流量审查（示例县生态环境局）2个工作日内完成；在“现场踏勘”完成后开始');
    expect(said(NOTICES.joint)).toContain('涉及3个部门');
  });

  test('an acceptance that is none because everything was there says why it is one', () => {
    expect(said({ ...sampleAcceptance, ground: 'deemed' })).toContain('自收到申请材料之日起即为受理');
    expect(said({ ...sampleAcceptance, ground: 'lacking' })).toContain('暂缺的材料由您按承诺补交');
    for (const ground of ['deemed', 'lacking'] as const) expect(said({ ...sampleAcceptance, ground })).not.toContain('材料齐全、符合法定形式，现予受理');
  });

  test('papers to sign have room for each hand', () => {
    for (const words of ['承诺人签名', '签名日期']) expect(said(NOTICES.commitment)).toContain(words);
    for (const words of ['交出人签名', '接收人签名', '缺少的材料']) expect(said(NOTICES['hand-over'])).toContain(words);
    for (const words of ['收件人签名', '签名日期', '送达人签名']) expect(said(NOTICES.delivery)).toContain(words);
  });

  test('an application that is no licence is not called one', () => {
    for (const paper of Object.values(NOTICES)) expect(said({ ...paper, power: 'other', basis: [], papers: [], lacking: NOTICES.commitment.lacking } as unknown as LegalPaper)).not.toContain('行政许可');
  });

  test('the samples reckon as the law does', () => {
    expect(addDays(NOTICES.special.from, NOTICES.special.allowed.days, NOTICES.special.allowed.unit).date).toBe('2026-12-15');
  });
});
