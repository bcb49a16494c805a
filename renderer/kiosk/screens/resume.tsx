import { type ReactNode, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { CODE_DIGITS } from './keep.tsx';

/** 接着上次填: the slip, then the digits. Nothing of what is in it is known before they open it. */
export function ResumeScreen(): ReactNode {
  const { t, view, wish, busy, terminal } = useVisit();
  const [code, setCode] = useState('');
  const { kind, wait } = view.slip;
  const isRead = kind === 'read';
  return (
    <Screen
      title={t('resume.title')}
      lead={t('resume.lead')}
      back={{ words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) }}
      actions={
        <Button
          size="main"
          tone="main"
          busy={busy}
          isDisabled={!isRead || wait > 0 || code.length !== CODE_DIGITS}
          iconAfter={<Icon name="forward" />}
          onPress={() => {
            setCode('');
            drop(wish((core) => core.openSlip({ code })));
          }}
        >
          {t('resume.open')}
        </Button>
      }
    >
      <Notice tone={isRead ? 'good' : kind === 'show-code' ? 'info' : 'warn'} live title={t(`resume.${kind}`)}>
        {t(`resume.${kind}.words`, { phone: terminal.phone })}
      </Notice>
      {isRead ? (
        <Card>
          <TextField id="resume-code" secret words={{ label: t('resume.code'), help: '', error: wait > 0 ? t('resume.wait', { seconds: wait }) : '', example: '', source: '', optional: '', saved: '' }} value={code} keyboard="digits" most={CODE_DIGITS} onChange={(typed) => setCode(typed.replaceAll(/\D/g, ''))} />
        </Card>
      ) : null}
    </Screen>
  );
}
