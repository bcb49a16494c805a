import { Button, Input, Modal, Radio } from 'antd';
import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { SavedFilter } from '../../domain/contracts/desk.ts';
import type { Role } from '../../domain/contracts/staff.ts';
import { drop } from '../../domain/result.ts';
import { mayCall } from '../../domain/staff/rights.ts';
import { hintOf } from './keys.ts';
import { Key } from './parts.tsx';
import { go, type InboxRoute, type ListFilter, routeText } from './route.ts';
import { useAnswer, useSession } from './session.tsx';
import { t, type TextKey, word } from './texts.ts';
import type { Inbox } from './use-inbox.ts';

/** Lists that are rare show only while there are cases in them. */
const RARE: readonly ListFilter[] = ['decided', 'identity'];

function groupsOf(role: Role): readonly { title: TextKey; lists: readonly ListFilter[] }[] {
  return [
    { title: 'inbox.group.turn', lists: [...(mayCall(role, 'tasks') ? ['tasks' as const] : []), 'open', ...(mayCall(role, 'checkIdentity') ? ['identity' as const] : []), ...(mayCall(role, 'claim') ? ['mine' as const] : []), 'overdue', ...(mayCall(role, 'takeOver') ? ['papers' as const] : []), ...(mayCall(role, 'deliver') ? ['to-issue' as const] : [])] },
    { title: 'inbox.group.stage', lists: ['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided'] },
    { title: 'inbox.group.closed', lists: ['finished', 'refused', 'withdrawn', 'all'] },
  ];
}

/** What an account kept under its digits, and the way to keep another. */
export type Filters = { kept: readonly SavedFilter[]; saving: boolean; begin(): void; end(): void; save(filter: SavedFilter): Promise<void>; drop(key: number): Promise<void>; open(key: number): void };

export function useFilters(): Filters {
  const { ask } = useSession();
  const [answer, again] = useAnswer('filters', () => ask((hall) => hall.filters()));
  const [saving, setSaving] = useState(false);
  const kept = answer.kind === 'here' ? answer.value : [];
  return {
    kept, saving,
    begin: () => setSaving(true),
    end: () => setSaving(false),
    async save(filter) {
      const saved = await ask((hall) => hall.saveFilter(filter));
      if (saved.ok) again();
      setSaving(false);
    },
    async drop(key) {
      if ((await ask((hall) => hall.dropFilter({ key }))).ok) again();
    },
    open(key) {
      const filter = kept.find((one) => one.key === key);
      if (filter !== undefined) go(routeOf(filter));
    },
  };
}

function routeOf({ list, query, order }: SavedFilter): InboxRoute {
  return { page: 'inbox', stage: list, query, order };
}

/** Beside the inbox: its lists with how much is in them, and the account's own. */
export function Lists({ route, counts, filters }: { route: InboxRoute; counts: Inbox['counts']; filters: Filters }): ReactNode {
  const { me } = useSession();
  return (
    <nav className="stages" aria-label={t('inbox.stages')}>
      {groupsOf(me.role).map(({ title, lists }) => (
        <section key={title}>
          <h2>{t(title)}</h2>
          {lists.filter((list) => !RARE.includes(list) || list === route.stage || (counts[list] ?? 0) > 0).map((list) => (
            <a key={list} href={routeText({ ...route, stage: list })} aria-current={list === route.stage ? 'true' : undefined} data-stage={list}>
              <span>{word('stage', list)}</span>
              <span className="stages-count" data-alert={list === 'overdue' && (counts[list] ?? 0) > 0}>{counts[list]}</span>
            </a>
          ))}
        </section>
      ))}
      <section>
        <h2>{t('inbox.group.filters')}</h2>
        {filters.kept.map((filter) => (
          <p key={filter.key} className="kept-filter">
            <a href={routeText(routeOf(filter))} aria-current={routeText(routeOf(filter)) === routeText(route) ? 'true' : undefined}><span>{filter.name}</span><kbd className="key" aria-hidden="true">{filter.key}</kbd></a>
            <Button type="text" size="small" aria-label={t('filter.drop.label', { name: filter.name })} icon={<X size={13} aria-hidden="true" />} onClick={() => drop(filters.drop(filter.key))} />
          </p>
        ))}
        {filters.kept.length === 0 && <p className="stages-hint">{t('filter.none', { key: hintOf('save-filter') })}</p>}
      </section>
    </nav>
  );
}

/** Keeps the list as it stands under a digit. */
export function FilterDialog({ filters, route }: { filters: Filters; route: InboxRoute }): ReactNode {
  if (!filters.saving || route.stage === 'tasks') return null;
  return <FilterForm filters={filters} route={{ ...route, stage: route.stage }} />;
}

function FilterForm({ filters, route }: { filters: Filters; route: InboxRoute & { stage: SavedFilter['list'] } }): ReactNode {
  const free = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((digit) => !filters.kept.some((filter) => filter.key === digit)) ?? 1;
  const [key, setKey] = useState(free);
  const [name, setName] = useState((route.query === '' ? word('stage', route.stage) : route.query).slice(0, 20));
  const taken = filters.kept.find((filter) => filter.key === key);
  const save = () => name.trim() !== '' && drop(filters.save({ key, name: name.trim(), list: route.stage, query: route.query, order: route.order }));
  return (
    <Modal open title={t('filter.save')} width={480} centered onCancel={filters.end} onOk={save} okText={<>{t('filter.ok')}<Key name="↵" /></>} cancelText={t('act.cancel')}>
      <form className="confirm-words" onSubmit={(event) => {
        event.preventDefault();
        save();
      }}>
        <p>{t('filter.what', { list: word('stage', route.stage), query: route.query === '' ? '' : `＋“${route.query}”` })}</p>
        <label className="field"><span>{t('filter.name')}</span><Input autoFocus value={name} maxLength={20} onChange={(event) => setName(event.target.value)} /></label>
        <fieldset className="field"><legend>{t('filter.key')}</legend><Radio.Group optionType="button" value={key} onChange={(event) => setKey(Number(event.target.value))} options={[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({ value: digit, label: String(digit) }))} /></fieldset>
        {taken !== undefined && <p className="missing">{t('filter.taken', { name: taken.name })}</p>}
      </form>
    </Modal>
  );
}
