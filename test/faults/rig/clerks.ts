import { randomBytes } from 'node:crypto';
import { hashPassword } from '../../../crypto/passwords.ts';
import { CaseId, ulid } from '../../../domain/ids.ts';
import { DEED_HEADER, REPLAYED_HEADER } from '../../../domain/staff/deeds.ts';
import type { Ground } from '../../../hall/ground.ts';
import { putAccount } from '../../../hall/identity/accounts.ts';
import { type AnswerBody, CHEAP } from '../../fixtures/hall.ts';
import { packItem } from '../../fixtures/pack-item.ts';
import { scannedPage, WATER_FORM } from '../../rigs/window.ts';
import type { Random } from './seed.ts';

/** What the console was told of a deed. */
export type Told = { status: number; body: AnswerBody; replayed: boolean };
/**
 * One deed of a clerk as the console sends it. `mark`: what tells it from every other one in what the hall keeps. `told`: the answer; null when the clerk turned away without one.
 * `cut`: times that it was sent and not answered.
 */
export type SentDeed = { id: string; clerk: string; path: string; input: object; mark: Mark; told: Told | null; cut: number };
/** A text that stands in one action of a kind or in one call about a rating; a case or message by its id; an acceptance of a case; null for what leaves no mark of its own, as a claim does. */
export type Mark = { in: 'action'; kind: string; words: string } | { in: 'duty'; case: string; words: string } | { in: 'case' | 'message' | 'acceptance'; id: string } | null;

/** Somebody at a desk whose browser is led to one of several servers by whatever stands before them. */
export type Clerk = {
  name: string;
  /** One request, as the browser makes it; null: no answer. @param turn which server it is led to */
  request(method: string, path: string, body: object | Uint8Array | undefined, options?: { id?: string; turn?: number }): Promise<(Told & { retryAfter: string | null; milliseconds: number }) | null>;
  /** A live line at one server; null when it was not opened. */
  listen(turn: number, signal: AbortSignal): Promise<ReadableStream<string> | null>;
  /** Sends a deed until it is answered, at one server and then the other, or gives it up by chance. */
  does(path: string, input: object, mark: Mark): Promise<SentDeed>;
};

/** As long as the console waits. */
const PATIENCE = 20_000;
/** Between two tries of a clerk, milliseconds: the console takes longer, and the test has no time. */
const PAUSE = 60;
/** Between two things that a clerk begins, milliseconds: halls that start need the machine, too. */
const THINKS = 40;
/** How often a clerk turns away at once from a deed that got no answer: closes the page, or goes home. */
const GIVES_UP = 0.3;

const WATER_PERMIT = packItem('water-permit').code;
const MATERIALS = ['third-party', 'location', 'meter'];
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param ports of the servers */
export async function signInClerk(ground: Ground, ports: readonly number[], name: string, random: Random): Promise<Clerk & { sent: SentDeed[] }> {
  const password = `desk-password-${name}`;
  await putAccount(ground, { account: name, name: `${name}的名字`, role: 'clerk' }, await hashPassword(password, CHEAP));
  const sent: SentDeed[] = [];
  let cookie = '';
  let turns = random.between(0, ports.length - 1);
  const originOf = (turn: number) => `http://127.0.0.1:${ports[turn % ports.length]}`;

  const request: Clerk['request'] = async (method, path, body, { id, turn = turns } = {}) => {
    const origin = originOf(turn);
    const began = performance.now();
    const bytes = body instanceof Uint8Array;
    try {
      const answer = await fetch(`${origin}/console/api${path}`, {
        method, signal: AbortSignal.timeout(PATIENCE),
        headers: { origin, cookie, ...(body === undefined ? {} : { 'content-type': bytes ? 'image/jpeg' : 'application/json' }), ...(id === undefined ? {} : { [DEED_HEADER]: id }) },
        ...(body === undefined ? {} : { body: bytes ? new Uint8Array(body) : JSON.stringify(body) }),
      });
      const text = await answer.text();
      for (const set of answer.headers.getSetCookie()) cookie = set.split(';')[0] ?? '';
      return { status: answer.status, body: text === '' ? null : JSON.parse(text), replayed: answer.headers.get(REPLAYED_HEADER) === 'true', retryAfter: answer.headers.get('retry-after'), milliseconds: performance.now() - began };
    } catch {
      return null;
    }
  };
  const clerk: Clerk = {
    name, request,
    async listen(turn, signal) {
      const origin = originOf(turn);
      const answer = await fetch(`${origin}/console/api/live`, { headers: { cookie }, signal }).catch(() => null);
      return answer?.status === 200 ? answer.body?.pipeThrough(new TextDecoderStream()) ?? null : null;
    },
    async does(path, input, mark) {
      const deed: SentDeed = { id: ulid(Date.now(), randomBytes(10)), clerk: name, path, input, mark, told: null, cut: 0 };
      sent.push(deed);
      for (;;) {
        const answer = await request('POST', path, input, { id: deed.id });
        if (answer !== null && answer.status !== 503) {
          deed.told = { status: answer.status, body: answer.body, replayed: answer.replayed };
          return deed;
        }
        deed.cut += 1;
        turns += 1;
        if (deed.cut === 1 && random.chance(GIVES_UP)) return deed;
        await pause(PAUSE);
      }
    },
  };
  const signedIn = await request('POST', '/session', { account: name, password });
  if (signedIn?.body.ok !== true) throw new Error(`sign-in: ${JSON.stringify(signedIn)}`);
  return Object.assign(clerk, { sent });
}

