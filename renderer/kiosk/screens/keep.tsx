import { type ReactNode, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { PrintLines } from '../print-lines.tsx';
import { Screen } from '../screen.tsx';
import type { TextKey } from '../text.ts';
import { keptSlips } from '../ticketing/to-window.tsx';
import { useVisit } from '../visit.tsx';

/** How many digits lock a slip. */
export const CODE_DIGITS = 6;

type Said = Record<'title' | 'lead' | 'how' | 'photos' | 'lost' | 'finish' | 'back', TextKey>;
const LATER: Said = { title: 'keep.title', lead: 'keep.lead', how: 'keep.how', photos: 'keep.photos', lost: 'keep.lost', finish: 'keep.finish', back: 'keep.back' };
const TO_WINDOW: Said = { title: 'to-window.title', lead: 'to-window.lead', how: 'to-window.how', photos: 'to-window.photos', lost: 'to-window.lost', finish: 'to-window.finish', back: 'to-window.back' };

/** 以后再办, and with a number 带到窗口: six digits, twice, and a slip to go on with. The digits stand on this screen only, and go with it. */
export function KeepScreen(): ReactNode {
  const { t, view, wish, busy, terminal } = useVisit();
  const [code, setCode] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<{ field: 'code' | 'again'; words: TextKey } | null>(null);
  if (view.item === null) return null;
  const slips = keptSlips(view);
  // Whoever holds a number goes on at the counter, and sees the number again first.
  const hasNumber = view.ticket?.paper != null;
  const said = hasNumber ? TO_WINDOW : LATER;
  const asks = slips.every(({ state }) => state === 'not-printed');
  const canPrint = terminal.devices['ticket-printer'].kind === 'online';

  async function print(): Promise<void> {
    if (code.length !== CODE_DIGITS) return setFault({ field: 'code', words: 'keep.code.short' });
    if (again !== code) return setFault({ field: 'again', words: 'keep.differs' });
    setFault(null);
    // Digits that made a slip, or were refused, are not typed once more by whoever comes next.
    setCode('');
    setAgain('');
    await wish((core) => core.keepForLater({ code }));
  }
  const words = (field: 'code' | 'again', label: TextKey, help: string) => ({ label: t(label), help, error: fault?.field === field ? t(fault.words) : '', example: '', source: '', optional: '', saved: '' });
  const typing = (set: (typed: string) => void) => (typed: string) => {
    set(typed.replaceAll(/\D/g, ''));
    setFault(null);
  };
  return (
    <Screen
      title={t(said.title)}
      lead={t(said.lead, { item: view.item.name })}
      back={hasNumber && !asks ? undefined : { words: t(said.back), onPress: () => drop(wish((core) => core.go({ step: hasNumber ? 'ticket' : 'form', errand: null }))) }}
      actions={
        asks ? (
          <Button size="main" tone="main" busy={busy} isDisabled={!canPrint} icon={<Icon name="print" />} onPress={() => drop(print())}>
            {t('keep.print')}
          </Button>
        ) : (
          <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(wish((core) => (hasNumber ? core.go({ step: 'ticket', errand: null }) : core.end())))}>
            {t(said.finish)}
          </Button>
        )
      }
    >
      {slips.length === 0 ? null : <PrintLines prints={slips} still={asks} />}
      {asks && !canPrint ? <Notice tone="warn" title={t('keep.off')} /> : null}
      {asks ? (
        <Card>
          <TextField id="keep-code" secret words={words('code', 'keep.code', t('keep.code.help'))} value={code} keyboard="digits" most={CODE_DIGITS} onChange={typing(setCode)} />
          <TextField id="keep-again" secret words={words('again', 'keep.again', '')} value={again} keyboard="digits" most={CODE_DIGITS} onChange={typing(setAgain)} />
        </Card>
      ) : (
        <Notice tone="info" title={t('keep.done')} />
      )}
      {!asks && view.slip.lost.length > 0 ? <Notice tone="warn" title={t(said.lost, { names: view.slip.lost.join('、') })} /> : null}
      <Notice tone="info" title={t('keep.not-begun')}>
        <p>{t(said.how)}</p>
        {view.materials.some(({ pages }) => pages.length > 0) ? <p>{t(said.photos)}</p> : null}
      </Notice>
    </Screen>
  );
}
