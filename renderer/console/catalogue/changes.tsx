import { type ReactNode, useMemo } from 'react';
import type { ItemText } from '../../../domain/contracts/catalogue.ts';
import { writeCell } from '../../../domain/item/cells.ts';
import { diffItems, type ItemChange } from '../../../domain/item/diff.ts';
import { type Element, valueAt } from '../../../domain/item/elements.ts';
import { Item } from '../../../domain/item/types.ts';
import { t } from '../texts.ts';
import { entriesOf, placeOf } from './editing.ts';
import { jumpTo } from './findings.tsx';
import { type FieldRow, nameOf, rowsOf } from './form-editing.ts';
import { SECTIONS, SHORT_LISTS } from './sections.ts';

/** What the hall sets itself, and every version has anew. */
const OWN = /^(version|state|effectiveFrom|adjustment)(\.|$)/;

/** What a text changes of the version in force; null for a text that is too broken to be compared. */
export function changesOf(base: Item, text: ItemText): ItemChange[] | null {
  const shaped = Item.safeParse(text);
  try {
    return diffItems(base, shaped.success ? shaped.data : text as Item).filter(({ path }) => !OWN.test(path)).flatMap((change) => (change.path === 'form.schema' ? ruleChanges(base, text, change) : [change]));
  } catch {
    return null;
  }
}

/** The rules of the form field by field, in words; as they are stored only where words do not show the difference. */
function ruleChanges(base: ItemText, text: ItemText, whole: ItemChange): ItemChange[] {
  const before = new Map(rowsOf(base).map((row) => [nameOf(row.field), row]));
  const changes = rowsOf(text).flatMap((row): ItemChange[] => {
    const old = before.get(nameOf(row.field));
    const [was, is] = [old === undefined ? null : ruleWords(old), ruleWords(row)];
    return was === is ? [] : [{ path: `form.${nameOf(row.field)}`, label: t('catalogue.changes.rule', { name: String(row.field['label']) }), before: was, after: is }];
  });
  return changes.length === 0 && rowsOf(base).length === rowsOf(text).length ? [whole] : changes;
}

function ruleWords({ required, least, most, pattern }: FieldRow): string {
  const limits = least === null && most === null ? [] : [t('catalogue.changes.limits', { least: least ?? '…', most: most ?? '…' })];
  return [t(required ? 'catalogue.changes.required' : 'catalogue.changes.optional'), ...limits, ...(pattern === '' ? [] : [pattern])].join('，');
}

/** Changes element by element, before beside after. */
export function Changes({ base, text, narrow = false }: { base: Item; text: ItemText; narrow?: boolean }): ReactNode {
  const changes = useMemo(() => changesOf(base, text), [base, text]);
  if (changes === null) return <p className="found-none">{t('catalogue.changes.broken')}</p>;
  if (changes.length === 0) return <p className="found-none">{t('catalogue.changes.none')}</p>;
  return (
    <ol className="changes" data-narrow={narrow}>
      {changes.map((change) => (
        <li key={`${change.path} ${change.label}`}>
          <h3>{narrow ? <button type="button" onClick={() => jumpTo(placeOf(text, change.path))}>{change.label}</button> : change.label}</h3>
          <Side words={change.before} kind="before" />
          <Side words={change.after} kind="after" />
        </li>
      ))}
    </ol>
  );
}

function Side({ words, kind }: { words: string | null; kind: 'before' | 'after' }): ReactNode {
  const Tag = kind === 'before' ? 'del' : 'ins';
  return <div className={`side side-${kind}`}><span>{t(`catalogue.changes.${kind}`)}</span>{words === null || words === '' ? <em>{t('catalogue.changes.nothing')}</em> : <Tag>{shortened(words)}</Tag>}</div>;
}

/** A JSON Schema is no reading: what changed of it shows in the fields as well. */
function shortened(words: string): string {
  return words.length > 600 ? `${words.slice(0, 600)}…` : words;
}

/** A text to be read: every element that says something, in the order of a guide. */
export function Reading({ text }: { text: ItemText }): ReactNode {
  return (
    <div className="reading">
      {SECTIONS.filter(({ form }) => !form).map(({ name, title, elements, lists }) => (
        <section key={name}>
          <h3>{t(title)}</h3>
          <dl>
            {elements.flatMap((element) => {
              const words = wordsOf(element, valueAt(text, element.path));
              return words === '' ? [] : [<div key={element.path.join('.')}><dt>{element.label}</dt><dd>{words}</dd></div>];
            })}
          </dl>
          {lists.map((list) => {
            const entries = entriesOf(text, list);
            return entries.length === 0 ? null : (
              <ol key={list.path.join('.')} className="reading-list" aria-label={list.name}>
                {entries.map((entry, index) => (
                  <li key={index}>
                    <strong>{list.nameOf(entry)}</strong>
                    <span>{list.elements.flatMap((element) => {
                      const words = wordsOf(element, valueAt(entry, element.path));
                      return words === list.nameOf(entry) || element.path.join('.') === 'key' ? [] : words === '' ? [] : [`${element.label}：${words}`];
                    }).join('；')}</span>
                  </li>
                ))}
              </ol>
            );
          })}
        </section>
      ))}
    </div>
  );
}

/** An element to be read; empty when nobody said anything of it. A text may hold anything, which is then shown as it is. */
function wordsOf(element: Element, value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (element.kind === 'list' && !Array.isArray(value)) return JSON.stringify(value);
  const words = String(writeCell({ ...element, optional: false }, value));
  return SHORT_LISTS.has(element.path.at(-1) ?? '') ? words.replaceAll('\n', '、') : words;
}
