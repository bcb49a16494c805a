import type { ReactNode } from 'react';
import { materialsNotBrought } from '../../../domain/item/situation.ts';
import type { Item, ItemMaterial } from '../../../domain/item/types.ts';
import { useVisit } from '../visit.tsx';
import './promise.css';

/** What nobody need bring: 政府已有 what the hall looks up, and 以前交过 what was handed in before; with who has it. */
export function NotBrought({ item }: { item: Item }): ReactNode {
  const { t, view } = useVisit();
  const { held, before } = materialsNotBrought(item, view.answers);
  const stepOf = ({ collectedBy }: ItemMaterial) => (collectedBy?.kind === 'step' ? item.steps.find(({ key }) => key === collectedBy.key)?.name : undefined);
  return (
    <>
      <Group title={t('group.held')} rows={held.map((material) => ({ material, words: t('group.held.by', { body: material.holder?.body ?? '', register: material.holder?.register ?? '' }) }))} />
      <Group title={t('group.before')} rows={before.map((material) => ({ material, words: stepOf(material) === undefined ? t('group.before.item') : t('group.before.step', { step: stepOf(material) ?? '' }) }))} />
    </>
  );
}

function Group({ title, rows }: { title: string; rows: readonly { material: ItemMaterial; words: string }[] }): ReactNode {
  if (rows.length === 0) return null;
  return (
    <section className="not-brought">
      <h3>{title}</h3>
      {rows.map(({ material, words }) => (
        <p key={material.key}>
          <strong>{material.name}</strong> {words}
        </p>
      ))}
    </section>
  );
}
