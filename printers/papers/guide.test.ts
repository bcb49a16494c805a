import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PaperDocument } from '../../domain/documents/types.ts';
import { materialsAsked, situationOf } from '../../domain/item/situation.ts';
import type { Item } from '../../domain/item/types.ts';
import { jointItem } from '../../test/fixtures/joint-item.ts';
import { packItem } from '../../test/fixtures/pack-item.ts';
import { faults, pdfOf, said, sheetsOf, squeeze, textsOf } from './test-render.ts';
import { textOf } from './test-rig.ts';

type Guide = Extract<PaperDocument, { kind: 'guide' }>;

function guideOf(item: Item, answers: Record<string, string>, here: Guide['here'] = 'works'): Guide {
  return {
    kind: 'guide', hall: '新昌县政务服务中心', site: '儒岙镇便民服务中心', phone: '0575-86000000', at: '2026-11-27T01:30:00.000Z', here, item,
    situation: situationOf(item, answers).answered.map(({ question, option }) => ({ question: question.question, answer: option.label })),
    materials: materialsAsked(item, answers).map(({ material: { key }, need }) => ({ key, need })),
  };
}

const business = packItem('business-registration');
const asked = guideOf(business, { who: 'family', house: 'lent', deed: 'no', permit: 'no' });
const papers: [string, Guide][] = [['a guide for one situation', asked], ['one that nobody answered for', guideOf(packItem('water-permit'), {}, 'not-here')], ['one of several bodies', guideOf(jointItem(), {}, 'works-result-later')]];

describe.each(papers)('%s', (name, document) => {
  test('is valid, and every word of it can be read out of the file; nothing overflows or lies over anything', async () => {
    expect(PaperDocument.safeParse(document).error).toBeUndefined();
    const sheets = sheetsOf(document);
    expect(faults(sheets)).toEqual([]);
    const pdf = await pdfOf(document);
    if (process.env['JINBAN_PAPERS_OUT'] !== undefined) writeFileSync(`${process.env['JINBAN_PAPERS_OUT']}/${name.replaceAll(' ', '-')}.pdf`, pdf);
    const layer = squeeze(textOf(pdf));
    expect(sheets.flatMap(textsOf).filter(({ text }) => !layer.includes(squeeze(text)))).toEqual([]);
  });
  test('says what the item says: steps, law, place, complaints, version and as of when', () => {
    const words = said(document);
    const { item } = document;
    const facts = [item.name, item.summary, item.body.name, item.place.phone, item.place.hours, item.complaints.phone, item.code, ...item.conditions, ...item.steps.map((step) => step.name), ...item.legalBasis.map(({ text }) => text), ...item.questions.map(({ answer }) => answer), `第${item.version}版`, '截至2026年11月27日09:30'];
    for (const fact of facts) expect(words).toContain(squeeze(fact));
  });
});

test('only the materials of the situation stand on it, each with its public reason', () => {
  const words = said(asked);
  for (const fact of ['店里的房子是怎么来的？别人借给我，不收钱', '无偿使用证明（复印件，1份，必须带）', '村（居）民委员会出具的场所证明', '为什么还要：县内户口簿信息可以共享核对', '可以提交申请']) expect(words).toContain(squeeze(fact));
  for (const fact of ['租房合同（', '前置许可文件', '批准机关可能在外省']) expect(words).not.toContain(fact);
  expect(said(guideOf(packItem('water-permit'), {}, 'not-here'))).toContain(squeeze('法定代表人授权书（原件，1份，视情况带）单位申请，而刷卡的人不是法定代表人的才需要'));
});

test('several bodies stand side by side within the page', () => {
  const [land, ecology] = ['用地审查', '生态流量审查'].map((name) => sheetsOf(guideOf(jointItem(), {})).flatMap(textsOf).find(({ text }) => text === name));
  expect(land?.y).toBe(ecology?.y);
});
