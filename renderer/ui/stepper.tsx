import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';
import './stepper.css';

/** Where in the journey the citizen is. `label` names the whole for assistive technology; `done` is the word for passed steps. */
export function Stepper(props: { steps: readonly string[]; current: number; label: string; done: string; /** Where that is, in words for the ear. */ spoken: string }): ReactNode {
  return (
    <ol className="stepper" aria-label={props.label} data-step={props.spoken}>
      {props.steps.map((step, index) => {
        const state = index < props.current ? 'done' : index === props.current ? 'now' : 'later';
        return (
          <li key={step} className={`stepper-step stepper-${state}`} {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}>
            <span className="stepper-dot" aria-hidden="true">
              {state === 'done' ? <Icon name="check" size={0.9} /> : index + 1}
            </span>
            <span className="stepper-name">
              {step}
              {state === 'done' ? <span className="unseen">{props.done}</span> : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
