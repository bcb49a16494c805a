import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CardDeed } from '../../../domain/supervision/card.ts';
import { addDays } from '../../../domain/calendar/working-days.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { Field, FormDialog } from './form-dialog.tsx';

/** What people do with a card. */
export type PersonsDeed = Exclude<CardDeed['kind'], 'raised' | 'escalated' | 'voided'>;
export const PERSONS_DEEDS: readonly PersonsDeed[] = ['urged', 'explained', 'accepted', 'rejected', 'corrected', 'appealed', 'revoked', 'upheld', 'closed'];
const WITH_DAY: readonly PersonsDeed[] = ['urged', 'rejected', 'upheld'];
const WITHOUT_WORDS: readonly PersonsDeed[] = ['accepted', 'closed'];
/** Proposed to whoever sets a day to answer: the rule's own number of days. */
const REPLY_DAYS = 5;

/** Says what a deed says, and does it. @param onDone the card is to be read again */
export function DeedDialog({ card, kind, onDone, onClose }: { card: string; kind: PersonsDeed; onDone: () => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const [words, setWords] = useState('');
  const [day, setDay] = useState(() => addDays(civilDate(Date.now()), REPLY_DAYS, 'working').date);
  const submit = async (): Promise<string | null> => {
    const said = words.trim();
    if (said.length < 2 && !WITHOUT_WORDS.includes(kind)) return t('deed.needed');
    const deed = (WITH_DAY.includes(kind) ? { kind, words: said, replyBy: day } : { kind, words: said }) as CardDeed;
    const answer = await ask((hall) => hall.actOnCard({ id: card, deed }));
    if (!answer.ok) return t('deed.fault.unclear');
    if (!answer.value.ok) {
      onDone();
      return t(`deed.fault.${answer.value.error.kind}`);
    }
    onDone();
    onClose();
    return null;
  };
  return (
    <FormDialog title={word('card-deed', kind)} ok={word('card-deed', kind)} danger={kind === 'rejected' || kind === 'upheld'} submit={submit} onClose={onClose}>
      <Field name={word('deed-words', kind)}><Input.TextArea rows={4} maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} /></Field>
      {WITH_DAY.includes(kind) && <Field name={t('deed.reply-by')}><Input type="date" value={day} onChange={(event) => setDay(event.target.value)} /></Field>}
      <p className="faint">{t('deed.public')}</p>
    </FormDialog>
  );
}
