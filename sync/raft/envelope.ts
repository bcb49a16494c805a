/**
 * What one machine of a site says to one other: sealed for it, so that numbers, accounts and notes are nobody else's on the network, and signed, so that it is certain who said it.
 *
 * The key is drawn anew for each road of each life of a process and wrapped for the receiver (X25519, `crypto/seal.ts`); the body is `base64(AES-256-GCM)`. Who answers knows the key, and so is the one it was
 * wrapped for: an answer needs no signature.
 */
import type { ActionSigner, ActionVerifier } from '../../domain/action/types.ts';
import type { Hash, MachineId } from '../../domain/ids.ts';
import { generateSealKey, seal, unseal, unwrapKey, wrapKey, type WrappingKeyPair } from '../../crypto/seal.ts';
import type { Member } from './group.ts';

export type Packed = { body: string; headers: Record<string, string> };

/** Everything that goes to one machine of one group. */
export type OutgoingRoad = {
  pack(text: string): Packed;
  /** @param sequence of what was asked @returns null: not from the one that was asked, or changed on the way */
  openAnswer(body: string, sequence: number): string | null;
};

export function outgoingRoad(group: Hash, signer: ActionSigner, to: Pick<Member, 'machine' | 'sealKey'>): OutgoingRoad {
  const context = contextOf(group, signer.machine, to.machine);
  const key = generateSealKey();
  const wrapped = wrapKey(to.sealKey, context, key);
  const word = `${wrapped.ephemeral}.${wrapped.sealed}`;
  return {
    pack(text) {
      const body = Buffer.from(seal(key, context, Buffer.from(text))).toString('base64');
      const signature = signer.sign(signer.sha256(signedText(context, word, body)));
      return { body, headers: { 'content-type': 'text/plain', 'jinban-group': group, 'jinban-from': signer.machine, 'jinban-key': word, 'jinban-signature': signature } };
    },
    openAnswer: (body, sequence) => opened(key, answerContext(context, sequence), body),
  };
}

/** @property key that its sender wrapped for this road; an answer is sealed with it */
export type Incoming = { text: string; key: Uint8Array; context: string };

/** @returns why not: `wrong-signature` for anybody but the member it names, `unreadable` for a member that sealed it for somebody else, or not at all */
export function createReader(me: MachineId, sealKeys: WrappingKeyPair, verifier: ActionVerifier): (group: Hash, from: Pick<Member, 'machine' | 'publicKey'>, packed: Packed) => Incoming | 'wrong-signature' | 'unreadable' {
  /** By sender, the last: unwrapping costs as much as all the rest. */
  const unwrapped = new Map<string, { word: string; key: Uint8Array }>();
  return (group, from, { body, headers }) => {
    const context = contextOf(group, from.machine, me);
    const word = headers['jinban-key'] ?? '';
    if (!verifier.verify(from.publicKey, verifier.sha256(signedText(context, word, body)), headers['jinban-signature'] ?? '')) return 'wrong-signature';
    const known = unwrapped.get(context);
    const key = known?.word === word ? known.key : unwrap(sealKeys, context, word);
    if (key === null) return 'unreadable';
    const text = opened(key, context, body);
    if (text === null) return 'unreadable';
    unwrapped.set(context, { word, key });
    return { text, key, context };
  };
}

export function sealAnswer({ key, context }: Incoming, sequence: number, text: string): string {
  return Buffer.from(seal(key, answerContext(context, sequence), Buffer.from(text))).toString('base64');
}

/** For one list, from one machine to one other, so that a message fits nowhere else. */
function contextOf(group: Hash, from: MachineId, to: MachineId): string {
  return `jinban-site-2 ${group} ${from} ${to}`;
}

function answerContext(context: string, sequence: number): string {
  return `${context} answer ${sequence}`;
}

function signedText(context: string, word: string, body: string): string {
  return [context, word, body].join('\n');
}

/** null: not wrapped for this machine. */
function unwrap(sealKeys: WrappingKeyPair, context: string, word: string): Uint8Array | null {
  const [ephemeral = '', sealed = ''] = word.split('.');
  const key = unwrapKey(sealKeys, context, { ephemeral, sealed });
  return key.ok ? key.value : null;
}

function opened(key: Uint8Array, context: string, body: string): string | null {
  const plain = unseal(key, context, Buffer.from(body, 'base64'));
  return plain.ok ? Buffer.from(plain.value).toString('utf8') : null;
}
