import type { ReactNode } from 'react';
import { DueTag } from '../parts.tsx';
import { t } from '../texts.ts';
import { dateWords, type Due } from '../words.ts';

/** Days within which a duty counts as soon. */
const SOON = 2;

/** A limit in working days. @param days left; null: nothing is owed */
export function DeskDue({ days, due, now, inline = false }: { days: number | null; due: string; now: number; inline?: boolean }): ReactNode {
  return days === null ? null : <DueTag due={dueWords(days, due, now)} inline={inline} />;
}

function dueWords(days: number, due: string, now: number): Due {
  const note = t('desk.until', { date: dateWords(due, now) });
  if (days < 0) return { tone: 'late', words: t('desk.late', { days: -days }), note };
  if (days === 0) return { tone: 'today', words: t('desk.today'), note };
  return { tone: days <= SOON ? 'soon' : 'calm', words: t('desk.left', { days }), note };
}
