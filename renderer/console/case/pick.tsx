import { Button } from 'antd';
import type { ReactNode } from 'react';
import { NoticeArea } from '../sentences/sentences.tsx';
import { t } from '../texts.ts';
import type { Template } from './letters.ts';

/** Longest sentence of one ask, as the contract has it. */
const LONGEST = 500;

/** How a ticked thing is to be put right: a ready sentence, to be edited. Nothing while it is not ticked (`words` null). */
export function Pick({ label, words, templates, onChange }: { label: string; words: string | null; templates: readonly Template[]; onChange: (words: string) => void }): ReactNode {
  if (words === null) return null;
  return (
    <div className="pick">
      <div className="pick-templates" role="group" aria-label={t('correct.templates', { label })}>
        {templates.map((template) => <Button key={template.name} size="small" aria-pressed={template.words === words} onClick={() => onChange(template.words)}>{template.name}</Button>)}
      </div>
      <NoticeArea use="correction" label={t('correct.words', { label })} value={words} maxLength={LONGEST} minRows={2} status={words.trim() === '' ? 'error' : ''} onChange={onChange} />
    </div>
  );
}
