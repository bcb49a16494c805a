import { Alert, Button, Input, Modal } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { MOST_SIGNS } from '../../../domain/item/kept.ts';
import type { OpenedSlip } from '../../../domain/contracts/window.ts';
import { identityNumber } from '../../../domain/numbers/identity-number.ts';
import { drop } from '../../../domain/result.ts';
import { useNow } from '../clock.ts';
import { Key } from '../parts.tsx';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { looksLikeSlip, scannedText, slipFault, slipLacks } from './slip.ts';

type Lack = 'text' | 'card' | 'code';

/**
 * 扫描自助机小票: a scanner that types like a keyboard fills the first field and ends with Enter, which goes on to what still lacks; the last Enter opens. What is typed here goes with the dialog.
 * @property card of who stands here, where it is typed already
 */
export function SlipDialog({ card: known, onOpened, onClose }: { card: string; onOpened: (opened: OpenedSlip, card: string) => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const now = useNow();
  const [text, setText] = useState('');
  const [card, setCard] = useState(known);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState('');
  const [lack, setLack] = useState<Lack | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Set at once, not with the next drawing: a scanner may end with two Enters.
  const underWay = useRef(false);
  const focus = (field: Lack) => form.current?.querySelector<HTMLElement>(`#slip-${field}`)?.focus();

  const open = async () => {
    if (underWay.current) return;
    setFault('');
    const lacks = slipLacks({ text, card, code });
    // Whoever was led to an empty field has done nothing wrong yet.
    setLack(lacks === null || { text, card, code }[lacks] === '' ? null : lacks);
    if (lacks !== null) return focus(lacks);
    underWay.current = true;
    setBusy(true);
    const number = identityNumber(card);
    const holder = number.ok ? number.value.number : card;
    const answer = await ask((hall) => hall.openSlip({ text: scannedText(text), card: holder, code }));
    underWay.current = false;
    setBusy(false);
    if (!answer.ok) return setFault(word('slip.failed', answer.error.kind));
    if (answer.value.ok) return onOpened(answer.value.value, holder);
    setFault(slipFault(answer.value.error, now));
    setCode('');
    focus(answer.value.error.kind === 'not-a-slip' ? 'text' : 'code');
  };
  const field = (name: Lack, input: ReactNode, note: string) => (
    <label className="field"><span>{t(`slip.${name}`)}</span>{input}{lack === name ? <small className="dense-error" role="alert">{t(`slip.${name}.wrong`)}</small> : note !== '' && <small className="faint">{note}</small>}</label>
  );
  const about = (name: Lack) => ({ id: `slip-${name}`, 'aria-invalid': lack === name, status: lack === name ? ('error' as const) : ('' as const) });
  return (
    <Modal
      open
      title={t('slip.title')}
      width={560}
      centered
      closable={!busy}
      mask={{ closable: false }}
      keyboard={!busy}
      onCancel={onClose}
      afterOpenChange={(opened) => opened && form.current?.contains(document.activeElement) !== true && focus('text')}
      footer={[
        <Button key="leave" disabled={busy} onClick={onClose}>{t('act.cancel')}<Key name="Esc" /></Button>,
        <Button key="ok" type="primary" htmlType="submit" form="slip-form" loading={busy}>{t('slip.open')}<Key name="↵" /></Button>,
      ]}
    >
      <form
        id="slip-form"
        className="slip-form"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          drop(open());
        }}
      >
        {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
        <p>{t('slip.words')}</p>
        {/* As secrets: a browser gives such a field no input method, which would make words of what the scanner types. */}
        {field('text', <Input {...about('text')} autoFocus type="password" autoComplete="one-time-code" maxLength={MOST_SIGNS + 10} value={text} onChange={({ target }) => setText(target.value)} />, looksLikeSlip(scannedText(text)) ? t('slip.text.read') : t('slip.text.note'))}
        {field('card', <Input {...about('card')} autoComplete="off" maxLength={18} value={card} onChange={({ target }) => setCard(target.value.trim().toUpperCase())} />, t('slip.card.note'))}
        {field('code', <Input {...about('code')} type="password" autoComplete="one-time-code" inputMode="numeric" maxLength={6} value={code} onChange={({ target }) => setCode(target.value.replaceAll(/\D/g, ''))} />, t('slip.code.note'))}
      </form>
    </Modal>
  );
}
