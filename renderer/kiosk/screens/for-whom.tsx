import { type ReactNode, useRef } from 'react';
import type { WhoField } from '../../../domain/contracts/kiosk.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { WhoFields } from './who-fields.tsx';
import './who.css';

/** Name and number in place of a card, where the item takes them. */
export function NoCardScreen(): ReactNode {
  const { t, view, wish } = useVisit();
  return (
    <Typing title={t('no-card.title')} lead={t('no-card.lead')} fields={['name', 'number']} back={{ words: t('back.identify'), onPress: () => drop(wish((core) => core.go({ step: 'identify', errand: view.errand }))) }}>
      <Notice tone="warn" title={t('no-card.notice')}>{t('no-card.notice.words')}</Notice>
    </Typing>
  );
}

/** Who is applied for: a person by their card or by what is typed, or an organisation. */
export function ForWhomScreen(): ReactNode {
  const { t, view, wish, busy } = useVisit();
  const { who, item } = view;
  if (who === null) return null;
  const back = { words: t('back.who'), onPress: () => drop(wish((core) => (who.ways.length > 1 ? core.go({ step: 'who', errand: view.errand }) : core.openGuide({ code: item?.code ?? '' })))) };
  if (who.way === 'representative' || who.way === 'legal-agent') {
    return <Typing title={t('who.company.title')} lead={t('who.company.lead')} fields={who.way === 'representative' ? ['company', 'creditCode'] : ['company', 'creditCode', 'representative']} back={back} />;
  }
  const { principal, mustRead } = who;
  const byCard = (
    <section className="who-card">
      {mustRead ? <p>{t('who.principal.must-read')}</p> : <p>{t('who.principal.or')}</p>}
      <Button size="main" busy={busy} icon={<Icon name="card" />} onPress={() => drop(wish((core) => core.who.read({ of: 'principal' })))}>
        {t('who.principal.card')}
      </Button>
      {who.errors.number === 'card' ? <Notice tone="fault" live title={t('who.error.card')} /> : null}
    </section>
  );
  return (
    <Typing title={t('who.principal.title')} lead={t('who.principal.lead')} fields={principal !== null || mustRead ? [] : ['name', 'number']} back={back}>
      {principal === null ? byCard : (
        <Card icon="card" title={t('who.principal.read')} aside={<Button tone="quiet" onPress={() => drop(wish((core) => core.who.remove({ of: 'principal', index: 0 })))}>{t('who.remove')}</Button>}>
          <Facts rows={[{ label: t('check.name'), value: principal.name }, { label: t('check.number'), value: <span className="number">{principal.number}</span> }]} />
        </Card>
      )}
    </Typing>
  );
}

/** A screen of fields, submitted once everything on it is durable. */
function Typing({ title, lead, fields, back, children = null }: { title: string; lead: string; fields: readonly WhoField[]; back: { words: string; onPress(): void }; children?: ReactNode }): ReactNode {
  const { t, wish, busy } = useVisit();
  const settled = useRef(() => Promise.resolve());
  return (
    <Screen
      title={title}
      lead={lead}
      back={back}
      actions={
        <Button size="main" tone="main" busy={busy} iconAfter={<Icon name="forward" />} onPress={() => drop(settled.current().then(() => wish((core) => core.who.submit())))}>
          {t('who.next')}
        </Button>
      }
    >
      <div className="who">
        {children}
        {fields.length === 0 ? null : <WhoFields fields={fields} onSettled={(wait) => (settled.current = wait)} />}
      </div>
    </Screen>
  );
}
