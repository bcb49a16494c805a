import { Button, Input, type InputRef, Select } from 'antd';
import { RotateCw } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { MessageListRow } from '../../../domain/contracts/messages.ts';
import { MessageKind } from '../../../domain/messages/message.ts';
import { drop } from '../../../domain/result.ts';
import { useNow } from '../clock.ts';
import { Desk, DeskRows, useDeskKeys } from '../desk/desk.tsx';
import { DeskDue } from '../desk/due.tsx';
import type { Hall } from '../hall.ts';
import { hintOf } from '../keys.ts';
import { Failed, Key, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { MessageView } from './message.tsx';
import { NewMessageDialog } from './new-message.tsx';
import { SettingsView } from './settings.tsx';
import './messages.css';

const LISTS = ['open', 'mine', 'overdue', 'answered', 'hotline', 'all'] as const;
type Page = Awaited<ReturnType<Hall['messages']>>;
export type Owners = Awaited<ReturnType<Hall['messageOwners']>>;

/** 咨询投诉建议: what citizens told the hall, and what was made of it. */
export function MessagesPage({ at }: { at: string }): ReactNode {
  const { ask } = useSession();
  const [list = '', open = ''] = at.split('/');
  const show = LISTS.find((one) => one === list) ?? 'open';
  const [kind, setKind] = useState<MessageKind | ''>('');
  const [query, setQuery] = useState('');
  const name = `messages/${show}/${kind}/${query}`;
  const [answer, again] = useAnswer(name, () => ask((hall) => hall.messages({ show, kind, query, after: '' })));
  const [owners] = useAnswer('message-owners', () => ask((hall) => hall.messageOwners()));
  const [registering, setRegistering] = useState(false);
  const search = useRef<InputRef>(null);
  const rows = useDeskKeys({ reload: again, register: () => setRegistering(true), search: () => search.current?.focus({ cursor: 'all' }) });
  const counts = answer.kind === 'here' ? answer.value.counts : {};
  const known: Owners = owners.kind === 'here' ? owners.value : { departments: [], accounts: [] };

  return (
    <Desk
      page="messages"
      at={list === 'settings' ? 'settings' : show}
      groups={[
        { title: t('messages.lists'), lists: LISTS.map((one) => ({ at: one, title: word('messages.list', one), ...(counts[one] === undefined ? {} : { count: counts[one] }), late: one === 'overdue' })) },
        { title: t('messages.more'), lists: [{ at: 'settings', title: t('messages.settings') }] },
      ]}
      foot={<Button type="primary" onClick={() => setRegistering(true)}>{t('messages.register')}<Key name={hintOf('register')} /></Button>}
    >
      {list === 'settings' ? <SettingsView /> : (
        <div className="desk-split">
          <section className="desk-list" aria-labelledby="messages-title">
            <header>
              <h1 id="messages-title">{word('messages.list', show)}</h1>
              <Select size="small" className="messages-kind" aria-label={t('messages.kinds')} value={kind} onChange={setKind} options={[{ value: '' as const, label: t('messages.kind.all') }, ...MessageKind.options.map((value) => ({ value, label: word('message.kind', value) }))]} />
              <Button size="small" aria-label={t('desk.reload')} title={`${t('desk.reload')} ${hintOf('reload')}`} icon={<RotateCw size={14} aria-hidden="true" />} onClick={again} />
            </header>
            <div className="messages-search"><Input.Search ref={search} size="small" aria-label={t('messages.search.label')} placeholder={t('messages.search')} allowClear maxLength={30} onSearch={(words) => setQuery(words.trim())} /></div>
            <div className="desk-scroll" ref={rows}>
              {answer.kind === 'loading' && <Loading />}
              {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
              {answer.kind === 'here' && answer.value.rows.length === 0 && <Nothing words={t('messages.empty')} />}
              {answer.kind === 'here' && answer.value.rows.length > 0 && <Rows first={answer.value} more={(after) => ask((hall) => hall.messages({ show, kind, query, after }))} list={show} open={open} owners={known} />}
            </div>
          </section>
          {open === '' ? <section className="desk-open"><Nothing words={t('desk.none-open')}><p>{t('desk.none-open.keys')}</p></Nothing></section> : <MessageView key={open} id={open} owners={known} onChanged={again} />}
        </div>
      )}
      {registering && <NewMessageDialog onDone={again} onClose={() => setRegistering(false)} />}
    </Desk>
  );
}

/** The first page, and those that were asked for after it. */
function Rows({ first, more, list, open, owners }: { first: Page; more: (after: string) => Promise<{ ok: true; value: Page } | { ok: false }>; list: string; open: string; owners: Owners }): ReactNode {
  const [held, setHeld] = useState({ first, rows: first.rows, next: first.next });
  // The list was read anew: what came after it is read again when it is asked for.
  if (held.first !== first) setHeld({ first, rows: first.rows, next: first.next });
  const read = async () => {
    const page = await more(held.next);
    if (page.ok) setHeld((before) => ({ ...before, rows: [...before.rows, ...page.value.rows], next: page.value.next }));
  };
  return (
    <>
      <DeskRows page="messages" list={list} rows={held.rows} open={open} name={word('messages.list', list)} draw={(row) => <Row row={row} owners={owners} />} />
      {held.next !== '' && <Button block type="text" onClick={() => drop(read())}>{t('messages.more-rows')}</Button>}
    </>
  );
}

function Row({ row, owners }: { row: MessageListRow; owners: Owners }): ReactNode {
  const now = useNow();
  const next = row.decideBy !== null && row.decideBy < row.due ? row.decideBy : row.due;
  return (
    <>
      <span className="desk-line"><strong className="number">{row.number}</strong><span className="mark" data-tone={row.kind === 'complain' ? 'late' : undefined}>{word('message.kind', row.kind)}</span></span>
      <span className="desk-excerpt">{row.excerpt === '' ? t('messages.no-words') : row.excerpt}</span>
      <span className="desk-line"><small>{row.department === null ? t('messages.department.none') : departmentName(owners, row.department)}</small>{row.daysLeft === null ? <span className="mark">{word('message.stage', row.stage)}</span> : <DeskDue days={row.daysLeft} due={next} now={now} inline />}</span>
    </>
  );
}

/** The name of a department that items name; its code where none does any more. */
export function departmentName(owners: Owners, code: string): string {
  return owners.departments.find((department) => department.code === code)?.name ?? code;
}
