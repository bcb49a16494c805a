/** The papers of what happens on the way of a case and at its end beside a decision: what stands on each. */
import type { LegalPaper } from '../../domain/documents/legal.ts';
import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import { never } from '../../domain/result.ts';
import { limit } from './counts.ts';
import { plainDate } from './layout/words.ts';
import type { Block, Field, Words } from './paper/model.ts';
import { WORDS } from './paper/words.ts';
import { remedyBlocks, remedyNote } from './remedies.ts';

/** What differs from one kind to the next. */
export type Own = {
  title: Words;
  /** Whom the paper speaks to; left out: the applicant. */
  to?: string;
  card: { label: Words; value: string; note: Field };
  /** The legal sentence under the salutation. */
  sentence: string;
  /** Facts of this kind beside the common ones. */
  fields: Field[];
  /** What follows the facts. */
  blocks: Block[];
};

export type Notice = Extract<LegalPaper, {
  kind: 'special-procedure-notice' | 'resumption-notice' | 'extension-notice' | 'return-notice' | 'lapse-notice' | 'materials-receipt' | 'lacking-commitment' | 'joint-acceptance' | 'hand-over-receipt' | 'delivery-receipt';
}>;

export function noticeContents(document: Notice): Own {
  const application = `您提出的“${document.item}”申请，`;
  switch (document.kind) {
    case 'special-procedure-notice': {
      const time = limit(document.allowed.days, document.allowed.unit).zh;
      return {
        title: WORDS.specialProcedure,
        card: { label: WORDS.clockStandsFrom, value: plainDate(document.from), note: { label: WORDS.timeNeeded, value: time } },
        sentence: `${application}办理中依法需要${document.procedure}，所需时间为${time}，不计算在办理期限内。办理期限自${plainDate(document.from)}起停止计算；${document.procedure}结束后继续计算，届时另行告知您新的期限。`,
        fields: [acceptedOn(document.acceptedOn), { label: WORDS.procedure, value: document.procedure }],
        blocks: reasons(WORDS.procedureReason, document.reason),
      };
    }
    case 'resumption-notice':
      return {
        title: WORDS.resumption,
        card: dates(document),
        sentence: `${application}因${document.pause}，自${plainDate(document.from)}起停止计算办理期限。现停止的原因已经消除，自${plainDate(document.resumedOn)}起继续计算。停止的时间不计算在办理期限内，办结日期顺延如上。${moving(document)}`,
        fields: [{ label: WORDS.stoodFor, value: document.pause }, { label: WORDS.clockStandsFrom, value: plainDate(document.from) }, { label: WORDS.resumedOn, value: plainDate(document.resumedOn) }],
        blocks: [],
      };
    case 'extension-notice': {
      const time = limit(document.extended.days, document.extended.unit).zh;
      return {
        title: WORDS.extension,
        card: dates(document),
        sentence: `${application}不能在原定期限内作出决定。经${document.approvedBy}批准，办理期限延长${time}，延长后的日期如上。${moving(document)}`,
        fields: [acceptedOn(document.acceptedOn), { label: WORDS.extendedBy, value: time }, { label: WORDS.approvedBy, value: document.approvedBy }],
        blocks: reasons(WORDS.extensionReason, document.reason),
      };
    }
    case 'return-notice':
      return {
        title: WORDS.returned,
        card: { label: WORDS.returnedOn, value: plainDate(document.date), note: remedyNote(document.remedies) },
        sentence: `${application}现作退件处理，所提交的材料退还给您，本次申请不再办理。您可以重新申请。`,
        fields: [received(document.receivedOn), { label: WORDS.returnedMaterials, value: materialNames(document.materials) }],
        blocks: [...reasons(WORDS.returnReason, document.reason), ...remedyBlocks(document.remedies, '本通知书')],
      };
    case 'lapse-notice':
      return {
        title: WORDS.lapsed,
        card: { label: WORDS.endedOn, value: plainDate(document.date), note: remedyNote(document.remedies) },
        sentence: `${application}本机关已于${plainDate(document.askedOn)}一次性告知需要补正的全部内容，请您在${plainDate(document.within)}或之前补正。到期没有收到补正材料，本次申请终止办理。您可以重新申请。`,
        fields: [received(document.receivedOn)],
        blocks: [
          { kind: 'heading', words: WORDS.notCorrected }, { kind: 'numbered', items: document.asks.map(({ target, words }) => ({ head: target, text: words })) },
          ...(document.reason === '' ? [] : [{ kind: 'paragraph' as const, text: document.reason }]),
          ...remedyBlocks(document.remedies, '本告知书'),
        ],
      };
    case 'materials-receipt':
      return {
        title: document.occasion === 'hand-in' ? WORDS.materialsReceipt : WORDS.supplementReceipt,
        card: { label: WORDS.receivedOn, value: plainDate(document.receivedOn), note: { label: WORDS.receivedCount, value: countOf(document.materials) } },
        sentence: `您为办理“${document.item}”提交的下列材料，本机关已经收到。收到材料不等于受理；是否受理，本机关自收到之日起${ANSWER_DAYS}个工作日内告知您。`,
        fields: [],
        blocks: [{ kind: 'materials', heading: WORDS.receivedMaterials, materials: document.materials }],
      };
    case 'lacking-commitment':
      return {
        title: WORDS.commitment,
        to: document.department,
        card: { label: WORDS.handInBy, value: plainDate(lastDay(document)), note: { label: WORDS.lackingCount, value: `${document.lacking.length} 份` } },
        sentence: `本人申请办理“${document.item}”，主要材料已经提交，下列材料暂缺。本人承诺在所列日期或之前补交，并保证补交的材料真实、有效。到期没有补交，或者补交的材料不符合要求的，贵机关可以停止办理；已经作出决定的，可以依法撤销。由此产生的后果由本人承担。`,
        fields: [acceptedOn(document.acceptedOn)],
        blocks: [
          { kind: 'heading', words: WORDS.lacking }, { kind: 'numbered', items: document.lacking.map(({ name, by }) => ({ head: name, text: `${plainDate(by)}或之前补交` })) },
          { kind: 'by-hand', words: WORDS.promiserSigns }, { kind: 'by-hand', words: WORDS.signedOn },
        ],
      };
    case 'joint-acceptance':
      return {
        title: WORDS.joint,
        card: dates(document),
        sentence: `${application}涉及${new Set(document.steps.map(({ department }) => department)).size}个部门，由${document.department}牵头联合办理：一次受理，一套材料，各部门按下列分工和顺序办理，您不需要分别申请。${moving(document)}`,
        fields: [acceptedOn(document.acceptedOn)],
        blocks: [{ kind: 'heading', words: WORDS.division }, {
          kind: 'numbered',
          items: document.steps.map(({ name, department, days, unit, after }) => ({ head: `${name}（${department}）`, text: `${days === 0 ? '当日完成' : `${limit(days, unit).zh}内完成`}；${after.length === 0 ? '受理后即开始' : `在${after.map((step) => `“${step}”`).join('')}完成后开始`}` })),
        }],
      };
    case 'hand-over-receipt':
      return {
        title: WORDS.handOver,
        to: document.to,
        card: { label: WORDS.handedOverOn, value: plainDate(document.date), note: { label: WORDS.paperCount, value: `${document.papers.length} 件` } },
        sentence: `“${document.item}”（办件编号 ${document.number}）的下列材料由${document.from}交给${document.to}。请当面清点，缺少的在接收时写明。`,
        fields: [{ label: WORDS.handedBy, value: document.from }, { label: WORDS.takenBy, value: document.to }, { label: WORDS.handedPapers, value: document.papers.map((paper, index) => `${index + 1}. ${paper}`).join('\n') }],
        blocks: [...(document.words === '' ? [] : reasons(WORDS.remark, document.words)), { kind: 'by-hand', words: WORDS.giverSigns }, { kind: 'by-hand', words: WORDS.takerSigns }, { kind: 'by-hand', words: WORDS.missingByHand }],
      };
    case 'delivery-receipt':
      return {
        title: WORDS.delivery,
        to: document.collector === '' ? document.person : document.collector,
        card: { label: WORDS.deliveredOn, value: plainDate(document.deliveredOn), note: { label: WORDS.deliveryWay, value: WAYS[document.way].zh } },
        sentence: `“${document.item}”的下列文书现送达给您。请核对无误后签名，并写明收到的日期。`,
        fields: [
          { label: WORDS.collector, value: document.collector === '' ? document.person : document.collector }, { label: WORDS.relation, value: RELATIONS[document.relation] },
          { label: WORDS.deliveredPapers, value: document.papers.map((paper, index) => `${index + 1}. ${paper}`).join('\n') },
        ],
        blocks: [{ kind: 'by-hand', words: WORDS.collectorSigns }, { kind: 'by-hand', words: WORDS.signedOn }, { kind: 'by-hand', words: WORDS.delivererSigns }],
      };
    default:
      return never(document);
  }
}

