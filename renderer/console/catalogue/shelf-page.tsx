import { App as AntApp, Button, Popconfirm, Table, type TableColumnsType } from 'antd';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { EVERY_ITEM, type ShelfRule } from '../../../domain/catalogue/shelf.ts';
import { drop } from '../../../domain/result.ts';
import { may } from '../../../domain/staff/rights.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { dateWords, momentWords } from '../words.ts';
import { ShelfCheck } from './shelf-check.tsx';
import { ShelfRuleForm } from './shelf-rule-form.tsx';

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
type Listed = { rule: ShelfRule; account: string; at: string };

/** 上下架: the rules on the left, and on the right what a machine would show. */
export function ShelfPage(): ReactNode {
  const { ask, me } = useSession();
  const { message } = AntApp.useApp();
  const [answer, again] = useAnswer('shelf', () => ask((hall) => hall.shelf()));
  const [items] = useAnswer('shelf-items', () => ask((hall) => hall.catalogue()));
  const [edited, setEdited] = useState<ShelfRule | 'new' | null>(null);
  const publishes = may(me.role, 'publish-items');
  const names = new Map(items.kind === 'here' ? items.value.rows.map(({ code, name }) => [code, name]) : []);
  const nameOf = (item: string) => (item === EVERY_ITEM ? t('catalogue.shelf.every-item') : names.get(item) ?? item);

  const remove = async (id: string) => {
    const removed = await ask((hall) => hall.removeShelfRule({ id }));
    if (removed.ok) again();
    else void message.error(t('failed.broken'));
  };

  if (answer.kind === 'loading') return <Loading />;
  if (answer.kind === 'failed') return <Failed kind={answer.failure.kind} onRetry={again} />;
  const { rules, serial } = answer.value;
  return (
    <div className="shelf">
      <section className="shelf-rules" aria-labelledby="shelf-title">
        <header><h2 id="shelf-title">{t('catalogue.shelf.rules')}</h2><p>{t('catalogue.shelf.words')}</p>
          {publishes && <Button type="primary" icon={<Plus size={15} aria-hidden="true" />} onClick={() => setEdited('new')}>{t('catalogue.shelf.add')}</Button>}
        </header>
        {rules.length === 0 ? <Nothing words={t('catalogue.shelf.empty')} /> : (
          <Table<Listed> rowKey={({ rule }) => rule.id} size="small" pagination={false} scroll={{ x: 640 }} dataSource={rules} columns={columnsFor({ now: answer.at, nameOf, publishes, onEdit: setEdited, onRemove: (id) => drop(remove(id)) })} />
        )}
      </section>
      <ShelfCheck serial={serial} />
      {edited !== null && <ShelfRuleForm rule={edited === 'new' ? null : edited} items={[...names]} onClose={() => setEdited(null)} onDone={() => { setEdited(null); again(); }} />}
    </div>
  );
}

function columnsFor({ now, nameOf, publishes, onEdit, onRemove }: { now: number; nameOf: (item: string) => string; publishes: boolean; onEdit: (rule: ShelfRule) => void; onRemove: (id: string) => void }): TableColumnsType<Listed> {
  const columns: TableColumnsType<Listed> = [
    { title: t('catalogue.shelf.does'), dataIndex: 'on', width: 84, render: (_, { rule }) => <span className="mark" data-tone={rule.on ? 'good' : 'late'}>{t(rule.on ? 'catalogue.shelf.on' : 'catalogue.shelf.off')}</span> },
    { title: t('catalogue.shelf.item'), dataIndex: 'item', render: (_, { rule }) => <span className="two-lines shelf-item"><strong>{nameOf(rule.item)}</strong>{rule.reason !== '' && <small>{rule.reason}</small>}</span> },
    { title: t('catalogue.shelf.where'), dataIndex: 'sites', render: (_, { rule }) => whereWords(rule) },
    { title: t('catalogue.shelf.when'), dataIndex: 'from', render: (_, { rule }) => <span className="two-lines"><span>{whenWords(rule)}</span><small>{t(rule.to === null ? 'catalogue.since' : 'catalogue.from-to', { from: dateWords(rule.from, now), to: rule.to === null ? '' : dateWords(rule.to, now) })}</small></span> },
    { title: t('catalogue.column.changed'), dataIndex: 'at', width: 120, render: (_, { account, at }) => <span className="two-lines"><span>{account}</span><small>{momentWords(at, now)}</small></span> },
  ];
  if (publishes) {
    columns.push({ title: <span className="visually-hidden">{t('catalogue.shelf.tools')}</span>, dataIndex: 'rule', width: 84, render: (_, { rule }) => (
      <span className="row-tools">
        <button type="button" aria-label={t('catalogue.shelf.edit')} onClick={() => onEdit(rule)}><Pencil size={14} aria-hidden="true" /></button>
        <Popconfirm title={t('catalogue.shelf.remove.ask')} okText={t('catalogue.shelf.remove')} cancelText={t('act.cancel')} onConfirm={() => onRemove(rule.id)}><button type="button" aria-label={t('catalogue.shelf.remove')}><Trash2 size={14} aria-hidden="true" /></button></Popconfirm>
      </span>
    ) });
  }
  return columns;
}

export function whereWords({ sites, machines, machineTypes, operators }: ShelfRule): string {
  const said = [
    ...(sites === null ? [] : [sites.join('、')]), ...(machines === null ? [] : [machines.join('、')]), ...(machineTypes === null ? [] : [t('catalogue.shelf.types', { types: machineTypes.join('、') })]),
    ...(operators === null ? [] : [t('catalogue.shelf.operators', { operators: operators.join('、') })]),
  ];
  return said.length === 0 ? t('catalogue.shelf.everywhere') : said.join('；');
}

export function whenWords({ weekdays, hours }: ShelfRule): string {
  const days = weekdays === null ? t('catalogue.shelf.every-day') : weekdays.map((day) => t(`catalogue.weekday.${day as (typeof WEEKDAYS)[number]}`)).join('、');
  return hours === null ? days : `${days} ${hours.from}–${hours.to}`;
}
