import type { ReactNode } from 'react';
import { dayNumber } from '../../../domain/calendar/civil-date.ts';
import { periodsOf } from '../../../domain/catalogue/publication.ts';
import type { VersionRow } from '../../../domain/contracts/catalogue.ts';
import { t } from '../texts.ts';
import { dateWords } from '../words.ts';

const WIDTH = 720;
const HEIGHT = 66;
const BAR = { y: 22, height: 18 };
/** Days shown before the first and after the last known day. */
const MARGIN = 20;
/** Room that the words of a bar need, in units of the picture. */
const WORDS = 46;

/** The versions of an item over time: each from its first day until the next one's, today as a line. Read aloud it is the table below it. */
export function TimeLine({ versions, today, now }: { versions: readonly VersionRow[]; today: string; now: number }): ReactNode {
  const periods = periodsOf(versions).flatMap(({ version, period }) => (period === null ? [] : [{ version, period }]));
  const days = [today, ...periods.flatMap(({ period }) => [period.from, ...(period.to === null ? [] : [period.to])])].map(dayNumber);
  const [first, last] = [Math.min(...days) - MARGIN, Math.max(...days) + MARGIN * 3];
  const x = (day: number) => ((day - first) / (last - first)) * WIDTH;
  return (
    <svg className="time-line" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      {periods.map(({ version, period }) => {
        const from = x(dayNumber(period.from));
        const to = period.to === null ? WIDTH : x(dayNumber(period.to) + 1);
        return (
          <g key={version.version} data-state={version.state}>
            <rect x={from} y={BAR.y} width={Math.max(2, to - from - 1)} height={BAR.height} rx={3} />
            {to - from > WORDS && <text className="time-line-version" x={from + 7} y={BAR.y + 13}>{t('catalogue.version', { version: version.version })}</text>}
            {(to - from > WORDS * 1.7 || version === periods.at(-1)?.version) && <text className="time-line-date" x={from} y={BAR.y + BAR.height + 15}>{dateWords(period.from, now)}</text>}
          </g>
        );
      })}
      <line x1={x(dayNumber(today))} x2={x(dayNumber(today))} y1={12} y2={BAR.y + BAR.height + 4} />
      <text className="time-line-today" x={Math.min(WIDTH - 26, Math.max(0, x(dayNumber(today)) - 12))} y={10}>{t('catalogue.today')}</text>
    </svg>
  );
}
