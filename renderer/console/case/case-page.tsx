import { App, Button, Tabs } from 'antd';
import { Copy, Users } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { foldCase } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import { paperAddress } from '../../../domain/contracts/papers.ts';
import { papersOf } from '../../../domain/documents/from-case.ts';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { drop, err, ok, type Result } from '../../../domain/result.ts';
import { mayCall } from '../../../domain/staff/rights.ts';
import { useCountyCalendar } from '../calendar/use-calendar.ts';
import { useNow } from '../clock.ts';
import { SentenceContext } from '../sentences/sentences.tsx';
import { useSentences } from '../sentences/use-sentences.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import type { CallFailure, Hall } from '../hall.ts';
import { neighbour, nextToDo } from '../inbox-order.ts';
import { hintOf, isConfirmation, useKeys } from '../keys.ts';
import { useCaseWords } from '../live.ts';
import { Failed, Key, Loading } from '../parts.tsx';
import { go, type InboxRoute } from '../route.ts';
import { pagesOf } from '../scan/pages.ts';
import { ScanViewer } from '../scan/scan-viewer.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import type { Inbox } from '../use-inbox.ts';
import { ActionBar, CorrectionBar } from './action-bar.tsx';
import { Application } from './application.tsx';
import { CaseHead } from './case-head.tsx';
import type { Fault } from './confirm-dialog.tsx';
import { Compare } from './compare.tsx';
import { DeedDialog } from './deed-dialog.tsx';
import { awaited, type Deed, deedsOf, isRare, ownOpenSteps } from './deeds.ts';
import { Guide } from './guide.tsx';
import { History } from './history.tsx';
import { asksOf, noticeOf, targetKey } from './letters.ts';
import { MoreMenu } from './more-menu.tsx';
import { Process } from './process.tsx';
import { Done } from './paper-link.tsx';
import { useWide } from './use-wide.ts';
import './case.css';
import './record.css';
import './bar.css';
import './dialogs.css';
import './deeds.css';

type Place = { list: InboxRoute; inbox: Inbox };

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

/** The case as its log adds up, by the same function as at the hall. */
function stateOf({ actions }: ConsoleCase): CaseState {
  const state = foldCase(actions);
  if (!state.ok) throw new Error('the hall tells of a case that its log does not make');
  return state.value;
}

type Acted = Awaited<ReturnType<Hall['accept']> | ReturnType<Hall['archive']>>;

