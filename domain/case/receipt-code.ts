/** The text in the QR of a hand-in receipt: lets any terminal or window find the case, and anybody check what was handed in. */

/** Version of the form, so that a later one can be told apart. */
const PREFIX = 'JINBAN1';

/**
 * `JINBAN1:TOKEN:HASH`, all in the letters of QR's alphanumeric mode (ISO/IEC 18004 §7.3.4), which makes a coarse code that cheap
 * scanners read. Holds neither name nor identity number.
 */
export function receiptCode(token: string, actionHash: string): string {
  return `${PREFIX}:${token.toUpperCase()}:${actionHash.toUpperCase()}`;
}

/** Inverse of `receiptCode`; null for any other text. */
export function readReceiptCode(text: string): { token: string; actionHash: string } | null {
  const [prefix, token, actionHash, ...rest] = text.trim().split(':');
  if (prefix !== PREFIX || !token || !actionHash || rest.length > 0) return null;
  return { token, actionHash: actionHash.toLowerCase() };
}
