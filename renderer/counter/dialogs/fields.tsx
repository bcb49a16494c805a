/** What several dialogs ask. */
import type { ReactNode } from 'react';
import { Priority } from '../../../domain/queue/types.ts';
import type { About } from '../../site/machines.ts';
import { useHere } from '../road.ts';
import { t } from '../texts.ts';
import { Radios } from './dialog.tsx';

export type ChosenPriority = Priority | 'none';

export function priorityOf(chosen: ChosenPriority): Priority | null {
  return chosen === 'none' ? null : chosen;
}

/** @param order whether nobody's comes first, where most have none, or last, where somebody asks for one */
export function PriorityRadios({ legend, order, value, onChange }: { legend: string; order: 'none-first' | 'none-last'; value: ChosenPriority; onChange: (priority: ChosenPriority) => void }): ReactNode {
  const all: readonly ChosenPriority[] = order === 'none-first' ? ['none', ...Priority.options] : [...Priority.options, 'none'];
  return <Radios name="priority" legend={legend} value={value} onChange={onChange} options={all.map((key) => ({ key, words: t(`priority.${key}`) }))} />;
}

/** The site's businesses, those of the window first: they are what is asked for there. */
export function businessesFrom({ businesses }: About, own: readonly string[]): About['businesses'] {
  return businesses.toSorted((one, other) => Number(own.includes(other.key)) - Number(own.includes(one.key)));
}

/** One of the businesses, each under its digit. */
export function BusinessRadios({ legend, own, value, onChange }: { legend: string; own: readonly string[]; value: string; onChange: (business: string) => void }): ReactNode {
  const { about } = useHere();
  return <Radios name="business" legend={legend} digits first value={value} onChange={onChange} options={businessesFrom(about, own).map(({ key, prefix, name }) => ({ key, words: `${prefix} ${name}` }))} />;
}