function Opened({ opened, list, inbox, onChanged }: Place & { opened: ConsoleCase; onChanged: () => void }): ReactNode {
  const { me, ask } = useSession();
  const { message } = App.useApp();
  const { row, item } = opened;
  const wide = useWide();
  const calendar = useCountyCalendar();
  const state = useMemo(() => stateOf(opened), [opened]);
  const pages = pagesOf(opened);
  const [selected, setSelected] = useState(0);
  const [tab, setTab] = useState('application');
  const [deed, setDeed] = useState<Deed | null>(null);
  const [more, setMore] = useState(false);
  const [compared, setCompared] = useState<CaseId | null>(null);
  const [reason, setReason] = useState('');
  const [correcting, setCorrecting] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(me.account, row.id));
  const [lacking, setLacking] = useState('');
  const [claiming, setClaiming] = useState(false);
  const [news, setNews] = useState('');
  const opener = useRef<HTMLElement | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const mayAct = mayCall(me.role, 'claim') || mayCall(me.role, 'deliver');
  const about = { state, item, row, own: opened.own, account: me.account, role: me.role, today: civilDate(useNow()) };
  const deeds = deedsOf(about);
  const waits = awaited(about);
  const asks = asksOf(draft, opened);
  const notice = noticeOf(asks, { item, preReviews: state.preReviews });
  const sentences = useSentences(item.code);
  // Newest first, as many as there are digits.
  const papers = opened.actions.toReversed().flatMap((action) => papersOf(action.payload, item).map((kind) => ({ name: word('paper', kind), start: () => void window.open(paperAddress(action.case, action.id, { kind }), '_blank', 'noopener') }))).slice(0, 9);

  // Coming to a case, also from the one just done, reading begins at its head.
  useEffect(() => head.current?.focus(), []);
  // What a colleague does is seen at once: the hall says who, and the case is read again.
  useCaseWords(({ cases, by, what }) => {
    if (what === 'many') return onChanged();
    if (!cases.includes(row.id) || by === me.account) return;
    setNews(t('news.case', { who: word('actor', by), what: what === 'claimed' || what === 'released' ? word('news', what) : word('history', what) }));
    onChanged();
  });

  const start = (wanted: Deed) => {
    if (!deeds.includes(wanted)) return;
    setMore(false);
    if (wanted === 'claim' || wanted === 'release') return drop(claim(wanted));
    if (wanted === 'correct') return correct();
    opener.current = document.activeElement instanceof HTMLElement && document.activeElement.closest('[role=dialog]') === null ? document.activeElement : head.current;
    setDeed(wanted);
  };
  const close = () => {
    setDeed(null);
    setReason('');
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
    const lacks = notice.length === 0 ? t('correct.none') : blank === undefined ? '' : t('correct.blank', { label: blank.label });
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
  /** What ends one's turn goes on with the next case that waits; what does not stays. */
  const goOn = async (call: (hall: Hall) => Promise<Acted>, words: string, paper = false): Promise<Fault | null> => {
    const fault = await act(call);
    if (fault !== null) return fault;
    keepDraft(me.account, row.id, new Map());
    const next = nextToDo(inbox.rows, row.id, me.account);
    inbox.reload();
    const said = next === null ? `${words}${t('act.last')}` : words;
    void message.success(paper ? <Done id={row.id} words={said} /> : said);
    if (next !== null) inbox.choose(next.id);
    go(next === null ? list : { page: 'case', id: next.id });
    return null;
  };
  const stay = async (call: (hall: Hall) => Promise<Acted>, words: string): Promise<Fault | null> => {
    const fault = await act(call);
    if (fault !== null) return fault;
    void message.success(words);
    setNews('');
    onChanged();
    inbox.reload();
    close();
    return null;
  };
  const claim = async (wanted: 'claim' | 'release') => {
    setClaiming(true);
    const fault = await stay((hall) => (wanted === 'claim' ? hall.claim({ id: row.id }) : hall.release({ id: row.id })), t(`act.done.${wanted}`));
    setClaiming(false);
    if (fault !== null) void message.error(fault.words);
    head.current?.focus();
  };

  const move = (by: 1 | -1) => {
    const to = neighbour(inbox.rows, row.id, by);
    if (to === null) return;
    inbox.choose(to.id);
    go({ page: 'case', id: to.id });
  };
  const compare = () => setCompared(opened.duplicates[0]?.id ?? null);
  useKeys(['case'], correcting ? { leave: leaveCorrecting } : {
    ...Object.fromEntries((['claim', 'originals', 'identity', 'accept', 'correct', 'supplement', 'refuse', 'finish', 'resume', 'take-over', 'deliver'] as const).map((wanted) => [wanted, () => start(wanted)])),
    review: () => start(deeds.includes('review') ? 'review' : 'pre-review'), compare, more: () => setMore(deeds.some(isRare) || papers.length > 0),
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
  const process = item.steps.some(({ task }) => task !== undefined) ? <Process item={item} state={state} calendar={calendar} /> : null;
  return (
    <SentenceContext value={sentences}>
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
      {news !== '' && <p className="case-band" role="status"><Users size={15} aria-hidden="true" />{news}</p>}
      {opened.duplicates.length > 0 && !correcting && (
        <p className="case-band" data-kind="duplicate"><Copy size={15} aria-hidden="true" /><span>{t('compare.notice', { count: opened.duplicates.length, numbers: opened.duplicates.map(({ number, stage }) => `${number}（${word('stage', stage)}）`).join('、') })}</span><Button size="small" onClick={compare}>{t('compare.act')}<Key name={hintOf('compare')} /></Button></p>
      )}
      <div className="case-body">
        <section className="case-left" aria-label={t('case.tab.application')}>
          {wide || correcting ? <div className="case-scroll" role="group" aria-label={t('case.tab.application')} tabIndex={correcting ? undefined : 0}>{application}</div> : (
            <Tabs
              activeKey={tab}
              onChange={setTab}
              items={[
                { key: 'application', label: t('case.tab.application'), children: application },
                ...(process === null ? [] : [{ key: 'process', label: t('process.title'), children: process }]),
                { key: 'guide', label: t('case.tab.guide'), children: <Guide item={item} /> },
                { key: 'history', label: t('case.tab.history'), children: <History actions={opened.actions} visits={opened.visits} item={item} /> },
              ]}
            />
          )}
        </section>
        <ScanViewer id={row.id} pages={pages} selected={Math.min(selected, Math.max(pages.length - 1, 0))} onSelect={setSelected} />
        {wide && (
          <aside className="case-right" tabIndex={0} aria-label={t('case.tab.history')}>
            {process}
            <section aria-label={t('case.tab.history')}><h2 className="case-right-title">{t('case.tab.history')}</h2><History actions={opened.actions} visits={opened.visits} item={item} /></section>
            <section aria-label={t('case.tab.guide')}><h2 className="case-right-title">{t('case.tab.guide')}</h2><Guide item={item} /></section>
          </aside>
        )}
      </div>
      {correcting ? <CorrectionBar count={notice.length} fault={lacking} onNext={reviewCorrection} onLeave={leaveCorrecting} /> : <ActionBar row={row} account={me.account} mayAct={mayAct} deeds={deeds} waits={waits.map(({ who }) => who)} busy={claiming} onDeed={start} hasMore={deeds.some(isRare) || papers.length > 0} onMore={() => setMore(true)} />}
      {more && <MoreMenu deeds={deeds} entries={papers} onDeed={start} onClose={() => setMore(false)} />}
      {compared !== null && (
        <Compare
          opened={opened}
          other={compared}
          onOpen={() => go({ page: 'case', id: compared })}
          onReturn={deeds.includes('return') ? (words) => {
            setCompared(null);
            setReason(words);
            start('return');
          } : null}
          onClose={() => setCompared(null)}
        />
      )}
      {deed !== null && <DeedDialog deed={deed} opened={opened} state={state} steps={ownOpenSteps(about)} calendar={calendar} notice={notice} asks={asks} reason={reason} goOn={goOn} stay={stay} onClose={close} />}
      <span className="visually-hidden" role="status">{word('stage', row.stage)}</span>
    </div>
    </SentenceContext>
  );
}
