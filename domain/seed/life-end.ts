/** After the end: who takes the result away, what they think of it, and when the file is put away. */
import { RATINGS } from '../ratings/ratings.ts';
import { civilDate } from '../calendar/civil-date.ts';
import { addDays } from '../calendar/working-days.ts';
import { DELIVERY_DAYS } from '../documents/legal.ts';
import { legalName } from '../item/form.ts';
import { hashOf } from './life-before.ts';
import type { Run, Wake } from './run.ts';
import type { World } from './world.ts';

type Steps = Generator<Wake, void, void>;

/** @param hasResult whether there is a paper to hand over; a withdrawn case has none */
export function* putAway(world: World, run: Run, hasResult: boolean): Steps {
  const { stage } = run.state;
  const rates = run.machine !== null && stage !== 'withdrawn';
  // People rate at the machine, either when they fetch the result or just so.
  if (hasResult) yield* deliver(world, run);
  if (rates && run.random.chance(0.42)) {
    yield run.atMachine(run.random.between(0, 3));
    rate(world, run);
  }
  if (run.state.stage === 'refused' && run.state.delivery === null && run.random.chance(0.6)) {
    yield run.atDesk(0);
    handOver(run, 'window');
  }
  if (!run.random.chance(0.7)) return;
  yield run.atDesk(run.random.between(5, 25));
  run.staff(run.issuer(), { kind: 'archived', package: hashOf(run), on: run.today });
}

function* deliver(world: World, run: Run): Steps {
  const { random, machine } = run;
  const certificate = run.state.certificate;
  const due = addDays(run.today, DELIVERY_DAYS, 'working').date;
  if (certificate !== null && machine !== null && random.chance(0.6)) {
    yield run.atMachine(random.between(0, 4));
    const sure = random.chance(0.95);
    run.citizen({ kind: 'result-printed', licence: certificate.licence, outcome: sure ? 'printed' : 'unknown' });
    if (!sure) {
      // The printer did not say; a person looked, and it came out the second time.
      run.citizen({ kind: 'result-printed', licence: certificate.licence, outcome: 'not-printed' });
      run.citizen({ kind: 'result-printed', licence: certificate.licence, outcome: 'printed' });
      world.note('prints-unknown');
    }
    if (!random.chance(0.5)) return;
    yield run.atDesk(0);
    return handOver(run, 'terminal');
  }
  if (random.chance(0.04)) {
    world.flaw('delivery-none', addDays(due, 1, 'working').date);
    return;
  }
  const late = random.chance(0.03);
  if (late) world.flaw('delivery-late', addDays(due, 1, 'working').date);
  yield run.atDesk(late ? DELIVERY_DAYS + random.between(1, 4) : random.between(0, 4));
  handOver(run, random.weighted([[6, 'window'], [2, 'post'], [2, 'electronic']] as const));
}

function handOver(run: Run, way: 'window' | 'terminal' | 'post' | 'electronic'): void {
  const { random } = run;
  const relation = random.weighted([[8, 'applicant'], [1, 'agent'], [1, 'relative']] as const);
  run.staff(run.issuer(), { kind: 'delivered', way, collector: relation === 'applicant' ? legalName(run.person.holder).slice(0, 120) : '代领人', relation, on: run.today });
}

/** Whoever waited too long says so. */
function rate(world: World, run: Run): void {
  const { random, state } = run;
  const ended = state.history.findLast(({ kind }) => kind === 'finished')?.at;
  const slow = state.limits !== null && ended !== undefined && civilDate(Date.parse(ended)) > state.limits.promisedBy;
  const level = random.weighted(slow ? [[3, 5], [2, 4], [2, 3], [2, 2], [1, 1]] as const : [[80, 5], [12, 4], [4, 3], [2, 2], [1, 1]] as const);
  const { tags, poor } = RATINGS.find((rating) => rating.level === level) ?? { tags: [], poor: false };
  const chosen = random.chance(0.55) ? random.shuffle(tags).slice(0, random.between(1, 3)).map(({ code }) => code) : [];
  run.citizen({ kind: 'rated', level, tags: chosen, words: poor && random.chance(0.6) ? random.pick(['等了太久', '跑了三趟才办好', '窗口说法不一样']) : '' });
  if (poor) world.flaw('poor-rating', run.today);
}
