import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { Finding } from '../../../domain/catalogue/findings.ts';
import type { ItemText } from '../../../domain/contracts/catalogue.ts';
import { type Element, ITEM_ELEMENTS } from '../../../domain/item/elements.ts';
import type { Item } from '../../../domain/item/types.ts';
import { t } from '../texts.ts';
import { Changes, changesOf } from './changes.tsx';
import { findingsByPlace, placeOf, placeOfElement, setElement, withReason } from './editing.ts';
import { Field } from './field.tsx';
import { FindingList, Found, type OnReason } from './findings.tsx';
import { FormTable } from './form-table.tsx';
import { ListTable } from './list-table.tsx';
import { SECTIONS, type Section } from './sections.ts';

type Change = (change: (text: ItemText) => ItemText) => void;
const NONE: readonly Finding[] = [];

/** One text of a draft, in sections as in a guide; beside it what is found of it, and what it changes. */
export function Editor({ text, base, findings, readOnly, onChange }: { text: ItemText; base: Item | null; findings: readonly Finding[]; readOnly: boolean; onChange: Change }): ReactNode {
  const scroll = useRef<HTMLDivElement>(null);
  const [side, setSide] = useState<'findings' | 'changes'>('findings');
  const byPlace = useMemo(() => findingsByPlace(text, findings), [text, findings]);
  const setElementOf = useCallback((element: Element, value: unknown) => onChange((before) => setElement(before, ITEM_ELEMENTS, element, value)), [onChange]);
  const onReason = useCallback<OnReason>((finding, words) => onChange((before) => withReason(before, finding, words)), [onChange]);
  const open = findings.filter(({ answered }) => !answered);
  const changes = useMemo(() => (base === null ? null : changesOf(base, text)), [base, text]);
  return (
    <div className="editor">
      <nav className="editor-sections" aria-label={t('catalogue.sections')}>
        {SECTIONS.map(({ name, title }) => {
          const count = open.filter(({ path }) => sectionOf(placeOf(text, path)) === name).length;
          return <button key={name} type="button" onClick={() => document.getElementById(`section-${name}`)?.scrollIntoView({ block: 'start' })}>{t(title)}{count > 0 && <span className="editor-count">{count}</span>}</button>;
        })}
      </nav>
      <div className="editor-text" ref={scroll} role="region" aria-label={t('catalogue.text')} tabIndex={0}>
        {SECTIONS.map((section) => <SectionFields key={section.name} section={section} text={text} byPlace={byPlace} readOnly={readOnly} onElement={setElementOf} onChange={onChange} onReason={onReason} />)}
      </div>
      <aside className="editor-side" aria-label={t('catalogue.side')}>
        <div className="side-tabs" role="tablist">
          <button type="button" role="tab" aria-selected={side === 'findings'} onClick={() => setSide('findings')}>{t('catalogue.findings')}<span data-tone={open.length > 0 ? 'late' : 'good'}>{open.length}</span></button>
          {base !== null && <button type="button" role="tab" aria-selected={side === 'changes'} onClick={() => setSide('changes')}>{t('catalogue.changes')}<span>{changes?.length ?? '?'}</span></button>}
        </div>
        <div className="side-content" role="tabpanel" tabIndex={0} aria-label={side === 'findings' ? t('catalogue.findings') : t('catalogue.changes')}>
          {side === 'changes' && base !== null ? <Changes base={base} text={text} narrow /> : <FindingList text={text} findings={findings} />}
        </div>
      </aside>
    </div>
  );
}

/** The section that a place lies in. */
function sectionOf(place: string): string | undefined {
  if (place.startsWith('section-')) return place.slice('section-'.length);
  if (place.startsWith('field-')) return 'form';
  const path = place.slice('el-'.length);
  return SECTIONS.find(({ elements, lists }) => elements.some((element) => placeOfElement(element.path) === place) || lists.some((list) => path === list.path.join('.') || path.startsWith(`${list.path.join('.')}.`)))?.name;
}

function SectionFields({ section, text, byPlace, readOnly, onElement, onChange, onReason }: {
  section: Section; text: ItemText; byPlace: ReadonlyMap<string, readonly Finding[]>; readOnly: boolean; onElement: (element: Element, value: unknown) => void; onChange: Change; onReason: OnReason;
}): ReactNode {
  const found = byPlace.get(`section-${section.name}`) ?? NONE;
  return (
    <section className="editor-section" id={`section-${section.name}`}>
      <h2>{t(section.title)}</h2>
      <div className="ed-fields">
        {section.elements.map((element) => {
          const place = placeOfElement(element.path);
          const here = byPlace.get(place) ?? NONE;
          return (
            <Field
              key={place} whole={text} element={element} place={place} label={element.label} findings={here} readOnly={readOnly} onChange={onElement}
              extra={here.length === 0 ? undefined : <Found text={text} findings={here} readOnly={readOnly} onReason={onReason} />}
            />
          );
        })}
      </div>
      {section.lists.map((list) => <ListTable key={list.path.join('.')} list={list} text={text} findings={byPlace} readOnly={readOnly} onReason={onReason} onChange={onChange} />)}
      {section.form && <FormTable text={text} findings={byPlace} readOnly={readOnly} onChange={onChange} onReason={onReason} />}
      {section.form ? null : <Found text={text} findings={found} readOnly={readOnly} onReason={onReason} />}
    </section>
  );
}
