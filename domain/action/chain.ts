import { err, ok, type Result } from '../result.ts';
import { type Hash, type MachineId, NO_HASH } from '../ids.ts';
import { canonicalJson } from './canonical.ts';
import { Action, ActionBody, type ActionSigner, type ActionVerifier } from './types.ts';

/** The last action a machine made: what the next one hangs on. */
export type ChainHead = { sequence: number; hash: Hash };
export const CHAIN_START: ChainHead = { sequence: 0, hash: NO_HASH };

/** What the maker of an action says; machine, sequence and previous hash come from the chain. */
export type ActionDraft = Omit<ActionBody, 'format' | 'machine' | 'sequence' | 'previous'>;

/** Hangs a new action on the chain's head, hashes and signs it. */
export function appendAction(head: ChainHead, draft: ActionDraft, signer: ActionSigner): Action {
  const body: ActionBody = ActionBody.parse({ format: 1, ...draft, machine: signer.machine, sequence: head.sequence + 1, previous: head.hash });
  const hash = signer.sha256(canonicalJson(body));
  return { ...body, hash, signature: signer.sign(hash) };
}

/** The head after an action. */
export function headOf(action: Pick<Action, 'sequence' | 'hash'>): ChainHead {
  return { sequence: action.sequence, hash: action.hash };
}

export type ActionFault = { kind: 'malformed'; path: string } | { kind: 'bad-hash' } | { kind: 'bad-signature' };

/** Whether one action is whole and was signed by `publicKey`, whatever stands around it. */
export function checkAction(candidate: unknown, publicKey: string, verifier: ActionVerifier): Result<Action, ActionFault> {
  const parsed = Action.safeParse(candidate);
  if (!parsed.success) return err({ kind: 'malformed', path: parsed.error.issues[0]?.path.join('.') ?? '' });
  const { hash, signature, ...body } = parsed.data;
  if (verifier.sha256(canonicalJson(body)) !== hash) return err({ kind: 'bad-hash' });
  if (!verifier.verify(publicKey, hash, signature)) return err({ kind: 'bad-signature' });
  return ok(parsed.data);
}

/** Where a chain breaks. `position` is 1 for the log's first entry; `sequence` is what the entry itself claims, if it says. */
export type ChainFault = { position: number; sequence: number | null; id: string | null; fault: ActionFault | { kind: 'wrong-machine'; machine: string } | { kind: 'missing'; from: number; to: number } | { kind: 'out-of-order'; expected: number } | { kind: 'repeated' } | { kind: 'previous-differs' } | { kind: 'time-went-back' } };

export type ChainReport = { machine: MachineId; entries: number; first: number | null; head: ChainHead | null; faults: ChainFault[] };

/**
 * Checks a machine's whole log, in the order it was exported, and reports every fault with its place.
 * A deleted entry shows as `missing`, an edited one as `bad-hash` or `bad-signature`, a moved one as `out-of-order`.
 * @param key the machine's public key, or the one that vouches for an entry of a sequence
 * @param from the head that the log must continue; the chain's start for a complete log
 */
export function verifyChain(log: readonly unknown[], machine: MachineId, key: string | ((sequence: number) => string), verifier: ActionVerifier, from: ChainHead = CHAIN_START): ChainReport {
  const keyOf = typeof key === 'string' ? () => key : key;
  const faults: ChainFault[] = [];
  const seen = new Set<number>();
  let highest = from;
  let last: Action | null = null;
  let first: number | null = null;
  log.forEach((entry, index) => {
    const position = index + 1;
    const checked = checkAction(entry, keyOf(claimsOf(entry).sequence ?? 0), verifier);
    if (!checked.ok) {
      const { sequence, id } = claimsOf(entry);
      faults.push({ position, sequence, id, fault: checked.error });
      // What the entry claims still holds its place, so that one edited entry is not also reported as missing.
      if (sequence !== null && sequence === highest.sequence + 1) {
        highest = { sequence, hash: hashClaimOf(entry) };
        seen.add(sequence);
      }
      last = null;
      return;
    }
    const action = checked.value;
    const at = (fault: ChainFault['fault']) => faults.push({ position, sequence: action.sequence, id: action.id, fault });
    first ??= action.sequence;
    if (action.machine !== machine) return void at({ kind: 'wrong-machine', machine: action.machine });
    if (seen.has(action.sequence)) return void at({ kind: 'repeated' });
    seen.add(action.sequence);
    const expected = highest.sequence + 1;
    if (action.sequence < expected) return void at({ kind: 'out-of-order', expected });
    if (action.sequence > expected) at({ kind: 'missing', from: expected, to: action.sequence - 1 });
    else if (action.previous !== highest.hash) at({ kind: 'previous-differs' });
    if (last !== null && last.time.boot === action.time.boot && action.time.monotonic < last.time.monotonic) at({ kind: 'time-went-back' });
    highest = headOf(action);
    last = action;
  });
  return { machine, entries: log.length, first, head: highest.sequence === 0 ? null : highest, faults: settle(faults, seen) };
}

/** An entry that only moved is reported where it stands now, not as missing where it stood before. */
function settle(faults: ChainFault[], seen: ReadonlySet<number>): ChainFault[] {
  return faults.flatMap((entry) => {
    if (entry.fault.kind !== 'missing') return [entry];
    const gone: number[] = [];
    for (let sequence = entry.fault.from; sequence <= entry.fault.to && gone.length < 10_000; sequence += 1) if (!seen.has(sequence)) gone.push(sequence);
    const [from] = gone;
    const to = gone.at(-1);
    return from === undefined || to === undefined ? [] : [{ ...entry, fault: { kind: 'missing' as const, from, to } }];
  });
}

function claimsOf(entry: unknown): { sequence: number | null; id: string | null } {
  if (typeof entry !== 'object' || entry === null) return { sequence: null, id: null };
  const sequence = 'sequence' in entry && Number.isSafeInteger(entry.sequence) ? Number(entry.sequence) : null;
  const id = 'id' in entry && typeof entry.id === 'string' ? entry.id.slice(0, 26) : null;
  return { sequence, id };
}

function hashClaimOf(entry: unknown): Hash {
  const parsed = Action.shape.hash.safeParse(typeof entry === 'object' && entry !== null && 'hash' in entry ? entry.hash : '');
  return parsed.success ? parsed.data : NO_HASH;
}
