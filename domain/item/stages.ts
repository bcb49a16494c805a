import type { Item } from './types.ts';

type Step = Item['steps'][number];

/**
 * The steps as they follow each other, for a picture: steps that may be done at the same time stand in one stage. A step that is no department's work, such
 * as 收件, has a stage to itself in the place where it is listed.
 */
export function stagesOf(steps: readonly Step[]): Step[][] {
  const stages: Step[][] = [];
  let run: Step[] = [];
  const close = () => {
    const depths = run.map((step) => depthOf(step, run, new Set()));
    for (let depth = 0; depth <= Math.max(-1, ...depths); depth += 1) stages.push(run.filter((_step, index) => depths[index] === depth));
    run = [];
  };
  for (const step of steps) {
    if (step.task !== undefined) {
      run.push(step);
      continue;
    }
    close();
    stages.push([step]);
  }
  close();
  return stages.filter((stage) => stage.length > 0);
}

/** How many steps of the run must be done one after another before it. @param seen steps on the way: a draft may run in a circle */
function depthOf(step: Step, run: readonly Step[], seen: ReadonlySet<string>): number {
  const before = run.filter(({ key }) => step.task?.after.includes(key) === true && !seen.has(key));
  return Math.max(-1, ...before.map((one) => depthOf(one, run, new Set([...seen, step.key])))) + 1;
}
