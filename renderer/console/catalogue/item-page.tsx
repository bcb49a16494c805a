import { Button, Dropdown } from 'antd';
import { ArrowLeft, FilePen } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { DRAFT_SHAPES, periodsOf } from '../../../domain/catalogue/publication.ts';
import type { DraftRow, VersionRow } from '../../../domain/contracts/catalogue.ts';
import { ADJUSTMENTS } from '../../../domain/item/dictionaries.ts';
import type { Item } from '../../../domain/item/types.ts';
import { drop, err, ok } from '../../../domain/result.ts';
import { may } from '../../../domain/staff/rights.ts';
import { Failed, Loading } from '../parts.tsx';
import { go } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { dateWords, momentWords } from '../words.ts';
import { useBeginDraft } from './begin-draft.ts';
import { DraftState, ItemState } from './bits.tsx';
import { Changes, Reading } from './changes.tsx';
import { told } from './told.ts';
import { TimeLine } from './time-line.tsx';

type Whole = { today: string; item: Item; versions: VersionRow[]; drafts: DraftRow[] };

/** One item: its versions over time, the adjust log (调整记录), and what a version says. */
export function ItemPage({ code }: { code: string }): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer<Whole, { kind: string }>(`item/${code}`, () => told<Whole, { kind: string }>(ask((hall) => hall.catalogueItem({ code }))));
  if (answer.kind === 'loading') return <Loading />;
  if (answer.kind === 'failed') return <Failed kind={answer.failure.kind} onRetry={again} />;
  return <Shown whole={answer.value} now={answer.at} />;
}

function Shown({ whole: { today, item, versions, drafts }, now }: { whole: Whole; now: number }): ReactNode {
  const { me } = useSession();
  const beginDraft = useBeginDraft();
  const [chosen, setChosen] = useState(item.version);
  const newest = versions[0];
  const open = drafts.find(({ state }) => state === 'draft' || state === 'in-review' || state === 'approved' || state === 'rejected');
  const edits = may(me.role, 'edit-items') && newest?.state !== 'cancelled';
  return (
    <section className="item" aria-labelledby="item-title">
      <header className="draft-head">
        <Button type="text" icon={<ArrowLeft size={16} aria-hidden="true" />} aria-label={t('catalogue.back')} onClick={() => go({ page: 'catalogue', at: '' })} />
        <div className="draft-name">
          <h1 id="item-title">{item.name}</h1>
          <p><ItemState state={item.state} /><span className="faint number">{item.code}</span><span className="faint">{item.body.name}</span></p>
        </div>
        {open !== undefined && <Button icon={<FilePen size={15} aria-hidden="true" />} onClick={() => go({ page: 'catalogue', at: `drafts/${open.id}` })}>{t('catalogue.item.draft')} <DraftState state={open.state} /></Button>}
        {edits && open === undefined && (
          <>
            <Dropdown menu={{ items: (['suspended', 'cancelled', 'split'] as const).map((kind) => ({ key: kind, label: ADJUSTMENTS[kind] })), onClick: ({ key }) => drop(beginDraft(key === 'suspended' || key === 'cancelled' ? key : 'split', [item.code])) }} trigger={['click']}><Button>{t('catalogue.item.more')}</Button></Dropdown>
            <Button type="primary" icon={<FilePen size={15} aria-hidden="true" />} onClick={() => drop(beginDraft('changed', [item.code]))}>{t(newest?.state === 'suspended' ? 'catalogue.item.resume' : 'catalogue.item.change')}</Button>
          </>
        )}
      </header>
      <div className="item-columns">
        <div className="item-log" role="region" aria-label={t('catalogue.log')} tabIndex={0}>
          <TimeLine versions={versions} today={today} now={now} />
          <h2>{t('catalogue.log')}</h2>
          <ol>
            {versions.map((version) => <LogLine key={version.version} version={version} periods={versions} now={now} today={today} chosen={version.version === chosen} onChoose={() => setChosen(version.version)} />)}
          </ol>
          {drafts.length > 0 && (<>
            <h2>{t('catalogue.item.drafts')}</h2>
            <ul className="item-drafts">{drafts.map((draft) => <li key={draft.id}><a href={`#/catalogue/drafts/${draft.id}`}>{ADJUSTMENTS[draft.kind]}</a><DraftState state={draft.state} /><span className="faint">{draft.changedBy} · {momentWords(draft.changedAt, now)}</span></li>)}</ul>
          </>)}
        </div>
        <div className="item-text" role="region" aria-label={t('catalogue.text')} tabIndex={0}>
          <VersionText key={chosen} code={item.code} version={chosen} current={item} before={versions.find(({ version }) => version < chosen)?.version ?? null} />
        </div>
      </div>
    </section>
  );
}

