import { hashPassword, type HashCost } from '../../crypto/passwords.ts';
import { BookingHolder } from '../../domain/contracts/appointments.ts';
import { maskName, maskNumber, maskPhone } from '../../domain/masking.ts';
import { identityNumber } from '../../domain/numbers/identity-number.ts';
import { phone as readPhone } from '../../domain/numbers/phone.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import { keyedHash, openText, sealText } from '../identity/sealed-text.ts';

/**
 * What one guess costs whoever took a terminal's list: 32 MB and some 65 ms. A terminal tries the few appointments whose check-in is open, a second for twenty of them (decision 0040).
 */
const CHECK_COST: HashCost = { ln: 15, r: 8, p: 1 };

export type HolderFault = { kind: 'no-holder' | 'bad-card' | 'bad-phone' };

/** The numbers as they are compared: a card's with a capital X, a phone's without what stands around it. */
export function readHolder({ name, card, phone }: BookingHolder): Result<BookingHolder, HolderFault> {
  if (card === '' && phone === '') return err({ kind: 'no-holder' });
  const number = card === '' ? null : identityNumber(card);
  if (number?.ok === false) return err({ kind: 'bad-card' });
  const mobile = phone === '' ? null : readPhone(phone);
  if (mobile !== null && (!mobile.ok || mobile.value.line !== 'mobile')) return err({ kind: 'bad-phone' });
  return ok({ name, card: number?.value.number ?? '', phone: mobile?.ok === true ? mobile.value.number : '' });
}

/** Whose it is, where the card is known by that, else by the phone: a family shares a phone, and nobody a card. */
export function personKey(ground: Pick<Ground, 'wrapping'>, { card, phone }: Pick<BookingHolder, 'card' | 'phone'>): string {
  return keyedHash(ground, 'appointments', card === '' ? `phone/${phone}` : `card/${card}`);
}

/** Slow on purpose; made before the transaction that it is written in. */
export async function checksOf({ card, phone }: Pick<BookingHolder, 'card' | 'phone'>): Promise<string[]> {
  return Promise.all([card, phone].filter((number) => number !== '').map((number) => hashPassword(number, CHECK_COST)));
}

export function sealHolder(ground: Pick<Ground, 'wrapping'>, id: string, holder: BookingHolder): string {
  return sealText(ground, 'appointments', `appointment/${id}`, JSON.stringify(holder));
}

/** null: it was forgotten */
export function openHolder(ground: Pick<Ground, 'wrapping'>, { id, holder }: { id: string; holder: string }): BookingHolder | null {
  return holder === '' ? null : BookingHolder.parse(JSON.parse(openText(ground, 'appointments', `appointment/${id}`, holder)));
}

/** For lists: enough to know whoever stands there, too little to copy. */
export function maskHolder(holder: BookingHolder | null): BookingHolder {
  return holder === null ? { name: '', card: '', phone: '' } : { name: maskName(holder.name), card: holder.card === '' ? '' : maskNumber(holder.card, 'account'), phone: holder.phone === '' ? '' : maskPhone(holder.phone) };
}
