import { Button, Input, type InputRef, Segmented, Table, type TableColumnsType } from 'antd';
import { RotateCw, Search } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import type { CardSummary } from '../../../domain/contracts/supervision.ts';
import { MEANINGS, type Level } from '../../../domain/supervision/rules.ts';
import { useNow } from '../clock.ts';
import { hintOf, useKeys } from '../keys.ts';
import { Failed, Key, Loading, Nothing } from '../parts.tsx';
import { go, routeText } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t, type TextKey, word } from '../texts.ts';
import { dateWords, momentWords } from '../words.ts';
import { CardDetail, LevelTag, ownerWords } from './card-detail.tsx';
import { type Place, placeText } from './place.ts';

const PAGE = 50;
/** The search starts when the keys rest so long, milliseconds. */
const REST = 250;
type CardsPlace = Extract<Place, { part: 'cards' }>;
type Filter = Level | 'all';

export function CardsPage({ place, onCounts }: { place: CardsPlace; onCounts: (counts: Record<string, number>) => void }): ReactNode {
  const { ask } = useSession();
  const [level, setLevel] = useState<Filter>('all');
  const [query, setQuery] = useState('');
  const [further, setFurther] = useState<{ key: string; rows: CardSummary[]; next: string } | null>(null);
  const search = useRef<InputRef>(null);
  const table = useRef<HTMLDivElement>(null);
  const key = `cards ${place.turn} ${level} ${query}`;
  const read = (after: string) => ask((hall) => hall.cards({ turn: place.turn, level, query, after, limit: PAGE }));
  const [answer, again] = useAnswer(key, () => read(''));
  const counts = answer.kind === 'here' ? answer.value.counts : null;
  useEffect(() => {
    if (counts !== null) onCounts(counts);
  }, [counts, onCounts]);
  const more = further?.key === key ? further : null;
  const rows = answer.kind === 'here' ? [...answer.value.rows, ...more?.rows ?? []] : [];
  const next = answer.kind === 'here' ? more?.next ?? answer.value.next : '';
  const readMore = async () => {
    const page = await read(next);
    if (page.ok) setFurther({ key, rows: [...more?.rows ?? [], ...page.value.rows], next: page.value.next });
  };
  const reload = () => {
    setFurther(null);
    again();
  };
  const step = (by: 1 | -1) => {
    const at = rows.findIndex(({ id }) => id === place.card);
    const to = rows[at === -1 ? 0 : at + by];
    if (to === undefined) return;
    go({ page: 'supervision', at: placeText({ ...place, card: to.id }) }, 'replace');
    table.current?.querySelector<HTMLAnchorElement>(`a[data-card="${to.id}"]`)?.focus();
  };
  useKeys(['desk'], { down: () => step(1), up: () => step(-1), search: () => search.current?.focus({ cursor: 'all' }), reload });
  return (
    <div className="sup-cards" data-open={place.card !== null}>
      <section className="sup-cards-list" aria-labelledby="cards-title">
        <header className="inbox-head">
          <h1 id="cards-title">{word('turn-of', place.turn)}</h1>
          <p aria-live="polite">{answer.kind === 'here' && t('sup.found', { count: rows.length })}</p>
          <SearchField input={search} onChange={setQuery} />
          <Segmented<Filter> aria-label={t('sup.level')} value={level} onChange={setLevel} options={(place.turn === 'notices' ? ['all', 'hint', 'warn'] as const : ['all', 'yellow', 'red'] as const).map((value) => ({ value, label: word('level', value) }))} />
          <Button icon={<RotateCw size={15} aria-hidden="true" />} onClick={reload}>{t('inbox.reload')}<Key name={hintOf('reload')} /></Button>
        </header>
        <div className="sup-cards-table" ref={table}>
          {answer.kind === 'loading' && <Loading />}
          {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
          {answer.kind === 'here' && rows.length === 0 && <Nothing words={query === '' ? t(`sup.empty.${place.turn}` as TextKey) : t('sup.empty.search', { query })} />}
          {rows.length > 0 && <Rows rows={rows} place={place} />}
          {next !== '' && <p className="inbox-more"><Button onClick={() => drop(readMore())}>{t('sup.more')}</Button></p>}
        </div>
      </section>
      {place.card === null ? <p className="sup-detail sup-none">{t('sup.card.none')}</p> : <CardDetail key={place.card} id={place.card} onChanged={reload} />}
    </div>
  );
}

function SearchField({ input, onChange }: { input: React.RefObject<InputRef | null>; onChange: (query: string) => void }): ReactNode {
  const [words, setWords] = useState('');
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    if (composing) return undefined;
    const timer = setTimeout(() => onChange(words.trim()), REST);
    return () => clearTimeout(timer);
  }, [words, composing, onChange]);
  return (
    <Input
      ref={input}
      className="sup-search"
      aria-label={t('sup.search.label')}
      placeholder={t('sup.search')}
      prefix={<Search size={16} aria-hidden="true" />}
      suffix={words === '' ? <Key name="/" /> : undefined}
      allowClear
      maxLength={60}
      value={words}
      onChange={(event) => setWords(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}

function Rows({ rows, place }: { rows: readonly CardSummary[]; place: CardsPlace }): ReactNode {
  const now = useNow();
  const to = (card: CardSummary) => ({ page: 'supervision', at: placeText({ ...place, card: card.id }) }) as const;
  const columns: TableColumnsType<CardSummary> = [
    { title: t('sup.column.level'), dataIndex: 'level', width: 72, render: (_, card) => <LevelTag level={card.level} /> },
    {
      title: t('sup.column.rule'), dataIndex: 'rule', width: 150, ellipsis: true,
      render: (_, card) => <a data-card={card.id} href={routeText(to(card))} onClick={(event) => event.stopPropagation()}>{MEANINGS[card.rule].name}</a>,
    },
    { title: t('sup.column.about'), dataIndex: 'number', ellipsis: true, render: (_, card) => (card.case === null ? <span className="faint">{t('sup.no-case')}</span> : <span className="two-lines"><span className="sup-cut" title={card.itemName}>{card.itemName}</span><small className="number">{card.number}</small></span>) },
    { title: t('sup.column.owner'), dataIndex: 'owner', width: 170, ellipsis: true, render: (_, card) => <span title={ownerWords(card)}>{ownerWords(card)}</span> },
    { title: t('sup.column.since'), dataIndex: 'since', width: 124, render: (_, card) => momentWords(card.since, now) },
    { title: t('sup.column.state'), dataIndex: 'state', width: 118, render: (_, card) => <span className="two-lines"><span>{word('card-state', card.state)}</span>{card.replyBy !== null && <small>{t('sup.reply-by', { date: dateWords(card.replyBy, now) })}</small>}</span> },
  ];
  return <Table<CardSummary> rowKey="id" size="small" pagination={false} tableLayout="fixed" sticky columns={columns} dataSource={[...rows]} onRow={(card) => ({ onClick: () => go(to(card), 'replace'), className: card.id === place.card ? 'sup-row sup-row-here' : 'sup-row' })} />;
}
