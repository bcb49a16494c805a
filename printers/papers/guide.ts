/** 办事指南 on paper: the whole guide of an item with the materials of one situation, for somebody to take home. No citizen is named on it. */
import { never } from '../../domain/result.ts';
import { HANDLE_AREAS, ONLINE_DEPTHS, ORIGINALS } from '../../domain/item/dictionaries.ts';
import { placeLine } from '../../domain/item/place.ts';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { done, limit } from './counts.ts';
import { A4, line, rectangle } from './layout/commands.ts';
import type { Sheet } from './layout/commands.ts';
import type { Typesetter } from './layout/typesetter.ts';
import { chinaTime, plainDate } from './layout/words.ts';
import { piecesOf } from './paper/blocks.ts';
import { flow, gap, type Piece } from './paper/flow.ts';
import { NORMAL, type Block, type Field, type Words } from './paper/model.ts';
import { processPiece } from './paper/process.ts';
import { ACCENT, EDGE, FAINT, INK, layFitted, layText, layWords, type Pen, penOf, WIDTH } from './paper/style.ts';
import { WORDS } from './paper/words.ts';

type GuidePaper = Extract<PaperDocument, { kind: 'guide' }>;

const TOP = 34;
/** A guide is read at a table, not checked against a limit of pages: it stands at the natural distance. */
const AIR = 0.9;

export function composeGuide(document: GuidePaper, set: Typesetter): Sheet[] {
  const pen = penOf(NORMAL, set, AIR);
  const { item } = document;
  const foot = layText(pen, footWords(document), pen.foot, WIDTH - 90);
  const bottom = A4.height - 24 - foot.height - 3 * pen.step;
  const running = layText(pen, `办事指南　${item.name}`, pen.foot, WIDTH);
  const pieces = [head(pen, document), ...blocksOf(document).flatMap((block) => (block === 'process' ? [gap(pen.step, true), ...processPiece(pen, item), gap(2 * pen.step)] : piecesOf(pen, block)))];
  const pages = flow(pieces, TOP, TOP + running.height + 4 * pen.step, bottom);
  pages.forEach(({ commands }, index) => {
    if (index > 0) {
      running.place(commands, EDGE, TOP);
      commands.push({ kind: 'path', path: line(EDGE, TOP + running.height + pen.step, EDGE + WIDTH, TOP + running.height + pen.step), stroke: FAINT, line: 0.6 });
    }
    const y = A4.height - 24 - foot.height;
    commands.push({ kind: 'path', path: line(EDGE, y - pen.step, EDGE + WIDTH, y - pen.step), stroke: FAINT, line: 0.6 });
    foot.place(commands, EDGE, y);
    layWords(pen, WORDS.pageOf(index + 1, pages.length), pen.foot, 90).place(commands, EDGE + WIDTH, y, 'right');
  });
  return pages.map(({ commands }) => ({ ...A4, commands }));
}

function footWords({ item, at, site, phone }: GuidePaper): string {
  return `截至 ${chinaTime(at)} · 第 ${item.version} 版（${plainDate(item.effectiveFrom)}起） · ${item.code} · ${site}打印 · 服务电话 ${phone}`;
}

function head(pen: Pen, { hall, item }: GuidePaper): Piece {
  const place = layFitted(pen, hall, { face: 'sans-bold', size: pen.scale.heading, colour: ACCENT, spacing: 1 }, WIDTH * 0.7, [pen.scale.heading, pen.scale.body, pen.scale.label]);
  const kind = layText(pen, '办事指南', pen.label, WIDTH / 4);
  const title = layText(pen, item.name, { face: 'serif-bold', size: pen.scale.title - 4, colour: INK, leading: 1.3 }, WIDTH);
  const summary = layText(pen, item.summary, pen.body, WIDTH);
  const top = place.height + 2 * pen.step;
  const height = top + title.height + pen.step + summary.height + 2 * pen.step;
  return {
    height: height + 2 * pen.step,
    glue: true,
    draw(commands, y) {
      commands.push({ kind: 'path', path: rectangle(0, 0, A4.width, 7), fill: ACCENT });
      place.place(commands, EDGE, y);
      kind.place(commands, EDGE + WIDTH, y, 'right');
      title.place(commands, EDGE, y + top);
      summary.place(commands, EDGE, y + top + title.height + pen.step);
      commands.push({ kind: 'path', path: line(EDGE, y + height, EDGE + WIDTH, y + height), stroke: INK, line: 1.1 });
    },
  };
}

const field = (zh: string, en: string, value: string): Field[] => (value === '' ? [] : [{ label: { zh, en }, value }]);
const heading = (zh: string, en: string): Block => ({ kind: 'heading', words: { zh, en } });

