import { App, Tabs } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { drop, err, ok, type Result } from '../../../domain/result.ts';
import { mayCall } from '../../../domain/staff/rights.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import type { CallFailure, Hall } from '../hall.ts';
import { neighbour, nextToDo } from '../inbox-order.ts';
import { isConfirmation, useKeys } from '../keys.ts';
import { Failed, Loading } from '../parts.tsx';
import { go, type Route } from '../route.ts';
import { pagesOf } from '../scan/pages.ts';
import { ScanViewer } from '../scan/scan-viewer.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import type { Inbox } from '../use-inbox.ts';
import { ActionBar, CorrectionBar, type Deed, deedsOf } from './action-bar.tsx';
import { Application } from './application.tsx';
import { CaseHead } from './case-head.tsx';
import type { Fault } from './confirm-dialog.tsx';
import { AcceptDialog, CorrectDialog, FinishDialog, RefuseDialog } from './dialogs.tsx';
import { Guide } from './guide.tsx';
import { History } from './history.tsx';
import { asksOf, targetKey } from './letters.ts';
import { Done } from './paper-link.tsx';
import { useWide } from './use-wide.ts';
import './case.css';
import './record.css';
import './bar.css';
import './dialogs.css';

type Place = { list: Extract<Route, { page: 'inbox' }>; inbox: Inbox };

/** One case: its form beside its scans. */
export function CasePage({ id, list, inbox }: Place & { id: CaseId }): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer(id, async (): Promise<Result<ConsoleCase, CallFailure | { kind: 'unknown-case' }>> => {
    const got = await ask((hall) => hall.open({ id }));
    if (!got.ok) return got;
    // The road's own type of a case has lost the brands of its numbers, which JSON does not know.
    return got.value.ok ? ok(got.value.value as ConsoleCase) : err({ kind: got.value.error.kind });
  });
  useKeys(['case'], answer.kind === 'here' ? {} : { leave: () => go(list) });
  if (answer.kind === 'loading') return <div className="case-waiting"><Loading /></div>;
  if (answer.kind === 'failed') return <Failed title="h1" kind={answer.failure.kind} onRetry={again} />;
  return <Opened opened={answer.value} list={list} inbox={inbox} onChanged={again} />;
}

type Acted = Awaited<ReturnType<Hall['accept']>>;

