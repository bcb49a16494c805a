import type { ReactNode } from 'react';
import type { Item, ItemMaterial } from '../../../domain/item/types.ts';
import { StatusPill } from '../../ui/status-pill.tsx';
import { isNeeded } from '../form-rules.ts';
import { useVisit } from '../visit.tsx';
import { NotBrought } from './not-brought.tsx';

/**
 * What to bring: each with what a good one looks like, who gives it out and when it is needed.
 * @param props.brief what to bring and where to get it, without what it must look like and how it is judged
 */
export function GuideMaterials({ item, materials, brief = false }: { item: Item; materials: readonly ItemMaterial[]; brief?: boolean }): ReactNode {
  const { t, view } = useVisit();
  if (materials.length === 0) return <><p>{t('guide.no-materials')}</p><NotBrought item={item} /></>;
  return (
    <>
    <h3 className="brought-title">{t('group.bring')}</h3>
    <ol className="guide-materials">
      {materials.map((material, index) => {
        const needed = isNeeded(view, material);
        const reasons = (item.reasons ?? []).filter(({ path }) => path === `materials.${material.key}` || path.startsWith(`materials.${material.key}.`));
        return (
          <li key={material.key}>
            <div className="guide-material-head">
              <h3>
                {index + 1}. {material.name}
              </h3>
              {brief && needed ? null : (
                <StatusPill tone={needed ? 'info' : 'quiet'} icon={needed ? 'check' : 'info'}>
                  {needed ? t('material.required') : t('material.conditional')}
                </StatusPill>
              )}
            </div>
            {needed || material.condition === '' ? null : <p className="guide-material-when">{t('material.when', { condition: material.condition })}</p>}
            <p className="guide-material-facts">
              {[
                t(`material.original.${material.original}`), ...(material.copies > 0 ? [t('material.copies', { count: material.copies })] : []), ...(material.pageFormat === undefined ? [] : [t('guide.page-format', { format: material.pageFormat })]),
                t(`material.source.${material.source}`), material.issuer,
              ].join(' · ')}
            </p>
            {material.commitment === undefined ? null : <p className="guide-material-facts">{t('guide.commitment')}</p>}
            {material.deferrable === undefined ? null : <p className="guide-material-facts">{t('guide.deferrable', { days: material.deferrable.days })}</p>}
            {brief || material.sample === '' ? null : (
              <p className="guide-sample">
                <span>{t('material.sample')}</span>
                {material.sample}
              </p>
            )}
            {brief ? null : [material.acceptance, material.notes].filter((line) => line !== '').map((line) => <p key={line}>{line}</p>)}
            {brief || material.basis === '' ? null : <p className="guide-material-facts">{t('guide.basis')} {material.basis}</p>}
            {brief ? null : reasons.map(({ finding, words }) => (
              <p key={finding} className="guide-material-facts">
                <strong>{t('guide.reason')}</strong>
                {words}
              </p>
            ))}
          </li>
        );
      })}
    </ol>
    <NotBrought item={item} />
    </>
  );
}
