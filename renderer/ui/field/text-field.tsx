import type { ReactNode } from 'react';
import type { KeyboardKind } from '../keyboard/layouts.ts';
import { describedBy, FieldFrame, type FieldWords } from './field-frame.tsx';

/**
 * A line, or several, of typing with our own keyboard. `group` writes the value in groups for the eye only, beside the field, so that long
 * numbers can be checked: [6, 8, 4] for a citizen number.
 */
export function TextField(props: {
  id: string;
  words: FieldWords;
  value: string;
  onChange(value: string): void;
  onLeave?: () => void;
  keyboard: KeyboardKind;
  most: number;
  lines?: number;
  unit?: string;
  /** The value in other words, so that it can be checked. */
  beside?: string;
  /** Dots instead of signs, for the eye and the ear: who stands behind shall not learn it. */
  secret?: boolean;
  groups?: readonly number[];
}): ReactNode {
  const { id, words, value, keyboard, most, lines = 1 } = props;
  const shared = {
    id,
    value,
    maxLength: most,
    inputMode: 'none' as const,
    autoComplete: 'off',
    spellCheck: false,
    className: `field-input${lines > 1 ? ' field-long' : ''}${keyboard === 'text' || keyboard === 'latin' ? '' : ' number'}`,
    'data-keyboard': keyboard,
    'aria-invalid': words.error !== '',
    onBlur: () => props.onLeave?.(),
    ...describedBy(id, words),
  };
  return (
    <FieldFrame id={id} words={words}>
      <div className="field-line">
        {lines > 1 ? (
          <textarea {...shared} rows={lines} onChange={(event) => props.onChange(event.target.value)} />
        ) : keyboard === 'text' ? (
          // One line that grows: a name of fifty characters stays in sight as a whole.
          <textarea {...shared} className="field-input field-grow" rows={1} onChange={(event) => props.onChange(event.target.value.replaceAll(/\s*\n\s*/g, ''))} />
        ) : (
          <input {...shared} type={props.secret === true ? 'password' : 'text'} onChange={(event) => props.onChange(event.target.value)} />
        )}
        {props.unit === undefined ? null : <span className="field-unit">{props.unit}</span>}
      </div>
      {props.groups === undefined || value.length < 7 ? null : (
        <p className="field-groups number" aria-hidden="true">
          {inGroups(value, props.groups)}
        </p>
      )}
      {props.beside === undefined || props.beside === '' ? null : (
        <p className="field-beside" role="status">
          {props.beside}
        </p>
      )}
      {lines > 1 ? (
        <p className="field-count number" aria-hidden="true">
          {value.length} / {most}
        </p>
      ) : null}
    </FieldFrame>
  );
}

function inGroups(value: string, groups: readonly number[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const length of groups) {
    if (at < value.length) parts.push(value.slice(at, at + length));
    at += length;
  }
  return [...parts, value.slice(at)].filter((part) => part !== '').join('  ');
}
