import type { CardHolder } from '../../../domain/identity/card-holder.ts';
import type { MessageSubject } from '../../../domain/contracts/messages.ts';
import type { MessageView, TalkView } from '../../../domain/contracts/talk.ts';
import type { KeptMessage } from '../../../sync/terminal-store/types.ts';
import type { SessionState } from './state.ts';
import { openSurveys } from './survey.ts';
import type { Visit } from './visit.ts';

/** What the window may see of what the visit says to the hall. */
export async function talkView(visit: Visit, { talk, step, holder }: Pick<SessionState, 'talk' | 'step' | 'holder'>): Promise<TalkView> {
  const { draft } = talk;
  const opened = talk.message === null || (step !== 'reply' && step !== 'message-sent') ? null : await visit.store.letters.message(talk.message);
  const survey = talk.survey === null ? undefined : (await openSurveys(visit.store, visit.config.site, visit.clock.now())).find(({ id }) => id === talk.survey?.id);
  return {
    draft: draft === null ? null : {
      of: draft.of, aboutKind: draft.about.kind === 'site' ? 'place' : draft.about.kind, about: aboutWords(draft.about),
      words: draft.words, name: draft.name, phone: draft.phone, anonymous: draft.anonymous, seconds: draft.recording?.seconds ?? null,
    },
    message: opened === null ? null : messageView(opened, visit.lastContact()),
    mine: holder !== null && (step === 'progress' || step === 'talk') ? await messagesOf(visit, holder) : [],
    survey: survey === undefined || talk.survey === null ? null : { id: survey.id, body: survey.body, answers: talk.survey.answers, faults: talk.survey.faults },
  };
}

async function messagesOf(visit: Visit, { number }: CardHolder): Promise<MessageView[]> {
  const { letters, log } = visit.store;
  return (await letters.messagesOf(log.personKey(number))).map((message) => messageView(message, visit.lastContact()));
}

/** A message in the words of the screen: what the hall told last, and what the citizen has said to it since. */
export function messageView({ id, at, facts, waiting, refused, word }: KeptMessage, asOf: string | null): MessageView {
  const { said } = facts;
  const answered = word !== null && (word.stage === 'replied' || word.stage === 'declined');
  const rating = word?.rating ?? (word?.reopened === true ? null : said.rated);
  // What was said here and has not arrived yet counts: nobody is asked twice.
  const isBack = said.reopened && word?.reopened !== true;
  return {
    id, of: facts.of, about: facts.about, anonymous: facts.anonymous, at, reference: facts.reference, number: word?.number ?? null, due: word?.due ?? null,
    travel: refused !== null ? 'refused' : waiting && word === null ? 'waiting' : 'received',
    stage: word?.stage ?? null, reply: word?.reply ?? null, rating,
    canRate: answered && !isBack && (said.rated === null || word.reopened) && rating === null,
    canReopen: word !== null && (answered || word.stage === 'rated' || word.stage === 'closed') && !word.reopened && !said.reopened,
    reopened: said.reopened || word?.reopened === true,
    asOf,
  };
}

/** What a message is about, as it stands on its slip. */
export function aboutWords(subject: MessageSubject): string {
  switch (subject.kind) {
    case 'item':
    case 'site':
      return subject.name;
    case 'case':
      return subject.number;
    case 'none':
      return '';
  }
}
