import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CardReading } from '../../domain/contracts/devices.ts';
import { step } from './machine.ts';
import type { Phase, ReaderEffect, ReaderEvent, ReaderState } from './phases.ts';
import { INITIAL } from './phases.ts';
import { PRESETS } from './presets.ts';
import { STATUS_CODES, statusOf } from './status-codes.ts';

const refused = (code: number): ReaderEvent => ({ kind: 'failed', failure: { kind: 'refused', status: statusOf(0, 0, code) } });
const NO_CARD = refused(0x80);
const TIMEOUT: ReaderEvent = { kind: 'failed', failure: { kind: 'timeout' } };
const GARBLED: ReaderEvent = { kind: 'failed', failure: { kind: 'garbled', why: 'bad-checksum' } };
const DONE: ReaderEvent = { kind: 'done' };
const TIMER: ReaderEvent = { kind: 'timer' };
const LISTEN: ReaderEvent = { kind: 'listen' };
const GONE: ReaderEvent = { kind: 'gone', failure: { kind: 'unplugged' } };
const IDENTIFIED: ReaderEvent = { kind: 'identified', samId: 'SAM' };
const READ: ReaderEvent = { kind: 'card-read', holder: PRESETS.zhang };
const START: ReaderEvent[] = [{ kind: 'start' }, { kind: 'opened' }, DONE, IDENTIFIED];

/** Plays events; keeps the effects of the last one and everything that was told. */
function play(...events: ReaderEvent[]): { state: ReaderState; effects: ReaderEffect[]; told: CardReading[] } {
  let state = INITIAL;
  let effects: ReaderEffect[] = [];
  const told: CardReading[] = [];
  for (const event of events) {
    ({ state, effects } = step(state, event));
    for (const effect of effects) if (effect.kind === 'tell') told.push(effect.reading);
  }
  return { state, effects, told };
}
const sends = (command: string): ReaderEffect[] => [{ kind: 'send', command } as ReaderEffect];

describe('connecting', () => {
  test('opens, asks how the module is and who it is, and rests', () => {
    expect(play({ kind: 'start' }).effects).toEqual([{ kind: 'open' }]);
    expect(play(...START.slice(0, 2)).effects).toEqual(sends('sam-status'));
    expect(play(...START.slice(0, 3)).effects).toEqual(sends('sam-id'));
    const { state, effects } = play(...START);
    expect(state).toMatchObject({ phase: 'resting', status: { kind: 'online', warnings: [] }, samId: 'SAM' });
    expect(effects).toEqual([{ kind: 'wait', milliseconds: 3000 }]);
  });

  test('backs off while it cannot open, and starts quickly again once it worked', () => {
    const waits: number[] = [];
    let { state } = play({ kind: 'start' });
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const lost = step(state, { kind: 'open-failed', failure: { kind: 'unplugged' } });
      expect(lost.state.status).toEqual({ kind: 'offline', reason: 'unplugged' });
      for (const effect of lost.effects) if (effect.kind === 'wait') waits.push(effect.milliseconds);
      const retried = step(lost.state, TIMER);
      expect(retried.effects).toEqual([{ kind: 'open' }]);
      state = retried.state;
    }
    expect(waits).toEqual([500, 1000, 2000, 3000, 3000, 3000]);
    for (const event of START.slice(1)) state = step(state, event).state;
    expect(step(state, GONE).effects).toContainEqual({ kind: 'wait', milliseconds: 500 });
  });

  test.each([
    ['not-permitted', 'not-permitted'],
    ['timeout', 'no-answer'],
    ['unplugged', 'unplugged'],
  ] as const)('a wire that fails with %s is offline: %s', (kind, reason) => {
    expect(play({ kind: 'start' }, { kind: 'open-failed', failure: { kind } }).state.status).toEqual({ kind: 'offline', reason });
  });

  test.each([
    [0x60, 'sam-self-test-failed'],
    [0x66, 'sam-not-authorised'],
  ])('status %i is out of service, looked at again after a minute', (code, reason) => {
    const out = play(...START.slice(0, 2), refused(code));
    expect(out.state).toMatchObject({ phase: 'out-of-service', status: { kind: 'out-of-service', reason } });
    expect(out.effects).toEqual([{ kind: 'wait', milliseconds: 60_000 }]);
    const again = step(out.state, TIMER);
    expect(again.effects).toEqual(sends('sam-status'));
    expect(step(step(again.state, DONE).state, IDENTIFIED).state.status.kind).toBe('online');
  });

  test('proof of life: silence twice is offline, once is not', () => {
    const checking = play(...START, TIMER);
    expect(checking.effects).toEqual(sends('sam-status'));
    const second = step(checking.state, TIMEOUT);
    expect(second.effects).toEqual(sends('sam-status'));
    expect(step(second.state, DONE).state).toMatchObject({ phase: 'resting', status: { kind: 'online' } });
    const lost = step(second.state, TIMEOUT);
    expect(lost.state.status).toEqual({ kind: 'offline', reason: 'no-answer' });
    expect(lost.effects.map((effect) => effect.kind)).toEqual(['close', 'wait']);
  });
});

