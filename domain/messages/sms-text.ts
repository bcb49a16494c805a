/** What a text message says: templates with slots, and how many parts a text costs. */
import { err, ok, type Result } from '../result.ts';

/**
 * What a text may tell. A phone lies about and its lock screen is read by others: no name, no identity number, no item, no reason, only which
 * number has come to which stage, and where to look further.
 */
export const SLOTS = ['number', 'stage', 'hall'] as const;
export type SlotName = (typeof SLOTS)[number];
export type SlotValues = Readonly<Record<SlotName, string>>;

export const TEMPLATE_NAMES = ['case-accepted', 'case-correction', 'case-refused', 'case-finished', 'case-lacking', 'message-replied', 'appointment-booked', 'appointment-soon', 'appointment-cancelled', 'appointment-missed'] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** As delivered; a county writes its own over them. */
export const TEMPLATES: Readonly<Record<TemplateName, string>> = {
  'case-accepted': '【{hall}】您的申请 {number} 现为“{stage}”。可在自助终端“查进度”查看。',
  'case-correction': '【{hall}】您的申请 {number} 现为“{stage}”，请在自助终端或窗口查看需补内容。',
  'case-refused': '【{hall}】您的申请 {number} 现为“{stage}”，原因请在自助终端或窗口查看。',
  'case-finished': '【{hall}】您的申请 {number} 现为“{stage}”。请持身份证到自助终端或窗口领取结果。',
  'case-lacking': '【{hall}】您的申请 {number} 现为“{stage}”：答应以后交的材料快到期了，请在自助终端或窗口补交。',
  'message-replied': '【{hall}】您的诉求 {number} 现为“{stage}”，可在自助终端或窗口查看并评价。',
  'appointment-booked': '【{hall}】预约 {number} 已约在 {stage}，请按时持证或凭手机号到自助终端签到取号。不能来请提前取消。',
  'appointment-soon': '【{hall}】提醒：预约 {number} 的时间是 {stage}，请按时到自助终端签到取号。',
  'appointment-cancelled': '【{hall}】预约 {number}（{stage}）已取消。还要办请重新预约，或者到现场取号。',
  'appointment-missed': '【{hall}】预约 {number} 未按时到场，{stage}。不影响您到现场取号办事。',
};

/** A part holds 70 characters of UCS-2; of a longer text each part gives three to the header that joins them (GSM 03.38, 03.40). */
const ONE_PART = 70;
const JOINED_PART = 67;
/** Longest text a template may make: more is a letter. */
const MOST_PARTS = 4;

/** Parts that a text is sent and paid in. Counted in UTF-16 code units, as the network does: a rare character counts twice. */
export function partsOf(text: string): number {
  return text.length <= ONE_PART ? 1 : Math.ceil(text.length / JOINED_PART);
}

/** - `long-number`: fifteen digits or more in a row, which would be somebody's number for everybody. */
export type TemplateFault = { kind: 'empty' | 'too-long' | 'long-number' } | { kind: 'unknown-slot'; slot: string };

const SLOT = /\{([^{}]*)\}/g;

/** Whether a text may serve as a template. */
export function checkTemplate(text: string): Result<null, TemplateFault> {
  if (text.trim() === '') return err({ kind: 'empty' });
  for (const [, slot = ''] of text.matchAll(SLOT)) if (!isSlot(slot)) return err({ kind: 'unknown-slot', slot });
  if (/\d{15}/.test(text)) return err({ kind: 'long-number' });
  const longest = fillTemplate(text, { number: '9'.repeat(30), stage: '已告知补正', hall: '某某县政务服务中心' });
  return partsOf(longest) > MOST_PARTS ? err({ kind: 'too-long' }) : ok(null);
}

/** The text with its slots filled; values are never read as templates again. */
export function fillTemplate(text: string, values: SlotValues): string {
  return text.replace(SLOT, (whole, slot: string) => (isSlot(slot) ? values[slot] : whole));
}

function isSlot(name: string): name is SlotName {
  return (SLOTS as readonly string[]).includes(name);
}
