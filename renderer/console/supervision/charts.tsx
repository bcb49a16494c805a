import type { ReactNode } from 'react';
import type { FigureGroup } from '../../../domain/contracts/supervision.ts';
import { FIGURES, type FigureName } from '../../../domain/supervision/figures.ts';
import { t } from '../texts.ts';
import { figureOf, valueWords } from './figure-words.ts';

const [WIDTH, HEIGHT, FOOT, HEAD] = [560, 180, 22, 18];

function spoken(groups: readonly FigureGroup[], figure: FigureName, group: string): string {
  return t('fig.chart', { figure: FIGURES[figure].name, group, values: groups.map((one) => `${one.name} ${valueWords(figureOf(one, figure) ?? { name: figure, value: null })}`).join('，') });
}

const top = (values: readonly (number | null)[], figure: FigureName) => Math.max(...values.map((value) => value ?? 0), FIGURES[figure].unit === '%' ? 100 : 1);

/** One figure over the months, as columns. A month without anything to divide has none. */
export function MonthChart({ months, figure }: { months: readonly FigureGroup[]; figure: FigureName }): ReactNode {
  const values = months.map((month) => figureOf(month, figure)?.value ?? null);
  const most = top(values, figure);
  const step = WIDTH / Math.max(months.length, 6);
  const high = HEIGHT - FOOT - HEAD;
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={spoken(months, figure, t('fig.by-month'))}>
      {[0, 0.5, 1].map((part) => <line key={part} x1={0} x2={WIDTH} y1={HEAD + high * part} y2={HEAD + high * part} className="chart-line" />)}
      {months.map((month, index) => {
        const value = values[index] ?? null;
        const height = value === null ? 0 : Math.max(value, 0) / most * high;
        const middle = step * (index + 0.5);
        return (
          <g key={month.key}>
            <rect x={middle - Math.min(step * 0.3, 24)} width={Math.min(step * 0.6, 48)} y={HEAD + high - height} height={height} className="chart-bar" />
            {months.length <= 14 && <text x={middle} y={HEAD + high - height - 5} className="chart-value">{valueWords({ name: figure, value })}</text>}
            {(months.length <= 14 || index % 3 === 0) && <text x={middle} y={HEIGHT - 6} className="chart-name">{month.key.slice(2).replace('-', '.')}</text>}
          </g>
        );
      })}
    </svg>
  );
}

const ROW = 26;
/** Departments drawn; the table below has all. */
const DRAWN = 12;

/** One figure by department, as bars, the busiest first. */
export function DepartmentChart({ departments, figure }: { departments: readonly FigureGroup[]; figure: FigureName }): ReactNode {
  const drawn = departments.slice(0, DRAWN);
  const values = drawn.map((group) => figureOf(group, figure)?.value ?? null);
  const most = top(values, figure);
  const [names, room] = [170, WIDTH - 170 - 70];
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${Math.max(drawn.length, 4) * ROW}`} role="img" aria-label={spoken(drawn, figure, t('fig.by-department'))}>
      {drawn.map((group, index) => {
        const value = values[index] ?? null;
        const width = value === null ? 0 : Math.max(value, 0) / most * room;
        return (
          <g key={group.key}>
            <text x={names - 10} y={index * ROW + 17} className="chart-label">{[...group.name].length > 12 ? `${[...group.name].slice(0, 11).join('')}…` : group.name}</text>
            <rect x={names} y={index * ROW + 5} width={Math.max(width, value === null ? 0 : 1)} height={16} className="chart-bar" />
            <text x={names + width + 8} y={index * ROW + 17} className="chart-value-end">{valueWords({ name: figure, value })}</text>
          </g>
        );
      })}
    </svg>
  );
}