function LogLine({ version, periods, now, today, chosen, onChoose }: { version: VersionRow; periods: readonly VersionRow[]; now: number; today: string; chosen: boolean; onChoose: () => void }): ReactNode {
  const period = periodsOf(periods).find((one) => one.version.version === version.version)?.period ?? null;
  const inForce = period !== null && period.from <= today && (period.to === null || today <= period.to);
  const codes = (list: readonly string[]) => list.filter((code) => code !== '').map((code) => <a key={code} className="number" href={`#/catalogue/items/${code}`}>{code}</a>);
  const sources = DRAFT_SHAPES[version.kind].bases[1] > 0 && version.version === 1 ? version.from : [];
  return (
    <li aria-current={chosen}>
      <button type="button" onClick={onChoose}>
        <strong>{t('catalogue.version', { version: version.version })}</strong><span className="mark">{ADJUSTMENTS[version.kind]}</span>
        {version.state !== 'active' && version.state !== version.kind && <ItemState state={version.state} />}
        {inForce && <span className="mark" data-tone="good">{t('catalogue.in-force')}</span>}
        {period === null && <span className="mark">{t('catalogue.never-in-force')}</span>}
      </button>
      <p className="number">{period === null ? dateWords(version.effectiveFrom, now) : period.to === null ? t('catalogue.since', { from: dateWords(period.from, now) }) : t('catalogue.from-to', { from: dateWords(period.from, now), to: dateWords(period.to, now) })}</p>
      {version.reason !== '' && <p>{version.reason}</p>}
      {sources.length > 0 && <p>{t('catalogue.log.from')} {codes(sources)}</p>}
      {version.to.length > 0 && <p>{t('catalogue.log.to')} {codes(version.to)}</p>}
      <p className="faint">{version.account === null ? t('catalogue.log.pack') : t('catalogue.log.who', { account: version.account, reviewers: version.reviewers.join('、') || '—' })} · {momentWords(version.at, now)}{version.changes === null ? '' : ` · ${t('catalogue.log.changes', { count: version.changes })}`}</p>
    </li>
  );
}

/** A version's text, or what it changed of the one before. */
function VersionText({ code, version, current, before }: { code: string; version: number; current: Item; before: number | null }): ReactNode {
  const { ask } = useSession();
  const [tab, setTab] = useState<'whole' | 'changes'>('whole');
  const read = (wanted: number) => told<Item, { kind: string }>(ask((hall) => hall.catalogueVersion({ code, version: wanted })));
  const [answer, again] = useAnswer<Item, { kind: string }>(`version/${code}@${version}`, async () => (version === current.version ? ok(current) : read(version)));
  const [earlier] = useAnswer<Item, { kind: string }>(`version/${code}@${before ?? 0}`, async () => (before === null ? err({ kind: 'unknown-item' }) : read(before)));
  if (answer.kind === 'loading') return <Loading />;
  if (answer.kind === 'failed') return <Failed kind={answer.failure.kind} onRetry={again} />;
  return (
    <>
      <div className="side-tabs" role="tablist">
        <button type="button" role="tab" aria-selected={tab === 'whole'} onClick={() => setTab('whole')}>{t('catalogue.version', { version })}</button>
        {earlier.kind === 'here' && <button type="button" role="tab" aria-selected={tab === 'changes'} onClick={() => setTab('changes')}>{t('catalogue.changes.from', { version: before ?? 0 })}</button>}
      </div>
      {tab === 'changes' && earlier.kind === 'here' ? <Changes base={earlier.value} text={answer.value} /> : <Reading text={answer.value} />}
    </>
  );
}
