import { sha256Bytes } from '../../../crypto/node.ts';
import { generateSealKey, seal, unseal } from '../../../crypto/seal.ts';
import { LARGEST_RECORDING, type LetterBody, recordingContext } from '../../../domain/contracts/letters.ts';
import type { MessageSubject } from '../../../domain/contracts/messages.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import { type AboutWish, DRAFT_FIELDS, type DraftField } from '../../../domain/contracts/talk.ts';
import { legalName } from '../../../domain/item/form.ts';
import type { MessageKind } from '../../../domain/messages/message.ts';
import { messageReference } from '../../../domain/messages/token.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { MessageFacts } from '../../../sync/terminal-store/types.ts';
import { caseState } from '../cases.ts';
import type { SessionState } from './state.ts';
import type { Draft } from './talk-state.ts';
import { aboutWords, messageView } from './talk-view.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** First bytes of WebM, as of any EBML (RFC 8794 §11.2.1). */
const EBML = [0x1a, 0x45, 0xdf, 0xa3];

/** Starts a message. One that was being written about something else is let go of with its recording. */
export async function beginMessage(visit: Visit, { of, about }: { of: MessageKind; about: AboutWish }): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  const subject = await subjectOf(visit, state, about);
  if (!subject.ok) return subject;
  const before = state.talk.draft;
  // Coming back to it to say what it is about, nobody loses what was typed.
  const draft: Draft = before === null ? { letter: visit.newId(), of, about: subject.value, words: '', name: '', phone: '', anonymous: false, recording: null } : { ...before, of, about: subject.value };
  await visit.change({ talk: { ...state.talk, draft }, step: 'message' });
  return done;
}

async function subjectOf(visit: Visit, state: SessionState, about: AboutWish): Promise<Result<MessageSubject, Refused>> {
  switch (about.kind) {
    case 'none':
      return ok({ kind: 'none' });
    case 'place':
      return ok({ kind: 'site', name: visit.config.site });
    case 'item': {
      // The guide that is on the screen, or else the one in force.
      const item = state.item?.code === about.code ? await visit.item(state.item) : await visit.currentItem(about.code);
      return item === null ? err({ kind: 'unknown-item' }) : ok({ kind: 'item', code: item.code, name: item.name, version: item.version });
    }
    case 'case': {
      if (state.holder === null) return err({ kind: 'not-identified' });
      const known = await caseState(visit.store, about.case, state.holder.number);
      return known === null ? err({ kind: 'unknown-case' }) : ok({ kind: 'case', number: known.number });
    }
  }
}

type Drafting = { state: SessionState; draft: Draft };

function drafting(visit: Visit): Result<Drafting, Refused> {
  const state = visit.state();
  if (state === null) return err({ kind: 'no-session' });
  return state.step !== 'message' || state.talk.draft === null ? err({ kind: 'wrong-step' }) : ok({ state, draft: state.talk.draft });
}

async function changeDraft(visit: Visit, { state }: Drafting, draft: Draft): Wish {
  await visit.change({ talk: { ...state.talk, draft } });
  return done;
}

/** Saves as typed. */
export async function saveDraftField(visit: Visit, field: DraftField, value: string): Wish {
  const now = drafting(visit);
  if (!now.ok) return now;
  return changeDraft(visit, now.value, { ...now.value.draft, [field]: value.slice(0, DRAFT_FIELDS[field]) });
}

export async function setAnonymous(visit: Visit, anonymous: boolean): Wish {
  const now = drafting(visit);
  return now.ok ? changeDraft(visit, now.value, { ...now.value.draft, anonymous }) : now;
}

/** Seals a recording into the store; it takes the place of the one before. The window is not trusted: what is no WebM is not kept. */
export async function record(visit: Visit, { audio, seconds }: { audio: Uint8Array; seconds: number }): Wish {
  const now = drafting(visit);
  if (!now.ok) return now;
  const { draft } = now.value;
  if (audio.length > LARGEST_RECORDING || !EBML.every((byte, index) => audio[index] === byte)) return refuse({ kind: 'bad-recording' });
  if (!(await visit.room.takesScan(audio.length))) return refuse({ kind: 'no-room-for-scans' });
  const key = generateSealKey();
  const sealed = seal(key, recordingContext(draft.letter), audio);
  const hash = sha256Bytes(sealed);
  await visit.store.letters.recordings.put(draft.letter, { hash, sealed });
  return changeDraft(visit, now.value, { ...draft, recording: { hash, size: sealed.length, seconds, key: Buffer.from(key).toString('base64') } });
}

