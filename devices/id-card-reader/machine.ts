/** Every policy of the reader, and every number of it. */
import type { CardReading, DeviceStatus } from '../../domain/contracts/devices.ts';
import { never } from '../../domain/result.ts';
import type { Phase, ReaderCommand, ReaderEffect, ReaderEvent, ReaderState } from './phases.ts';
import type { Status } from './status-codes.ts';
import { statusHex } from './status-codes.ts';
import type { ReaderFailure, ReaderReason } from './types.ts';

export type Step = { state: ReaderState; effects: ReaderEffect[] };

/**
 * Between two looks for a card, while somebody is asked for one. Kiosks poll every 300–500 ms; a find takes a few tens of them, and half of this pause is
 * what a citizen waits longer than the reader needs: a quarter of its 310 ms.
 */
const POLL = 150;
/** Between two proofs of life while nobody listens, as readers are polled in the field. */
const PROOF_OF_LIFE = 3000;
/** A module that failed its self-test or lost its authorisation needs a person; this only notices that one has been. */
const SECOND_LOOK = 60_000;
/** Back-off of openings: quick for a cable put back at once, never so slow that a caretaker waits. */
const REOPEN = [500, 1000, 2000, 3000] as const;
/** About 30 s of polls: as long as a citizen takes to pick the card up after reading. Later the next listener's looks do the same. */
const FAREWELL_LOOKS = 100;
/** A card that fails this often is not badly placed, it is damaged. */
const BAD_PLACEMENTS = 3;

/** What the reader does next, as a pure function. */
export function step(state: ReaderState, event: ReaderEvent): Step {
  switch (event.kind) {
    case 'start':
      return state.phase === 'stopped' ? open(state) : stay(state);
    case 'stop':
      return { state: { ...state, phase: 'stopped', listening: false, told: null }, effects: [{ kind: 'close' }] };
    case 'gone':
    case 'open-failed':
      return state.phase === 'stopped' ? stay(state) : lose(state, event.failure.kind === 'timeout' ? 'no-answer' : event.failure.kind === 'closed' ? 'unplugged' : event.failure.kind);
    case 'listen':
      return listen(state);
    case 'unlisten':
      return stay({ ...state, listening: false, told: null, orphaned: state.orphaned || state.phase === 'selecting' || state.phase === 'reading' });
    case 'opened':
      return send({ ...state, phase: 'asking-status' }, 'sam-status');
    case 'timer':
      return onTimer(state);
    case 'failed':
      return onFailure(state, event.failure);
    case 'identified':
      return work({ ...state, samId: event.samId, status: { kind: 'online', warnings: [] }, failedOpenings: 0 });
    case 'done':
      return onDone(state);
    case 'card-read':
      if (state.orphaned) return forget(state);
      return say(rest(afterTurn(state)), { kind: 'read', holder: event.holder, samId: state.samId ?? '' });
    case 'card-not-understood':
      if (state.orphaned) return forget(state);
      // The reader itself was content: the reason stands beside its status.
      return say(rest(afterTurn(state)), { kind: 'unrecognised', status: `90 ${event.fault.kind}` });
    default:
      return never(event);
  }
}

function onTimer(state: ReaderState): Step {
  switch (state.phase) {
    case 'waiting-to-open':
      return open(state);
    case 'resting':
      return look(state);
    case 'out-of-service':
      return send({ ...state, phase: 'asking-status' }, 'sam-status');
    default:
      // A timer that fired in the same turn as what cancelled it.
      return stay(state);
  }
}

/** The command under way ended well. */
function onDone(state: ReaderState): Step {
  switch (state.phase) {
    case 'asking-status':
      return send({ ...state, phase: 'asking-id' }, 'sam-id');
    case 'checking':
      return work(state);
    case 'finding':
      if (state.cardMustLeave) return say(rest(state), { kind: 'place-again' });
      if (!state.listening) return rest(state);
      return say(send({ ...state, phase: 'selecting' }, 'select-card'), { kind: 'reading' });
    case 'selecting':
      return state.orphaned ? forget(state) : send({ ...state, phase: 'reading' }, 'read-base');
    default:
      return stay(state);
  }
}

function onFailure(state: ReaderState, failure: ReaderFailure): Step {
  switch (failure.kind) {
    case 'cancelled':
      return stay(state);
    case 'unplugged':
      return lose(state, 'unplugged');
    case 'not-permitted':
      return lose(state, 'not-permitted');
    case 'timeout':
      return again(state) ?? lose(state, 'no-answer');
    case 'garbled':
      return again(state) ?? lose(state, 'garbled');
    case 'refused':
      return onRefusal(state, failure.status);
    default:
      return never(failure);
  }
}

