/** A case until it is accepted, or ends without. */
import { mergedAsks } from '../approval/process.ts';
import type { Ask } from '../action/payload.ts';
import { addNaturalDays, civilDate } from '../calendar/civil-date.ts';
import { addDays } from '../calendar/working-days.ts';
import { isIdentityOpen } from '../case/identity.ts';
import { ANSWER_DAYS } from '../documents/legal.ts';
import { Hash } from '../ids.ts';
import { fieldsOf, legalName } from '../item/form.ts';
import { never } from '../result.ts';
import { correctedAnswer, fillForm, materialAgain, materialsFor } from './form.ts';
import type { Run, Wake } from './run.ts';
import { coverOf, timeOn } from './times.ts';
import type { World } from './world.ts';

/** How long a citizen has to supplement, working days: the hall's own rule. */
const CORRECTION_DAYS = 15;

/** Answers whether the case was accepted. */
export type Before = Generator<Wake, boolean, void>;

export function* handIn(world: World, run: Run): Generator<Wake, { leftOut: string | null }, void> {
  const { random, item, person, machine } = run;
  const required = item.materials.filter((material) => material.required);
  // One who forgets a paper is told at the machine, and may go on with a promise to bring it.
  const leftOut = required.length > 1 && random.chance(0.05) ? random.pick(required).key : null;
  const outage = machine === null ? coverOf(world.outages.hall, run.now) : undefined;
  const came = run.now;
  if (outage !== undefined) {
    // 双轨: the window writes an emergency paper form, and enters it when the hall is back.
    yield run.atDesk(0, outage.to);
    world.note('late-entries');
  }
  const number = machine === null ? { value: world.officialNumber(run.now), provisional: false } : world.terminalNumber(machine, run.happened, run.now);
  if (number.provisional) world.note('provisional-numbers');
  if (run.now - run.happened > 60_000) world.note('handed-in-without-a-line');
  const { caseKey, signature } = world.envelopeOf(run.id);
  const { holder } = person;
  // Without a line nobody could say that the card is not lost.
  const isUnchecked = machine !== null && run.now - run.happened > 60_000;
  const shown = { name: legalName(holder), sex: holder.sex, birth: holder.birth, number: holder.number, address: 'address' in holder ? holder.address : '' };
  const payload = {
    kind: 'handed-in' as const, number, applicant: machine === null ? { card: 'typed' as const, ...shown } : holder,
    assurance: machine === null ? 'typed' as const : 'card-offline' as const,
    ...(isUnchecked ? { toCheck: [{ party: 'applicant', why: 'read-offline' as const }] } : {}),
    phone: person.phone,
    form: fillForm(item, person, random, addNaturalDays(civilDate(came), random.between(7, 90))),
    materials: materialsFor(item, random, run.paper, leftOut),
    signature: { shownText: hashOf(run), image: signature, signedAt: new Date(run.happened).toISOString() },
    caseKey,
    ...(outage === undefined ? {} : { late: { paper: `应急${civilDate(came).replaceAll('-', '')}-${String(run.serial + 1).padStart(3, '0')}`, happenedAt: new Date(came).toISOString(), outage: '办事系统停机' } }),
  };
  if (machine === null) run.staff(run.clerk(), payload);
  else run.citizen(payload);
  return { leftOut };
}

/** Any 64 hex digits: what a screen showed cannot be told from its hash. */
export function hashOf(run: Run): Hash {
  return Hash.parse(Array.from({ length: 8 }, () => run.random.between(0, 0xffff_ffff).toString(16).padStart(8, '0')).join(''));
}

type Outcome = 'accepted' | 'correction' | 'refused' | 'duplicate' | 'withdrawn' | 'returned' | 'transferred' | 'unanswered';

/** What the hall answers, and what the citizen does until then. */
export function* answer(world: World, run: Run, leftOut: string | null, duplicate: boolean): Before {
  const { random } = run;
  const outcome: Outcome = duplicate ? 'duplicate' : random.weighted([[780, 'accepted'], [leftOut === null ? 95 : 900, 'correction'], [18, 'refused'], [22, 'withdrawn'], [10, 'returned'], [4, 'transferred'], [10, 'unanswered']] as const);
  if (outcome === 'withdrawn' && run.machine !== null) {
    yield run.atMachine(0);
    run.citizen({ kind: 'withdrawn', reason: random.pick(['填错了，想重新交', '不办了', '家里人已经办好了', '']) });
    return false;
  }
  if (outcome === 'unanswered') return yield* deemed(world, run);
  const lacks = yield* preReviews(world, run);
  // Nobody answers on the sixth day: by then the hall's own program has.
  yield run.atDesk(random.weighted([[6, 0], [5, 1], [1, 2]]));
  if (random.chance(0.04)) slip(run);
  if (isIdentityOpen(run.state)) run.staff(run.clerk(), { kind: 'identity-checked', party: 'applicant', outcome: 'same', words: '已查询，证件有效', on: run.today });
  switch (outcome) {
    case 'refused':
    case 'duplicate':
      run.staff(run.clerk(), { kind: 'refused', reason: outcome === 'duplicate' ? '同一事项已有在办件，重复申请。' : random.pick(['申请事项不属于本机关职权范围，请向所在地机关申请。', '依法不需要办理本事项。']) });
      return false;
    case 'returned':
      run.staff(run.clerk(), { kind: 'finished', result: 'returned', words: '申请人要求退回材料。', certificate: null });
      return false;
    case 'transferred':
      run.staff(run.clerk(), { kind: 'finished', result: 'transferred', words: '按权限转报市级机关办理。', certificate: null });
      return false;
    case 'correction':
      return yield* correction(world, run, lacks.length > 0 ? lacks : asksFor(run, leftOut));
    case 'accepted':
    case 'withdrawn':
      if (lacks.length > 0) return yield* correction(world, run, lacks);
      accept(world, run);
      return true;
    default:
      return never(outcome);
  }
}