describe('reading', () => {
  test('polls only for a listener, silently while there is no card, then finds, selects and reads', () => {
    expect(play(...START, LISTEN).effects).toEqual([{ kind: 'tell', reading: { kind: 'place-card' } }, ...sends('find-card')]);
    expect(play(...START, LISTEN, NO_CARD).effects).toEqual([{ kind: 'wait', milliseconds: 150 }]);
    expect(play(...START, LISTEN, NO_CARD, TIMER).effects).toEqual(sends('find-card'));
    expect(play(...START, LISTEN, NO_CARD, TIMER, DONE).effects).toEqual([...sends('select-card'), { kind: 'tell', reading: { kind: 'reading' } }]);
    expect(play(...START, LISTEN, DONE, DONE).effects).toEqual(sends('read-base'));
    const read = play(...START, LISTEN, NO_CARD, TIMER, DONE, DONE, READ);
    expect(read.told).toEqual([{ kind: 'place-card' }, { kind: 'reading' }, { kind: 'read', holder: PRESETS.zhang, samId: 'SAM' }]);
    expect(read.state.listening).toBe(false);
  });

  test.each([0x81, 0x41, 0x24, 0x47])('status %i while selecting: place again; the card counts again after it has left', (code) => {
    const again = play(...START, LISTEN, DONE, refused(code));
    expect(again.told.at(-1)).toEqual({ kind: 'place-again' });
    const still = play(...START, LISTEN, DONE, refused(code), TIMER, DONE);
    expect(still.told.at(-1)).toEqual({ kind: 'place-again' });
    expect(still.state.phase).toBe('resting');
    const placed = play(...START, LISTEN, DONE, refused(code), TIMER, DONE, TIMER, NO_CARD, TIMER, DONE, DONE, READ);
    expect(placed.told.map((reading) => reading.kind)).toEqual(['place-card', 'reading', 'place-again', 'reading', 'read']);
  });

  test('a card that fails three times is damaged', () => {
    const turn = [TIMER, NO_CARD, TIMER, DONE, refused(0x41)];
    const out = play(...START, LISTEN, DONE, refused(0x41), ...turn, ...turn);
    expect(out.told.at(-1)).toEqual({ kind: 'unrecognised', status: '41' });
    expect(out.state.listening).toBe(false);
  });

  test.each([0x31, 0x32, 0x33, 0x40, 0x91])('status %i is unrecognised at once', (code) => {
    for (const before of [[DONE], [DONE, DONE]]) {
      const out = play(...START, LISTEN, ...before, refused(code));
      expect(out.told.at(-1)).toEqual({ kind: 'unrecognised', status: code.toString(16) });
      expect(out.state).toMatchObject({ phase: 'resting', listening: false, cardMustLeave: true });
    }
  });

  test('a text block that is no holder is unrecognised with the reason, not with the text', () => {
    const out = play(...START, LISTEN, DONE, DONE, { kind: 'card-not-understood', fault: { kind: 'unsupported-card', flag: '005a' } });
    expect(out.told.at(-1)).toEqual({ kind: 'unrecognised', status: '90 unsupported-card' });
  });

  test.each([
    ['10', refused(0x10)],
    ['11', refused(0x11)],
    ['a damaged answer', GARBLED],
  ])('%s: the command goes out once more, then the reader is reconnected', (_, failure) => {
    const again = play(...START, LISTEN, DONE, DONE, failure);
    expect(again.effects).toEqual(sends('read-base'));
    expect(step(again.state, READ).effects).toContainEqual({ kind: 'tell', reading: { kind: 'read', holder: PRESETS.zhang, samId: 'SAM' } });
    const lost = play(...START, LISTEN, DONE, DONE, failure, failure);
    expect(lost.told.at(-1)).toEqual({ kind: 'unavailable', status: { kind: 'offline', reason: 'garbled' } });
  });

  test.each([
    [0x60, 'sam-self-test-failed'],
    [0x66, 'sam-not-authorised'],
  ])('status %i in the middle ends the reading', (code, reason) => {
    expect(play(...START, LISTEN, refused(code)).told.at(-1)).toEqual({ kind: 'unavailable', status: { kind: 'out-of-service', reason } });
  });

  test('unplugging in the middle ends the reading; after the re-plug the same card is read', () => {
    const out = play(...START, LISTEN, DONE, DONE, GONE);
    expect(out.told.at(-1)).toEqual({ kind: 'unavailable', status: { kind: 'offline', reason: 'unplugged' } });
    const replugged = play(...START, LISTEN, DONE, DONE, GONE, TIMER, { kind: 'opened' }, DONE, IDENTIFIED, LISTEN, DONE, DONE, READ);
    expect(replugged.told.at(-1)?.kind).toBe('read');
  });

  test('whoever listens to a reader that does not work is told so at once', () => {
    expect(play({ kind: 'start' }, LISTEN).told).toEqual([{ kind: 'unavailable', status: { kind: 'offline', reason: 'starting' } }]);
  });

  test('a command that the reader does not know is tried twice, and polling goes on', () => {
    const out = play(...START, LISTEN, refused(0x21), refused(0x21));
    expect(out.state.phase).toBe('resting');
    expect(out.effects).toEqual([{ kind: 'wait', milliseconds: 150 }]);
  });
});

