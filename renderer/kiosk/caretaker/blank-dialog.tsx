import { type ReactNode, useState } from 'react';
import type { CaretakerAnswer, PapersView } from '../../../domain/contracts/caretaker.ts';
import type { ExchangeView } from '../../../domain/contracts/exchange.ts';
import { drop, never } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { KioskClient } from '../core.ts';
import type { Speech } from '../text.ts';
import { DigitPad } from './digit-pad.tsx';

export type BlankDeed = 'load' | 'spoil' | 'look';
type Blank = PapersView['blanks'][number];

/** What is asked for: that the printer goes out of service, a number; the question that a pack of two numbers asks second, and what is asked before blanks count as missing. */
type Question = 'exchange' | 'first' | 'last' | 'spoiled' | 'top' | { missing: number };

const FIRST_QUESTION: Record<BlankDeed, Question> = { load: 'exchange', spoil: 'spoiled', look: 'top' };

/** One deed on numbered blanks: the caretaker reads numbers off the paper and types their digits. */
export function BlankDialog(props: { deed: BlankDeed; blank: Blank; exchange: ExchangeView | null; client: KioskClient; speech: Speech; onClose(): void }): ReactNode {
  const { deed, blank, exchange, onClose } = props;
  const { t, word } = props.speech;
  const desk = props.client.caretaker;
  const [asked, setQuestion] = useState<Question>(FIRST_QUESTION[deed]);
  // Its tray may be opened once nothing is printed any more.
  const question: Question = asked === 'exchange' && exchange?.step === 'open' ? 'first' : asked;
  const [first, setFirst] = useState(0);
  const [top, setTop] = useState<number | null>(null);
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const written = (number: number) => `${blank.prefix}${String(number).padStart(blank.digits, '0')}`;

  async function wish(call: Promise<CaretakerAnswer>): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const answer = await call;
      if (answer.ok || answer.error.kind === 'no-caretaker') return onClose();
      if (answer.error.kind === 'would-miss') return setQuestion({ missing: answer.error.count });
      setFault(word('caretaker.refusal.', answer.error.kind, 'caretaker.refusal.other').replace('{number}', 'number' in answer.error ? written(answer.error.number) : ''));
      setTyped('');
      setQuestion(FIRST_QUESTION[deed]);
    } catch {
      // Core went away: the waiting screen says so.
      onClose();
    } finally {
      setBusy(false);
    }
  }
  const look = (number: number | null, missing: number) => {
    setTop(number);
    drop(wish(desk.lookInTray({ stock: blank.stock, top: number, missing })));
  };

  async function begin(): Promise<void> {
    setBusy(true);
    try {
      const answer = await desk.startExchange({ device: 'document-printer' });
      if (!answer.ok) setFault(word('caretaker.refusal.', answer.error.kind, 'caretaker.refusal.other'));
    } catch {
      onClose();
    } finally {
      setBusy(false);
    }
  }

  function enter(): void {
    const number = Number(typed);
    if (typeof question === 'object') return look(top, question.missing);
    switch (question) {
      case 'exchange':
        return drop(begin());
      case 'first':
        setFirst(number);
        setTyped('');
        return setQuestion('last');
      case 'last':
        return drop(wish(desk.loadBlanks({ stock: blank.stock, first, last: number })));
      case 'spoiled':
        return drop(wish(desk.spoilBlank({ stock: blank.stock, number })));
      case 'top':
        return look(number, 0);
      default:
        return never(question);
    }
  }

  const isMissing = typeof question === 'object';
  const isNumber = !isMissing && question !== 'exchange';
  const isWaiting = question === 'exchange' && exchange !== null;
  return (
    <Dialog
      title={`${blank.name} · ${t(`caretaker.blank.${deed}`)}`}
      wide
      onClose={onClose}
      actions={
        <>
          <Button size="main" onPress={onClose}>
            {t('caretaker.pin.cancel')}
          </Button>
          {question === 'top' ? (
            <Button size="main" busy={busy} onPress={() => look(null, 0)}>
              {t('caretaker.blank.empty')}
            </Button>
          ) : null}
          <Button size="main" tone={isMissing ? 'stop' : 'main'} busy={busy || isWaiting} isDisabled={isNumber && typed === ''} onPress={enter}>
            {t(isMissing ? 'caretaker.blank.missing.yes' : question === 'exchange' ? 'caretaker.exchange.start' : question === 'first' ? 'caretaker.blank.on' : 'caretaker.pin.enter')}
          </Button>
        </>
      }
    >
      <p className={fault === null ? 'blank-words' : 'blank-words blank-fault'} role={fault === null ? 'status' : 'alert'}>
        {fault ?? (isMissing ? t('caretaker.blank.missing', { count: question.missing }) : isWaiting ? t('caretaker.exchange.ending-jobs') : t(`caretaker.blank.ask.${question}`, { first: written(first) }))}
      </p>
      {isNumber ? (
        <>
          <p className="blank-typed number" aria-live="polite">
            <span className="blank-prefix">{blank.prefix}</span>
            {typed.padStart(blank.digits, '·')}
          </p>
          <DigitPad
            erase={t('caretaker.pin.erase')}
            onDigit={(digit) => {
              setFault(null);
              setTyped((before) => (before.length < blank.digits ? before + digit : before));
            }}
            onErase={() => setTyped((before) => before.slice(0, -1))}
          />
        </>
      ) : null}
    </Dialog>
  );
}
