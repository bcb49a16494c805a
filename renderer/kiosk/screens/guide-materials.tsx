import type { ReactNode } from 'react';
import type { ItemMaterial } from '../../../domain/item/types.ts';
import { StatusPill } from '../../ui/status-pill.tsx';
import { useVisit } from '../visit.tsx';

/** What to bring: each with what a good one looks like, who gives it out and when it is needed. */
export function GuideMaterials({ materials }: { materials: readonly ItemMaterial[] }): ReactNode {
  const { t } = useVisit();
  if (materials.length === 0) return <p>{t('guide.no-materials')}</p>;
  return (
    <ol className="guide-materials">
      {materials.map((material, index) => (
        <li key={material.key}>
          <div className="guide-material-head">
            <h3>
              {index + 1}. {material.name}
            </h3>
            <StatusPill tone={material.required ? 'info' : 'quiet'} icon={material.required ? 'check' : 'info'}>
              {material.required ? t('material.required') : t('material.conditional')}
            </StatusPill>
          </div>
          {material.condition === '' ? null : <p className="guide-material-when">{t('material.when', { condition: material.condition })}</p>}
          <p className="guide-material-facts">
            {[t(`material.original.${material.original}`), ...(material.copies > 0 ? [t('material.copies', { count: material.copies })] : []), t(`material.source.${material.source}`), material.issuer].join(' · ')}
          </p>
          {material.sample === '' ? null : (
            <p className="guide-sample">
              <span>{t('material.sample')}</span>
              {material.sample}
            </p>
          )}
          {[material.acceptance, material.notes].filter((line) => line !== '').map((line) => <p key={line}>{line}</p>)}
        </li>
      ))}
    </ol>
  );
}
