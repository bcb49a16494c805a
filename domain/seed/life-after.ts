/** An accepted case: what the departments do with it until it is decided. */
import type { PayloadOf } from '../action/payload.ts';
import { isJoint, standings, type Task } from '../approval/process.ts';
import { addNaturalDays, civilDate } from '../calendar/civil-date.ts';
import { addDays } from '../calendar/working-days.ts';
import { dueWithPauses } from '../clock/limits.ts';
import { buildCertificate } from '../item/certificate.ts';
import { slip } from './life-before.ts';
import type { Run, Wake } from './run.ts';
import { timeOn } from './times.ts';
import type { World } from './world.ts';

/** Answers whether it ended with a result that somebody takes away. */
export type After = Generator<Wake, boolean, void>;
type Steps = Generator<Wake, void, void>;

export function* handle(world: World, run: Run): After {
  const { random } = run;
  yield* papers(world, run);
  if (random.chance(0.01) && run.machine !== null) {
    yield run.atMachine(random.between(0, 2));
    run.citizen({ kind: 'withdrawn', reason: '情况有变，不办了' });
    return false;
  }
  const pauses = run.item.specialProcedures.length > 0 ? 0.22 : 0.012;
  if (random.chance(pauses) && !(yield* pause(world, run))) return false;
  yield* review(world, run);
  if (run.item.statutory.days >= 20 && run.today <= run.limits().statutoryBy && random.chance(0.05)) extend(world, run);
  if (random.chance(0.012)) {
    // Nobody ever decides it: overdue by the promise first, and by the law later.
    world.flaw('promise-over', addNaturalDays(run.limits().promisedBy, 1));
    world.flaw('law-over', addNaturalDays(run.limits().statutoryBy, 1));
    return false;
  }
  return yield* decide(world, run);
}

/** What goes around a case: originals that the window saw, slips of the pen, papers from desk to desk. */
function* papers(world: World, run: Run): Steps {
  const { random, state } = run;
  if (random.chance(0.18) && state.materials.length > 0) {
    yield run.atDesk(0);
    run.staff(run.clerk(), { kind: 'originals-seen', materials: state.materials.map(({ key }) => ({ key, trust: 'B' as const })) });
  }
  if (random.chance(0.02)) slip(run);
  if (!random.chance(0.15)) return;
  yield run.atDesk(0);
  run.staff(run.clerk(), { kind: 'handed-over', to: run.item.body.name, papers: run.item.materials.slice(0, 3).map(({ name }) => name), words: '' });
  if (random.chance(0.08)) {
    world.flaw('papers-not-taken', addDays(run.today, 2, 'working').date);
    return;
  }
  yield run.atDesk(random.between(0, 1));
  run.staff(run.examiner(), { kind: 'taken-over', missing: random.chance(0.07) ? [run.item.materials[0]?.name ?? ''] : [] });
}

/** The clock stands. @returns whether it went on */
function* pause(world: World, run: Run): Generator<Wake, boolean, void> {
  const { random, item } = run;
  yield run.atDesk(random.between(0, 1));
  const why: PayloadOf<'paused'>['why'] = item.specialProcedures.length > 0 ? 'special-procedure' : random.weighted([[6, 'hold'], [4, 'transfer']] as const);
  const days = random.between(3, 15);
  const allowed = why === 'hold' ? null : { days, unit: 'working' as const };
  run.staff(run.examiner(), { kind: 'paused', why, procedure: why === 'special-procedure' ? random.pick(item.specialProcedures) : '', allowed, reason: why === 'hold' ? '申请人外出，联系后继续' : '依法需要的时间已书面告知申请人', on: run.today });
  world.note(`paused-${why}`);
  const end = addDays(run.today, days, 'working', world.afterClosure).date;
  const overlong = random.chance(0.16);
  if (overlong && allowed !== null) world.flaw('pause-over', addNaturalDays(end, 1));
  if (overlong && random.chance(0.25)) return false;
  yield overlong ? run.atDeskAfter(end, random.between(1, 5)) : run.atDesk(Math.max(1, days - random.between(0, 2)));
  run.staff(run.examiner(), { kind: 'resumed', words: '', on: run.today, limits: run.limits({ until: run.today }) });
  return true;
}

