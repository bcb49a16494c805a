/**
 * Status of a reader's answer: its third status byte, SW3. SW1 and SW2 come from the card and are normally 00; only status 31 is
 * known to carry others. Source: SAM_V communication protocol (GA 467), status table.
 */
const STATUSES = {
  0x90: 'success',
  /** Answer to find-card alone; data is the card's 4-byte IIN. */
  0x9f: 'card-found',
  0x80: 'no-card',
  0x81: 'select-failed',
  0x41: 'read-failed',
  /** The card has no such content, for example no appended address. */
  0x91: 'no-content',
  /** The host's frame had a wrong checksum. */
  0x10: 'host-checksum',
  /** The host's frame had a wrong length. */
  0x11: 'host-length',
  0x21: 'unknown-command',
  0x24: 'unrecognisable-error',
  /** The card did not authenticate itself to the reader. */
  0x31: 'card-not-authenticated',
  /** The reader did not authenticate itself to the card. */
  0x32: 'reader-not-authenticated',
  /** The card's information fails its verification: damaged or forged. */
  0x33: 'information-not-verified',
  0x40: 'wrong-card',
  0x47: 'random-failed',
  0x60: 'sam-self-test-failed',
  0x66: 'sam-not-authorised',
} as const;

export type StatusName = (typeof STATUSES)[keyof typeof STATUSES] | 'unknown';
/** `code` is SW3; `card` is SW1 and SW2 as one number, for the log. */
export type Status = { name: StatusName; code: number; card: number };

export const STATUS_CODES: readonly { code: number; name: StatusName }[] = Object.entries(STATUSES).map(([code, name]) => ({ code: Number(code), name }));

export function statusOf(sw1: number, sw2: number, sw3: number): Status {
  return { name: (STATUSES as Record<number, StatusName>)[sw3] ?? 'unknown', code: sw3, card: sw1 * 256 + sw2 };
}

/** SW3 as two upper-case hex digits, as technicians and vendors write it. */
export function statusHex(status: Status): string {
  return status.code.toString(16).toUpperCase().padStart(2, '0');
}
