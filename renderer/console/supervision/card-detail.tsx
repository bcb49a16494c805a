import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CardSummary, OpenedCard } from '../../../domain/contracts/supervision.ts';
import { MEANINGS, ruleWords } from '../../../domain/supervision/rules.ts';
import { useNow } from '../clock.ts';
import { hintOf, useKeys } from '../keys.ts';
import { Failed, Key, Loading, StageTag } from '../parts.tsx';
import { routeText } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { dateWords, momentWords } from '../words.ts';
import { DeedDialog, PERSONS_DEEDS, type PersonsDeed } from './deed-dialog.tsx';
import { TimeBar } from './time-bar.tsx';

export function LevelTag({ level }: { level: CardSummary['level'] }): ReactNode {
  return <span className="card-level" data-level={level}>{word('level', level)}</span>;
}

/** Who answers for a card. */
export function ownerWords(card: Pick<CardSummary, 'owner' | 'departmentName' | 'account'>): string {
  return t(`card-owner.${card.owner}`, { department: card.departmentName, account: card.account });
}

/** A card with its time line, its evidence and what was said of it, and what may be done now. @param onChanged the list is to be read again */
export function CardDetail({ id, onChanged }: { id: string; onChanged: () => void }): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer<OpenedCard, { kind: 'unknown-card' }>(`card ${id}`, async () => {
    const read = await ask((hall) => hall.openCard({ id }));
    return read.ok ? read.value : read;
  });
  const [deed, setDeed] = useState<PersonsDeed | null>(null);
  const deeds = answer.kind === 'here' ? PERSONS_DEEDS.filter((kind) => answer.value.deeds.includes(kind)) : [];
  useKeys(['cards'], Object.fromEntries(deeds.map((kind) => [`card-${kind}`, () => setDeed(kind)])));
  if (answer.kind === 'loading') return <div className="sup-detail"><Loading /></div>;
  if (answer.kind === 'failed') return <div className="sup-detail">{answer.failure.kind === 'unknown-card' ? <p className="notice" data-quiet="true">{t('sup.card.unknown')}</p> : <Failed kind={answer.failure.kind} onRetry={again} />}</div>;
  const done = () => {
    again();
    onChanged();
  };
  return (
    <article className="sup-detail" aria-labelledby="card-title">
      <div className="sup-detail-scroll" tabIndex={0} role="region" aria-labelledby="card-title">
        <Head opened={answer.value} />
        <Line opened={answer.value} />
        <Evidence opened={answer.value} />
        <Story opened={answer.value} />
      </div>
      {deeds.length > 0 && (
        <div className="sup-bar">
          {deeds.map((kind, index) => <Button key={kind} type={index === 0 ? 'primary' : 'default'} onClick={() => setDeed(kind)}>{word('card-deed', kind)}<Key name={hintOf(`card-${kind}`)} /></Button>)}
        </div>
      )}
      {deed !== null && <DeedDialog card={id} kind={deed} onDone={done} onClose={() => setDeed(null)} />}
    </article>
  );
}

function Head({ opened: { card, rule, about } }: { opened: OpenedCard }): ReactNode {
  const now = useNow();
  const { name, basis } = MEANINGS[card.rule];
  return (
    <header className="sup-head">
      <p><LevelTag level={card.level} /><span className="mark">{word('card-state', card.state)}</span><span className="faint">{t('sup.card.rule', { version: rule.version })}</span></p>
      <h2 id="card-title">{name}</h2>
      <p>{ruleWords(rule)}</p>
      <p className="faint">{t('sup.card.basis', { basis })}</p>
      <dl className="sup-facts">
        <div><dt>{t('sup.column.owner')}</dt><dd>{ownerWords(card)}</dd></div>
        <div><dt>{t('sup.column.since')}</dt><dd>{t('sup.card.since', { time: momentWords(card.since, now) })}{card.replyBy !== null && <strong>{t('sup.reply-by', { date: dateWords(card.replyBy, now) })}</strong>}</dd></div>
        {card.case !== null && <div><dt>{t('sup.column.about')}</dt><dd><a href={routeText({ page: 'case', id: card.case })}>{card.number}</a> {card.itemName}</dd></div>}
        {about !== null && <div><dt /><dd><StageTag stage={about.stage} /> {about.promisedBy === null || about.statutoryBy === null ? t('sup.limits.none') : t('sup.limits', { promised: dateWords(about.promisedBy, now), statutory: dateWords(about.statutoryBy, now) })}</dd></div>}
      </dl>
    </header>
  );
}

function Line({ opened: { card, line, about } }: { opened: OpenedCard }): ReactNode {
  const now = useNow();
  if (card.case === null) return null;
  const closed = about !== null && ['finished', 'refused', 'withdrawn'].includes(about.stage);
  const days = Math.round(line.reduce((sum, span) => sum + span.days, 0) * 10) / 10;
  return (
    <section>
      <h3>{t('sup.line')}</h3>
      {line.length === 0 ? <p className="faint">{t('sup.line.gone')}</p> : <><p className="faint">{t('sup.line.words', { end: t(closed ? 'sup.line.end.closed' : 'sup.line.end.now'), days })}</p><TimeBar line={line} since={card.since} now={now} /></>}
    </section>
  );
}

/** Who is none of the staff. */
function byWords(by: string): string {
  return word('sup.by', by) === by ? by : word('sup.by', by);
}

/** Decisions and finishes have words for how they went; here it is only what was done. */
function kindWords(kind: string): string {
  return kind === 'decided' ? word('stage', 'decided') : word('history', kind);
}

function Evidence({ opened: { evidence } }: { opened: OpenedCard }): ReactNode {
  const now = useNow();
  if (evidence.length === 0) return null;
  return (
    <section>
      <h3>{t('sup.evidence')}</h3>
      <ul className="sup-list">{evidence.map(({ action, kind, at, by }) => <li key={action}><span>{kindWords(kind)}</span><span className="faint">{byWords(by)}　{momentWords(at, now)}</span></li>)}</ul>
    </section>
  );
}

function Story({ opened: { events } }: { opened: OpenedCard }): ReactNode {
  const now = useNow();
  return (
    <section>
      <h3>{t('sup.story')}</h3>
      <ol className="sup-story">
        {events.toReversed().map(({ at, by, deed }) => (
          <li key={`${at} ${deed.kind}`}>
            <p><strong>{word('card-deed', deed.kind)}</strong><span className="faint">{byWords(by)}　{momentWords(at, now)}</span></p>
            {'words' in deed && deed.words !== '' && <p>{deed.words}</p>}
            {'replyBy' in deed && deed.replyBy !== null && <p className="faint">{t('sup.reply-by', { date: dateWords(deed.replyBy, now) })}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