export async function dropRecording(visit: Visit): Wish {
  const now = drafting(visit);
  if (!now.ok) return now;
  await visit.store.letters.recordings.drop(now.value.draft.letter);
  return changeDraft(visit, now.value, { ...now.value.draft, recording: null });
}

/** What was said, to hear it again. */
export async function openRecording(visit: Visit): Promise<Result<Uint8Array<ArrayBuffer>, Refused>> {
  const now = drafting(visit);
  if (!now.ok) return now;
  const { letter, recording } = now.value.draft;
  const sealed = recording === null ? null : await visit.store.letters.recordings.sealed(letter);
  if (recording === null || sealed === null) return err({ kind: 'bad-recording' });
  const opened = unseal(Buffer.from(recording.key, 'base64'), recordingContext(letter), sealed);
  return opened.ok ? ok(new Uint8Array(opened.value)) : err({ kind: 'bad-recording' });
}

/** Sends the message off: durable when it answers. Asked again, by a window or a core that died in between, it is the same message. */
export async function sendMessage(visit: Visit): Wish {
  const now = drafting(visit);
  if (!now.ok) return now;
  const { state, draft } = now.value;
  const { letter: id, of, about: subject, recording, anonymous } = draft;
  const words = draft.words.trim();
  if (words === '' && recording === null) return refuse({ kind: 'incomplete' });
  if ((await visit.store.letters.message(id)) === null) {
    const name = state.holder === null ? draft.name.trim() : legalName(state.holder);
    const person = anonymous ? null : { name: name.slice(0, DRAFT_FIELDS.name), phone: draft.phone.trim() };
    const letter = await visit.letter(id, { kind: 'message', of, subject, person, words, recording });
    if (letter === null) return refuse({ kind: 'not-enrolled' });
    const facts: MessageFacts = { reference: messageReference(visit.config.machine, id), of, about: aboutWords(subject), anonymous, spoken: recording?.seconds ?? null, said: { rated: null, reopened: false } };
    await visit.store.letters.add({ letter, person: anonymous || state.holder === null ? '' : visit.store.log.personKey(state.holder.number), facts, about: null });
    visit.log({ event: 'letter-made', session: state.id, letter: id, kind: 'message' });
  }
  await visit.show({ talk: { ...state.talk, draft: null, message: id }, step: 'message-sent' });
  visit.nudge();
  return done;
}

/** Opens one of the card holder's own messages. */
export async function openMessage(visit: Visit, id: string): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  if (state.holder === null) return refuse({ kind: 'not-identified' });
  const mine = await visit.store.letters.messagesOf(visit.store.log.personKey(state.holder.number));
  if (!mine.some((message) => message.id === id)) return refuse({ kind: 'unknown-case' });
  await visit.change({ talk: { ...state.talk, message: id }, step: 'reply' });
  return done;
}

export function rateReply(visit: Visit, { level, words }: { level: number; words: string }): Wish {
  return sayToReply(visit, (message) => ({ kind: 'reply-rated', message, level, words: words.trim() }), (said) => ({ ...said, rated: level }), ({ canRate }) => canRate);
}

export function reopen(visit: Visit, words: string): Wish {
  if (words.trim() === '') return Promise.resolve(refuse({ kind: 'incomplete' }));
  return sayToReply(visit, (message) => ({ kind: 'reopened', message, words: words.trim() }), (said) => ({ ...said, reopened: true }), ({ canReopen }) => canReopen);
}

/** What is said to the reply that is shown, once. */
async function sayToReply(visit: Visit, body: (message: string) => LetterBody, after: (said: MessageFacts['said']) => MessageFacts['said'], may: (view: { canRate: boolean; canReopen: boolean }) => boolean): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  const message = state.step !== 'reply' || state.talk.message === null ? null : await visit.store.letters.message(state.talk.message);
  if (message === null || !may(messageView(message, visit.lastContact()))) return refuse({ kind: 'wrong-step' });
  const id = visit.newId();
  const content = body(message.id);
  const letter = await visit.letter(id, content);
  if (letter === null) return refuse({ kind: 'not-enrolled' });
  await visit.store.letters.add({ letter, person: '', facts: null, about: { message: message.id, facts: { ...message.facts, said: after(message.facts.said) } } });
  visit.log({ event: 'letter-made', session: state.id, letter: id, kind: content.kind });
  visit.nudge();
  return done;
}