describe('the card of the one before', () => {
  const first = [...START, LISTEN, DONE, DONE, READ];

  test('a card left lying is not read for the next person until it has been lifted', () => {
    const next = play(...first, LISTEN, DONE);
    expect(next.told.slice(-2).map((reading) => reading.kind)).toEqual(['place-card', 'place-again']);
    expect(play(...first, LISTEN, DONE, TIMER, NO_CARD, TIMER, DONE).effects).toContainEqual({ kind: 'send', command: 'select-card' });
  });

  test('after a reading the field is looked at until it is empty, then no more', () => {
    const looking = play(...first, TIMER);
    expect(looking.effects).toEqual(sends('find-card'));
    const left = step(looking.state, NO_CARD);
    expect(left.effects).toEqual([{ kind: 'wait', milliseconds: 3000 }]);
    expect(step(left.state, TIMER).effects).toEqual(sends('sam-status'));
  });

  test('a card that never leaves is looked at a hundred times', () => {
    let { state } = play(...first);
    let looks = 0;
    for (let turn = 0; turn < 150; turn += 1) {
      const looked = step(state, TIMER);
      if (looked.effects.some((effect) => effect.kind === 'send' && effect.command === 'find-card')) looks += 1;
      state = step(looked.state, DONE).state;
    }
    expect(looks).toBe(100);
    expect(state.cardMustLeave).toBe(true);
  });

  test('the rule survives a re-plug', () => {
    const next = play(...first, GONE, TIMER, { kind: 'opened' }, DONE, IDENTIFIED, LISTEN, DONE);
    expect(next.told.at(-1)).toEqual({ kind: 'place-again' });
  });

  test.each([
    ['read', READ],
    ['refused', refused(0x41)],
    ['unrecognised', refused(0x33)],
  ])('a card under way when its person left is %s for nobody', (_, outcome) => {
    const out = play(...START, LISTEN, DONE, DONE, { kind: 'unlisten' }, LISTEN, outcome);
    expect(out.told.map((reading) => reading.kind)).toEqual(['place-card', 'reading', 'place-card']);
    expect(out.state).toMatchObject({ phase: 'resting', listening: true, cardMustLeave: true, orphaned: false });
  });

  test('a card only selected when its person left is not read at all', () => {
    const out = play(...START, LISTEN, DONE, { kind: 'unlisten' }, DONE);
    expect(out.effects).toEqual([{ kind: 'wait', milliseconds: 150 }]);
    expect(out.state.cardMustLeave).toBe(true);
  });
});

