import { Alert, Button, Modal } from 'antd';
import { Eye, Scale } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { isConfirmation } from '../keys.ts';
import { Key } from '../parts.tsx';
import { t } from '../texts.ts';

/** Why a deed was not done. `final`: trying again changes nothing. */
export type Fault = { words: string; final: boolean };

type Props = {
  title: string;
  ok: string;
  danger?: boolean;
  width?: number;
  /** What is still to be filled in, or empty. Said once the answer was tried for, and from then on as it stands. */
  lacks?: string;
  /** What the citizen will read; left out: nothing. */
  citizenSees?: ReactNode;
  /** What the legal clock does; left out: it goes on as it does. */
  clock?: ReactNode;
  /** Stands before the two boxes. */
  children?: ReactNode;
  /** Stands beside everything, such as a paper to look at. */
  beside?: ReactNode;
  /** Does it; null when it is done. */
  confirm: () => Promise<Fault | null>;
  onClose: () => void;
};

/** The last look before a step that the law counts: what the citizen will read, and what happens to the clock. Ctrl+Enter confirms, Esc leaves. */
export function ConfirmDialog({ title, ok, danger = false, width = 560, lacks = '', citizenSees, clock, children, beside, confirm, onClose }: Props): ReactNode {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [triedTooEarly, setTriedTooEarly] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  const leaveButton = useRef<HTMLButtonElement>(null);
  const okButton = useRef<HTMLButtonElement>(null);

  // Set at once, not with the next drawing: two quick keys shall not do a deed twice.
  const underWay = useRef(false);

  const submit = async () => {
    if (underWay.current || fault?.final === true) return;
    if (lacks !== '') {
      setFault(null);
      setTriedTooEarly(true);
      content.current?.querySelector<HTMLElement>('[aria-invalid=true], textarea, input')?.focus();
      return;
    }
    underWay.current = true;
    setBusy(true);
    setTriedTooEarly(false);
    setFault(null);
    const answer = await confirm();
    underWay.current = false;
    setFault(answer);
    setBusy(false);
    // The answer's button is of no use any more, and keys shall not fall into nothing.
    if (answer?.final === true) leaveButton.current?.focus();
  };

  const words = fault?.words ?? (triedTooEarly ? lacks : '');

  // The whole dialog hears Ctrl+Enter, its buttons too: they lie outside of the content. The press that opened it is spent and marked so.
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || !isConfirmation(event)) return;
    event.preventDefault();
    drop(submit());
  });
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  /** A field to fill in comes first; where there is none, the answer. Whoever stands on one of them already stays there. */
  const focusFirst = () => {
    const stands = content.current?.contains(document.activeElement) === true || document.activeElement === okButton.current;
    if (!stands) (content.current?.querySelector<HTMLElement>('[data-first] input:checked, [data-first] input[type=text], [data-first] .take-row button, input[data-first], textarea') ?? okButton.current)?.focus();
  };

  return (
    <Modal
      open
      title={title}
      width={width}
      centered
      closable={!busy}
      mask={{ closable: false }}
      keyboard={!busy}
      onCancel={onClose}
      afterOpenChange={(opened) => opened && focusFirst()}
      footer={[
        <Button key="leave" ref={leaveButton} disabled={busy} onClick={onClose}>{t('act.cancel')}<Key name="Esc" /></Button>,
        <Button key="ok" ref={okButton} type="primary" danger={danger} loading={busy} disabled={fault?.final === true} onClick={() => drop(submit())}>{ok}<Key name="Ctrl ↵" /></Button>,
      ]}
    >
      <div className="confirm" data-beside={beside !== undefined} ref={content}>
        <div className="confirm-words">
          {words !== '' && <Alert type="error" showIcon title={words} role="alert" />}
          {children}
          {citizenSees !== undefined && <section className="confirm-box" data-kind="citizen"><h3><Eye size={15} aria-hidden="true" />{t('act.citizen-sees')}</h3><div>{citizenSees}</div></section>}
          {clock !== undefined && <section className="confirm-box" data-kind="clock"><h3><Scale size={15} aria-hidden="true" />{t('act.clock')}</h3><div>{clock}</div></section>}
        </div>
        {beside}
      </div>
      <AtOnce call={focusFirst} />
    </Modal>
  );
}

/**
 * Calls as soon as the dialog is drawn, before it would choose its closing button itself: a quick second key is meant for what the clerk
 * expects. Where the dialog does not stand in the page yet it comes too early, and the end of the opening does it.
 */
function AtOnce({ call }: { call: () => void }): ReactNode {
  const first = useEffectEvent(call);
  useEffect(() => first(), []);
  return null;
}
