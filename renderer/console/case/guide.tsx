import type { ReactNode } from 'react';
import type { Item } from '../../../domain/item/types.ts';
import { useNow } from '../clock.ts';
import { Facts } from '../parts.tsx';
import { t } from '../texts.ts';
import { dateWords, limitWords } from '../words.ts';

/** What the item's published guide holds the hall to: the version the case was made under, never today's. */
export function Guide({ item }: { item: Item }): ReactNode {
  const now = useNow();
  return (
    <div className="guide">
      <section className="block">
        <h2>{t('guide.limits')}</h2>
        <Facts
          rows={[
            { name: t('guide.promised'), value: <><strong>{limitWords(item.promised)}</strong>{item.promised.note !== '' && <small>{item.promised.note}</small>}</> },
            { name: t('guide.statutory'), value: <><strong>{limitWords(item.statutory)}</strong>{item.statutory.note !== '' && <small>{item.statutory.note}</small>}</> },
            { name: t('guide.handling'), value: t(item.handling === 'on-the-spot' ? 'guide.on-the-spot' : 'guide.promised-item') },
            { name: t('guide.body'), value: item.body.name },
            { name: t('guide.result'), value: item.result.name },
            { name: t('guide.fee'), value: item.fee.charged ? item.fee.rows.map(({ name, standard }) => `${name} ${standard}`).join('；') : t('guide.fee.none') },
          ]}
        />
      </section>
      <section className="block">
        <h2>{t('guide.conditions')}</h2>
        <ol className="conditions">{item.conditions.map((condition) => <li key={condition}>{condition}</li>)}</ol>
      </section>
      <section className="block">
        <h2>{t('guide.materials')}</h2>
        <dl className="standards">
          {item.materials.map((material) => (
            <div key={material.key}>
              <dt>{material.name}<span className="faint">{material.required ? t('case.required') : material.condition === '' ? t('case.not-required') : material.condition}</span></dt>
              <dd>{material.acceptance === '' ? t('guide.no-standard') : material.acceptance}</dd>
            </div>
          ))}
        </dl>
      </section>
      {item.specialProcedures.length > 0 && <section className="block"><h2>{t('guide.procedures')}</h2><p>{item.specialProcedures.join('、')}</p></section>}
      <section className="block">
        <h2>{t('guide.basis')}</h2>
        <dl className="standards">
          {item.legalBasis.map(({ law, article, text }) => <div key={`${law}${article}`}><dt>{law}{article}</dt><dd>{text}</dd></div>)}
        </dl>
      </section>
      <p className="guide-code">{t('guide.code')} <span className="number">{item.code}</span><br />{t('guide.version', { version: item.version, date: dateWords(item.effectiveFrom, now) })}</p>
    </div>
  );
}
