import { App as AntApp, Button } from 'antd';
import { ArrowLeft, Check, CloudOff, Hand, LoaderCircle, RotateCcw, Send, Trash2, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { isPublishable } from '../../../domain/catalogue/findings.ts';
import { DRAFT_SHAPES } from '../../../domain/catalogue/publication.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Draft } from '../../../domain/contracts/catalogue.ts';
import { ADJUSTMENTS } from '../../../domain/item/dictionaries.ts';
import { drop } from '../../../domain/result.ts';
import { may } from '../../../domain/staff/rights.ts';
import { Failed, Loading } from '../parts.tsx';
import { go } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { clockWords, momentWords } from '../words.ts';
import { DraftState } from './bits.tsx';
import { ConfirmDraft, type Deed } from './draft-dialogs.tsx';
import { Editor } from './editor.tsx';
import { DraftReading } from './draft-reading.tsx';
import { told } from './told.ts';
import { type Saving, useDraftEditing } from './use-draft.ts';

export function DraftPage({ id }: { id: string }): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer<Draft, { kind: string }>(`draft/${id}`, () => told<Draft, { kind: string }>(ask((hall) => hall.openDraft({ id }))));
  if (answer.kind === 'loading') return <Loading />;
  if (answer.kind === 'failed') return <Failed kind={answer.failure.kind} onRetry={again} />;
  // Another revision is another draft to the screen: what is typed begins from it.
  return <OpenDraft key={`${answer.value.revision}/${answer.value.row.state}/${answer.value.holder?.account ?? ''}`} draft={answer.value} now={answer.at} onChanged={again} />;
}

