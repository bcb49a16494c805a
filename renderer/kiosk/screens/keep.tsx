import { type ReactNode, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { PrintLines } from '../print-lines.tsx';
import { Screen } from '../screen.tsx';
import type { TextKey } from '../text.ts';
import { useVisit } from '../visit.tsx';

/** How many digits lock a slip. */
export const CODE_DIGITS = 6;

/** 以后再办: six digits, twice, and a slip to go on with. The digits stand on this screen only, and go with it. */
export function KeepScreen(): ReactNode {
  const { t, view, wish, busy, terminal } = useVisit();
  const [code, setCode] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<{ field: 'code' | 'again'; words: TextKey } | null>(null);
  if (view.item === null) return null;
  const slips = view.prints.filter(({ paper }) => paper === 'kept-slip');
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
      title={t('keep.title')}
      lead={t('keep.lead', { item: view.item.name })}
      back={{ words: t('keep.back'), onPress: () => drop(wish((core) => core.go({ step: 'form', errand: null }))) }}
      actions={
        asks ? (
          <Button size="main" tone="main" busy={busy} isDisabled={!canPrint} icon={<Icon name="print" />} onPress={() => drop(print())}>
            {t('keep.print')}
          </Button>
        ) : (
          <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(wish((core) => core.end()))}>
            {t('keep.finish')}
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
      {!asks && view.slip.lost.length > 0 ? <Notice tone="warn" title={t('keep.lost', { names: view.slip.lost.join('、') })} /> : null}
      <Notice tone="info" title={t('keep.not-begun')}>
        <p>{t('keep.how')}</p>
        {view.materials.some(({ pages }) => pages.length > 0) ? <p>{t('keep.photos')}</p> : null}
      </Notice>
    </Screen>
  );
}
