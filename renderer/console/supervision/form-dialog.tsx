import { Alert, Button, Modal } from 'antd';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { isConfirmation } from '../keys.ts';
import { Key } from '../parts.tsx';
import { t } from '../texts.ts';

/** A form over the page: Ctrl+Enter sends it, Esc leaves. @param props.submit what is in the way in words, or null when it is done */
export function FormDialog(props: { title: string; ok: string; danger?: boolean; submit: () => Promise<string | null>; onClose: () => void; children: ReactNode }): ReactNode {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const content = useRef<HTMLDivElement>(null);
  // Set at once, not with the next drawing: two quick keys shall not do a deed twice.
  const underWay = useRef(false);
  const submit = async () => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    const answer = await props.submit();
    underWay.current = false;
    setBusy(false);
    setFault(answer);
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || !isConfirmation(event)) return;
    event.preventDefault();
    drop(submit());
  });
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  const focusFirst = () => content.current?.querySelector<HTMLElement>('textarea, input, select')?.focus();
  return (
    <Modal
      open
      title={props.title}
      width={560}
      centered
      closable={!busy}
      mask={{ closable: false }}
      keyboard={!busy}
      onCancel={props.onClose}
      afterOpenChange={(opened) => opened && focusFirst()}
      footer={[
        <Button key="leave" disabled={busy} onClick={props.onClose}>{t('act.cancel')}<Key name="Esc" /></Button>,
        <Button key="ok" type="primary" danger={props.danger === true} loading={busy} onClick={() => drop(submit())}>{props.ok}<Key name="Ctrl ↵" /></Button>,
      ]}
    >
      <div className="sup-form" ref={content}>
        {fault !== null && <Alert type="error" showIcon title={fault} role="alert" />}
        {props.children}
      </div>
    </Modal>
  );
}

/** A name and what stands under it. */
export function Field({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return <label className="field"><span>{name}</span>{children}</label>;
}
