import { Alert, App as AntApp, Button, Select } from 'antd';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { Theme } from '../../../domain/catalogue/theme.ts';
import type { ThemeView } from '../../../domain/contracts/catalogue.ts';
import { drop } from '../../../domain/result.ts';
import { may } from '../../../domain/staff/rights.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { dateWords, momentWords } from '../words.ts';
import { moved } from './editing.ts';

type Written = Omit<Theme, 'items'> & { items: { code: string; note: string }[] };

/** 一件事: journeys of several items, each with what it asks for in all. */
export function ThemesPage(): ReactNode {
  const { ask, me } = useSession();
  const [answer, again] = useAnswer('themes', () => ask((hall) => hall.themes()));
  const [items] = useAnswer('theme-items', () => ask((hall) => hall.catalogue()));
  const [written, setWritten] = useState<Written | null>(null);
  if (answer.kind === 'loading') return <Loading />;
  if (answer.kind === 'failed') return <Failed kind={answer.failure.kind} onRetry={again} />;
  const names = new Map(items.kind === 'here' ? items.value.rows.filter(({ state }) => state === 'active').map(({ code, name }) => [code, name]) : []);
  const today = civilDate(answer.at);
  const next = (view: ThemeView): Written => ({ ...view.theme, version: view.theme.version + 1, effectiveFrom: view.theme.effectiveFrom > today ? view.theme.effectiveFrom : today });
  return (
    <div className="themes">
      <div className="themes-list">
        {may(me.role, 'publish-items') && <Button icon={<Plus size={15} aria-hidden="true" />} onClick={() => setWritten({ code: '', version: 1, state: 'active', effectiveFrom: today, effectiveTo: null, name: '', summary: '', journey: '', items: [] })}>{t('catalogue.theme.add')}</Button>}
        {answer.value.length === 0 && <Nothing words={t('catalogue.theme.empty')} />}
        {answer.value.map((view) => (
          <article key={view.theme.code} aria-labelledby={`theme-${view.theme.code}`}>
            <header><h2 id={`theme-${view.theme.code}`}>{view.theme.name}</h2><span className="mark" data-tone={view.theme.state === 'active' ? 'good' : 'none'}>{t(`catalogue.theme.${view.theme.state}`)}</span>
              {may(me.role, 'publish-items') && <Button size="small" onClick={() => setWritten(next(view))}>{t('catalogue.theme.edit')}</Button>}
            </header>
            <p>{view.theme.summary}</p>
            <ol>{view.theme.items.map(({ code, note }) => <li key={code}><a href={`#/catalogue/items/${code}`}>{names.get(code) ?? code}</a>{note !== '' && <small>{note}</small>}</li>)}</ol>
            <p className="theme-materials"><strong>{t('catalogue.theme.materials', { count: view.materials.length })}</strong>{view.materials.map(({ name, codes }) => (codes.length > 1 ? t('catalogue.theme.shared', { name, count: codes.length }) : name)).join('、')}</p>
            <p className="faint">{t('catalogue.theme.version', { version: view.theme.version, date: dateWords(view.theme.effectiveFrom, answer.at) })} · {view.account} · {momentWords(view.at, answer.at)}</p>
          </article>
        ))}
      </div>
      {written !== null && <ThemeForm key={`${written.code}@${written.version}`} written={written} names={[...names]} onChange={setWritten} onDone={() => { setWritten(null); again(); }} />}
    </div>
  );
}

