import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { addNaturalDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { ulid } from '../../../domain/ids.ts';
import { mayCall } from '../../../domain/staff/rights.ts';
import { Desk, DeskRows, useDeskKeys } from '../desk/desk.tsx';
import type { Hall } from '../hall.ts';
import { hintOf } from '../keys.ts';
import { Failed, Key, Loading, Nothing } from '../parts.tsx';
import { go } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { EMPTY_QUESTION } from './draft.ts';
import { SurveyEditor } from './editor.tsx';
import { ResultsView } from './results.tsx';
import './surveys.css';

const LISTS = ['open', 'draft', 'ended'] as const;
export type ListedSurvey = Awaited<ReturnType<Hall['surveys']>>[number];
/** How long a new survey runs unless somebody says otherwise, days. */
const RUNS = 30;

/** 意见征集: surveys that run, drafts, and what came of those that are over. */
export function SurveysPage({ at }: { at: string }): ReactNode {
  const { ask, me } = useSession();
  const [list = '', open = ''] = at.split('/');
  const show = LISTS.find((one) => one === list) ?? 'open';
  const [answer, again] = useAnswer('surveys', () => ask((hall) => hall.surveys()));
  const [fresh, setFresh] = useState<ListedSurvey | null>(null);
  const may = mayCall(me.role, 'saveSurvey');
  const begin = () => {
    const today = civilDate(Date.now());
    const survey: ListedSurvey = { id: ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))), state: 'draft', sheets: 0, body: { title: '', intro: '', sites: [], from: today, to: addNaturalDays(today, RUNS), once: 'card-day', questions: [{ kind: 'single', key: 'q1', asked: '', required: EMPTY_QUESTION.required, options: [] }] } };
    setFresh(survey);
    go({ page: 'surveys', at: `draft/${survey.id}` });
  };
  const rows = useDeskKeys({ reload: again, ...(may ? { register: begin } : {}) });
  const all = answer.kind === 'here' ? answer.value : [];
  const shown = all.filter(({ state }) => state === show);
  const chosen = all.find(({ id }) => id === open) ?? (fresh?.id === open ? fresh : undefined);
  return (
    <Desk
      page="surveys"
      at={show}
      groups={[{ title: t('surveys.lists'), lists: LISTS.map((one) => ({ at: one, title: word('surveys.list', one), count: all.filter(({ state }) => state === one).length })) }]}
      {...(may ? { foot: <Button type="primary" onClick={begin}>{t('surveys.new')}<Key name={hintOf('register')} /></Button> } : {})}
    >
      <div className="desk-split">
        <section className="desk-list" aria-labelledby="surveys-title">
          <header><h1 id="surveys-title">{word('surveys.list', show)}</h1></header>
          <div className="desk-scroll" ref={rows}>
            {answer.kind === 'loading' && <Loading />}
            {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
            {answer.kind === 'here' && shown.length === 0 && <Nothing words={t('surveys.empty')} />}
            {shown.length > 0 && <DeskRows page="surveys" list={show} rows={shown} open={open} name={word('surveys.list', show)} draw={(row) => <Row row={row} />} />}
          </div>
        </section>
        {chosen === undefined ? <section className="desk-open"><Nothing words={t('results.none-open')} /></section>
          : chosen.state === 'draft' && may ? <SurveyEditor key={chosen.id} survey={chosen} isNew={chosen === fresh} onDone={again} />
            : <ResultsView key={`${chosen.id}/${chosen.state}`} survey={chosen} onDone={again} />}
      </div>
    </Desk>
  );
}

function Row({ row: { body, sheets } }: { row: ListedSurvey }): ReactNode {
  return (
    <>
      <span className="desk-line"><strong>{body.title === '' ? t('surveys.untitled') : body.title}</strong><small className="number">{t('surveys.sheets', { count: sheets })}</small></span>
      <span className="desk-line"><small className="number">{t('surveys.span', { from: body.from, to: body.to })}</small><small>{word('survey.once', body.once)}</small></span>
    </>
  );
}
