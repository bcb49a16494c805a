import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { paperAddress } from '../../../domain/contracts/papers.ts';
import { papersOf } from '../../../domain/documents/from-case.ts';
import { t, word } from '../texts.ts';
import './paper-link.css';

/** The papers of a step, each in a page of its own, where the browser prints it; nothing for a step that has none. */
export function PaperLinks({ action, item }: { action: ConsoleCase['actions'][number]; item: ConsoleCase['item'] }): ReactNode {
  const kinds = papersOf(action.payload, item);
  if (kinds.length === 0) return null;
  return (
    <div className="paper-links">
      {kinds.map((kind) => (
        <p key={kind}>
          <a href={paperAddress(action.case, action.id, { kind })} target="_blank" rel="noopener"><FileText size={13} aria-hidden="true" />{word('paper', kind)}</a>
          <a href={paperAddress(action.case, action.id, { kind, large: true })} target="_blank" rel="noopener">{t('paper.large')}<span className="visually-hidden">{word('paper', kind)}</span></a>
        </p>
      ))}
    </div>
  );
}

/** Says what was done, with the paper that it gave rise to. */
export function Done({ id, words }: { id: string; words: string }): ReactNode {
  return <>{words}<a className="paper-offer" href={paperAddress(id, 'latest')} target="_blank" rel="noopener">{t('paper.open')}</a></>;
}