/** Every step of the process, as its department gets to it: those that wait for nobody side by side. */
function* review(world: World, run: Run): Steps {
  const planned = new Map<string, { at: Wake; silent: boolean }>();
  for (;;) {
    const open = standings(run.process, run.state.accepted?.acceptedOn ?? run.today, run.state.reviews).filter((standing) => standing.kind === 'open');
    for (const { task, since } of open) if (!planned.has(task.key)) planned.set(task.key, plan(world, run, task, since));
    const next = open.map(({ task }) => ({ task, ...planned.get(task.key) })).toSorted((left, right) => (left.at?.at ?? 0) - (right.at?.at ?? 0))[0];
    if (next?.at === undefined) return;
    if (next.task.role === 'survey') yield* survey(world, run, next.task);
    yield run.at(next.at.at);
    const { key, department } = next.task;
    if (next.silent === true) run.program({ kind: 'reviewed', step: key, outcome: 'absent', opinion: '', on: run.today });
    else {
      const objects = run.random.chance(0.025);
      run.staff(run.examiner(department), { kind: 'reviewed', step: key, outcome: objects ? 'objects' : 'agrees', opinion: objects ? '与规划要求不符' : '符合条件', on: run.today });
      if (objects) world.note('objections');
    }
  }
}

/** When a department will say its word; some are late, and where silence means consent some say none. @param since the day on which its own clock began */
function plan(world: World, run: Run, task: Task, since: string): { at: Wake; silent: boolean } {
  const { random } = run;
  const days = Math.ceil(task.days);
  const due = dueWithPauses(since, { days, unit: run.item.promised.unit }, run.state.pauses, world.afterClosure)?.date ?? run.today;
  if (task.silence === 'consents' && random.chance(0.2)) return { at: run.at(timeOn(addNaturalDays(due, 1), 10)), silent: true };
  const late = task.silence === 'none' && random.chance(0.04);
  const at = late ? run.atDeskAfter(due, random.between(0, 3)) : run.atDesk(random.between(0, Math.max(0, Math.min(days, 6) - 2)));
  // Some cannot be in time any more: their department was given the papers on its last day.
  if (civilDate(at.at) > due) world.flaw('step-over', addNaturalDays(due, 1));
  return { at, silent: false };
}

function* survey(world: World, run: Run, task: Task): Steps {
  const { random } = run;
  const on = addDays(run.today, random.between(1, 2), 'working', world.afterClosure).date;
  run.staff(run.examiner(task.department), { kind: 'survey-appointed', steps: [task.key], on, time: random.pick(['09:00', '10:00', '14:30']), place: typeof run.state.form['place'] === 'string' ? run.state.form['place'] : '现场', contact: `${run.person.phone}` });
  if (random.chance(0.07)) {
    world.flaw('survey-not-held', addNaturalDays(on, 1));
    return;
  }
  yield run.atDesk(0, timeOn(on, 8 * 60));
  run.staff(run.examiner(task.department), { kind: 'survey-held', present: [task.key], words: '现场与申报一致。', on: run.today });
}

function extend(world: World, run: Run): void {
  const days = isJoint(run.process) ? 15 : 10;
  run.staff(run.examiner(), { kind: 'extended', days, approvedBy: '分管负责人', reason: '情况复杂，需进一步核实', on: run.today, limits: run.limits({ extension: days }) });
  world.note('extensions');
}

function* decide(world: World, run: Run): After {
  const { random, item } = run;
  const pace = random.weighted([[905, 'in-time'], [60, 'over-promise'], [15, 'over-law']] as const);
  const { promisedBy, statutoryBy } = run.limits();
  if (pace === 'in-time') yield run.atDesk(run.process.tasks.length > 0 ? random.between(0, 1) : random.between(0, Math.max(0, item.promised.days - 1)));
  else yield run.atDeskAfter(pace === 'over-promise' ? promisedBy : statutoryBy, random.between(0, 3));
  // Whatever was planned: the clock of a case that was paused or objected to may be over by now.
  const { promisedBy: promised, statutoryBy: statutory } = run.limits();
  if (run.today > promised) world.flaw('promise-over', addNaturalDays(promised, 1));
  if (run.today > statutory) world.flaw('law-over', addNaturalDays(statutory, 1));
  if (random.chance(0.006)) {
    run.staff(run.examiner(), { kind: 'finished', result: 'returned', words: '申请人要求不再办理。', certificate: null });
    return false;
  }
  const granted = !run.state.reviews.some(({ outcome }) => outcome === 'objects') && !random.chance(0.03);
  const reason = granted ? '' : random.pick(['不符合规定的条件。', '部门审查意见不同意，理由见附件。']);
  const examiner = run.examiner();
  run.staff(examiner, { kind: 'decided', granted, reason });
  const built = granted && item.result.template !== null
    ? buildCertificate(item, run.state, { serial: world.takeNumbers(`certificate/${item.body.creditCode}/${item.result.template}`, 1), issuedOn: run.today })
    : null;
  if (built !== null && !built.ok) throw new Error('an item with a template builds no certificate');
  run.staff(examiner, { kind: 'finished', result: granted ? 'granted' : 'denied', words: reason, certificate: built?.value ?? null });
  return true;
}
