import type { ReactNode } from 'react';
import { placeLine } from '../../../domain/item/place.ts';
import type { Item } from '../../../domain/item/types.ts';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { FlowChart } from '../finding/flow-chart.tsx';
import { useVisit } from '../visit.tsx';

type Of = { item: Item };
type Row = { label: string; value: ReactNode };

/** A row of facts, or none where the guide says nothing. */
const row = (label: string, value: string): Row[] => (value === '' ? [] : [{ label, value }]);

export function Conditions({ item }: Of): ReactNode {
  const { t } = useVisit();
  const { quantityLimit, agencies = [] } = item;
  return (
    <Card id="guide-conditions" icon="list" title={t('guide.conditions')}>
      <ul className="guide-conditions">
        {item.conditions.map((condition) => (
          <li key={condition}>
            <Icon name="check" size={1.1} />
            <span>{condition}</span>
          </li>
        ))}
      </ul>
      <Facts
        rows={[
          { label: t('guide.audience'), value: item.audience.map((one) => t(`audience.${one}`)).join('、') },
          { label: t('guide.result'), value: item.result.name },
          ...(quantityLimit === undefined ? [] : row(t('guide.quantity'), quantityLimit.limited ? quantityLimit.note : t('guide.quantity.none'))),
        ]}
      />
      {agencies.length === 0 ? null : (
        <>
          <h3>{t('guide.agencies')}</h3>
          <ul className="guide-basis">
            {agencies.map(({ service, by, basis, fee }) => (
              <li key={service}>
                <strong>{service}</strong>
                <p>{[t('guide.agency', { by }), fee, basis].filter((words) => words !== '').join(' · ')}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

export function Steps({ item }: Of): ReactNode {
  const { t } = useVisit();
  return (
    <Card id="guide-steps" icon="send" title={t('guide.steps')}>
      <FlowChart item={item} />
      <ol className="guide-steps">
        {item.steps.filter(({ note }) => note !== '').map((step) => (
          <li key={step.key}>
            <strong>{step.name}</strong>
            <p>{step.note}</p>
          </li>
        ))}
      </ol>
      {item.visits.reason === '' ? null : <Notice tone="info">{item.visits.reason}</Notice>}
    </Card>
  );
}

export function Limits({ item }: Of): ReactNode {
  const { t, word, day } = useVisit();
  const { fee, online } = item;
  const days = (limit: Item['statutory']) => (limit.days === 0 ? t('item.on-the-spot') : t(limit.unit === 'working' ? 'guide.working-days' : 'guide.natural-days', { days: limit.days }));
  return (
    <Card id="guide-limits" icon="clock" title={t('guide.limits')}>
      <div className="guide-limits">
        <p>
          <span>{t('guide.promised')}</span>
          <strong className="number">{days(item.promised)}</strong>
        </p>
        <p>
          <span>{t('guide.statutory')}</span>
          <strong className="number">{days(item.statutory)}</strong>
        </p>
      </div>
      {[item.promised.note, item.statutory.note].filter((note) => note !== '').map((note) => <p key={note}>{note}</p>)}
      <Facts
        rows={[
          { label: t('guide.fees'), value: fee.charged ? fee.rows.map(({ name, standard, reduction }) => [name, standard, reduction?.allowed === true ? `（${reduction.reason}）` : ''].join(' ')).join('；') : t('guide.free') },
          ...row(t('guide.fee-basis'), fee.basis),
          ...(fee.basisUntil === undefined ? [] : row(t('guide.fee-until'), day(fee.basisUntil))),
          ...row(t('guide.special'), item.specialProcedures.join('、')),
          { label: t('guide.online'), value: word('online.depth.', String(online.depth), 'online.depth.8') },
          ...row(t('guide.why-not-online'), online.whyNot),
        ]}
      />
    </Card>
  );
}

export function Place({ item }: Of): ReactNode {
  const { t } = useVisit();
  const { place, complaints, area } = item;
  return (
    <Card id="guide-place" icon="place" title={t('guide.place')}>
      <Facts
        rows={[
          { label: t('guide.office'), value: [item.body.name, ...item.body.jointOffices].join('、') },
          { label: t('guide.address'), value: placeLine(place) },
          { label: t('guide.hours'), value: place.hours },
          { label: t('guide.phone'), value: place.phone },
          ...(area === undefined ? [] : row(t('guide.area'), area.note === '' ? t(`area.${area.reach}`) : area.note)),
          { label: t('guide.complaints'), value: `${complaints.phone} ${complaints.place}` },
          ...row(t('guide.ways'), complaints.ways ?? ''),
        ]}
      />
    </Card>
  );
}

export function Basis({ item }: Of): ReactNode {
  const { t } = useVisit();
  return (
    <Card id="guide-basis" icon="hall" title={t('guide.basis')}>
      <ul className="guide-basis">
        {item.legalBasis.map((basis) => (
          <li key={`${basis.law}${basis.article}`}>
            <strong>
              《{basis.law.replace(/^《|》$/g, '')}》{basis.article}
              {basis.number === undefined ? '' : `（${basis.number}）`}
            </strong>
            <p>{basis.text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Questions({ item }: Of): ReactNode {
  const { t } = useVisit();
  if (item.questions.length === 0) return null;
  return (
    <Card id="guide-questions" icon="help" title={t('guide.questions')}>
      <dl className="guide-questions">
        {item.questions.map((one) => (
          <div key={one.question}>
            <dt>{one.question}</dt>
            <dd>{one.answer}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** What the county answers to questions about this guide; those about a material stand beside it. */
export function Reasons({ item }: Of): ReactNode {
  const { t } = useVisit();
  const reasons = (item.reasons ?? []).filter(({ path }) => !path.startsWith('materials.'));
  if (reasons.length === 0) return null;
  return (
    <Card icon="info" title={t('guide.reasons')}>
      <ul className="guide-basis">
        {reasons.map(({ finding, path, words }) => <li key={`${finding} ${path}`}>{words}</li>)}
      </ul>
    </Card>
  );
}