function OpenDraft({ draft, now, onChanged }: { draft: Draft; now: number; onChanged: () => void }): ReactNode {
  const { me, ask } = useSession();
  const { message } = AntApp.useApp();
  const { row } = draft;
  const editing = useDraftEditing(draft, civilDate(now));
  const [body, setBody] = useState(0);
  const [deed, setDeed] = useState<Deed | null>(null);
  const writes = may(me.role, 'edit-items') && (row.state === 'draft' || row.state === 'rejected');
  const otherHolder = draft.holder !== null && draft.holder.account !== me.account ? draft.holder : null;
  const lost = editing.saving.kind === 'lost';
  const readOnly = !writes || otherHolder !== null || lost;
  const text = editing.bodies[Math.min(body, editing.bodies.length - 1)];
  const base = row.kind === 'changed' ? draft.bases[0] ?? null : null;
  const blocked = !editing.findings.every(isPublishable) || (row.kind !== 'new' && row.kind !== 'changed' && editing.reason.trim() === '');

  const hold = async (takeOver: boolean) => {
    const answer = await ask((hall) => hall.holdDraft({ id: row.id, takeOver }));
    if (answer.ok && !answer.value.ok && answer.value.error.kind === 'held') void message.warning(t('catalogue.draft.held', { by: answer.value.error.by, since: clockWords(answer.value.error.since) }));
    if (answer.ok && takeOver) onChanged();
  };
  // Whoever opens a draft that nobody has in hand takes it in hand, so that a colleague who comes later is told.
  useEffect(() => {
    if (writes && draft.holder === null) drop(hold(false));
    // Once for a draft that was opened; taking it changes nothing that is seen here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [row.id]);

  const begin = async (next: Deed) => {
    const revision = readOnly ? draft.revision : await editing.flush();
    if (revision === null) return void message.error(t('catalogue.saving.not'));
    setDeed(next);
  };

  return (
    <section className="draft" aria-labelledby="draft-title">
      <header className="draft-head">
        <Button type="text" icon={<ArrowLeft size={16} aria-hidden="true" />} aria-label={t('catalogue.back')} onClick={() => go({ page: 'catalogue', at: 'drafts' })} />
        <div className="draft-name">
          <h1 id="draft-title">{row.name === '' ? t('catalogue.draft.unnamed') : row.name}</h1>
          <p><span className="mark">{ADJUSTMENTS[row.kind]}</span><DraftState state={row.state} /><span className="faint">{t('catalogue.draft.by', { by: row.createdBy, changed: row.changedBy, at: momentWords(row.changedAt, now) })}</span></p>
        </div>
        <SavingMark saving={editing.saving} shown={writes && otherHolder === null} />
        <Deeds draft={draft} blocked={blocked} readOnly={readOnly} onBegin={(next) => drop(begin(next))} />
      </header>
      {otherHolder !== null && writes && (
        <p className="draft-told" role="alert"><Hand size={16} aria-hidden="true" />{t('catalogue.draft.held', { by: otherHolder.account, since: clockWords(otherHolder.since) })}<Button size="small" onClick={() => drop(hold(true))}>{t('catalogue.draft.take-over')}</Button></p>
      )}
      {lost && (
        <p className="draft-told" role="alert" data-tone="late"><Hand size={16} aria-hidden="true" />{t('catalogue.draft.lost', { by: editing.saving.kind === 'lost' ? editing.saving.by : '' })}<Button size="small" onClick={onChanged}>{t('catalogue.draft.reload')}</Button></p>
      )}
      {draft.stale && <p className="draft-told" role="alert" data-tone="late">{t('catalogue.draft.stale')}</p>}
      {row.state === 'rejected' && draft.reviews.at(-1)?.verdict === 'reject' && (
        <p className="draft-told" role="status" data-tone="late"><Undo2 size={16} aria-hidden="true" />{t('catalogue.draft.rejected', { by: draft.reviews.at(-1)?.account ?? '', words: draft.reviews.at(-1)?.words ?? '' })}</p>
      )}
      {writes && (
        <label className="draft-reason"><span>{t(row.kind === 'new' || row.kind === 'changed' ? 'catalogue.draft.reason' : 'catalogue.draft.reason.must')}</span>
          <input className="ed" maxLength={300} value={editing.reason} disabled={readOnly} placeholder={t('catalogue.draft.reason.placeholder')} onChange={({ target }) => editing.setReason(target.value)} />
        </label>
      )}
      {editing.bodies.length > 1 || (writes && DRAFT_SHAPES[row.kind].bodies[1] > 1) ? (
        <div className="draft-bodies" role="tablist" aria-label={t('catalogue.draft.bodies')}>
          {editing.bodies.map((one, index) => <button key={index} type="button" role="tab" aria-selected={index === body} onClick={() => setBody(index)}>{`${index + 1}. ${typeof one['name'] === 'string' && one['name'] !== '' ? one['name'] : t('catalogue.draft.unnamed')}`}</button>)}
          {!readOnly && editing.bodies.length < DRAFT_SHAPES[row.kind].bodies[1] && <button type="button" onClick={() => { editing.setBodies((bodies) => [...bodies, { ...bodies.at(-1), code: '', basicCode: '', handlingCode: '' }]); setBody(editing.bodies.length); }}>{t('catalogue.draft.add-body')}</button>}
        </div>
      ) : null}
      {writes && text !== undefined
        ? <Editor key={body} text={text} base={base} findings={editing.findings[body] ?? []} readOnly={readOnly} onChange={(change) => editing.setBody(body, change)} />
        : <DraftReading draft={draft} body={body} now={now} />}
      {deed !== null && <ConfirmDraft deed={deed} draft={draft} revision={readOnly ? draft.revision : editing.revision} onClose={() => setDeed(null)} onDone={() => { setDeed(null); onChanged(); }} />}
    </section>
  );
}

function SavingMark({ saving, shown }: { saving: Saving; shown: boolean }): ReactNode {
  if (!shown || saving.kind === 'lost') return null;
  const icon = { size: 14, 'aria-hidden': true } as const;
  const icons = { saved: <Check {...icon} />, waiting: <LoaderCircle {...icon} />, saving: <LoaderCircle {...icon} />, away: <CloudOff {...icon} /> };
  return <p className="saving" data-kind={saving.kind} role="status">{icons[saving.kind]}{t(`catalogue.saving.${saving.kind}`)}</p>;
}

/** What can be done with the draft from here, by state and right. */
function Deeds({ draft, blocked, readOnly, onBegin }: { draft: Draft; blocked: boolean; readOnly: boolean; onBegin: (deed: Deed) => void }): ReactNode {
  const { me } = useSession();
  const { state } = draft.row;
  const icon = { size: 15, 'aria-hidden': true } as const;
  const edits = may(me.role, 'edit-items');
  const own = draft.authors.includes(me.account);
  return (
    <div className="draft-deeds">
      {edits && (state === 'draft' || state === 'rejected' || state === 'in-review' || state === 'approved') && <Button danger type="text" icon={<Trash2 {...icon} />} onClick={() => onBegin('withdraw')}>{t('catalogue.deed.withdraw')}</Button>}
      {edits && (state === 'in-review' || state === 'approved') && <Button icon={<RotateCcw {...icon} />} onClick={() => onBegin('recall')}>{t('catalogue.deed.recall')}</Button>}
      {edits && state === 'draft' && <Button type="primary" disabled={blocked || readOnly} title={blocked ? t('catalogue.deed.submit.blocked') : undefined} icon={<Send {...icon} />} onClick={() => onBegin('submit')}>{t('catalogue.deed.submit')}</Button>}
      {edits && state === 'rejected' && <Button type="primary" icon={<RotateCcw {...icon} />} onClick={() => onBegin('recall')}>{t('catalogue.deed.rework')}</Button>}
      {may(me.role, 'review-items') && state === 'in-review' && (own ? <span className="faint">{t('catalogue.review.own')}</span> : (
        <>
          <Button danger icon={<Undo2 {...icon} />} onClick={() => onBegin('reject')}>{t('catalogue.deed.reject')}</Button>
          <Button type="primary" icon={<Check {...icon} />} onClick={() => onBegin('approve')}>{t('catalogue.deed.approve')}</Button>
        </>
      ))}
      {may(me.role, 'publish-items') && state === 'approved' && <Button type="primary" disabled={draft.stale} icon={<Check {...icon} />} onClick={() => onBegin('publish')}>{t('catalogue.deed.publish')}</Button>}
    </div>
  );
}
