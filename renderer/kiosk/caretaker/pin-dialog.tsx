import { type ReactNode, useEffect, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { KioskClient } from '../core.ts';
import type { Speech } from '../text.ts';
import { DigitPad } from './digit-pad.tsx';
import './caretaker.css';

const LEAST = 6;
const MOST = 12;
/** A citizen who came here by chance is not kept from the machine. */
const GIVE_UP_MS = 30_000;

/** The caretaker's PIN on a pad of digits; what was typed shows as dots and is gone with the dialog. */
export function PinDialog(props: { client: KioskClient; speech: Speech; lockedUntil: string | null; onClose(): void }): ReactNode {
  const { client, onClose } = props;
  const { t, clock } = props.speech;
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(onClose, GIVE_UP_MS);
    return () => clearTimeout(timer);
  }, [pin, onClose]);

  async function enter(): Promise<void> {
    setBusy(true);
    try {
      const answer = await client.caretaker.enter({ pin });
      if (answer.ok) return onClose();
      setWrong(answer.error.kind === 'wrong-pin');
      setPin('');
    } catch {
      // Core went away: the waiting screen says so.
      onClose();
    } finally {
      setBusy(false);
    }
  }
  const type = (digit: string) => {
    setWrong(false);
    setPin((typed) => (typed.length < MOST ? typed + digit : typed));
  };
  const fault = props.lockedUntil !== null ? t('caretaker.pin.locked', { time: clock(props.lockedUntil) }) : wrong ? t('caretaker.pin.wrong') : null;

  return (
    <Dialog
      title={t('caretaker.pin.title')}
      onClose={onClose}
      actions={
        <>
          <Button size="main" onPress={onClose}>
            {t('caretaker.pin.cancel')}
          </Button>
          <Button size="main" tone="main" busy={busy} isDisabled={pin.length < LEAST || props.lockedUntil !== null} onPress={() => drop(enter())}>
            {t('caretaker.pin.enter')}
          </Button>
        </>
      }
    >
      <p className={fault === null ? 'pin-words' : 'pin-words pin-fault'} role={fault === null ? undefined : 'alert'}>
        {fault ?? t('caretaker.pin.words')}
      </p>
      <p className="pin-dots" role="status" aria-label={t('caretaker.pin.entered', { count: pin.length })}>
        {Array.from({ length: Math.max(LEAST, pin.length) }, (_, index) => (
          <span key={index} className={index < pin.length ? 'pin-dot pin-dot-full' : 'pin-dot'} />
        ))}
      </p>
      <DigitPad erase={t('caretaker.pin.erase')} onDigit={type} onErase={() => setPin((typed) => typed.slice(0, -1))} />
    </Dialog>
  );
}
