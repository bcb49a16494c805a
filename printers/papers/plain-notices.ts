/** 简明说明 of the papers in `notices.ts`. */
import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import { never } from '../../domain/result.ts';
import { limit } from './counts.ts';
import { englishDate, plainDate } from './layout/words.ts';
import { lastDay, type Notice, WAYS } from './notices.ts';
import type { Words } from './paper/model.ts';
import { disagree, disagreeBy } from './remedies.ts';

export type Sayings = Record<'meaning' | 'next' | 'when' | 'bring', Words>;

export function noticeSayings(document: Notice): Sayings {
  const { item } = document;
  const toAsk: Words = { zh: `查进度时带本告知书和身份证件到${document.place.name}。`, en: `To ask, bring this notice and your ID to ${document.place.name}.` };
  const wait: Words = { zh: '等结果就行。需要您配合的，大厅会联系您。', en: 'Wait for the result. The hall contacts you if it needs anything from you.' };
  switch (document.kind) {
    case 'special-procedure-notice': {
      const time = limit(document.allowed.days, document.allowed.unit);
      return {
        meaning: {
          zh: `办“${item}”要先做${document.procedure}。从${plainDate(document.from)}起，办理期限先停下来，做完再接着算。`,
          en: `Your application for "${item}" needs a procedure of its own first (see above). From ${englishDate(document.from)} the time limit stands still until it is done.`,
        },
        next: wait,
        when: { zh: `${document.procedure}要${time.zh}。做完以后，大厅告诉您新的日期。`, en: `The procedure takes ${time.en}. The hall tells you the new dates afterwards.` },
        bring: toAsk,
      };
    }
    case 'resumption-notice':
      return {
        meaning: { zh: `办“${item}”的期限停过一段时间，从${plainDate(document.resumedOn)}起接着算。`, en: `The time limit for "${item}" stood still and runs again from ${englishDate(document.resumedOn)}.` },
        next: wait, when: newDates(document), bring: toAsk,
      };
    case 'extension-notice':
      return {
        meaning: { zh: `办“${item}”来不及按原来的日期办完，延长了${limit(document.extended.days, document.extended.unit).zh}，理由写在上面。`, en: `"${item}" cannot be decided in time; the limit was extended by ${limit(document.extended.days, document.extended.unit).en}. The reasons are given above.` },
        next: wait, when: newDates(document), bring: toAsk,
      };
    case 'return-notice':
      return {
        meaning: { zh: `您办“${item}”的申请退回了，这一次不再办，理由写在上面。`, en: `Your application for "${item}" was returned and is not handled further. The reasons are given above.` },
        next: again(disagree(document.remedies, null)), when: disagreeBy(document.remedies, '本通知书', 'notice'),
        bring: { zh: '重新申请时，带身份证件和要用的材料。申请复议或者起诉时，带本通知书。', en: 'To apply again, bring your ID and the materials needed. To ask for review or to sue, bring this notice.' },
      };
    case 'lapse-notice':
      return {
        meaning: { zh: `您办“${item}”要补的材料，到${plainDate(document.within)}没有交来，这一次不再办。`, en: `What was asked for "${item}" had not come by ${englishDate(document.within)}. The application is not handled further.` },
        next: again(disagree(document.remedies, null)), when: disagreeBy(document.remedies, '本告知书', 'notice'),
        bring: { zh: '重新申请时，带身份证件和上面列出的材料。申请复议或者起诉时，带本告知书。', en: 'To apply again, bring your ID and what is listed above. To ask for review or to sue, bring this notice.' },
      };
    case 'materials-receipt':
      return {
        meaning: { zh: `大厅在${plainDate(document.receivedOn)}收到了您办“${item}”的这些材料。这还不是受理。`, en: `The hall received these materials for "${item}" on ${englishDate(document.receivedOn)}. They are not accepted yet.` },
        next: { zh: '不用在这里等。大厅会告诉您：受理、不受理，或者还要补什么。', en: 'You need not wait here. The hall will tell you: accepted, not accepted, or what is missing.' },
        when: { zh: `大厅在收到材料后${ANSWER_DAYS}个工作日内答复您。`, en: `The hall answers within ${ANSWER_DAYS} working days of receiving the materials.` },
        bring: { zh: '查进度时带这张凭证，扫上面的二维码就行。', en: 'Bring this receipt to ask about progress; its QR code is enough.' },
      };
    case 'lacking-commitment':
      return {
        meaning: { zh: `您办“${item}”还缺上面列出的材料。您答应以后补交，大厅先受理。`, en: `Materials for "${item}" are lacking (see above). You promise to hand them in later; the hall accepts the application now.` },
        next: { zh: `核对上面的内容，签名。然后把缺的材料补交到${document.place.name}。`, en: `Read, sign, and later hand in what is lacking at ${document.place.name}.` },
        when: { zh: `全部材料在${plainDate(lastDay(document))}或之前交齐。不交的，可能办不成，办成的也可能被撤销。`, en: `Hand everything in by ${englishDate(lastDay(document))}. Otherwise the case may end, and a decision may be withdrawn.` },
        bring: { zh: '补交时带缺的材料和身份证件。', en: 'Bring what is lacking and your ID.' },
      };
    case 'joint-acceptance':
      return {
        meaning: { zh: `您办“${item}”的申请受理了，几个部门一起办，您只要交一套材料。`, en: `Your application for "${item}" was accepted. Several bodies handle it together from one set of materials.` },
        next: wait, when: newDates(document),
        bring: { zh: `查进度、领结果时，带本受理单和身份证件到${document.place.name}。`, en: `To ask or to collect the result, bring this paper and your ID to ${document.place.name}.` },
      };
    case 'hand-over-receipt':
      return {
        meaning: { zh: `这些材料从${document.from}转到${document.to}，之后由${document.to}保管。`, en: `These papers go from one desk to another, which keeps them from then on.` },
        next: { zh: '双方当面清点，都签名；缺少的写在最后一行。', en: 'Count them together, both sign, and write down what is missing.' },
        when: { zh: '交接的时候当场签，不补签。', en: 'Sign at once, at the hand-over.' },
        bring: { zh: '本交接单和材料放在一起。', en: 'Keep this list with the papers.' },
      };
    case 'delivery-receipt':
      return {
        meaning: { zh: `“${item}”办好了，上面列出的文书在${plainDate(document.deliveredOn)}交给您（${WAYS[document.way].zh}）。`, en: `The papers of "${item}" listed above were handed to you on ${englishDate(document.deliveredOn)} (${WAYS[document.way].en}).` },
        next: { zh: '核对文书，没有错就签名，写上收到的日期。', en: 'Check the papers, sign, and write the date on which you received them.' },
        when: { zh: '拿到文书的时候签。复议、起诉的时间从您收到那天起算。', en: 'Sign when you receive them. The time for review or a lawsuit counts from that day.' },
        bring: { zh: '领取时带身份证件；代领的，还要带委托书。', en: 'Bring your ID; whoever collects for somebody else also brings an authorisation.' },
      };
    default:
      return never(document);
  }
}

function again({ zh, en }: Words): Words {
  return { zh: `可以重新申请。${zh}`, en: `You may apply again. ${en}` };
}

export function newDates({ promisedBy, statutoryBy, provisional }: { promisedBy: string; statutoryBy: string; provisional: boolean }): Words {
  return {
    zh: `我们承诺${plainDate(promisedBy)}或之前办完，最晚不超过${plainDate(statutoryBy)}。${provisional ? '跨年的日期可能随放假安排调整。' : ''}`,
    en: `We promise to finish by ${englishDate(promisedBy)}, and at the latest by ${englishDate(statutoryBy)}.${provisional ? ' Dates may move with the public holidays of next year.' : ''}`,
  };
}
