import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { ArrangementView } from '../../../domain/contracts/site.ts';
import type { Arrangement } from '../../../domain/queue/types.ts';
import { drop } from '../../../domain/result.ts';
import type { Act, Trouble } from '../act.tsx';
import { useHere } from '../road.ts';
import { t } from '../texts.ts';
import { usePageKeys } from '../use-keys.ts';
import { hintOf } from '../keys.ts';
import { clockWords } from '../words.ts';
import { assignedIn, differenceOf, type Draft, draftOf, readDraft, rebased, warningsOf, windowsWords } from './arrangement.ts';
import { Alarms, Hours } from './arrange-times.tsx';
import { Grid } from './grid.tsx';
import { AddWindow } from './add-window.tsx';

/**
 * What is being changed, kept while the manager looks at another sheet.
 * @property version that `base` is, and on which it is saved
 * @property toSettings it is to be as in the settings from then on, whatever those will be
 * @property theirs what somebody else arranged meanwhile; null: nothing
 * @property saved the version that it became: shown until the line shows that one
 */
export type Edit = { version: number; base: Draft; draft: Draft; toSettings: boolean; theirs: { by: string; changes: readonly string[] } | null; saved: number | null };

/** @param edit null: nothing is being changed */
export function ArrangeSheet({ view, act, trouble, edit, onEdit }: { view: ArrangementView; act: Act; trouble: Trouble | null; edit: Edit | null; onEdit: (edit: Edit | null) => void }): ReactNode {
  const { names } = useHere();
  const [goTo, setGoTo] = useState(String(view.settings.windows[0]?.number ?? ''));
  const held = draftOf(view, view.arrangement);
  const draft = edit?.draft ?? held;
  const toSettings = edit?.toSettings ?? false;
  const busy = act.busy || (edit?.saved ?? null) !== null;
  const by = view.account === null ? null : (names[view.account] ?? view.account);

  const follow = useEffectEvent(() => {
    if (edit === null || act.busy || view.version === edit.version) return;
    if (edit.saved !== null) return view.version < edit.saved ? undefined : onEdit(null);
    const changes = differenceOf(view, edit.base, held);
    const theirs = { by: by === null || view.at === null ? t('arrange.conflict.nobody') : t('arrange.conflict', { name: by, time: clockWords(view.at) }), changes };
    return onEdit({ ...edit, version: view.version, base: held, draft: rebased(edit.base, edit.draft, held), theirs: changes.length === 0 ? edit.theirs : theirs });
  });
  useEffect(() => follow(), [view.version, act.busy, edit?.saved]);

  const change = (next: Partial<Draft>) => {
    if (busy) return;
    act.say(null);
    onEdit({ ...(edit ?? { version: view.version, base: held, theirs: null, saved: null }), draft: { ...draft, ...next }, toSettings: false });
  };
  const read = readDraft(view, draft, view.inUse.map(({ window }) => window));
  const changes = edit === null ? [] : [...(toSettings && view.arrangement !== null ? [t('arrange.to-settings')] : []), ...differenceOf(view, held, draft)];
  const save = async () => {
    if (busy) return;
    if (trouble !== null) return act.say({ tone: 'bad', words: t(`deny.${trouble}`), under: trouble });
    if (edit === null || changes.length === 0) return act.say({ tone: 'plain', words: t('arrange.nothing') });
    if (read.arrangement === null) return act.say({ tone: 'bad', words: read.faults.join(' ') });
    const end = await act.go('save', [{ kind: 'arrange', after: edit.version, arrangement: toSettings ? null : read.arrangement }]);
    if (end?.kind === 'granted' && end.granted.entry.deed.kind === 'arranged') onEdit({ ...edit, saved: end.granted.entry.deed.version });
  };
  usePageKeys(act.busy, { save: () => drop(save()) });

  const businesses = view.businesses.map(({ key, prefix, name }) => ({ key, name: `${prefix} ${name}`, label: name }));
  const ticked = (list: readonly string[], key: string, on: boolean) => (on ? [...list, key] : list.filter((one) => one !== key));
  const there = draft.windows.filter((window) => window.businesses.length > 0).map(({ number }) => number);
  return (
    <div className="arrange">
      <div className="arrange-edit">
        <section>
          <h2>{t('arrange.businesses')}</h2>
          <p className="faint">{t('arrange.businesses.hint')}</p>
          <Grid
            label={t('arrange.businesses')} corner={t('arrange.window')} columns={businesses} busy={busy} goTo={goTo}
            rows={draft.windows.map(({ number, businesses: own }) => ({ key: String(number), name: t('arrange.window.number', { window: number }), note: view.inUse.some(({ window }) => window === number) ? t('arrange.window.open') : '', isOn: (key) => own.includes(key) }))}
            onTick={(window, key, on) => change({ windows: draft.windows.map((one) => (String(one.number) === window ? { ...one, businesses: ticked(one.businesses, key, on) } : one)) })}
          />
          <AddWindow taken={draft.windows.map(({ number }) => number)} onAdd={(number) => {
            change({ windows: [...draft.windows, { number, businesses: [] }].toSorted((one, other) => one.number - other.number) });
            setGoTo(String(number));
          }} />
        </section>
        <section>
          <h2>{t('arrange.people')}</h2>
          <p className="faint">{t('arrange.people.hint')}</p>
          <Grid
            label={t('arrange.people')} corner={t('arrange.person')} columns={there.map((number) => ({ key: String(number), name: String(number), label: t('arrange.window.number', { window: number }) }))} busy={busy}
            rows={assignedIn(draft).map(({ account, windows }) => ({ key: account, name: view.staff.find((one) => one.account === account)?.name ?? account, note: windowsWords(windows), isOn: (key) => windows.includes(Number(key)) }))}
            onTick={(account, key, on) => change({ assigned: draft.assigned.map((one) => (one.account === account ? { account, windows: ticked(one.windows.map(String), key, on).map(Number) } : one)) })}
          />
        </section>
        <Hours hours={draft.hours} onChange={(hours) => change({ hours })} />
        <Alarms alarms={draft.alarms} onChange={(alarms) => change({ alarms })} />
      </div>
      <aside className="arrange-changes" aria-label={t('arrange.changes')}>
        <p className="faint">{view.arrangement === null ? t('arrange.now.settings') : by === null || view.at === null ? t('arrange.now.carried') : t('arrange.now.by', { name: by, time: clockWords(view.at) })}</p>
        {edit?.theirs != null && (
          <div className="notice" role="alert">
            <p>{edit.theirs.by}</p>
            <ul>{edit.theirs.changes.map((words) => <li key={words}>{words}</li>)}</ul>
            <p>{t('arrange.conflict.words')}</p>
          </div>
        )}
        <h2>{t('arrange.changes')}</h2>
        {changes.length === 0 ? <p className="faint">{t('arrange.none')}</p> : <ul className="arrange-list">{changes.map((words) => <li key={words}>{words}</li>)}</ul>}
        <Notes faults={edit === null ? [] : read.faults} arrangement={read.arrangement} view={view} />
        <p className="faint">{t('arrange.effect')}</p>
        <div className="arrange-buttons">
          <button type="button" className="button" data-kind="main" aria-disabled={busy || trouble !== null || changes.length === 0} onClick={() => drop(save())}>{t('arrange.save')}<kbd>{hintOf('save')}</kbd></button>
          <button type="button" className="button" aria-disabled={busy || edit === null} onClick={() => !busy && onEdit(null)}>{t('arrange.drop')}</button>
          <button type="button" className="button" aria-disabled={busy || view.arrangement === null} onClick={() => !busy && view.arrangement !== null && onEdit({ version: view.version, base: held, draft: draftOf(view, null), toSettings: true, theirs: null, saved: null })}>{t('arrange.reset')}</button>
        </div>
      </aside>
    </div>
  );
}

/** What keeps it from being saved, and what is to be known of it. */
function Notes({ faults, arrangement, view }: { faults: readonly string[]; arrangement: Arrangement | null; view: ArrangementView }): ReactNode {
  const warnings = arrangement === null ? [] : warningsOf(view, arrangement);
  return (
    <div aria-live="polite">
      {faults.length > 0 && <ul className="arrange-list" data-tone="bad">{faults.map((words) => <li key={words}>{words}</li>)}</ul>}
      {warnings.length > 0 && <ul className="arrange-list" data-tone="warn">{warnings.map((words) => <li key={words}>{words}</li>)}</ul>}
    </div>
  );
}