/** What the clerks have in common: cases that are there, and those that are finished. */
export type Pool = { open: string[]; finished: { id: string; number: string; by: string }[]; serial: number };

const isDone = ({ told }: SentDeed) => told?.body.ok === true;
const nextMark = (pool: Pool) => `事由-${String((pool.serial += 1)).padStart(7, '0')}-完`;

/** A clerk's day: hands in, corrects, accepts, finishes, rates for colleagues, calls back, takes messages down, and again, until `over`. */
export async function workAllDay(clerk: Clerk, pool: Pool, random: Random, over: () => boolean): Promise<void> {
  while (!over()) {
    await pause(THINKS);
    await random.weighted<() => Promise<void>>([
      [4, () => wholeCase(clerk, pool, random)], [3, () => touchAny(clerk, pool, random)], [2, () => rateAndCall(clerk, pool, random)], [1, () => takeMessage(clerk, pool)],
    ])();
  }
}

async function wholeCase(clerk: Clerk, pool: Pool, random: Random): Promise<void> {
  const id = CaseId.parse(ulid(Date.now(), randomBytes(10)));
  const scan = async (words: string): Promise<string> => {
    for (let turn = random.between(0, 1); ; turn += 1) {
      const answer = await clerk.request('POST', `/scans/${id}`, scannedPage(`${words} of ${id}`), { turn });
      if (answer?.body?.ok === true) return answer.body.value.hash;
      if (answer !== null && answer.status !== 503) throw new Error(`scan: ${JSON.stringify(answer)}`);
      await pause(PAUSE);
    }
  };
  const materials = [];
  for (const key of MATERIALS) materials.push({ key, trust: 'B', pages: [await scan(key)] });
  const handIn = { id, itemCode: WATER_PERMIT, applicant: { name: '张测试', number: '330624199001010018', address: '浙江省新昌县测试路1号', birth: null }, phone: '13800000000', form: WATER_FORM, late: null, materials, signed: await scan('signed') };
  const entered = await clerk.does('/window/cases', handIn, { in: 'case', id });
  if (!isDone(entered)) return;
  pool.open.push(id);
  await clerk.does(`/cases/${id}/claim`, {}, null);
  for (let times = random.between(0, 2); times > 0; times -= 1) await correct(clerk, pool, id);
  if (!isDone(await clerk.does(`/cases/${id}/accept`, { lacking: [] }, { in: 'acceptance', id }))) return;
  const words = nextMark(pool);
  if (!isDone(await clerk.does(`/cases/${id}/finish`, { granted: false, words }, { in: 'action', kind: 'decided', words }))) return;
  pool.open.splice(pool.open.indexOf(id), 1);
  pool.finished.push({ id, number: entered.told?.body.value.number, by: clerk.name });
}

async function correct(clerk: Clerk, pool: Pool, id: string): Promise<void> {
  const reason = nextMark(pool);
  await clerk.does(`/cases/${id}/form`, { form: { ...WATER_FORM, amount: 1000 + pool.serial }, reason }, { in: 'action', kind: 'staff-corrected', words: reason });
}

/** Several clerks come to one case. */
async function touchAny(clerk: Clerk, pool: Pool, random: Random): Promise<void> {
  const id = pool.open.length === 0 ? null : random.pick(pool.open);
  if (id !== null) await correct(clerk, pool, id);
}

async function rateAndCall(clerk: Clerk, pool: Pool, random: Random): Promise<void> {
  const others = pool.finished.filter(({ by }) => by !== clerk.name);
  if (others.length === 0) return;
  const { id, number } = random.pick(others);
  const words = nextMark(pool);
  await clerk.does('/ratings/registered', { number, channel: 'paper', paper: words, level: 1, tags: ['114'], words }, { in: 'action', kind: 'rated', words });
  const said = nextMark(pool);
  await clerk.does(`/ratings/duties/${id}/call`, { id, way: 'phone', reached: true, said }, { in: 'duty', case: id, words: said });
}

async function takeMessage(clerk: Clerk, pool: Pool): Promise<void> {
  const id = ulid(Date.now(), randomBytes(10));
  await clerk.does('/messages', { id, kind: 'complain', channel: 'phone', site: '', subject: { kind: 'none' }, person: { name: '王测试', phone: '13800000001' }, words: nextMark(pool), audio: null }, { in: 'message', id });
}
