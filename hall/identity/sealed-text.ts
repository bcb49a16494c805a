import { createHmac, hkdfSync } from 'node:crypto';
import { seal, unseal } from '../../crypto/seal.ts';
import type { Ground } from '../ground.ts';

/** What texts are sealed for. Each has a key of its own, made from the hall's. */
type Purpose = 'messages' | 'ratings' | 'sms' | 'surveys' | 'appointments' | 'slips';

/**
 * Seals a short text for its column: whoever reads the database or a copy of it without the hall's keys reads nothing.
 * @param context which row it stands in; put into another, it does not open
 */
export function sealText(ground: Pick<Ground, 'wrapping'>, purpose: Purpose, context: string, text: string): string {
  return Buffer.from(seal(keyFor(ground, purpose), context, Buffer.from(text))).toString('base64');
}

/** @throws when it was not sealed so: the row was changed from outside, or the hall has another key */
export function openText(ground: Pick<Ground, 'wrapping'>, purpose: Purpose, context: string, sealed: string): string {
  const opened = unseal(keyFor(ground, purpose), context, Buffer.from(sealed, 'base64'));
  if (!opened.ok) throw new Error(`a sealed text of ${purpose} does not open`);
  return Buffer.from(opened.value).toString('utf8');
}

/** A hash that only this hall can make, hex. */
export function keyedHash(ground: Pick<Ground, 'wrapping'>, purpose: Purpose, text: string): string {
  return createHmac('sha256', keyFor(ground, purpose)).update(text).digest('hex');
}

function keyFor({ wrapping }: Pick<Ground, 'wrapping'>, purpose: Purpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(wrapping.privateKey, 'base64'), '', `jinban-hall-${purpose}-1`, 32));
}
