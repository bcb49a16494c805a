import type { ReactNode } from 'react';
import type { QueueGroup } from '../../../domain/contracts/queue.ts';
import { t } from '../texts.ts';
import { timeWords } from './words.ts';

const [WIDTH, HEIGHT, FOOT, HEAD] = [1100, 180, 22, 34];

/** Who took a ticket in each hour as columns, and above each how long people waited then. */
export function HourChart({ hours }: { hours: readonly QueueGroup[] }): ReactNode {
  const most = Math.max(1, ...hours.map(({ taken }) => taken));
  const step = WIDTH / Math.max(hours.length, 4);
  const high = HEIGHT - FOOT - HEAD;
  const values = hours.map(({ name, taken, waiting }) => t('queue.chart.value', { hour: name, taken, wait: timeWords(waiting?.mean) })).join('，');
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('queue.chart', { values })}>
      {[0, 0.5, 1].map((part) => <line key={part} x1={0} x2={WIDTH} y1={HEAD + high * part} y2={HEAD + high * part} className="chart-line" />)}
      {hours.map(({ key, name, taken, waiting }, index) => {
        const height = taken / most * high;
        const middle = step * (index + 0.5);
        return (
          <g key={key}>
            <rect x={middle - Math.min(step * 0.3, 24)} width={Math.min(step * 0.6, 48)} y={HEAD + high - height} height={height} className="chart-bar" />
            <text x={middle} y={HEAD + high - height - 18} className="chart-value">{taken}</text>
            <text x={middle} y={HEAD + high - height - 5} className="chart-name">{waiting === null ? '' : timeWords(waiting.mean)}</text>
            <text x={middle} y={HEIGHT - 6} className="chart-name">{t('queue.hour', { hour: name })}</text>
          </g>
        );
      })}
    </svg>
  );
}
