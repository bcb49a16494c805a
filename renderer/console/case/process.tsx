import type { ReactNode } from 'react';
import { drawProcess, type Picture, type PictureSize } from '../../../domain/approval/picture.ts';
import { processOf, standings, type TaskStanding } from '../../../domain/approval/process.ts';
import type { WorkingCalendar } from '../../../domain/calendar/working-days.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import { dueWithPauses } from '../../../domain/clock/limits.ts';
import type { Item } from '../../../domain/item/types.ts';
import { useNow } from '../clock.ts';
import { t, word } from '../texts.ts';
import { dateWords } from '../words.ts';

/** Pixels. A step holds seven letters in two lines. */
const SIZE: PictureSize = { step: { width: 94, height: 58 }, end: 44, lane: 10, across: 18, down: 12 };
const LETTERS = 7;

/** How a step is told apart without colours: by its outline, a sign and a word. */
type Look = 'waiting' | 'open' | 'agrees' | 'objects' | 'absent' | 'looked' | 'lacks' | 'not-ours';
const SIGNS: Readonly<Record<Look, string>> = { waiting: '○', open: '▶', agrees: '✓', objects: '✗', absent: '✓', looked: '○', lacks: '!', 'not-ours': '—' };

function lookOf(standing: TaskStanding, state: CaseState): Look {
  if (standing.kind === 'done') return standing.review.outcome;
  if (standing.kind === 'open') return 'open';
  const said = state.accepted === null ? state.preReviews.find(({ step }) => step === standing.task.key) : undefined;
  return said === undefined ? 'waiting' : said.verdict === 'fits' ? 'looked' : said.verdict;
}

/** Where every step stands: the picture of the process, and below it what was said. The same definition makes both, and the item's guide. */
export function Process({ item, state, calendar }: { item: Item; state: CaseState; calendar: WorkingCalendar }): ReactNode {
  const now = useNow();
  const process = processOf(item);
  const stands = standings(process, state.accepted?.acceptedOn ?? null, state.reviews);
  const due = (standing: TaskStanding) => (standing.kind === 'open' ? dueWithPauses(standing.since, { days: Math.ceil(standing.task.days), unit: item.promised.unit }, state.pauses, calendar)?.date ?? null : null);
  const rows = stands.map((standing) => ({ standing, look: lookOf(standing, state), due: due(standing) }));
  const picture = drawProcess(process.tasks, SIZE);
  return (
    <section className="block process">
      <h2>{t('process.title')}</h2>
      <div className="process-picture" role="group" tabIndex={0} aria-label={t('process.picture')}>
        <svg width={picture.width + 4} height={picture.height + 4} viewBox={`-2 -2 ${picture.width + 4} ${picture.height + 4}`} role="img" aria-label={rows.map(({ standing, look }) => `${standing.task.name}：${word('look', look)}`).join('；')}>
          <Lines picture={picture} />
          {picture.nodes.map((node) => {
            const row = rows.find(({ standing }) => standing.task.key === node.key);
            if (row === undefined) return <End key={node.key} x={node.x} y={node.y} width={node.width} height={node.height} words={t(node.kind === 'start' ? 'process.start' : 'process.end')} done={node.kind === 'start' ? state.accepted !== null : state.finish !== null} />;
            return <Step key={node.key} x={node.x} y={node.y} width={node.width} height={node.height} name={row.standing.task.name} look={row.look} words={row.due === null ? word('look', row.look) : t('process.due', { date: dateWords(row.due, now) })} />;
          })}
        </svg>
      </div>
      <ul className="process-steps">
        {rows.map(({ standing, look, due: until }) => {
          const said = state.preReviews.find(({ step }) => step === standing.task.key);
          return (
            <li key={standing.task.key}>
              <p><strong>{standing.task.name}</strong><span className="mark" data-tone={look === 'objects' || look === 'lacks' ? 'late' : look === 'open' ? 'soon' : look === 'agrees' ? 'good' : 'none'}>{SIGNS[look]} {word('look', look)}</span>{until !== null && <span className="faint">{t('process.until', { date: dateWords(until, now) })}</span>}</p>
              <p className="faint">{standing.task.who}</p>
              {said !== undefined && <p>{t('process.said', { verdict: word('verdict', said.verdict), by: said.by })}{said.words}{said.asks.map(({ words }) => words).join('；')}</p>}
              {standing.kind === 'done' && standing.review.opinion !== '' && <p>{standing.review.opinion}<span className="faint">（{standing.review.by}）</span></p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Lines({ picture }: { picture: Picture }): ReactNode {
  return picture.lines.map(({ from, to, points }) => {
    const [first, ...rest] = points;
    const last = points.at(-1);
    if (first === undefined || last === undefined) return null;
    let before = first;
    const way = rest.map((point) => {
      const middle = (before.x + point.x) / 2;
      const curve = `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
      before = point;
      return curve;
    });
    return <g key={`${from}>${to}`} className="process-line"><path d={`M${first.x} ${first.y}${way.join('')}`} /><path d={`M${last.x - 5} ${last.y - 3.5}L${last.x} ${last.y}L${last.x - 5} ${last.y + 3.5}`} /></g>;
  });
}

function End({ x, y, width, height, words, done }: { x: number; y: number; width: number; height: number; words: string; done: boolean }): ReactNode {
  const [middle, centre] = [x + width / 2, y + height / 2];
  return <g className="process-end" data-done={done}><circle cx={middle} cy={centre} r={width / 2 - 2} /><text x={middle} y={centre + 4}>{words}</text></g>;
}

function Step({ x, y, width, height, name, look, words }: { x: number; y: number; width: number; height: number; name: string; look: Look; words: string }): ReactNode {
  const cut = 9;
  const lines = [name.slice(0, LETTERS), name.length > LETTERS * 2 ? `${name.slice(LETTERS, LETTERS * 2 - 1)}…` : name.slice(LETTERS)].filter((line) => line !== '');
  return (
    <g className="process-step" data-look={look}>
      <title>{name}</title>
      {look === 'objects' ? <path d={`M${x + cut} ${y}H${x + width - cut}L${x + width} ${y + cut}V${y + height - cut}L${x + width - cut} ${y + height}H${x + cut}L${x} ${y + height - cut}V${y + cut}Z`} /> : <rect x={x} y={y} width={width} height={height} rx={look === 'open' ? 2 : 10} />}
      {look === 'open' && <rect x={x + 3.5} y={y + 3.5} width={width - 7} height={height - 7} rx={1} className="process-inner" />}
      {lines.map((line, index) => <text key={line} x={x + width / 2} y={y + (lines.length === 1 ? 25 : 18) + index * 15}>{line}</text>)}
      <text x={x + width / 2} y={y + height - 8} className="process-state">{SIGNS[look]} {words}</text>
    </g>
  );
}
