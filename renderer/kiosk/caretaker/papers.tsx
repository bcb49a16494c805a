import { type ReactNode, useState } from 'react';
import type { PapersView } from '../../../domain/contracts/caretaker.ts';
import type { ExchangeView } from '../../../domain/contracts/exchange.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Speech } from '../text.ts';
import { BlankDialog, type BlankDeed } from './blank-dialog.tsx';
import { type Desk, Slip } from './slip.tsx';
import './papers.css';

type Blank = PapersView['blanks'][number];

/** What there is to do about paper: papers that nobody knows of, numbered blanks, the sums of the day. @param exchange of the document printer */
export function Papers({ exchange, ...desk }: Desk & { exchange: ExchangeView | null }): ReactNode {
  const [open, setOpen] = useState<{ deed: BlankDeed; stock: Blank['stock'] } | null>(null);
  const blank = desk.papers.blanks.find(({ stock }) => stock === open?.stock);
  return (
    <div className="caretaker-content">
      <div className="caretaker-column">
        <Unknown {...desk} />
        <Today {...desk} />
      </div>
      {desk.papers.blanks.length === 0 ? null : (
        <div className="caretaker-column">
          {desk.papers.blanks.map((one) => (
            <Stock key={one.stock} blank={one} isOpen={exchange !== null} speech={desk.speech} onDeed={(deed) => setOpen({ deed, stock: one.stock })} />
          ))}
        </div>
      )}
      {open === null || blank === undefined ? null : <BlankDialog deed={open.deed} blank={blank} exchange={exchange} client={desk.client} speech={desk.speech} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Unknown({ papers, client, speech, wish }: Desk): ReactNode {
  const { t, moment } = speech;
  return (
    <Card title={t('caretaker.unknown')} icon="help">
      {papers.unknown.length === 0 ? (
        <p className="caretaker-none">
          <Icon name="received" />
          {t('caretaker.unknown.none')}
        </p>
      ) : (
        <>
          <p>{t('caretaker.unknown.words')}</p>
          <ul className="papers-unknown">
            {papers.unknown.map(({ print, paper, at, number, blank }) => (
              <li key={print}>
                <span className="papers-words">
                  <strong>{t(`print.paper.${paper}`)}</strong>
                  <span className="number">{moment(at)}</span>
                  <span className="number">{number}</span>
                  {blank === null ? null : <span className="number">{t('caretaker.unknown.blank', { number: blank })}</span>}
                </span>
                <span className="papers-deeds">
                  <Button onPress={() => drop(wish(client.caretaker.closePaper({ print, cameOut: true })))}>{t('print.came-out')}</Button>
                  <Button onPress={() => drop(wish(client.caretaker.closePaper({ print, cameOut: false })))}>{t('print.did-not')}</Button>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

const FIGURES = ['left', 'used', 'void', 'inDoubt'] as const satisfies readonly (keyof Blank)[];

function Stock({ blank, isOpen, speech, onDeed }: { blank: Blank; isOpen: boolean; speech: Speech; onDeed(deed: BlankDeed): void }): ReactNode {
  const { t } = speech;
  return (
    <Card title={blank.name} icon="paper" aside={<span className="papers-loaded number">{t('caretaker.blank.loaded', { count: blank.loaded })}</span>}>
      {blank.inDoubt > 0 ? <Notice tone="warn" title={t('caretaker.blank.doubt')} /> : blank.next === null ? <Notice tone="fault" title={t('caretaker.blank.none')} /> : null}
      <dl className="papers-figures">
        {FIGURES.map((what) => (
          <div key={what}>
            <dt>{t(`caretaker.blank.${what}`)}</dt>
            <dd className="number">{blank[what]}</dd>
          </div>
        ))}
      </dl>
      {blank.next === null || blank.inDoubt > 0 ? null : (
        <p className="papers-next">
          {t('caretaker.blank.next')} <strong className="number">{blank.next}</strong>
        </p>
      )}
      {isOpen ? <Notice tone="info" title={t('caretaker.blank.in-exchange')} /> : null}
      <div className="papers-blank-deeds">
        <Button tone={blank.inDoubt > 0 ? 'main' : 'plain'} icon={<Icon name="search" />} onPress={() => onDeed('look')}>
          {t('caretaker.blank.look')}
        </Button>
        <Button icon={<Icon name="add" />} onPress={() => onDeed('load')}>
          {t('caretaker.blank.load')}
        </Button>
        <Button icon={<Icon name="failed" />} onPress={() => onDeed('spoil')}>
          {t('caretaker.blank.spoil')}
        </Button>
      </div>
    </Card>
  );
}

function Today({ papers, client, speech, wish }: Desk): ReactNode {
  const { t } = speech;
  return (
    <Card title={t('caretaker.today')} icon="print">
      {papers.today.length === 0 ? (
        <p>{t('caretaker.today.none')}</p>
      ) : (
        <table className="papers-today">
          <thead>
            <tr>
              <th scope="col">{t('caretaker.today.paper')}</th>
              <th scope="col">{t('caretaker.today.printed')}</th>
              <th scope="col">{t('caretaker.today.not-printed')}</th>
              <th scope="col">{t('caretaker.today.unknown')}</th>
            </tr>
          </thead>
          <tbody>
            {papers.today.map(({ paper, printed, notPrinted, unknown }) => (
              <tr key={paper}>
                <th scope="row">{t(`print.paper.${paper}`)}</th>
                <td className="number">{printed}</td>
                <td className="number">{notPrinted}</td>
                <td className="number">{unknown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Slip what="day-sum" {...{ papers, client, speech, wish }} />
    </Card>
  );
}