/** What stands on it, in the order that somebody asks. `process`: the picture of the process. */
function blocksOf(document: GuidePaper): (Block | 'process')[] {
  const { item, situation, here } = document;
  const { fee, online, place, complaints, agencies = [], questions, reasons = [], area, quantityLimit } = item;
  const asked = document.materials.flatMap(({ key, need }) => item.materials.filter((material) => material.key === key).map((material) => ({ material, need })));
  const because = (path: string) => reasons.filter((reason) => reason.path === path || reason.path.startsWith(`${path}.`)).map(({ words }) => words);
  const elsewhere = reasons.filter(({ path }) => !asked.some(({ material }) => path === `materials.${material.key}` || path.startsWith(`materials.${material.key}.`)) && !path.startsWith('materials.'));
  return [
    ...(situation.length === 0 ? [] : [{ kind: 'notice' as const, heading: SITUATION, paragraphs: situation.map(({ question, answer }) => `${question}　${answer}`) }]),
    {
      kind: 'fields',
      fields: [
        ...field('在本机', 'At this terminal', hereWords(here)), ...field('办理结果', 'Result', item.result.name), ...field('办理时限', 'Time', `${done(item.promised.days, item.promised.unit).zh}（法定${limit(item.statutory.days, item.statutory.unit).zh}）`),
        ...field('收费', 'Fee', fee.charged ? fee.rows.map(({ name, standard }) => `${name} ${standard}`).join('；') : '不收费'), ...field('收费依据', 'Basis of the fee', fee.basis),
        ...field('到现场次数', 'Visits', item.visits.count === 0 ? '不用跑大厅' : `${item.visits.count}次：${item.visits.reason}`),
        ...field('网办深度', 'Online', `${ONLINE_DEPTHS[online.depth] ?? ''}${online.whyNot === '' ? '' : `；不能全程网办的原因：${online.whyNot}`}`),
        ...field('通办范围', 'Where', area === undefined ? '' : `${HANDLE_AREAS[area.reach]}${area.note === '' ? '' : `：${area.note}`}`),
        ...field('数量限制', 'Quantity', quantityLimit === undefined ? '' : quantityLimit.limited ? quantityLimit.note : '没有'),
      ],
    },
    heading('要带的材料', 'What to bring'),
    ...(asked.length === 0 ? [{ kind: 'paragraph' as const, text: '不需要提交材料，带上身份证就可以。' }] : [{
      kind: 'numbered' as const,
      items: asked.map(({ material, need }) => ({
        head: `${material.name}（${[ORIGINALS[material.original], ...(material.copies > 0 ? [`${material.copies}份`] : []), ...(material.pageFormat === undefined ? [] : [material.pageFormat]), need === 'needed' ? '必须带' : '视情况带'].join('，')}）`,
        text: [...(need === 'needed' ? [] : [material.condition]), `出具：${material.issuer}`, material.acceptance, material.notes, material.sample === '' ? '' : `合格的样子：${material.sample}`, ...because(`materials.${material.key}`).map((words) => `为什么还要：${words}`)].filter((words) => words !== '').join('\n'),
      })),
    }]),
    heading('办理条件', 'Conditions'),
    ...item.conditions.map((condition, index): Block => ({ kind: 'paragraph', text: `${index + 1}. ${condition}` })),
    heading('办理流程', 'Steps'),
    'process',
    ...(agencies.length === 0 ? [] : [heading('中介服务', 'Services by others'), { kind: 'numbered' as const, items: agencies.map(({ service, by, basis, fee: price }) => ({ head: `${service}（${by}）`, text: [basis, price].filter((words) => words !== '').join('；') })) }]),
    heading('地点和电话', 'Where and whom to ask'),
    {
      kind: 'fields',
      fields: [
        ...field('办理单位', 'Office', [item.body.name, ...item.body.jointOffices].join('、')), ...field('办理地点', 'Place', placeLine(place)), ...field('办理时间', 'Hours', place.hours), ...field('咨询电话', 'Questions', place.phone),
        ...field('投诉', 'Complaints', [`${complaints.phone}，${complaints.place}`, complaints.ways ?? ''].filter((words) => words !== '').join('；')),
      ],
    },
    heading('法律依据', 'Legal basis'),
    ...item.legalBasis.map(({ law, article, number, text }): Block => ({ kind: 'paragraph', text: `${law}${number === undefined ? '' : `（${number}）`}${article}：${text}` })),
    ...(questions.length === 0 ? [] : [heading('常见问题', 'Questions'), { kind: 'numbered' as const, items: questions.map(({ question, answer }) => ({ head: question, text: answer })) }]),
    ...(elsewhere.length === 0 ? [] : [heading('公开说明', 'Public reasons'), ...elsewhere.map(({ words }): Block => ({ kind: 'paragraph', text: words }))]),
  ];
}

const SITUATION: Words = { zh: '按您的情形', en: 'For your situation' };

function hereWords(here: GuidePaper['here']): string {
  switch (here) {
    case 'works':
      return '可以提交申请';
    case 'works-result-later':
      return '可以提交申请，结果以后取';
    case 'not-here':
      return '现在不能办，请到下面的地点';
    default:
      return never(here);
  }
}
