import { createHmac } from 'node:crypto';

/**
 * What the site's queue knows of who holds a number (decision 0039): HMAC-SHA-256 over the day and the number of the card or the mobile telephone, under a key that only the machines of the site have. The
 * same person has another one every day, and nobody without the key can find the number by trying them all.
 * @param holderKey 32 bytes, base64
 * @param day civil date of the queue
 * @returns lower-case hex
 */
export function queueHolder(holderKey: string, day: string, number: string): string {
  return createHmac('sha256', Buffer.from(holderKey, 'base64')).update(day + number.toUpperCase(), 'utf8').digest('hex');
}
