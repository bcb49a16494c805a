import { type ReactNode, useState } from 'react';
import type { Draft } from '../../../domain/contracts/catalogue.ts';
import { t } from '../texts.ts';
import { momentWords } from '../words.ts';
import { Changes, Reading } from './changes.tsx';
import { reasonFor } from './editing.ts';

/** A draft to be judged or looked back at: what it changes, the whole text, the public reasons, and who said what of it. */
export function DraftReading({ draft, body, now }: { draft: Draft; body: number; now: number }): ReactNode {
  const { row, bases, bodies, findings, reviews } = draft;
  const text = bodies[body];
  const base = bases[0];
  const compares = row.kind === 'changed' && base !== undefined && text !== undefined;
  const [tab, setTab] = useState<'changes' | 'whole'>(compares ? 'changes' : 'whole');
  const shown = text ?? base;
  return (
    <div className="draft-reading">
      <div className="draft-paper" role="region" aria-label={t('catalogue.text')} tabIndex={0}>
        {compares && (
          <div className="side-tabs" role="tablist">
            <button type="button" role="tab" aria-selected={tab === 'changes'} onClick={() => setTab('changes')}>{t('catalogue.changes')}</button>
            <button type="button" role="tab" aria-selected={tab === 'whole'} onClick={() => setTab('whole')}>{t('catalogue.whole')}</button>
          </div>
        )}
        {text === undefined && <p className="draft-what">{t(row.kind === 'suspended' ? 'catalogue.reading.suspended' : 'catalogue.reading.cancelled', { name: base?.name ?? '' })}</p>}
        {compares && tab === 'changes' ? <Changes base={base} text={text} /> : shown === undefined ? null : <Reading text={shown} />}
      </div>
      <aside className="draft-facts" aria-label={t('catalogue.side')}>
        <h2>{t('catalogue.reading.why')}</h2>
        <p className={draft.reason === '' ? 'faint' : undefined}>{draft.reason === '' ? t('catalogue.reading.no-reason') : draft.reason}</p>
        {bases.length > 0 && (<><h2>{t('catalogue.reading.from')}</h2><ul>{bases.map(({ code, name, version }) => <li key={code}><a href={`#/catalogue/items/${code}`}>{name}</a> <span className="faint">{t('catalogue.version', { version })}</span></li>)}</ul></>)}
        <h2>{t('catalogue.reading.reasons')}</h2>
        {(findings[body] ?? []).length === 0 || text === undefined ? <p className="faint">{t('catalogue.reading.reasons.none')}</p> : (
          <ul className="found">{(findings[body] ?? []).map((finding) => <li key={`${finding.kind} ${finding.path}`} data-severity={finding.answered ? 'answered' : finding.severity}><p>{finding.words}</p>{finding.answered && <blockquote>{reasonFor(text, finding)}</blockquote>}</li>)}</ul>
        )}
        <h2>{t('catalogue.reading.reviews')}</h2>
        {reviews.length === 0 ? <p className="faint">{t('catalogue.reading.reviews.none')}</p> : (
          <ol className="reviews">{reviews.map(({ at, account, verdict, words }) => <li key={at} data-verdict={verdict}><strong>{t(`catalogue.verdict.${verdict}`)}</strong><span>{account} · {momentWords(at, now)}</span>{words === '' ? null : <p>{words}</p>}</li>)}</ol>
        )}
      </aside>
    </div>
  );
}