describe('any order of events', () => {
  const event: fc.Arbitrary<ReaderEvent> = fc.oneof(
    fc.constantFrom<ReaderEvent>(LISTEN, { kind: 'unlisten' }, GONE),
    fc.constantFrom(...STATUS_CODES.map(({ code }) => refused(code)), refused(0x07)),
    fc.constantFrom<ReaderEvent>(TIMEOUT, GARBLED, { kind: 'card-not-understood', fault: { kind: 'bad-number', fault: { kind: 'bad-check' } } }),
  );
  /** What can really come next: an answer only to a command, a timer only when one was set. */
  const WAITS: Partial<Record<Phase, ReaderEvent>> = { resting: TIMER, 'waiting-to-open': TIMER, 'out-of-service': TIMER, opening: { kind: 'opened' }, 'asking-id': IDENTIFIED, reading: READ };
  const ASYNC = new Set(['listen', 'unlisten', 'gone']);

  test('there is always exactly one thing to wait for, and a reading ends once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.boolean()), { maxLength: 80 }), (turns) => {
        let { state } = play(...START);
        let open = false;
        for (const [random, natural] of turns) {
          const usual = WAITS[state.phase] ?? DONE;
          const waiting = usual.kind === 'timer' || usual.kind === 'opened';
          const fits = ASYNC.has(random.kind) || (!waiting && (random.kind !== 'card-not-understood' || state.phase === 'reading'));
          const next = natural || !fits ? usual : random;
          if (next.kind === 'listen') open = true;
          const { state: after, effects } = step(state, next);
          const started = effects.filter((effect) => effect.kind === 'send' || effect.kind === 'wait' || effect.kind === 'open');
          expect(started.length).toBeLessThanOrEqual(1);
          if (!ASYNC.has(next.kind)) expect(started).toHaveLength(1);
          const tells = effects.filter((effect) => effect.kind === 'tell');
          expect(tells.length).toBeLessThanOrEqual(1);
          for (const { reading } of tells) {
            expect(open).toBe(true);
            if (['read', 'unrecognised', 'unavailable'].includes(reading.kind)) open = false;
          }
          if (next.kind === 'unlisten') open = false;
          expect(after.listening).toBe(open);
          if (after.phase === 'resting') expect(after.status.kind).toBe('online');
          state = after;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('stopping closes and nothing starts again', () => {
    const stopped = play(...START, LISTEN, { kind: 'stop' });
    expect(stopped.effects).toEqual([{ kind: 'close' }]);
    for (const after of [TIMER, GONE, DONE, { kind: 'open-failed', failure: { kind: 'closed' } } as const]) {
      expect(step(stopped.state, after).effects).toEqual([]);
    }
  });
});
