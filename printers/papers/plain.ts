/**
 * 简明说明: what a paper means, what its reader does next, by when, and with what. Made from the paper's facts and from
 * nothing else: every date, number and name in it is one of theirs, so that it cannot say otherwise than the text above it.
 */
import type { LegalPaper } from '../../domain/documents/legal.ts';
import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import { englishDate, plainDate } from './layout/words.ts';
import { done, limit } from './counts.ts';
import { newDates, noticeSayings, type Sayings } from './plain-notices.ts';
import type { PlainRow } from './paper/model.ts';
import { WORDS } from './paper/words.ts';
import type { HandInReceipt } from './receipt.ts';
import { disagree, disagreeBy } from './remedies.ts';

export function plainRows(document: LegalPaper | HandInReceipt): PlainRow[] {
  const said = sayings(document);
  return (['meaning', 'next', 'when', 'bring'] as const).map((key) => ({ label: WORDS[key], words: said[key] }));
}

function sayings(document: LegalPaper | HandInReceipt): Sayings {
  const { item } = document;
  switch (document.kind) {
    case 'hand-in-receipt':
      return {
        meaning: {
          zh: `大厅已经收到您办“${item}”的材料。这还不是受理，办理期限还没有开始算。`,
          en: `Your materials for "${item}" have been received. They are not accepted yet and no time limit runs yet.`,
        },
        next: { zh: '不用在这里等。大厅会告诉您：受理、不受理，或者还要补什么。', en: 'You need not wait here. The hall will tell you: accepted, not accepted, or what is missing.' },
        when: {
          zh: `大厅在收到材料后${ANSWER_DAYS}个工作日内答复您。受理以后，${done(document.promisedDays, document.dayUnit).zh}，法律规定${limit(document.statutoryDays, document.dayUnit).zh}。`,
          en: `The hall answers within ${ANSWER_DAYS} working days of receiving the materials. Once accepted: ${done(document.promisedDays, document.dayUnit).en}; the law says ${limit(document.statutoryDays, document.dayUnit).en}.`,
        },
        bring: { zh: '查进度时带这张凭证，扫上面的二维码就行。', en: 'Bring this receipt to ask about progress; its QR code is enough.' },
      };
    case 'acceptance-notice':
      return {
        meaning: {
          zh: `您办“${item}”的申请，${plainDate(document.acceptedOn)}已经受理，开始计算办理期限。`,
          en: `Your application for "${item}" was accepted on ${englishDate(document.acceptedOn)}. The time limit now runs.`,
        },
        next: { zh: '等结果就行。需要您配合的，大厅会联系您。', en: 'Wait for the result. The hall contacts you if it needs anything from you.' },
        when: newDates(document),
        bring: { zh: `查进度、领结果时，带本通知书和身份证件到${document.place.name}。`, en: `To ask or to collect the result, bring this notice and your ID to ${document.place.name}.` },
      };
    case 'correction-notice':
      return {
        meaning: {
          zh: `您办“${item}”的材料有${document.asks.length}处要补正，补齐才能受理。要补的这次全部写清了。`,
          en: `Points to correct before your materials for "${item}" can be accepted: ${document.asks.length}. All of them are listed above.`,
        },
        next: { zh: `照着上面一项一项补好，到任一自助终端或${document.place.name}提交。`, en: `Correct each point above, then hand in at any terminal or at ${document.place.name}.` },
        when: { zh: `${plainDate(document.within)}或之前交齐。${document.ifLate}`, en: `Hand everything in by ${englishDate(document.within)}.` },
        bring: { zh: '带本告知书、要补的材料和身份证件。', en: 'Bring this notice, the materials asked for, and your ID.' },
      };
    case 'refusal-notice':
      return {
        meaning: { zh: `您办“${item}”的申请没有被受理，理由写在上面。`, en: `Your application for "${item}" was not accepted. The reasons are given above.` },
        next: disagree(document.remedies, document.applyTo),
        when: disagreeBy(document.remedies, '本通知书', 'notice'),
        bring: { zh: '申请复议或者起诉时，带本通知书和身份证件。', en: 'To ask for review or to sue, bring this notice and your ID.' },
      };
    case 'denial-decision':
      return {
        meaning: { zh: `您办“${item}”的申请没有获得批准，理由写在上面。`, en: `Your application for "${item}" was denied. The reasons are given above.` },
        next: disagree(document.remedies, null),
        when: disagreeBy(document.remedies, '本决定书', 'decision'),
        bring: { zh: '申请复议或者起诉时，带本决定书和身份证件。', en: 'To ask for review or to sue, bring this decision and your ID.' },
      };
    case 'approval-decision':
      return {
        meaning: { zh: `您办“${item}”的申请批准了，您会拿到“${document.result}”。`, en: `Your application for "${item}" was granted. You will receive "${document.result}".` },
        next: { zh: `到${document.place.name}领取“${document.result}”。`, en: `Collect "${document.result}" at ${document.place.name}.` },
        when: { zh: `我们在${plainDate(document.deliverBy)}或之前交到您手上。`, en: `It is handed over by ${englishDate(document.deliverBy)}.` },
        bring: { zh: '带本决定书和身份证件。', en: 'Bring this decision and your ID.' },
      };
    case 'withdrawal-confirmation':
      return {
        meaning: {
          zh: `您在${plainDate(document.withdrawnOn)}撤回了办“${item}”的申请，这件事到此为止，没有批准，也没有拒绝。`,
          en: `On ${englishDate(document.withdrawnOn)} you withdrew your application for "${item}". The case has ended: neither granted nor denied.`,
        },
        next: { zh: '不用再做什么。以后想办，可以重新申请。', en: 'Nothing more to do. You may apply again.' },
        when: { zh: '什么时候重新申请都可以，没有期限。', en: 'You may apply again at any time.' },
        bring: { zh: '重新申请时，带身份证件和要用的材料。本确认书请留好。', en: 'To apply again, bring your ID and the materials needed. Keep this confirmation.' },
      };
    default:
      return noticeSayings(document);
  }
}
