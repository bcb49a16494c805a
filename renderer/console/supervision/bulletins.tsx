import { Button, Input, Table } from 'antd';
import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BulletinBody, BulletinHead } from '../../../domain/contracts/supervision.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { may } from '../../../domain/staff/rights.ts';
import { FIGURES, type FigureName } from '../../../domain/supervision/figures.ts';
import { useNow } from '../clock.ts';
import { ListSheet } from '../list-sheet.tsx';
import { Failed, Loading } from '../parts.tsx';
import { go } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t, type TextKey } from '../texts.ts';
import { dateWords, momentWords } from '../words.ts';
import { LevelTag } from './card-detail.tsx';
import { figureOf, fractionWords, valueWords } from './figure-words.ts';
import { Field, FormDialog } from './form-dialog.tsx';
import { placeText } from './place.ts';

const placeOfBulletin = ({ year, serial }: { year: string; serial: number | null }) => ({ page: 'supervision' as const, at: placeText({ part: 'bulletins', year, serial }) });

export function BulletinsPage(): ReactNode {
  const { ask, me } = useSession();
  const now = useNow();
  const [answer, again] = useAnswer('bulletins', () => ask((hall) => hall.bulletins()));
  const [publishing, setPublishing] = useState(false);
  return (
    <div className="sup-page">
      <ListSheet
        name="bulletins" title={t('bul.title')} words={t('bul.words')} answer={answer} onRetry={again} empty={t('bul.empty')}
        note={may(me.role, 'supervise') ? <p><Button type="primary" onClick={() => setPublishing(true)}>{t('bul.new')}</Button></p> : null}
      >
        {(heads) => (
          <ul className="bulletins">
            {heads.map((head) => (
              <li key={head.number}>
                <button type="button" onClick={() => go(placeOfBulletin(head))}>
                  <span className="number">{head.number}</span>
                  <strong>{head.title}</strong>
                  <span className="faint">{t('bul.period', { from: dateWords(head.from, now), to: dateWords(head.to, now) })}{head.corrects !== null && `　${t('bul.corrects', { number: head.corrects })}`}</span>
                  <span className="faint">{t('bul.by', { name: head.publishedBy, time: momentWords(head.publishedAt, now) })}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </ListSheet>
      {publishing && <PublishDialog corrects={null} onClose={() => setPublishing(false)} />}
    </div>
  );
}

function PublishDialog({ corrects, onClose }: { corrects: BulletinHead | null; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const today = civilDate(useNow());
  const [title, setTitle] = useState(corrects?.title ?? '');
  const [from, setFrom] = useState(corrects?.from ?? `${today.slice(0, 7)}-01`);
  const [to, setTo] = useState(corrects?.to ?? today);
  const submit = async () => {
    if (title.trim().length < 2) return t('deed.needed');
    const answer = await ask((hall) => hall.publishBulletin({ title: title.trim(), from, to, corrects: corrects === null ? null : { year: corrects.year, serial: corrects.serial } }));
    if (!answer.ok) return t('deed.fault.unclear');
    if (!answer.value.ok) return t(`bul.fault.${answer.value.error.kind}` as TextKey);
    go(placeOfBulletin(answer.value.value));
    onClose();
    return null;
  };
  return (
    <FormDialog title={corrects === null ? t('bul.new') : t('bul.corrects', { number: corrects.number })} ok={t('bul.ok')} submit={submit} onClose={onClose}>
      <Field name={t('bul.name')}><Input maxLength={80} value={title} onChange={(event) => setTitle(event.target.value)} /></Field>
      <div className="sup-form-row">
        <Field name={t('fig.from')}><Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} /></Field>
        <Field name={t('fig.to')}><Input type="date" value={to} max={today} onChange={(event) => setTo(event.target.value)} /></Field>
      </div>
      <p className="faint">{t('bul.words')}</p>
    </FormDialog>
  );
}

export function BulletinPage({ year, serial }: { year: string; serial: number }): ReactNode {
  const { ask, me } = useSession();
  const [answer, again] = useAnswer<{ head: BulletinHead; body: BulletinBody }, { kind: 'unknown-bulletin' }>(`bulletin ${year}/${serial}`, async () => {
    const read = await ask((hall) => hall.openBulletin({ year, serial }));
    return read.ok ? read.value : read;
  });
  const [correcting, setCorrecting] = useState(false);
  if (answer.kind === 'loading') return <div className="sup-page"><Loading /></div>;
  if (answer.kind === 'failed') return <div className="sup-page"><Failed kind={answer.failure.kind} onRetry={again} title="h1" /></div>;
  const { head, body } = answer.value;
  return (
    <div className="sup-page">
      <div className="bulletin-tools">
        <Button onClick={() => go(placeOfBulletin({ year: '', serial: null }))}>{t('bul.back')}</Button>
        <Button type="primary" icon={<Printer size={15} aria-hidden="true" />} onClick={() => window.print()}>{t('fig.print')}</Button>
        {may(me.role, 'supervise') && <Button onClick={() => setCorrecting(true)}>{t('bul.correct')}</Button>}
      </div>
      <Paper head={head} body={body} />
      {correcting && <PublishDialog corrects={head} onClose={() => setCorrecting(false)} />}
    </div>
  );
}

const OF_DEPARTMENTS: readonly FigureName[] = ['on-time-rate', 'early-rate', 'handling-speed-up', 'average-used', 'visits'];

/** The bulletin as it is printed: the hall's name in red, its number, a rule, and what it says. */
function Paper({ head, body }: { head: BulletinHead; body: BulletinBody }): ReactNode {
  const now = Date.parse(head.publishedAt);
  const ranked = body.ranking.flatMap((key) => body.departments.find((row) => row.key === key) ?? []);
  const others = body.departments.filter(({ key }) => !body.ranking.includes(key));
  return (
    <article className="bulletin" aria-labelledby="paper-title">
      <p className="bulletin-issuer">{body.hall}</p>
      <p className="bulletin-number">{head.number}{head.corrects !== null && <span>（{t('bul.corrects', { number: head.corrects })}）</span>}</p>
      <h1 id="paper-title">{head.title}</h1>
      <p className="bulletin-period">{t('bul.period', { from: dateWords(body.from, now), to: dateWords(body.to, now) })}，{t('bul.counted', { time: momentWords(body.countedAt, now + 86_400_000 * 3) })}</p>
      <h2>{t('bul.whole')}</h2>
      <dl className="bulletin-figures">{body.whole.map((figure) => <div key={figure.name}><dt>{FIGURES[figure.name].name}</dt><dd>{valueWords(figure)}<small>{FIGURES[figure.name].unit === 'cases' ? '' : fractionWords(figure)}</small></dd></div>)}</dl>
      <h2>{t('bul.departments')}</h2>
      <table>
        <thead><tr><th>{t('bul.rank')}</th><th>{t('bul.department')}</th><th>{t('fig.cases')}</th>{OF_DEPARTMENTS.map((name) => <th key={name}>{FIGURES[name].name}</th>)}<th>{t('bul.yellow')}</th><th>{t('bul.red')}</th></tr></thead>
        <tbody>
          {[...ranked, ...others].map((row, index) => (
            <tr key={row.key}>
              <td>{index < ranked.length ? index + 1 : ''}</td><td>{row.name}</td><td>{row.cases ?? ''}</td>
              {row.hidden ? <td colSpan={OF_DEPARTMENTS.length} className="faint">{t('bul.hidden')}</td> : OF_DEPARTMENTS.map((name) => <td key={name}>{valueWords(figureOf(row, name) ?? { name, value: null })}</td>)}
              <td>{row.yellow}</td><td>{row.red}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t('bul.cards')}</h2>
      {body.cards.length === 0 ? <p>{t('bul.no-cards')}</p> : <Cards cards={body.cards} />}
      <p className="bulletin-foot">{t('bul.by', { name: head.publishedBy, time: momentWords(head.publishedAt, now + 86_400_000 * 3) })}</p>
      <p className="bulletin-hash">{t('bul.hash', { hash: head.hash })}</p>
    </article>
  );
}

function Cards({ cards }: { cards: BulletinBody['cards'] }): ReactNode {
  return (
    <Table size="small" pagination={false} rowKey={({ rule, level }) => `${rule} ${level}`} dataSource={[...cards]} columns={[
      { title: t('bul.card-rule'), dataIndex: 'name' }, { title: t('bul.card-level'), dataIndex: 'level', render: (_, row) => <LevelTag level={row.level} /> },
      { title: t('bul.raised'), dataIndex: 'raised', align: 'right' }, { title: t('bul.open'), dataIndex: 'open', align: 'right' }, { title: t('bul.revoked'), dataIndex: 'revoked', align: 'right' },
    ]}
    />
  );
}