function ThemeForm({ written, names, onChange, onDone }: { written: Written; names: readonly (readonly [string, string])[]; onChange: (written: Written | null) => void; onDone: () => void }): ReactNode {
  const { ask } = useSession();
  const { message } = AntApp.useApp();
  const [fault, setFault] = useState('');
  const set = (change: Partial<Written>) => onChange({ ...written, ...change });
  const publish = async () => {
    const parsed = Theme.safeParse(written);
    if (!parsed.success) return setFault(t('catalogue.theme.fault.shape'));
    const answer = await ask((hall) => hall.publishTheme({ theme: parsed.data }));
    if (!answer.ok) return setFault(t(answer.error.kind === 'away' ? 'failed.away' : 'failed.broken'));
    if (!answer.value.ok) return setFault(t(`catalogue.theme.fault.${answer.value.error.kind}`));
    void message.success(t('catalogue.theme.done'));
    onDone();
  };
  return (
    <section className="theme-form" aria-label={t('catalogue.theme.form')}>
      {fault !== '' && <Alert type="error" showIcon role="alert" title={fault} />}
      <div className="shelf-pair">
        <label className="field"><span>{t('catalogue.theme.code')}</span><input className="ed" disabled={written.version > 1} value={written.code} placeholder="YJS-001" onChange={({ target }) => set({ code: target.value.toUpperCase() })} /></label>
        <label className="field"><span>{t('catalogue.publish.from')}</span><input className="ed" type="date" value={written.effectiveFrom} onChange={({ target }) => set({ effectiveFrom: target.value })} /></label>
      </div>
      <label className="field"><span>{t('catalogue.theme.name')}</span><input className="ed" maxLength={60} value={written.name} onChange={({ target }) => set({ name: target.value })} /></label>
      <label className="field"><span>{t('catalogue.theme.summary')}</span><input className="ed" maxLength={120} value={written.summary} onChange={({ target }) => set({ summary: target.value })} /></label>
      <label className="field"><span>{t('catalogue.theme.journey')}</span><textarea className="ed" rows={4} maxLength={1000} value={written.journey} onChange={({ target }) => set({ journey: target.value })} /></label>
      <div className="field"><span>{t('catalogue.theme.items')}</span>
        <ol className="theme-items">
          {written.items.map(({ code, note }, index) => {
            const name = names.find(([one]) => one === code)?.[1] ?? code;
            return (
              <li key={code}>
                <strong>{name}</strong>
                <input className="ed" aria-label={t('catalogue.theme.note', { name })} placeholder={t('catalogue.theme.note.placeholder')} maxLength={200} value={note} onChange={({ target }) => set({ items: written.items.map((one) => (one.code === code ? { ...one, note: target.value } : one)) })} />
                <span className="row-tools">
                  <button type="button" aria-label={t('catalogue.rows.up', { name })} disabled={index === 0} onClick={() => set({ items: [...moved(written.items, index, -1)] })}><ArrowUp size={14} aria-hidden="true" /></button>
                  <button type="button" aria-label={t('catalogue.rows.down', { name })} disabled={index === written.items.length - 1} onClick={() => set({ items: [...moved(written.items, index, 1)] })}><ArrowDown size={14} aria-hidden="true" /></button>
                  <button type="button" aria-label={t('catalogue.rows.remove', { name })} onClick={() => set({ items: written.items.filter((one) => one.code !== code) })}><Trash2 size={14} aria-hidden="true" /></button>
                </span>
              </li>
            );
          })}
        </ol>
        <Select showSearch={{ optionFilterProp: 'label' }} value={null} placeholder={t('catalogue.theme.add-item')} aria-label={t('catalogue.theme.add-item')} options={names.filter(([code]) => written.items.every((one) => one.code !== code)).map(([value, label]) => ({ value, label }))} onChange={(code: string | null) => { if (code !== null) set({ items: [...written.items, { code, note: '' }] }); }} />
      </div>
      <div className="theme-deeds">
        {written.version > 1 && <label><input type="checkbox" checked={written.state === 'cancelled'} onChange={({ target }) => set({ state: target.checked ? 'cancelled' : 'active' })} />{t('catalogue.theme.cancel')}</label>}
        <Button onClick={() => onChange(null)}>{t('act.cancel')}</Button>
        <Button type="primary" onClick={() => drop(publish())}>{t('catalogue.deed.publish')}</Button>
      </div>
    </section>
  );
}
