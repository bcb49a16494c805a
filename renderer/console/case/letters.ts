/** Ready sentences for what the hall tells citizens. A clerk picks one and edits it; none is sent as it stands without being seen. */
import type { ConsoleCase, InboxRow } from '../../../domain/contracts/cases.ts';
import { mergedAsks } from '../../../domain/approval/process.ts';
import type { PreReview } from '../../../domain/case/types.ts';
import { visibleFields } from '../../../domain/item/form.ts';
import { fieldAt } from '../../../domain/item/rows.ts';
import type { Item } from '../../../domain/item/types.ts';
import { t } from '../texts.ts';
import type { CorrectionDraft } from '../drafts.ts';

export type Template = { name: string; words: string };
export type Target = 'form' | 'material';
export type Ask = { target: Target; key: string; words: string };

/** How a ticked thing is named in a draft. */
export function targetKey(target: Target, key: string): string {
  return `${target}/${key}`;
}

/** What can be wrong with an answer. */
export function fieldTemplates(label: string): Template[] {
  return [
    { name: t('correct.field.unclear.name'), words: t('correct.field.unclear', { label }) },
    { name: t('correct.field.differs.name'), words: t('correct.field.differs', { label }) },
    { name: t('correct.field.incomplete.name'), words: t('correct.field.incomplete', { label }) },
  ];
}

/** What can be wrong with a material. @param standard the item's acceptance standard, told so that the second try is right */
export function materialTemplates(label: string, standard: string, handedIn: boolean): Template[] {
  const values = { label, standard };
  if (!handedIn) return [{ name: t('correct.material.absent.name'), words: tidy(t('correct.material.absent', values)) }];
  return [
    { name: t('correct.material.blurred.name'), words: tidy(t('correct.material.blurred', values)) },
    { name: t('correct.material.missing-page.name'), words: t('correct.material.missing-page', values) },
    { name: t('correct.material.wrong.name'), words: tidy(t('correct.material.wrong', values)) },
    { name: t('correct.material.expired.name'), words: t('correct.material.expired', values) },
  ];
}

/** A sentence that ends in a colon, because the item has no standard, ends in a full stop. */
function tidy(words: string): string {
  return words.replace(/[：，]$/u, '。');
}

/** Reasons the law knows for not accepting (行政许可法 Art 32), and the item's own conditions. */
export function refusalTemplates(item: Item, stage: InboxRow['stage']): Template[] {
  const late = { name: t('refuse.template.late.name'), words: t('refuse.template.late') };
  return [
    ...(stage === 'correction-asked' ? [late] : []),
    { name: t('refuse.template.condition.name'), words: t('refuse.template.condition') },
    { name: t('refuse.template.body.name'), words: t('refuse.template.body', { item: item.name, body: item.body.name }) },
    { name: t('refuse.template.need.name'), words: t('refuse.template.need') },
  ];
}

/** A line of the notice: `from` is the department that asked for it, or empty for the window itself. */
export type NoticeLine = Ask & { label: string; from: string };

/** The whole notice, as the hall will merge it: what the departments lack, then what the window asks for; the same thing once, with all that was said of it. */
export function noticeOf(own: readonly (Ask & { label: string })[], { item, preReviews }: { item: Item; preReviews: readonly PreReview[] }): NoticeLine[] {
  const merged = mergedAsks([...preReviews, { step: '', verdict: 'lacks', asks: [...own], words: '', on: '', by: '' }]);
  return merged.map((ask) => {
    const steps = preReviews.filter(({ verdict, asks }) => verdict === 'lacks' && asks.some(({ target, key }) => target === ask.target && key === ask.key)).map(({ step }) => item.steps.find(({ key }) => key === step)?.who ?? step);
    return { ...ask, label: labelOf(item, ask), from: [...new Set(steps)].join('、') };
  });
}

/** What a field or material is called. */
export function labelOf(item: Item, { target, key }: Pick<Ask, 'target' | 'key'>): string {
  return (target === 'form' ? fieldAt(item.form, key)?.label : item.materials.find((material) => material.key === key)?.name) ?? key;
}

/** What the draft asks for, in the order of the form and the item's list, so that the notice reads as the screen did. */
export function asksOf(draft: CorrectionDraft, { item, form }: Pick<ConsoleCase, 'item' | 'form'>): (Ask & { label: string })[] {
  const targets = [
    ...visibleFields(item.form, form).map(({ name, label }) => ({ target: 'form' as const, key: name, label })),
    ...item.materials.map(({ key, name }) => ({ target: 'material' as const, key, label: name })),
  ];
  return targets.flatMap(({ target, key, label }) => {
    const words = draft.get(targetKey(target, key));
    return words === undefined ? [] : [{ target, key, label, words: words.trim() }];
  });
}