function onRefusal(state: ReaderState, status: Status): Step {
  switch (status.name) {
    case 'host-checksum':
    case 'host-length':
      return again(state) ?? lose(state, 'garbled');
    case 'sam-self-test-failed':
    case 'sam-not-authorised': {
      const out = withStatus(state, { kind: 'out-of-service', reason: status.name });
      return join({ ...out.state, phase: 'out-of-service' }, out.effects, [{ kind: 'wait', milliseconds: SECOND_LOOK }]);
    }
    default:
      break;
  }
  switch (state.phase) {
    case 'finding':
      if (status.name === 'no-card') return rest({ ...state, cardMustLeave: false });
      return isVerdict(status) ? unrecognised(state, status) : (again(state) ?? rest(state));
    case 'selecting':
    case 'reading':
      if (state.orphaned) return forget(state);
      if (isVerdict(status)) return unrecognised(state, status);
      if (state.badPlacements + 1 >= BAD_PLACEMENTS) return unrecognised(state, status);
      return say(rest({ ...afterTurn(state), badPlacements: state.badPlacements + 1 }), { kind: 'place-again' });
    default:
      // A reader that refuses to say how it is does not work.
      return again(state) ?? lose(state, 'no-answer');
  }
}

/** Statuses that say the card itself will not do, however often it is placed. */
function isVerdict(status: Status): boolean {
  switch (status.name) {
    case 'card-not-authenticated':
    case 'reader-not-authenticated':
    case 'information-not-verified':
    case 'wrong-card':
    case 'no-content':
      return true;
    default:
      return false;
  }
}

function unrecognised(state: ReaderState, status: Status): Step {
  return say(rest(afterTurn(state)), { kind: 'unrecognised', status: statusHex(status) });
}

/** A card had its turn and nobody is told. */
function forget(state: ReaderState): Step {
  return rest(afterTurn({ ...state, orphaned: false }));
}

function afterTurn(state: ReaderState): ReaderState {
  return { ...state, cardMustLeave: true, farewellLooks: FAREWELL_LOOKS };
}

function listen(state: ReaderState): Step {
  const listener: ReaderState = { ...state, listening: true, told: null, badPlacements: 0 };
  if (state.status.kind !== 'online') return say(stay(listener), { kind: 'unavailable', status: state.status });
  const placed = say(stay(listener), { kind: 'place-card' });
  if (state.phase !== 'resting') return placed;
  const looking = look(placed.state);
  return join(looking.state, placed.effects, looking.effects);
}

/** After opening or a proof of life: to the listener's card at once, else to rest. */
function work(state: ReaderState): Step {
  return state.listening ? look(state) : rest(state);
}

function look(state: ReaderState): Step {
  if (state.listening) return send({ ...state, phase: 'finding' }, 'find-card');
  if (state.cardMustLeave && state.farewellLooks > 0) return send({ ...state, phase: 'finding', farewellLooks: state.farewellLooks - 1 }, 'find-card');
  return send({ ...state, phase: 'checking' }, 'sam-status');
}

function rest(state: ReaderState): Step {
  const polling = state.listening || (state.cardMustLeave && state.farewellLooks > 0);
  return join({ ...state, phase: 'resting' }, [{ kind: 'wait', milliseconds: polling ? POLL : PROOF_OF_LIFE }]);
}

function open(state: ReaderState): Step {
  return join({ ...state, phase: 'opening' }, [{ kind: 'open' }]);
}

function send(state: ReaderState, command: ReaderCommand): Step {
  return join({ ...state, secondTry: false }, [{ kind: 'send', command }]);
}

const COMMAND_OF: Partial<Record<Phase, ReaderCommand>> = {
  'asking-status': 'sam-status',
  'asking-id': 'sam-id',
  checking: 'sam-status',
  finding: 'find-card',
  selecting: 'select-card',
  reading: 'read-base',
};

/** Sends the command under way once more; null when that was done already. */
function again(state: ReaderState): Step | null {
  const command = COMMAND_OF[state.phase];
  if (command === undefined || state.secondTry) return null;
  return join({ ...state, secondTry: true }, [{ kind: 'send', command }]);
}

function lose(state: ReaderState, reason: ReaderReason): Step {
  const lost = withStatus(state, { kind: 'offline', reason });
  const wait = REOPEN[Math.min(state.failedOpenings, REOPEN.length - 1)] ?? REOPEN[0];
  return join({ ...lost.state, phase: 'waiting-to-open', orphaned: false, failedOpenings: state.failedOpenings + 1 }, lost.effects, [{ kind: 'close' }, { kind: 'wait', milliseconds: wait }]);
}

/** A reader that stops working ends the reading. */
function withStatus(state: ReaderState, status: DeviceStatus): Step {
  return say(stay({ ...state, status }), { kind: 'unavailable', status });
}

/** Tells the listener, who has heard the last of this reading when it is terminal. */
function say(so: Step, reading: CardReading): Step {
  const { state } = so;
  if (!state.listening || state.told === reading.kind) return so;
  const last = reading.kind === 'read' || reading.kind === 'unrecognised' || reading.kind === 'unavailable';
  return join({ ...state, listening: !last, told: last ? null : reading.kind }, so.effects, [{ kind: 'tell', reading }]);
}

function stay(state: ReaderState): Step {
  return { state, effects: [] };
}

function join(state: ReaderState, ...effects: ReaderEffect[][]): Step {
  return { state, effects: effects.flat() };
}
