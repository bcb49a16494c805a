import { z } from 'zod';
import type { ActionSigner } from '../../domain/action/types.ts';
import { About, APPOINTMENTS_SINCE, type Encoding, FeedEntry, hallContract, INTRODUCTION_SINCE, LETTERS_SINCE, PROTOCOL, REPORTS_SINCE, SITE_DAYS_SINCE } from '../../domain/contracts/hall.ts';
import { outcomeFrom1 } from '../../domain/contracts/hall-1.ts';
import { spreadWord } from '../../domain/contracts/together.ts';
import type { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { Instant, type Clock } from '../../domain/time.ts';
import { bestEncoding, pack } from './packing.ts';
import { followLive } from './live.ts';
import { failureOf, type Reply, send } from './request.ts';
import { uploadBlob } from './tus.ts';
import type { Answer, CallOptions, Contact, HallTransport, TransportFailure } from './types.ts';

/** What is used of a procedure of the contract. */
type Procedure<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  '~orpc': { route: { method?: string; path?: string }; inputSchema?: Input | undefined; outputSchema?: Output | undefined };
};

/** A token is let go of this long before its end, milliseconds, so that none runs out on the way. */
const TOKEN_MARGIN = 30_000;
/** Bodies from this many bytes on are packed: below it the header costs about what is saved. */
const PACK_FROM = 1024;

/** The first version with live lines. */
const LIVE_FROM = 2;

/** What was agreed with the hall, as long as its token lasts. `hall`: who it says it is. `protocol`: the newest version that both speak; `encoding`: the best packing that both have. */
type HallSession = { token: string; hall: MachineId; protocol: number; encoding: Encoding };

export type HallTransportSettings = {
  /** `https://hall.example.gov.cn`; a path in it is kept as a prefix. */
  baseUrl: string;
  /** The version of this program, for the people at the hall; null, or left out: it is not said. */
  program?: string | null;
  signer: ActionSigner;
  clock: Clock;
  /** Another `fetch`, for a proxy or a test. */
  fetch?: typeof fetch;
};

/**
 * The contract's routes and schemas over plain `fetch`: what the hall serves with oRPC's OpenAPI handler is one JSON body each way
 * (GET: the input as query parameters). Every answer is parsed by the contract's own schema before anybody sees it.
 */
