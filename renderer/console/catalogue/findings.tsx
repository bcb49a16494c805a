import { Check, CircleAlert, MessageSquareQuote } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { Finding } from '../../../domain/catalogue/findings.ts';
import type { ItemText } from '../../../domain/contracts/catalogue.ts';
import { t } from '../texts.ts';
import { placeOf, reasonFor } from './editing.ts';

export type OnReason = (finding: Finding, words: string) => void;

/** What is found of one place, under it; where a public reason is asked for, the field for it. */
export const Found = memo(function Found({ text, findings, readOnly, onReason }: { text: ItemText; findings: readonly Finding[]; readOnly: boolean; onReason: OnReason }): ReactNode {
  if (findings.length === 0) return null;
  return (
    <ul className="found">
      {findings.map((finding) => (
        <li key={`${finding.kind} ${finding.path}`} data-severity={finding.answered ? 'answered' : finding.severity}>
          <p><Mark finding={finding} />{finding.words}</p>
          {finding.severity === 'needs-reason' && (
            <label>
              <span>{t('catalogue.finding.reason')}</span>
              <textarea className="ed" rows={1} maxLength={300} disabled={readOnly} value={reasonFor(text, finding)} placeholder={t('catalogue.finding.reason.placeholder')} onChange={({ target }) => onReason(finding, target.value)} />
            </label>
          )}
        </li>
      ))}
    </ul>
  );
});

function Mark({ finding }: { finding: Finding }): ReactNode {
  const icon = { size: 14, 'aria-hidden': true } as const;
  return finding.answered ? <Check {...icon} /> : finding.severity === 'blocks' ? <CircleAlert {...icon} /> : <MessageSquareQuote {...icon} />;
}

/** All findings of a text; choosing one goes to its place. */
export function FindingList({ text, findings }: { text: ItemText; findings: readonly Finding[] }): ReactNode {
  if (findings.length === 0) return <p className="found-none" role="status"><Check size={16} aria-hidden="true" />{t('catalogue.finding.none')}</p>;
  const order = (finding: Finding) => (finding.answered ? 2 : finding.severity === 'blocks' ? 0 : 1);
  return (
    <ol className="found-list">
      {findings.toSorted((left, right) => order(left) - order(right)).map((finding) => (
        <li key={`${finding.kind} ${finding.path}`}>
          <button type="button" data-severity={finding.answered ? 'answered' : finding.severity} onClick={() => jumpTo(placeOf(text, finding.path))}>
            <Mark finding={finding} />
            <span>{finding.words}<small>{finding.path}</small></span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Brings a place into sight and the keys into its first control. */
export function jumpTo(place: string): void {
  const element = document.getElementById(place);
  if (element === null) return;
  const fold = element.querySelector<HTMLElement>('[data-unfold][aria-expanded=false]');
  fold?.click();
  element.scrollIntoView({ block: 'center' });
  element.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
}
