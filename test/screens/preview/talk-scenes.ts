import type { SessionView, TerminalView } from '../../../domain/contracts/kiosk.ts';
import { NOTHING_SAID } from '../../../domain/contracts/kiosk-start.ts';
import type { MessageView, TalkView } from '../../../domain/contracts/talk.ts';
import type { SurveyBody } from '../../../domain/surveys/survey.ts';
import type { Scene } from './scenes.ts';

/** Messages, replies, surveys and calls. Every person here is fictional. */

const waiting: MessageView = {
  id: '01J5MESS0000000000000000A1', of: 'complain', about: '儒岙镇便民服务中心', anonymous: true, at: '2026-06-08T01:31:00.000Z', reference: '留330624-0007-0000A1', number: null, due: null,
  travel: 'waiting', stage: null, reply: null, rating: null, canRate: false, canReopen: false, reopened: false, asOf: '2026-06-07T09:15:00.000Z',
};
export const sentMessage: MessageView = waiting;
const replied: MessageView = {
  ...waiting, id: '01J5MESS0000000000000000A2', of: 'consult', about: '老年人优待证办理', anonymous: false, reference: '留330624-0007-0000A2', number: 'ZX3306242026000017', due: '2026-06-22', travel: 'received', stage: 'replied',
  reply: '您好：外地户口的老年人也可以办理。请带本人身份证和一张近期照片，在任何一个便民服务中心或自助终端提交，当场领取。行动不便的，可以拨打 0575-86000000 预约上门办理。', canRate: true, canReopen: true, asOf: '2026-06-08T01:32:00.000Z',
};
const survey: SurveyBody = {
  title: '周末要不要开门', intro: '下个月起，县大厅想试行周末延时服务。', sites: [], from: '2026-06-01', to: '2026-06-30', once: 'anonymous',
  questions: [
    { kind: 'single', key: 'want', asked: '您需要周末来办事吗？', required: true, options: [{ value: 'yes', label: '需要' }, { value: 'no', label: '不需要' }, { value: 'either', label: '都可以' }] },
    { kind: 'multi', key: 'what', asked: '周末最想办哪些事？', required: false, most: 2, options: [{ value: 'social', label: '社保医保' }, { value: 'house', label: '不动产登记' }, { value: 'shop', label: '开店办执照' }, { value: 'elder', label: '老年人优待证' }] },
    { kind: 'scale', key: 'wait', asked: '上次等了多久？', required: true, steps: 5, low: '不久', high: '很久' },
    { kind: 'text', key: 'more', asked: '还想说什么？', required: false, longest: 200 },
  ],
};

export function talkScenes({ here, terminal, offline, person }: { here: SessionView; terminal: TerminalView; offline: TerminalView; person: SessionView['person'] }): Record<string, Scene> {
  const asks: TerminalView = { ...terminal, surveys: [{ id: '01J5SVEY0000000000000000A1', title: survey.title, intro: survey.intro, questions: survey.questions.length, card: false }] };
  const talk = (part: Partial<TalkView>): TalkView => ({ ...NOTHING_SAID, ...part });
  const draft: NonNullable<TalkView['draft']> = { of: 'complain', aboutKind: 'place', about: '', words: '上周三上午十点来办证，窗口没有人，等了一个多小时。', name: '', phone: '13800001234', anonymous: true, seconds: null };
  return {
    talk: { view: { ...here, step: 'talk', errand: 'talk', person, talk: talk({ mine: [replied] }) }, terminal: asks },
    message: { view: { ...here, step: 'message', errand: 'talk', talk: talk({ draft }) }, terminal: offline },
    reply: { view: { ...here, step: 'reply', errand: 'talk', person, talk: talk({ message: replied }) }, terminal },
    survey: { view: { ...here, step: 'survey', errand: 'survey', talk: talk({ survey: { id: '01J5SVEY0000000000000000A1', body: survey, answers: { want: 'yes', what: ['house'] }, faults: { wait: 'missing' } } }) }, terminal: asks },
  };
}
