import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide-react';
import { memo, type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Finding } from '../../../domain/catalogue/findings.ts';
import type { ItemText } from '../../../domain/contracts/catalogue.ts';
import { type Element, type ItemList, valueAt } from '../../../domain/item/elements.ts';
import { t } from '../texts.ts';
import { type Entry, entriesOf, moved, newEntry, placeOfElement, placeOfEntry, setElement, withEntries } from './editing.ts';
import { Control, Field, worstOf } from './field.tsx';
import { Found, type OnReason } from './findings.tsx';
import { COLUMNS, STEMS } from './sections.ts';

type Shared = { text: ItemText; findings: ReadonlyMap<string, readonly Finding[]>; readOnly: boolean; onReason: OnReason };

/** A list of an item as a table: a row an entry, edited where it stands; what has no column is folded below its row. Alt with ↑ and ↓ moves a row. */
export function ListTable({ list, text, findings, readOnly, onReason, onChange }: Shared & { list: ItemList; onChange: (change: (text: ItemText) => ItemText) => void }): ReactNode {
  const name = list.path.join('.');
  const entries = entriesOf(text, list);
  const columns = (COLUMNS[name] ?? []).flatMap(({ path, width }) => {
    const element = list.elements.find((one) => one.path.join('.') === path);
    return element === undefined ? [] : [{ element, width }];
  });
  const others = list.elements.filter((one) => !columns.some(({ element }) => element === one));
  const change = (to: (before: readonly Entry[]) => readonly Entry[]) => onChange((before) => withEntries(before, list, to(entriesOf(before, list))));
  const grid = { gridTemplateColumns: `26px ${columns.map(({ width }) => `minmax(0, ${width}fr)`).join(' ')} 92px` };
  return (
    <section className="rows" id={placeOfElement(list.path)} aria-label={list.name}>
      <header style={grid}>
        <span />
        {columns.map(({ element }) => <span key={element.path.join('.')}>{element.label}</span>)}
        <span className="rows-count">{t('catalogue.rows', { count: entries.length })}</span>
      </header>
      <ol>
        {entries.map((entry, index) => (
          <Row
            key={typeof entry['key'] === 'string' ? entry['key'] : index} entry={entry} list={list} columns={columns.map(({ element }) => element)} others={others} grid={grid} place={placeOfEntry(list.path, index)} number={index + 1} last={index === entries.length - 1}
            found={findings.get(placeOfEntry(list.path, index)) ?? NONE} text={text} readOnly={readOnly} onReason={onReason}
            onEntry={(element, value) => change((before) => before.map((one, at) => (at === index ? setElement(one, list.elements, element, value) : one)))}
            onMove={(by) => change((before) => moved(before, index, by))}
            onRemove={() => change((before) => before.filter((_one, at) => at !== index))}
          />
        ))}
      </ol>
      <Found text={text} findings={findings.get(placeOfElement(list.path)) ?? NONE} readOnly={readOnly} onReason={onReason} />
      {!readOnly && <button type="button" className="rows-add" onClick={() => change((before) => [...before, newEntry(list, before, STEMS[name] ?? '')])}><Plus size={14} aria-hidden="true" />{t('catalogue.rows.add', { name: list.name })}</button>}
    </section>
  );
}

const NONE: readonly Finding[] = [];

const Row = memo(function Row({ entry, list, columns, others, grid, place, number, last, found, text, readOnly, onReason, onEntry, onMove, onRemove }: {
  entry: Entry; list: ItemList; columns: readonly Element[]; others: readonly Element[]; grid: { gridTemplateColumns: string }; place: string; number: number; last: boolean; found: readonly Finding[]; text: ItemText; readOnly: boolean;
  onReason: OnReason; onEntry: (element: Element, value: unknown) => void; onMove: (by: 1 | -1) => void; onRemove: () => void;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const who = `${list.name}${number}`;
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || readOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li id={place} data-found={worstOf(found)} onKeyDown={keys}>
      <div className="row" style={grid}>
        {others.length === 0 ? <span className="row-number">{number}</span> : (
          <button type="button" className="row-fold" data-unfold aria-expanded={open} aria-label={t('catalogue.rows.more', { name: who })} onClick={() => setOpen(!open)}>{open ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />}</button>
        )}
        {columns.map((element) => (
          <fieldset key={element.path.join('.')} disabled={readOnly}><Control element={element} value={valueAt(entry, element.path)} label={`${who} ${element.label}`} invalid={false} onChange={(value) => onEntry(element, value)} /></fieldset>
        ))}
        <span className="row-tools">
          {!readOnly && (
            <>
              <button type="button" aria-label={t('catalogue.rows.up', { name: who })} disabled={number === 1} onClick={() => onMove(-1)}><ArrowUp size={14} aria-hidden="true" /></button>
              <button type="button" aria-label={t('catalogue.rows.down', { name: who })} disabled={last} onClick={() => onMove(1)}><ArrowDown size={14} aria-hidden="true" /></button>
              <button type="button" aria-label={t('catalogue.rows.remove', { name: who })} onClick={onRemove}><Trash2 size={14} aria-hidden="true" /></button>
            </>
          )}
        </span>
      </div>
      <Found text={text} findings={found} readOnly={readOnly} onReason={onReason} />
      {open && (
        <div className="row-more">
          {others.map((element) => <Field key={element.path.join('.')} whole={entry} element={element} place={`${place}.${element.path.join('.')}`} label={`${who} ${element.label}`} findings={NONE} readOnly={readOnly} onChange={onEntry} />)}
        </div>
      )}
    </li>
  );
});
