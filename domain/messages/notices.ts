import type { Payload } from '../action/payload.ts';
import type { TemplateName } from './sms-text.ts';

/** A text to a citizen about one of the things that happen to a case: which template, and the stage it names. */
export type Notice = { template: TemplateName; stage: string };

/**
 * Which actions of a case are told by text. What is not here is told by nothing: a decision comes with its finish, and what the citizen did
 * at a machine is on the slip in the citizen's hand.
 */
export const NOTICES: Readonly<Partial<Record<Payload['kind'], Notice>>> = {
  accepted: { template: 'case-accepted', stage: '已受理' },
  'correction-asked': { template: 'case-correction', stage: '待补正' },
  refused: { template: 'case-refused', stage: '不予受理' },
  finished: { template: 'case-finished', stage: '已办结' },
};
/** 容缺: what was promised for a day comes near it. */
export const LACKING_NOTICE: Notice = { template: 'case-lacking', stage: '待补交' };
export const REPLIED_NOTICE: Notice = { template: 'message-replied', stage: '已答复' };
/** 预约: booked or moved, soon, cancelled, and not kept. Their stage says when, or how often. */
export const BOOKED_NOTICE: Pick<Notice, 'template'> = { template: 'appointment-booked' };
export const SOON_NOTICE: Pick<Notice, 'template'> = { template: 'appointment-soon' };
export const CANCELLED_NOTICE: Pick<Notice, 'template'> = { template: 'appointment-cancelled' };
export const MISSED_NOTICE: Pick<Notice, 'template'> = { template: 'appointment-missed' };
