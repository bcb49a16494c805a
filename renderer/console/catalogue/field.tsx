import { memo, type ReactNode, useState } from 'react';
import { CertificateTemplate } from '../../../domain/action/payload.ts';
import type { Finding } from '../../../domain/catalogue/findings.ts';
import { type Element, valueAt } from '../../../domain/item/elements.ts';
import { t, word } from '../texts.ts';
import { LONG, SHORT_LISTS } from './sections.ts';

/** Nobody has said. */
const UNSAID = '';

/** The control for one element, in the size of its content. Its name is read aloud with the place it stands in. */
export function Control({ element, value, label, invalid, onChange }: { element: Element; value: unknown; label: string; invalid: boolean; onChange: (value: unknown) => void }): ReactNode {
  const shared = { 'aria-label': label, 'aria-invalid': invalid || undefined, className: 'ed' };
  const words = wordsOf(element);
  switch (element.kind) {
    case 'yes-no':
      return (
        <select {...shared} value={value === undefined ? UNSAID : String(value === true)} onChange={({ target }) => onChange(target.value === UNSAID ? undefined : target.value === 'true')}>
          {element.optional && <option value={UNSAID}>{t('catalogue.unsaid')}</option>}
          <option value="true">{t('value.yes')}</option>
          <option value="false">{t('value.no')}</option>
        </select>
      );
    case 'number':
      return <input {...shared} type="number" min={0} value={typeof value === 'number' ? value : ''} onChange={({ target }) => onChange(target.value === '' ? (element.optional ? undefined : 0) : Number(target.value))} />;
    case 'list':
      if (Object.keys(element.words).length > 0) return <Choices element={element} value={value} label={label} onChange={onChange} />;
      return SHORT_LISTS.has(element.path.at(-1) ?? '') ? <Words {...shared} value={value} onChange={onChange} /> : <Lines {...shared} value={value} onChange={onChange} />;
    case 'text': {
      const text = typeof value === 'string' ? value : '';
      if (Object.keys(words).length > 0) {
        return (
          <select {...shared} value={text} onChange={({ target }) => onChange(target.value === UNSAID && element.nullable ? null : target.value)}>
            {(element.optional || element.nullable || !Object.hasOwn(words, text)) && <option value={UNSAID}>{element.nullable ? t('catalogue.none') : t('catalogue.unsaid')}</option>}
            {Object.entries(words).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
          </select>
        );
      }
      const changed = (next: string) => onChange(next === '' && element.nullable ? null : next);
      if (/^(effective|planned|basisUntil)/.test(element.path.at(-1) ?? '')) return <input {...shared} type="date" value={text} onChange={({ target }) => changed(target.value)} />;
      if (LONG.has(element.path.at(-1) ?? '')) return <textarea {...shared} rows={Math.min(8, Math.max(1, Math.ceil(text.length / 34)))} value={text} onChange={({ target }) => changed(target.value)} />;
      return <input {...shared} type="text" value={text} onChange={({ target }) => changed(target.value)} />;
    }
    case 'pairs':
    case 'json':
      return <Json {...shared} value={value} onChange={onChange} />;
  }
}

function wordsOf(element: Element): Readonly<Record<string, string>> {
  if (element.path.join('.') === 'result.template') return Object.fromEntries(CertificateTemplate.options.map((name) => [name, word('template', name)]));
  return element.words;
}

/** One entry a line. An empty last line stays while one writes; it is no entry. */
function Lines({ value, onChange, ...rest }: { value: unknown; onChange: (value: unknown) => void; className: string }): ReactNode {
  const lines = Array.isArray(value) ? (value as unknown[]).map(String) : [];
  return <textarea {...rest} rows={Math.max(2, lines.length)} value={lines.join('\n')} onChange={({ target }) => onChange(target.value === '' ? [] : target.value.split('\n'))} onBlur={() => onChange(lines.map((line) => line.trim()).filter((line) => line !== ''))} />;
}

/** Words in one line. What is typed stays as typed until the keys go elsewhere: a 顿号 at the end begins the next word. */
function Words({ value, onChange, ...rest }: { value: unknown; onChange: (value: unknown) => void; className: string }): ReactNode {
  const words = Array.isArray(value) ? (value as unknown[]).map(String) : [];
  const [typed, setTyped] = useState<string | null>(null);
  const read = (text: string) => text.split(/[、，,;；]/u).map((word) => word.trim()).filter((word) => word !== '');
  return (
    <input
      {...rest} type="text" value={typed !== null && read(typed).join('、') === words.join('、') ? typed : words.join('、')} onBlur={() => setTyped(null)}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(read(target.value));
      }}
    />
  );
}

function Choices({ element, value, label, onChange }: { element: Element; value: unknown; label: string; onChange: (value: unknown) => void }): ReactNode {
  const chosen = Array.isArray(value) ? (value as unknown[]).map(String) : [];
  return (
    <span className="ed-choices" role="group" aria-label={label}>
      {Object.entries(element.words).map(([code, name]) => (
        <label key={code}>
          <input type="checkbox" checked={chosen.includes(code)} onChange={({ target }) => onChange(Object.keys(element.words).filter((one) => (one === code ? target.checked : chosen.includes(one))))} />
          {name}
        </label>
      ))}
    </span>
  );
}

/** What has no other form: rare enough to be written as it is stored. */
function Json({ value, onChange, ...rest }: { value: unknown; onChange: (value: unknown) => void; className: string }): ReactNode {
  return (
    <textarea
      {...rest} rows={2} defaultValue={value === undefined ? '' : JSON.stringify(value)} placeholder={t('catalogue.unsaid')}
      onBlur={({ target }) => {
        try {
          onChange(target.value.trim() === '' ? undefined : JSON.parse(target.value));
        } catch {
          // Not JSON yet: the text stays in sight, and what was there before stays as it was.
        }
      }}
    />
  );
}

/** An element with its name and what is found of it. */
export const Field = memo(function Field({ whole, element, place, label, findings, readOnly, onChange, extra }: {
  whole: unknown; element: Element; place: string; label: string; findings: readonly Finding[]; readOnly: boolean; onChange: (element: Element, value: unknown) => void; extra?: ReactNode;
}): ReactNode {
  const wide = element.kind === 'list' || LONG.has(element.path.at(-1) ?? '') || element.kind === 'json';
  return (
    <div className="ed-field" id={place} data-wide={wide} data-found={worstOf(findings)}>
      <span className="ed-label">{element.label}{element.optional || element.nullable ? null : <i aria-hidden="true">*</i>}</span>
      <fieldset disabled={readOnly}><Control element={element} value={valueAt(whole, element.path)} label={label} invalid={findings.some(({ severity }) => severity === 'blocks')} onChange={(value) => onChange(element, value)} /></fieldset>
      {extra}
    </div>
  );
});

/** How grave it is, for the colour at its place. */
export function worstOf(findings: readonly Finding[]): 'blocks' | 'reason' | 'answered' | undefined {
  if (findings.some(({ severity }) => severity === 'blocks')) return 'blocks';
  if (findings.some(({ answered }) => !answered)) return 'reason';
  return findings.length > 0 ? 'answered' : undefined;
}