export function createHallTransport({ baseUrl, program = null, signer, clock, fetch: fetcher = fetch }: HallTransportSettings): HallTransport {
  const base = roadOf(baseUrl);
  const { machine } = signer;
  const contactWatchers = new Set<(contact: Contact) => void>();
  let session: (HallSession & { until: number }) | null = null;
  let asking: Promise<Result<HallSession, TransportFailure>> | null = null;

  async function exchange(procedure: Procedure, input: unknown, as: Pick<HallSession, 'token' | 'encoding'> | null, options: CallOptions): Promise<Result<Reply & { contact: Omit<Contact, 'hallNow'> }, TransportFailure>> {
    const { method = 'POST', path = '' } = procedure['~orpc'].route;
    const url = new URL(path.slice(1), base);
    if (method === 'GET' && input !== undefined) for (const [name, value] of Object.entries(z.record(z.string(), z.coerce.string()).parse(input))) url.searchParams.set(name, value);
    const text = method === 'GET' ? undefined : JSON.stringify(input);
    const encoding = as?.encoding ?? 'gzip';
    const packed = text !== undefined && text.length >= PACK_FROM;
    const body = packed ? await pack(text, encoding) : text;
    const sentMonotonic = clock.monotonic();
    const sent = await send(fetcher, clock, {
      method,
      url,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(packed ? { 'content-encoding': encoding } : {}), ...(as === null ? {} : { authorization: `Bearer ${as.token}` }) },
      ...(body === undefined ? {} : { body }),
      ...options,
    });
    if (!sent.ok) return sent;
    return ok({ ...sent.value, contact: { sentMonotonic, answeredMonotonic: clock.monotonic(), answeredWall: clock.now() } });
  }

  /** Reads a successful answer by `schema`. */
  function read<Output extends z.ZodType>(reply: Reply, schema: Output): Result<z.output<Output>, TransportFailure> {
    if (reply.status < 200 || reply.status > 299) return err(failureOf(reply.status));
    const parsed = schema.safeParse(parseJson(reply.text));
    return parsed.success ? ok(parsed.data) : err({ kind: 'protocol', status: reply.status });
  }

  async function openCall<Input extends z.ZodType, Output extends z.ZodType>(procedure: Procedure<Input, Output>, input: z.input<Input>, options: CallOptions): Answer<z.output<Output>> {
    const reply = await exchange(procedure, input, null, options);
    return reply.ok ? read(reply.value, outputOf(procedure)) : reply;
  }

  /**
   * A call that only an enrolled machine may make. A token that the hall no longer takes is replaced once.
   * @param inputFor the input, by what was agreed on
   * @returns the answer with what had been agreed on when it was asked
   */
  async function agreedCall<Input extends z.ZodType, Output extends z.ZodType>(procedure: Procedure<Input, Output>, inputFor: (agreed: HallSession) => z.input<Input>, options: CallOptions): Answer<{ said: z.output<Output>; agreed: HallSession }> {
    return withSession(options, async (agreed) => {
      const reply = await exchange(procedure, inputFor(agreed), agreed, options);
      if (!reply.ok) return reply;
      const value = read(reply.value, outputOf(procedure));
      if (!value.ok) return value;
      tellContact(value.value, reply.value.contact);
      return ok({ said: value.value, agreed });
    });
  }

  /** The same, for a call that is alike in every version. */
  async function provenCall<Input extends z.ZodType, Output extends z.ZodType>(procedure: Procedure<Input, Output>, input: z.input<Input>, options: CallOptions): Answer<z.output<Output>> {
    const answer = await agreedCall(procedure, () => input, options);
    return answer.ok ? ok(answer.value.said) : answer;
  }

  /** The same, for a call that halls know from a version on: an older one is not asked. @param told what of the answer is passed on */
  function knownSince<Input extends z.ZodType, Output extends z.ZodType, Told>(since: number, procedure: Procedure<Input, Output>, told: (answer: z.output<Output>) => Told) {
    return (input: z.input<Input>, options: CallOptions = {}) => withSession<Told | 'not-spoken'>(options, async ({ protocol }) => {
      if (protocol < since) return ok('not-spoken');
      const answer = await provenCall(procedure, input, options);
      return answer.ok ? ok(told(answer.value)) : answer;
    });
  }

  function tellContact(value: unknown, contact: Omit<Contact, 'hallNow'>): void {
    const now = z.object({ now: Instant }).safeParse(value);
    if (now.success) for (const tell of contactWatchers) tell({ hallNow: now.data.now, ...contact });
  }

  async function withSession<Value>(options: CallOptions, call: (session: HallSession) => Answer<Value>): Answer<Value> {
    const first = await openSession(options);
    if (!first.ok) return first;
    const answer = await call(first.value);
    if (answer.ok) return answer;
    // A token that is over, or a hall that is of another version since.
    const over = answer.error.kind === 'protocol' || answer.error.kind === 'refused';
    if (over && session?.token === first.value.token) session = null;
    if (answer.error.kind !== 'refused' || answer.error.status !== 401) return answer;
    const second = await openSession(options);
    return second.ok ? call(second.value) : second;
  }

  async function openSession(options: CallOptions): Answer<HallSession> {
    if (session !== null && clock.monotonic() < session.until) return ok(session);
    asking ??= proveMyself(options).finally(() => (asking = null));
    return asking;
  }

  const about = (options: CallOptions = {}) => openCall({ '~orpc': { ...hallContract.about['~orpc'], outputSchema: About } }, { protocol: PROTOCOL }, options);

  async function proveMyself(options: CallOptions): Answer<HallSession> {
    const hall = await about(options);
    if (!hall.ok) return hall;
    if (hall.value.oldest > PROTOCOL) return err({ kind: 'outdated', oldest: hall.value.oldest });
    const challenge = await openCall(hallContract.challenge, { machine }, options);
    if (!challenge.ok) return challenge;
    const signature = signer.sign(signer.sha256(`jinban-challenge-1\n${machine}\n${challenge.value.challenge}`));
    const protocol = Math.min(PROTOCOL, hall.value.protocol);
    const introduction = protocol < INTRODUCTION_SINCE ? {} : { introduction: { wall: new Date(clock.now()).toISOString(), protocol, program } };
    const answer = await openCall(hallContract.token, { machine, challenge: challenge.value.challenge, signature, ...introduction }, options);
    if (!answer.ok) return answer;
    if (!answer.value.ok) return err({ kind: 'refused', status: 200 });
    const { token, expiresAt, now } = answer.value.value;
    // By the hall's own clock on both sides: this machine's may be days off.
    session = { token, hall: hall.value.keys.hall, protocol, encoding: bestEncoding(hall.value.encodings), until: clock.monotonic() + Date.parse(expiresAt) - Date.parse(now) - TOKEN_MARGIN };
    return ok(session);
  }

  return {
    about,
    async enrol({ code, publicKey }, options = {}) {
      const answer = await openCall(hallContract.enrol, { machine, publicKey, code }, options);
      return answer.ok ? answer.value : answer;
    },
    async takeOver(request, options = {}) {
      const answer = await openCall(hallContract.takeOver, { machine, ...request }, options);
      return answer.ok ? answer.value : answer;
    },
    async intake(actions, { after = 0, ...options } = {}) {
      const answer = await agreedCall(hallContract.intake, ({ protocol }) => ({ protocol, actions: [...actions], ...(after === 0 ? {} : { after }) }), options);
      if (!answer.ok) return answer;
      const { said: { outcomes, word }, agreed: { hall, protocol } } = answer.value;
      const whole = outcomes.length === actions.length ? spreadWord(actions, outcomes.map(outcomeFrom1), word, hall, signer) : null;
      return whole === null ? err({ kind: 'protocol', status: 200 }) : ok({ outcomes: whole, protocol });
    },
    lease: (request, options = {}) => provenCall(hallContract.lease, request, options),
    async feed(request, options = {}) {
      const answer = await agreedCall({ '~orpc': { ...hallContract.feed['~orpc'], outputSchema: LooseFeed } }, ({ protocol }) => ({ ...request, protocol }), options);
      if (!answer.ok) return answer;
      const { said: { entries, checkpoint, more }, agreed: { protocol } } = answer.value;
      const readable = entries.flatMap((entry) => {
        const parsed = FeedEntry.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      });
      return ok({ entries: readable, unreadable: entries.length - readable.length, checkpoint, more, protocol });
    },
    live: (hear, options = {}) => withSession<'ended' | 'not-spoken'>(options, async ({ token, protocol }) => {
      if (protocol < LIVE_FROM) return ok('not-spoken');
      return followLive({ fetcher, clock, url: new URL('live', base), bearer: token }, hear, options);
    }),
    report: knownSince(REPORTS_SINCE, hallContract.report, () => 'taken' as const),
    letter: knownSince(LETTERS_SINCE, hallContract.letter, ({ outcome }) => outcome),
    help: knownSince(LETTERS_SINCE, hallContract.help, () => 'heard' as const),
    siteDays: ({ site, days }, options) => knownSince(SITE_DAYS_SINCE, hallContract.siteDays, (answer) => answer.days)({ site, days: [...days] }, options),
    siteDay: knownSince(SITE_DAYS_SINCE, hallContract.siteDay, ({ outcome }) => outcome),
    bookingSlots: knownSince(APPOINTMENTS_SINCE, hallContract.bookingSlots, ({ calendars, rules }) => ({ calendars, rules })),
    bookAtTerminal: knownSince(APPOINTMENTS_SINCE, hallContract.bookAtTerminal, ({ outcome }) => outcome),
    myAppointments: knownSince(APPOINTMENTS_SINCE, hallContract.myAppointments, ({ rows, standing }) => ({ rows, standing })),
    cancelAtTerminal: knownSince(APPOINTMENTS_SINCE, hallContract.cancelAtTerminal, ({ outcome }) => outcome),
    missingBlobs: (blobs, options = {}) => provenCall(hallContract.missingBlobs, { blobs: [...blobs] }, options),
    upload(blob, options = {}) {
      // A blob may outlast its token: the second try must know where the first one stands.
      const going = { ...blob, async keep(begun: string | null) {
        going.begun = begun;
        await blob.keep(begun);
      } };
      return withSession(options, ({ token }) => uploadBlob({ fetcher, clock, endpoint: new URL('blobs', base), bearer: token }, going, options));
    },
    watchContact(tell) {
      contactWatchers.add(tell);
      return () => void contactWatchers.delete(tell);
    },
  };
}

/** Where the hall mounts its contract, and beside it the tus endpoint. @param hall its base address */
export function roadOf(hall: string): URL {
  return new URL(`${hall.replace(/\/$/, '')}/api/v1/`);
}

/** The feed's answer with its entries unread: one entry of a newer kind must not close the whole feed. */
const LooseFeed = z.object({ entries: z.array(z.unknown()), checkpoint: z.int(), more: z.boolean(), now: Instant });

function outputOf<Output extends z.ZodType>(procedure: Procedure<z.ZodType, Output>): Output {
  const { outputSchema, route } = procedure['~orpc'];
  if (outputSchema === undefined) throw new Error(`the contract says nothing of the answer of ${route.path}`);
  return outputSchema;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A captive portal answers 200 with a web page: not the hall, and the schema says so.
    return undefined;
  }
}
