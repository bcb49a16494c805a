import { Button } from 'antd';
import { RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RatingDutyRow } from '../../../domain/contracts/ratings.ts';
import { useNow } from '../clock.ts';
import { Desk, DeskRows, useDeskKeys } from '../desk/desk.tsx';
import { DeskDue } from '../desk/due.tsx';
import { hintOf } from '../keys.ts';
import { Failed, Key, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { DutyView } from './duty.tsx';
import { FiguresView } from './figures.tsx';
import { RegisterDialog } from './register.tsx';
import './ratings.css';

const LISTS = ['open', 'overdue', 'appealed', 'closed'] as const;
const FIGURES = ['item', 'site', 'clerk', 'month'] as const;

/** 好差评: poor ratings to be worked on, and what all ratings add up to. */
export function RatingsPage({ at }: { at: string }): ReactNode {
  const { ask } = useSession();
  const [list = '', open = ''] = at.split('/');
  const by = FIGURES.find((one) => one === list);
  const show = LISTS.find((one) => one === list) ?? 'open';
  const [answer, again] = useAnswer(`ratings/${show}`, () => ask((hall) => hall.ratingDuties({ show })));
  const [registering, setRegistering] = useState<'rating' | 'follow-up' | null>(null);
  const rows = useDeskKeys({ reload: again, register: () => setRegistering('rating') });
  const counts = answer.kind === 'here' ? answer.value.counts : null;

  return (
    <Desk
      page="ratings"
      at={by ?? show}
      groups={[
        { title: t('ratings.duties'), lists: LISTS.map((one) => ({ at: one, title: word('ratings.list', one), ...(counts === null ? {} : { count: counts[one] }), late: one === 'overdue' })) },
        { title: t('ratings.figures'), lists: FIGURES.map((one) => ({ at: one, title: word('ratings.by', one) })) },
      ]}
      foot={(
        <>
          <Button onClick={() => setRegistering('rating')}>{t('ratings.register')}<Key name={hintOf('register')} /></Button>
          <Button type="text" onClick={() => setRegistering('follow-up')}>{t('ratings.follow-up')}</Button>
        </>
      )}
    >
      {by !== undefined ? <FiguresView key={by} by={by} /> : (
        <div className="desk-split">
          <section className="desk-list" aria-labelledby="ratings-title">
            <header><h1 id="ratings-title">{word('ratings.list', show)}</h1><Button size="small" icon={<RotateCw size={14} aria-hidden="true" />} onClick={again}>{t('desk.reload')}<Key name={hintOf('reload')} /></Button></header>
            <div className="desk-scroll" ref={rows}>
              {answer.kind === 'loading' && <Loading />}
              {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
              {answer.kind === 'here' && answer.value.rows.length === 0 && <Nothing words={word('ratings.empty', show)} />}
              {answer.kind === 'here' && answer.value.rows.length > 0 && <DeskRows page="ratings" list={show} rows={answer.value.rows} open={open} name={word('ratings.list', show)} draw={(row) => <Row row={row} />} />}
            </div>
          </section>
          {open === '' ? <section className="desk-open"><Nothing words={t('desk.none-open')}><p>{t('desk.none-open.keys')}</p></Nothing></section> : <DutyView key={open} id={open} onChanged={again} />}
        </div>
      )}
      {registering !== null && <RegisterDialog what={registering} onDone={again} onClose={() => setRegistering(null)} />}
    </Desk>
  );
}

function Row({ row }: { row: RatingDutyRow }): ReactNode {
  const now = useNow();
  return (
    <>
      <span className="desk-line"><strong>{row.itemName}</strong><Level level={row.level} /></span>
      <span className="desk-line"><small className="number">{row.number}</small><small>{row.site}</small></span>
      <span className="desk-line"><DeskDue days={row.daysLeft} due={row.due} now={now} inline />{row.excluded ? <span className="mark">{t('duty.excluded')}</span> : <span className="mark">{word('duty.stage', row.stage)}</span>}</span>
    </>
  );
}

/** 非常满意 … 非常不满意. */
export function Level({ level }: { level: number }): ReactNode {
  return <span className="level" data-level={level}>{word('level', String(level))}</span>;
}
