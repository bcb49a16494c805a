/** The legal papers of a case: what stands on each. How it stands there is `paper/`'s. The law behind each is in the README. */
import type { LegalPaper } from '../../domain/documents/legal.ts';
import { plainDate } from './layout/words.ts';
import { NORMAL } from './paper/model.ts';
import type { Paper } from './paper/model.ts';
import { partyFields } from './paper/party-fields.ts';
import { WORDS } from './paper/words.ts';
import { limit } from './counts.ts';
import { materialNames, moving, noticeContents, type Own, received } from './notices.ts';
import { plainRows } from './plain.ts';
import { remedyBlocks, remedyNote } from './remedies.ts';
import { receiptCode } from '../../domain/case/receipt-code.ts';

export function legalPaper(document: LegalPaper): Paper {
  const own = ownOf(document);
  const { place } = document;
  return {
    title: own.title,
    look: document.look ?? NORMAL,
    head: { kind: 'legal', department: document.department, hall: document.hall, paperNumber: document.paperNumber },
    card: { ...own.card, provisional: null, code: receiptCode(document.token, document.actionHash) },
    body: [
      { kind: 'paragraph', text: `${own.to ?? document.person}：\n${own.sentence}` },
      {
        kind: 'fields',
        fields: [
          { label: WORDS.item, value: document.item },
          { label: WORDS.itemCode, value: document.itemCode },
          { label: WORDS.number, value: document.number },
          { label: WORDS.person, value: document.person },
          { label: WORDS.maskedNumber, value: document.maskedNumber },
          ...partyFields(document),
          ...own.fields,
          ...(document.basis.length === 0 ? [] : [{ label: WORDS.basis, value: document.basis.map(({ law, article }) => law + article).join('；') }]),
        ],
      },
      ...own.blocks,
      {
        kind: 'signing',
        contacts: [
          { label: WORDS.place, value: place.name },
          { label: WORDS.address, value: place.address },
          { label: WORDS.hours, value: place.hours },
          { label: WORDS.phone, value: document.phone },
          { label: WORDS.complaintPhone, value: document.complaintPhone },
        ],
        department: document.department,
        date: document.date,
      },
    ],
    plain: plainRows(document),
    number: document.number,
    token: document.token,
    actionHash: document.actionHash,
  };
}

/** Why an application counts as accepted. */
const ACCEPTED = {
  whole: '属于本机关职权范围，材料齐全、符合法定形式，现予受理。',
  lacking: '属于本机关职权范围，主要材料齐全、符合法定形式，暂缺的材料由您按承诺补交，现予受理。',
  deemed: '本机关没有在法定期限内告知需要补正的内容，自收到申请材料之日起即为受理。',
};

function ownOf(document: LegalPaper): Own {
  const licence = document.power === 'licence';
  switch (document.kind) {
    case 'acceptance-notice':
      return {
        title: WORDS.acceptanceNotice,
        card: { label: WORDS.promisedBy, value: plainDate(document.promisedBy), note: { label: WORDS.statutoryBy, value: plainDate(document.statutoryBy) } },
        sentence:
          `您提出的“${document.item}”申请，${ACCEPTED[document.ground ?? 'whole']}办理期限自受理之日起计算。` +
          (document.excluded.length === 0 ? '' : `依法需要${document.excluded.join('、')}的，所需时间不计算在办理期限内，另行书面告知您。`) +
          moving(document),
        fields: [
          received(document.receivedOn),
          { label: WORDS.acceptedOn, value: plainDate(document.acceptedOn) },
          { label: WORDS.timeLimits, value: `承诺${limit(document.promised.days, document.promised.unit).zh}，法定${limit(document.statutory.days, document.statutory.unit).zh}` },
          { label: WORDS.acceptedMaterials, value: materialNames(document.materials) },
        ],
        blocks: [],
      };
    case 'correction-notice':
      return {
        title: WORDS.correctionNotice,
        card: { label: WORDS.correctBy, value: plainDate(document.within), note: { label: WORDS.askCount, value: `${document.asks.length} 处` } },
        sentence:
          `您提出的“${document.item}”申请，材料不齐全或者不符合法定形式，需要补正。现一次性告知需要补正的全部内容；除所列内容外，不再要求补正其他内容。按要求提交全部补正材料的，本机关应当受理。${document.ifLate}`,
        fields: [received(document.receivedOn)],
        blocks: [{ kind: 'heading', words: WORDS.asks }, { kind: 'numbered', items: document.asks.map(({ target, words }) => ({ head: target, text: words })) }],
      };
    case 'refusal-notice':
      return {
        title: WORDS.refusalNotice,
        card: { label: WORDS.refusedOn, value: plainDate(document.date), note: remedyNote(document.remedies) },
        sentence:
          `您提出的“${document.item}”申请，经审查，决定不予受理。` +
          (document.applyTo === null ? '' : `该事项依法不属于本机关职权范围，请向${document.applyTo}申请。`),
        fields: [received(document.receivedOn)],
        blocks: [{ kind: 'heading', words: WORDS.refusalReason }, { kind: 'paragraph', text: document.reason }, ...remedyBlocks(document.remedies, '本通知书')],
      };
    case 'approval-decision':
      return {
        title: licence ? WORDS.licenceGranted : WORDS.granted,
        card: { label: WORDS.deliverBy, value: plainDate(document.deliverBy), note: { label: WORDS.result, value: document.result } },
        sentence: `您提出的“${document.item}”申请，本机关已于${plainDate(document.acceptedOn)}受理。经审查，符合法定条件、标准，决定准予${licence ? '行政许可' : '办理'}。`,
        fields: [{ label: WORDS.acceptedOn, value: plainDate(document.acceptedOn) }],
        blocks: [{ kind: 'heading', words: WORDS.content }, { kind: 'paragraph', text: document.content }],
      };
    case 'denial-decision':
      return {
        title: licence ? WORDS.licenceDenied : WORDS.denied,
        card: { label: WORDS.deniedOn, value: plainDate(document.date), note: remedyNote(document.remedies) },
        sentence: `您提出的“${document.item}”申请，本机关已于${plainDate(document.acceptedOn)}受理。经审查，不符合法定条件、标准，决定不予${licence ? '行政许可' : '办理'}。`,
        fields: [{ label: WORDS.acceptedOn, value: plainDate(document.acceptedOn) }],
        blocks: [{ kind: 'heading', words: WORDS.denialReason }, { kind: 'paragraph', text: document.reason }, ...remedyBlocks(document.remedies, '本决定书')],
      };
    case 'withdrawal-confirmation':
      return {
        title: WORDS.withdrawal,
        card: { label: WORDS.withdrawnOn, value: plainDate(document.withdrawnOn), note: { label: WORDS.appliedOn, value: plainDate(document.receivedOn) } },
        sentence: `您提出的“${document.item}”申请，已按您的要求撤回，办理程序终止，办理期限不再计算。撤回不是不予受理，也不是不予准许，不影响您再次申请。`,
        fields: [],
        blocks: document.reason === '' ? [] : [{ kind: 'heading', words: WORDS.withdrawalReason }, { kind: 'paragraph', text: document.reason }],
      };
    default:
      return noticeContents(document);
  }
}
