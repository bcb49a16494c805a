/**
 * 收件材料接收凭证: what the citizen takes away after handing in. It must look unlike an acceptance notice (受理通知书), because
 * it starts no legal clock; a provisional number must look unlike an official one.
 */
import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { chinaTime } from './layout/words.ts';
import { NORMAL } from './paper/model.ts';
import type { Paper } from './paper/model.ts';
import { WORDS } from './paper/words.ts';
import { partyFields } from './paper/party-fields.ts';
import { plainRows } from './plain.ts';
import { receiptCode } from '../../domain/case/receipt-code.ts';

export type HandInReceipt = Extract<PaperDocument, { kind: 'hand-in-receipt' }>;

export function receiptPaper(document: HandInReceipt): Paper {
  const { provisional, number } = document;
  return {
    title: WORDS.handInReceipt,
    look: document.look ?? NORMAL,
    head: { kind: 'receipt', hall: document.hall, warning: WORDS.notAcceptance },
    card: {
      label: provisional ? WORDS.provisionalNumber : WORDS.handInNumber,
      value: number,
      note: { label: WORDS.handedInAt, value: chinaTime(document.at) },
      provisional: provisional ? WORDS.provisionalAside : null,
      code: receiptCode(document.token, document.actionHash),
    },
    body: [
      {
        kind: 'fields',
        fields: [
          { label: WORDS.item, value: document.item },
          { label: WORDS.itemCode, value: document.itemCode },
          { label: WORDS.person, value: document.person },
          { label: WORDS.maskedNumber, value: document.maskedNumber },
          ...partyFields(document),
          { label: WORDS.site, value: document.site },
          { label: WORDS.machine, value: document.machine },
          { label: WORDS.phone, value: document.phone },
          { label: WORDS.complaintPhone, value: document.complaintPhone },
        ],
      },
      { kind: 'materials', heading: WORDS.receivedMaterials, materials: document.materials },
      { kind: 'notice', heading: WORDS.receiptNotice, paragraphs: notice(document) },
    ],
    plain: plainRows(document),
    number,
    token: document.token,
    actionHash: document.actionHash,
  };
}

/** 行政许可法 Art. 32 (1)(4): who is not told in time counts as accepted from the day of receipt. */
function notice(document: HandInReceipt): string[] {
  return [
    '本凭证只证明上列材料已由自助终端收到（收件）。它不是受理通知书，不表示申请已被受理，法定办理期限不从收件时起算，自受理之日起算。',
    `大厅应当自收到材料之日起${ANSWER_DAYS}个工作日内告知您：受理、不予受理，或者一次性告知需要补正的全部内容；逾期不告知的，自收到材料之日起即为受理。`,
    ...(document.original === true ? ['姓名、名称或号码有手工填写的。受理前，请申请人带身份证件（单位带营业执照或登记证书）原件，到大厅或便民服务中心的窗口核验。'] : []),
    ...(document.provisional ? ['打印本凭证时终端没有可用的正式编号。材料已加密保存，送达大厅后换发正式编号；在此之前凭临时编号或本页二维码查询。'] : []),
  ];
}