function Opened({ opened, list, inbox, onChanged }: Place & { opened: ConsoleCase; onChanged: () => void }): ReactNode {
  const { me, ask } = useSession();
  const { message } = App.useApp();
  const { row, item } = opened;
  const wide = useWide();
  const pages = pagesOf(opened);
  const [selected, setSelected] = useState(0);
  const [tab, setTab] = useState('application');
  const [deed, setDeed] = useState<Deed | null>(null);
  const [correcting, setCorrecting] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(me.account, row.id));
  const [lacking, setLacking] = useState('');
  const [claiming, setClaiming] = useState(false);
  const opener = useRef<HTMLElement | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const mayAct = mayCall(me.role, 'claim');
  const deeds = deedsOf(row, me.account, mayAct);
  const asks = asksOf(draft, opened);

  // Coming to a case, also from the one just done, reading begins at its head.
  useEffect(() => head.current?.focus(), []);

  const start = (wanted: Deed) => {
    if (!deeds.includes(wanted)) return;
    if (wanted === 'claim') return drop(claim());
    if (wanted === 'correct') return correct();
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setDeed(wanted);
  };
  const close = () => {
    setDeed(null);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const correct = () => {
    // Drawn at once: the next key is meant for the first box.
    flushSync(() => {
      setTab('application');
      setCorrecting(true);
    });
    document.querySelector<HTMLElement>('.application .answers input[type=checkbox]')?.focus();
  };
  const leaveCorrecting = () => {
    setCorrecting(false);
    setLacking('');
    head.current?.focus();
  };
  const reviewCorrection = () => {
    const blank = asks.find(({ words }) => words === '');
    const lacks = asks.length === 0 ? t('correct.none') : blank === undefined ? '' : t('correct.blank', { label: blank.label });
    setLacking(lacks);
    if (lacks !== '') return;
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setDeed('correct');
  };

  /** Does a deed; null when the hall did it. */
  const act = async (call: (hall: Hall) => Promise<Acted>): Promise<Fault | null> => {
    const answer = await ask(call);
    if (!answer.ok) return { words: t(answer.error.kind === 'away' ? 'act.unclear' : answer.error.kind === 'signed-out' ? 'act.signed-out' : answer.error.kind === 'not-allowed' ? 'act.not-allowed' : 'act.broken'), final: answer.error.kind === 'not-allowed' };
    if (answer.value.ok) return null;
    const { kind } = answer.value.error;
    // Somebody was faster, or a page did not come: what the screen shows is old.
    onChanged();
    inbox.reload();
    return { words: t(`act.${kind}`), final: true };
  };
  /** Says what was done and goes on with the next case that waits. */
  const done = (words: string) => {
    keepDraft(me.account, row.id, new Map());
    const next = nextToDo(inbox.rows, row.id, me.account);
    inbox.reload();
    void message.success(<Done id={row.id} words={next === null ? `${words}${t('act.last')}` : words} />);
    if (next !== null) inbox.choose(next.id);
    go(next === null ? list : { page: 'case', id: next.id });
  };
  const actAndGoOn = async (call: (hall: Hall) => Promise<Acted>, words: string): Promise<Fault | null> => {
    const fault = await act(call);
    if (fault === null) done(words);
    return fault;
  };
  const claim = async () => {
    setClaiming(true);
    const fault = await act((hall) => hall.claim({ id: row.id }));
    setClaiming(false);
    if (fault !== null) return void message.error(fault.words);
    void message.success(t('act.done.claim'));
    onChanged();
    inbox.reload();
    head.current?.focus();
  };

  const move = (by: 1 | -1) => {
    const to = neighbour(inbox.rows, row.id, by);
    if (to === null) return;
    inbox.choose(to.id);
    go({ page: 'case', id: to.id });
  };
  useKeys(['case'], correcting ? { leave: leaveCorrecting } : {
    claim: () => start('claim'), accept: () => start('accept'), correct: () => start('correct'), refuse: () => start('refuse'), finish: () => start('finish'),
    'next-case': () => move(1), 'previous-case': () => move(-1), leave: () => go(list),
  });

  const change = (target: 'form' | 'material', key: string, words: string | null) => {
    const next = new Map(draft);
    if (words === null) next.delete(targetKey(target, key));
    else next.set(targetKey(target, key), words);
    setDraft(next);
    setLacking('');
    keepDraft(me.account, row.id, next);
  };
  const application = (
    <Application
      opened={opened}
      picking={correcting ? { draft, change } : null}
      shown={pages[selected]?.material ?? ''}
      onShow={(material) => setSelected(Math.max(pages.findIndex((page) => page.material === material), 0))}
    />
  );
  const about = { person: row.person, item: item.name };
  return (
    <div
      className="case"
      data-wide={wide}
      data-correcting={correcting}
      onKeyDown={(event) => {
        if (!correcting || deed !== null) return;
        if (isConfirmation(event.nativeEvent)) {
          // The same press would go on to the dialog, and to the button that it puts the focus on.
          event.preventDefault();
          reviewCorrection();
        }
        // Typed in a sentence, Esc ends the typing first.
        if (event.key === 'Escape' && event.target instanceof HTMLTextAreaElement) {
          event.stopPropagation();
          event.target.closest('.answer, .handed')?.querySelector<HTMLElement>('input[type=checkbox]')?.focus();
        }
      }}
    >
      <CaseHead row={row} item={item} account={me.account} heading={head} list={list} previous={neighbour(inbox.rows, row.id, -1) !== null} next={neighbour(inbox.rows, row.id, 1) !== null} onMove={move} />
      <div className="case-body">
        <section className="case-left" aria-label={t('case.tab.application')}>
          {wide || correcting ? <div className="case-scroll" role="group" aria-label={t('case.tab.application')} tabIndex={correcting ? undefined : 0}>{application}</div> : (
            <Tabs
              activeKey={tab}
              onChange={setTab}
              items={[
                { key: 'application', label: t('case.tab.application'), children: application },
                { key: 'guide', label: t('case.tab.guide'), children: <Guide item={item} /> },
                { key: 'history', label: t('case.tab.history'), children: <History actions={opened.actions} item={item} /> },
              ]}
            />
          )}
        </section>
        <ScanViewer id={row.id} pages={pages} selected={Math.min(selected, Math.max(pages.length - 1, 0))} onSelect={setSelected} />
        {wide && (
          <aside className="case-right" tabIndex={0} aria-label={t('case.tab.history')}>
            <section aria-label={t('case.tab.history')}><h2 className="case-right-title">{t('case.tab.history')}</h2><History actions={opened.actions} item={item} /></section>
            <section aria-label={t('case.tab.guide')}><h2 className="case-right-title">{t('case.tab.guide')}</h2><Guide item={item} /></section>
          </aside>
        )}
      </div>
      {correcting ? <CorrectionBar count={asks.length} fault={lacking} onNext={reviewCorrection} onLeave={leaveCorrecting} /> : <ActionBar row={row} account={me.account} mayAct={mayAct} deeds={deeds} busy={claiming} onDeed={start} />}
      {deed === 'accept' && <AcceptDialog opened={opened} confirm={() => actAndGoOn((hall) => hall.accept({ id: row.id, lacking: [] }), t('act.done.accept', about))} onClose={close} />}
      {deed === 'refuse' && <RefuseDialog opened={opened} confirm={(reason) => actAndGoOn((hall) => hall.refuse({ id: row.id, reason }), t('act.done.refuse', about))} onClose={close} />}
      {deed === 'correct' && <CorrectDialog asks={asks} confirm={() => actAndGoOn((hall) => hall.askCorrection({ id: row.id, asks: asks.map(({ target, key, words }) => ({ target, key, words })) }), t('act.done.correct', { person: row.person, count: asks.length }))} onClose={close} />}
      {deed === 'finish' && <FinishDialog opened={opened} confirm={(granted, words) => actAndGoOn((hall) => hall.finish({ id: row.id, granted, words }), t('act.done.finish', about))} onClose={close} />}
      <span className="visually-hidden" role="status">{word('stage', row.stage)}</span>
    </div>
  );
}
