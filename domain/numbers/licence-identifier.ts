import { err, ok, type Result } from '../result.ts';
import { mod37Check } from './check/mod-37-36.ts';
import { normaliseNumber, type NumberFault } from './fault.ts';

/** OID root of 电子证照 in GB/T 36904. */
export const LICENCE_ROOT = '1.2.156.3005.2';

/** 电子证照标识 taken apart. `type`: credit code of the defining body and 3 digits. `issuer`: credit code, or a division code as some print. */
export type LicenceIdentifier = { text: string; type: string; issuer: string; serial: string; version: string };

const PARTS = /^([0-9A-Z]{21})\.([0-9A-Z]{18}|\d{6})\.([0-9A-Z]{1,40})\.(\d{3})\.([0-9A-Z])$/;

/**
 * GB/T 36904-2018: root, licence type 21, issuer, serial, version 3, check MOD 37,36 over all parts without root and dots.
 * The credit codes inside are not checked again: historic issuers have bad ones, and the check covers them.
 * @param value as typed or from a QR
 */
export function licenceIdentifier(value: string): Result<LicenceIdentifier, NumberFault> {
  const text = normaliseNumber(value);
  if (!text.startsWith(`${LICENCE_ROOT}.`)) return err({ kind: 'bad-prefix' });
  const match = PARTS.exec(text.slice(LICENCE_ROOT.length + 1));
  if (match === null) return err({ kind: 'bad-character', at: firstBad(text) });
  const [, type = '', issuer = '', serial = '', version = '', check] = match;
  return mod37Check(type + issuer + serial + version) === check ? ok({ text, type, issuer, serial, version }) : err({ kind: 'bad-check' });
}

/** The first character no part may have, or the text's end when only the cut is wrong. */
function firstBad(text: string): number {
  const at = text.search(/[^0-9A-Z.]/);
  return at < 0 ? text.length : at;
}

/** Writes the identifier of a licence. @param parts.version 1 … 999 */
export function makeLicenceIdentifier(parts: { type: string; issuer: string; serial: string; version: number }): string {
  const version = String(parts.version).padStart(3, '0');
  const text = [LICENCE_ROOT, parts.type, parts.issuer, parts.serial, version, mod37Check(parts.type + parts.issuer + parts.serial + version)].join('.');
  if (!licenceIdentifier(text).ok) throw new RangeError('parts that make no licence identifier');
  return text;
}
