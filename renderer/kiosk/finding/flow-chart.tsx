import type { ReactNode } from 'react';
import { drawProcessDown, type Picture, type PictureNode } from '../../../domain/approval/picture.ts';
import { type FlowStep, flowOf } from '../../../domain/approval/process.ts';
import type { Item } from '../../../domain/item/types.ts';
import { useVisit } from '../visit.tsx';
import './flow-chart.css';

/** Sixteenths of a rem. A step holds thirteen letters in a line, and who does it and how long it takes beneath; three of them stand side by side on an upright screen. */
const SIZE = { step: { width: 380, height: 128 }, end: 60, lane: 16, across: 34, down: 22 };
/** Where steps stand side by side they share the room. */
const WIDEST = 900;
const NARROWEST = 200;
const REM = 16;
/** Sizes of the two texts, and the room that a line of the smaller takes. */
const NAME = 30;
const NOTE = 26;
const LINE = 34;

/** 流程图: the whole way from the hand-in to the end, drawn from the item's own definition, as on the clerk's screen. */
export function FlowChart({ item }: { item: Pick<Item, 'steps'> }): ReactNode {
  const { t } = useVisit();
  const steps = flowOf(item);
  const picture = pictureOf(steps);
  return (
    <div className="flow-chart">
      <svg style={{ width: `${(picture.width + 4) / REM}rem`, height: `${(picture.height + 4) / REM}rem` }} viewBox={`-2 -2 ${picture.width + 4} ${picture.height + 4}`} role="img" aria-label={t('guide.flow', { steps: steps.map(({ name }) => name).join('、') })}>
        {picture.lines.map(({ from, to, points }) => {
          const last = points.at(-1);
          return <path key={`${from}>${to}`} className="flow-line" d={`${points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')}${last === undefined ? '' : `M${last.x - 7} ${last.y - 10}L${last.x} ${last.y}L${last.x + 7} ${last.y - 10}`}`} />;
        })}
        {picture.nodes.map((node) => <Node key={node.key} node={node} step={steps.find(({ key }) => key === node.key) ?? null} />)}
      </svg>
    </div>
  );
}

function pictureOf(steps: FlowStep[]): Picture {
  const picture = drawProcessDown(steps, SIZE);
  if (picture.width <= WIDEST) return picture;
  const abreast = Math.round((picture.width + SIZE.down) / (SIZE.step.width + SIZE.down));
  return drawProcessDown(steps, { ...SIZE, step: { ...SIZE.step, width: Math.max(NARROWEST, WIDEST / abreast - SIZE.down) } });
}

function Node({ node: { kind, x, y, width, height }, step }: { node: PictureNode; step: FlowStep | null }): ReactNode {
  const { t } = useVisit();
  const middle = x + width / 2;
  if (step === null) {
    return (
      <g className="flow-end">
        <rect x={middle - 80} y={y} width={160} height={height} rx={height / 2} />
        <text x={middle} y={y + height / 2 + 9}>{t(kind === 'start' ? 'guide.flow.start' : 'guide.flow.end')}</text>
      </g>
    );
  }
  const notes = [step.who, ...(step.days > 0 ? [t('guide.step-days', { days: step.days })] : [])];
  const top = y + (height - NAME - notes.length * LINE) / 2;
  return (
    <g className="flow-step">
      <rect x={x} y={y} width={width} height={height} rx={16} />
      <text x={middle} y={top + NAME - 4} className="flow-name">{cut(step.name, width / NAME)}</text>
      {notes.map((note, index) => <text key={note} x={middle} y={top + NAME + (index + 1) * LINE - 6} className="flow-note">{cut(note, width / NOTE)}</text>)}
    </g>
  );
}

/** What does not fit stands in full in the steps below the picture. Latin letters and digits take about half the room. */
function cut(text: string, most: number): string {
  let room = most - 0.5;
  let kept = '';
  for (const letter of text) {
    room -= /[ -~]/.test(letter) ? 0.56 : 1;
    if (room < 0) return `${kept.trimEnd()}…`;
    kept += letter;
  }
  return text;
}
