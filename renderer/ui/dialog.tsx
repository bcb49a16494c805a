import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './dialog.css';

/**
 * A question that stops everything else. Without `onClose` only its own buttons end it.
 * `urgent` is announced at once (idle countdown, giving up). `full` covers everything: nothing behind it matters any more.
 */
export function Dialog(props: { title: string; children: ReactNode; actions: ReactNode; picture?: ReactNode; urgent?: boolean; wide?: boolean; full?: boolean; onClose?: () => void }): ReactNode {
  const { onClose } = props;
  return (
    <ModalOverlay className="dialog-shade" isOpen isDismissable={onClose !== undefined} isKeyboardDismissDisabled={onClose === undefined} onOpenChange={(open) => (open ? undefined : onClose?.())}>
      <Modal className={`dialog-sheet${props.wide === true ? ' dialog-wide' : ''}${props.full === true ? ' dialog-full' : ''}`}>
        <AriaDialog className="dialog" role={props.urgent === true ? 'alertdialog' : 'dialog'}>
          {props.picture}
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          <div className="dialog-words">{props.children}</div>
          <div className="dialog-actions">{props.actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
