import { type ReactNode, useState } from 'react';
import { Icon } from '../icons.tsx';
import { describedBy, FieldFrame, type FieldWords } from './field-frame.tsx';

/** Words of the three parts, and of their buttons (`{part}` is put in by the caller). */
export type DateWords = { year: string; month: string; day: string; more: string; less: string };

type Part = 'year' | 'month' | 'day';
const PARTS: readonly { part: Part; from: number; size: number }[] = [
  { part: 'year', from: 0, size: 4 },
  { part: 'month', from: 5, size: 2 },
  { part: 'day', from: 8, size: 2 },
];

/**
 * A civil date in three parts: turned by the arrows, or typed. Nothing has to be dragged. The value is `YYYY-MM-DD`, or null while a part is
 * missing or no such day exists; what was typed stays on the screen either way.
 */
export function DateField(props: { id: string; words: FieldWords; date: DateWords; value: string | null; today: string; onChange(value: string | null): void }): ReactNode {
  const { id, words, date, value, today } = props;
  const [parts, setParts] = useState<Record<Part, string>>(() => split(value));
  // A whole date that was not typed here was taken over from elsewhere.
  if (value !== null && joined(parts) !== value && joined(split(value)) === value) setParts(split(value));

  function put(part: Part, text: string): void {
    const next = { ...parts, [part]: text.replace(/\D/g, '') };
    setParts(next);
    props.onChange(joined(next));
  }
  function turn(part: Part, by: 1 | -1): void {
    const whole = split(today);
    const now = parts[part] === '' ? Number(whole[part]) - by : Number(parts[part]);
    const [low, high] = part === 'year' ? [1900, Number(whole.year) + 20] : part === 'month' ? [1, 12] : [1, daysIn(parts)];
    const turned = now + by;
    // Months and days go round; years stop at their ends.
    const fitting = part === 'year' ? Math.min(high, Math.max(low, turned)) : turned > high ? low : turned < low ? high : turned;
    put(part, String(fitting));
  }

  return (
    <FieldFrame id={id} words={words} group>
      <div className="date" role="group" aria-labelledby={`${id}-label`} {...describedBy(id, words)}>
        {PARTS.map(({ part, size }) => (
          <div key={part} className={`date-part date-${part}`}>
            <button type="button" className="date-turn" data-say="" aria-label={`${date[part]} ${date.more}`} onClick={() => turn(part, 1)}>
              <Icon name="up" />
            </button>
            <label className="date-value">
              <input
                {...(part === 'year' ? { id } : {})}
                className="number"
                value={parts[part]}
                maxLength={size}
                size={size}
                inputMode="none"
                autoComplete="off"
                data-keyboard="digits"
                aria-invalid={words.error !== ''}
                placeholder={'–'.repeat(size)}
                onChange={(event) => put(part, event.target.value)}
              />
              <span>{date[part]}</span>
            </label>
            <button type="button" className="date-turn" data-say="" aria-label={`${date[part]} ${date.less}`} onClick={() => turn(part, -1)}>
              <Icon name="down" />
            </button>
          </div>
        ))}
      </div>
    </FieldFrame>
  );
}

function split(value: string | null): Record<Part, string> {
  const of = (from: number, size: number) => (value === null ? '' : String(Number(value.slice(from, from + size))));
  return { year: of(0, 4), month: of(5, 2), day: of(8, 2) };
}

function daysIn(parts: Record<Part, string>): number {
  if (parts.month === '') return 31;
  // Day 0 of the next month is the last of this one; 2024 stands in for a year that is still missing.
  return new Date(Date.UTC(Number(parts.year === '' ? 2024 : parts.year), Number(parts.month), 0)).getUTCDate();
}

function joined(parts: Record<Part, string>): string | null {
  const month = Number(parts.month);
  const day = Number(parts.day);
  if (parts.year.length !== 4 || month < 1 || month > 12 || day < 1 || day > daysIn(parts)) return null;
  return `${parts.year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
