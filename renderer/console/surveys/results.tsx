import { Button, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { mayCall } from '../../../domain/staff/rights.ts';
import { ConfirmDialog } from '../case/confirm-dialog.tsx';
import { useDeed, useOpened } from '../desk/deed.ts';
import { saveFile } from '../desk/save-file.ts';
import type { Hall } from '../hall.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import type { ListedSurvey } from './surveys-page.tsx';

type Results = Extract<Awaited<ReturnType<Hall['surveyResults']>>, { ok: true }>['value']['results'];

/** What a survey adds up to. Where few answered nothing is shown, and the page says so. */
export function ResultsView({ survey, onDone }: { survey: ListedSurvey; onDone: () => void }): ReactNode {
  const { me } = useSession();
  const [ending, setEnding] = useState(false);
  const deed = useDeed((kind) => word('survey.fault', kind), () => {
    setEnding(false);
    onDone();
  });
  const [answer, again] = useOpened(`survey/${survey.id}`, (hall) => hall.surveyResults({ id: survey.id }));
  return (
    <section className="desk-sheet" aria-labelledby="survey-title">
      <header>
        <h2 id="survey-title">{survey.body.title}</h2>
        {answer.kind === 'here' && <span className="mark">{t('results.sheets', { count: answer.value.results.sheets })}</span>}
        <span className="survey-deeds">
          {answer.kind === 'here' && answer.value.results.enough && <Button onClick={() => saveFile(`${survey.id}.csv`, 'text/csv;charset=utf-8', answer.value.csv)}>{t('survey.csv')}</Button>}
          {survey.state === 'open' && mayCall(me.role, 'endSurvey') && <Button danger onClick={() => setEnding(true)}>{t('survey.end')}</Button>}
        </span>
        <p>{survey.body.intro} {t('results.anonymous')}</p>
      </header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && (answer.value.results.enough ? <Shown results={answer.value.results} /> : <Nothing words={t('results.few')} />)}
      {ending && <ConfirmDialog title={t('survey.end.title')} ok={t('survey.end')} danger confirm={() => deed((hall) => hall.endSurvey({ id: survey.id }))} onClose={() => setEnding(false)}><p>{t('survey.end.words')}</p></ConfirmDialog>}
    </section>
  );
}

function Shown({ results: { questions, groups, hidden } }: { results: Results }): ReactNode {
  return (
    <>
      <ol className="survey-results">
        {questions.map((question) => (
          <li key={question.key}>
            <h3>{question.asked}</h3>
            <p className="faint">{t('results.answered', { count: question.answered })}{question.mean !== null && `，${t('results.mean', { mean: question.mean.toFixed(2) })}`}</p>
            {question.options.length > 0 && <Bars options={question.options} answered={question.answered} />}
            {question.texts.length > 0 && <ul className="survey-texts" aria-label={t('results.texts')}>{question.texts.map((text, index) => <li key={index}>{text}</li>)}</ul>}
          </li>
        ))}
      </ol>
      {groups.length > 0 && (
        <section className="desk-card survey-groups">
          <h3>{t('results.groups')}</h3>
          <Table rowKey="site" size="small" pagination={false} scroll={{ x: true }} dataSource={groups} columns={[
            { title: t('results.site'), dataIndex: 'site' },
            { title: t('results.count'), dataIndex: 'sheets', align: 'right' },
            ...(groups[0]?.questions ?? []).map((question, place) => ({ title: question.asked, key: question.key, render: (_: unknown, group: Results['groups'][number]) => (group.questions[place]?.options ?? []).map(({ label, count }) => `${label}：${count}`).join('，') })),
          ]} />
          {hidden.sites > 0 && <p className="faint">{t('results.hidden', hidden)}</p>}
        </section>
      )}
    </>
  );
}

function Bars({ options, answered }: { options: readonly { value: string; label: string; count: number }[]; answered: number }): ReactNode {
  return (
    <dl className="survey-bars">
      {options.map(({ value, label, count }) => {
        const share = answered === 0 ? 0 : count / answered;
        return (
          <div key={value}>
            <dt>{label}</dt>
            <dd><span className="survey-bar" aria-hidden="true"><span style={{ width: `${share * 100}%` }} /></span><span className="number">{count}</span><span className="number faint">{`${Math.round(share * 100)}%`}</span></dd>
          </div>
        );
      })}
    </dl>
  );
}