/** 同步预审 of the departments that the item names. @returns what they lack together */
function* preReviews(world: World, run: Run): Generator<Wake, Ask[], void> {
  for (const task of run.process.tasks.filter(({ preReview }) => preReview)) {
    yield run.atDesk(0);
    const verdict = run.random.weighted([[86, 'fits'], [11, 'lacks'], [3, 'not-ours']] as const);
    const asks = verdict === 'lacks' ? asksFor(run, null) : [];
    run.staff(run.examiner(task.department), { kind: 'pre-reviewed', step: task.key, verdict, asks, words: verdict === 'not-ours' ? '本项目不涉及本部门审批' : '', on: run.today });
    world.note(`pre-review-${verdict}`);
  }
  return mergedAsks(run.state.preReviews);
}

function asksFor(run: Run, leftOut: string | null): Ask[] {
  const { random, item } = run;
  const material = leftOut ?? random.pick(item.materials).key;
  const asks: Ask[] = [{ target: 'material', key: material, words: random.pick(['照片模糊，请重拍', '缺第二页', '已过有效期，请提供新的', '没有签名']) }];
  const field = fieldsOf(item.form).find(({ name }) => typeof run.state.form[name] === 'string');
  return field !== undefined && random.chance(0.3) ? [...asks, { target: 'form', key: field.name, words: '与材料不一致，请核对' }] : asks;
}

function* correction(world: World, run: Run, asks: Ask[]): Before {
  const { random, machine } = run;
  const within = addDays(run.today, CORRECTION_DAYS, 'working', world.calendarAt(run.now)).date;
  run.staff(run.clerk(), { kind: 'correction-asked', asks, within });
  const turn = random.weighted([[80, 'supplemented'], [4, 'withdrawn'], [9, 'lapsed'], [7, 'forgotten']] as const);
  if (turn === 'supplemented') {
    yield machine === null ? run.atDesk(random.between(1, 6)) : run.atMachine(random.between(1, 9));
    const materials = [...new Set(asks.filter(({ target }) => target === 'material').map(({ key }) => key))].map((key) => materialAgain(key, random, run.paper));
    const changed = asks.some(({ target }) => target === 'form') ? correctedAnswer(run.item, run.person, random, run.state.form) : null;
    const payload = { kind: 'supplemented' as const, form: changed === null ? {} : { [changed.name]: changed.value }, materials };
    if (machine === null) run.staff(run.clerk(), payload);
    else run.citizen(payload);
    const late = random.chance(0.06);
    yield run.atDesk(late ? ANSWER_DAYS + random.between(1, 3) : random.weighted([[5, 0], [4, 1], [2, 3]]));
    if (late) world.flaw('answer-late', run.today);
    if (random.chance(0.03)) {
      run.staff(run.clerk(), { kind: 'refused', reason: '补正后仍不符合法定形式。' });
      return false;
    }
    accept(world, run);
    return true;
  }
  if (turn === 'withdrawn') {
    yield machine === null ? run.atDesk(random.between(1, 5)) : run.atMachine(random.between(1, 8));
    const payload = { kind: 'withdrawn' as const, reason: '补不齐材料，不办了' };
    if (machine === null) run.staff(run.clerk(), payload);
    else run.citizen(payload);
    return false;
  }
  if (turn === 'lapsed') {
    yield run.atDeskAfter(within, 0);
    run.staff(run.clerk(), { kind: 'finished', result: 'lapsed', words: '逾期未补正。', certificate: null });
    return false;
  }
  world.flaw('correction-unanswered', addNaturalDays(within, 1));
  return false;
}

/** 行政许可法 Art 32 (1)(4): nobody said anything in five working days, so it counts as accepted from the day it was received. */
function* deemed(world: World, run: Run): Before {
  const received = civilDate(Date.parse(run.state.handedIn.late?.happenedAt ?? new Date(run.happened).toISOString()));
  const last = addDays(received, ANSWER_DAYS, 'working', world.afterClosure).date;
  yield run.at(timeOn(addNaturalDays(last, 1), 10));
  world.flaw('deemed-accepted', run.today);
  accept(world, run, received);
  return true;
}

function accept(world: World, run: Run, deemedOn: string | null = null): void {
  const { value, provisional } = run.state.handedIn.number;
  const acceptedOn = deemedOn ?? run.today;
  const limits = run.limits({ acceptedOn });
  const number = provisional ? world.officialNumber(run.now) : value;
  if (deemedOn !== null) return run.program({ kind: 'accepted', number, acceptedOn, ...limits, deemed: true });
  // 容缺受理: what is still missing follows, against a written promise.
  const by = addDays(run.today, 5, 'working').date;
  const lacking = run.item.materials.filter(({ key, required }) => required && !run.state.materials.some((material) => material.key === key)).map(({ key }) => ({ key, by }));
  if (lacking.length > 0) world.note('lacking');
  run.staff(run.clerk(), { kind: 'accepted', number, acceptedOn, ...limits, ...(lacking.length === 0 ? {} : { lacking }) });
}

/** Staff put a slip of the pen right. */
export function slip(run: Run): void {
  const changed = correctedAnswer(run.item, run.person, run.random, run.state.form);
  if (changed !== null) run.staff(run.clerk(), { kind: 'staff-corrected', form: { [changed.name]: changed.value }, reason: '电话少一位，已与本人核实' });
}