export const WAYS: Readonly<Record<Extract<Notice, { kind: 'delivery-receipt' }>['way'], Words>> = {
  window: { zh: '窗口领取', en: 'at the window' }, terminal: { zh: '自助终端领取', en: 'at a terminal' }, post: { zh: '邮寄', en: 'by post' }, electronic: { zh: '电子送达', en: 'electronically' },
};
const RELATIONS = { applicant: '本人', agent: '代理人', relative: '亲属' } as const;

/** The last day by which something that lacks is promised. */
export function lastDay({ lacking }: Extract<Notice, { kind: 'lacking-commitment' }>): string {
  return lacking.reduce((last, { by }) => (by > last ? by : last), '');
}

/** `3 份，11 页` */
export function countOf(materials: readonly { pages: number }[]): string {
  return `${materials.length} 份，${materials.reduce((sum, { pages }) => sum + pages, 0)} 页`;
}

export function received(date: string): Field {
  return { label: WORDS.receivedOn, value: plainDate(date) };
}

function acceptedOn(date: string): Field {
  return { label: WORDS.acceptedOn, value: plainDate(date) };
}

/** `申请表（4页）`, one a line. */
export function materialNames(materials: readonly { name: string; pages: number }[]): string {
  return materials.map(({ name, pages }) => `${name}（${pages}页）`).join('\n');
}

function dates({ promisedBy, statutoryBy }: { promisedBy: string; statutoryBy: string }): Own['card'] {
  return { label: WORDS.promisedBy, value: plainDate(promisedBy), note: { label: WORDS.statutoryBy, value: plainDate(statutoryBy) } };
}

/** Said where a date lies beyond the loaded calendar. */
export function moving({ provisional }: { provisional: boolean }): string {
  return provisional ? '上列日期跨入放假安排尚未公布的年度，公布后以重新计算的日期为准。' : '';
}

function reasons(heading: Words, text: string): Block[] {
  return [{ kind: 'heading', words: heading }, { kind: 'paragraph', text }];
}
