import { type ReactNode, useEffect, useState } from 'react';
import type { ListView } from '../../../domain/contracts/kiosk.ts';
import { LIST_NAMES, type ListName } from '../../../domain/item/lists.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import './guide.css';
import './items.css';
import './lists.css';

/** 公开清单: what the county does, charges and asks for, read off the guides in force here. A wide table is no reading on an upright screen: each row is a card. */
export function ListsScreen(): ReactNode {
  const { t, wish, terminal, moment } = useVisit();
  const [name, setName] = useState<ListName>('powers');
  const { list, failed } = useList(name);
  return (
    <Screen
      title={list?.title ?? t('lists.title')}
      lead={list?.about ?? t('loading')}
      back={{ words: t('back.items'), onPress: () => drop(wish((core) => core.go({ step: 'items', errand: 'apply' }))) }}
      top={
        <nav className="lists-tabs" aria-label={t('lists.label')}>
          {LIST_NAMES.map((one) => (
            <button key={one} type="button" className="guide-tab" aria-current={name === one} onClick={() => setName(one)}>
              {t(`lists.name.${one}`)}
            </button>
          ))}
        </nav>
      }
    >
      {failed ? <Notice tone="fault" live title={t('items.failed')} /> : null}
      {list?.total === 0 ? <p className="quiet-line">{t('lists.none')}</p> : null}
      {list?.rows.map(({ code, cells }, index) => (
        <Card key={`${code} ${index}`} title={cells[0] ?? ''}>
          <Facts rows={cells.flatMap((value, at) => (at === 0 || value === '' ? [] : [{ label: list.columns[at] ?? '', value }]))} />
          <Button icon={<Icon name="paper" />} label={`${t('lists.guide')} ${cells[0] ?? ''}`} onPress={() => drop(wish((core) => core.openGuide({ code })))}>
            {t('lists.guide')}
          </Button>
        </Card>
      ))}
      {list === null || list.rows.length === list.total ? null : <p className="quiet-line">{t('lists.first', { total: list.total, count: list.rows.length })}</p>}
      <p className="lists-as-of">{t('lists.lead', { time: terminal.lastContact === null ? t('line.never') : moment(terminal.lastContact) })}</p>
    </Screen>
  );
}

/** The list of that name; the one before stays until it is there. */
function useList(name: ListName): { list: ListView | null; failed: boolean } {
  const { client, whenStill } = useVisit();
  const [state, setState] = useState<{ list: ListView | null; failed: boolean }>({ list: null, failed: false });
  useEffect(() => {
    let wanted = true;
    client.openList({ name }).then(
      (list) => whenStill(() => (wanted ? setState({ list, failed: false }) : undefined)),
      () => whenStill(() => (wanted ? setState((held) => ({ ...held, failed: true })) : undefined)),
    );
    return () => {
      wanted = false;
    };
  }, [client, name, whenStill]);
  return state;
}
