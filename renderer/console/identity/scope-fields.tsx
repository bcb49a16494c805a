import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { ScopeChoices } from '../../../domain/contracts/accounts.ts';
import { Role } from '../../../domain/contracts/staff.ts';
import type { Scope } from '../../../domain/staff/scope.ts';
import { NEEDS_SECOND_FACTOR } from '../../../domain/staff/sign-in.ts';
import { t, word } from '../texts.ts';

/** A role and how far it reaches. */
export type Reach = { role: Role; scope: Scope };
const PARTS = ['departments', 'sites', 'items'] as const;

/** A scope in a few words: 全县, or how many of what. */
export function scopeWords(scope: Scope): string {
  const parts = PARTS.flatMap((part) => (scope[part] === null ? [] : [t('scope.some', { count: scope[part].length, what: word('scope', part) })]));
  return parts.length === 0 ? t('scope.all') : parts.join('，');
}

/** A scope with the names of what it holds, one line a part. */
export function ScopeNames({ scope, choices }: { scope: Scope; choices: ScopeChoices | null }): ReactNode {
  const shown = PARTS.filter((part) => scope[part] !== null);
  if (shown.length === 0) return t('scope.all');
  return shown.map((part) => <span className="scope-line" key={part}>{word('scope', part)}：{(scope[part] ?? []).map((value) => optionsOf(part, choices).find((option) => option.value === value)?.label ?? value).join('、')}</span>);
}

function optionsOf(part: (typeof PARTS)[number], choices: ScopeChoices | null): { value: string; label: string }[] {
  if (choices === null) return [];
  return part === 'sites' ? choices.sites.map((site) => ({ value: site, label: site })) : choices[part].map(({ code, name }) => ({ value: code, label: name }));
}

export function ReachFields({ value, choices, onChange }: { value: Reach; choices: ScopeChoices | null; onChange: (value: Reach) => void }): ReactNode {
  const { role, scope } = value;
  return (
    <>
      <div className="field">
        <label htmlFor="editor-role">{t('editor.role')}</label>
        <Select id="editor-role" value={role} options={Role.options.map((each) => ({ value: each, label: word('role', each) }))} onChange={(next) => onChange({ ...value, role: next })} />
        {NEEDS_SECOND_FACTOR[role] && <span className="faint">{t('editor.role.second')}</span>}
      </div>
      {PARTS.map((part) => (
        <div className="field" key={part}>
          <label htmlFor={`editor-${part}`}>{word('scope', part)}</label>
          <Select
            id={`editor-${part}`} mode="multiple" allowClear maxTagCount="responsive" optionFilterProp="label" placeholder={t('scope.any')}
            value={scope[part] ?? []} options={optionsOf(part, choices)} onChange={(chosen: string[]) => onChange({ role, scope: { ...scope, [part]: chosen.length === 0 ? null : chosen } })}
          />
        </div>
      ))}
      <p className="faint">{t('scope.words')}</p>
    </>
  );
}
