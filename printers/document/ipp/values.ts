/**
 * IPP's numbers: operations, groups, value syntaxes, states. Sources: RFC 8010 §3.5 (tags), RFC 8011 §5.2.15 (operations),
 * §5.3.7 (job-state), §5.4.11 (printer-state), Appendix B.1 (status codes). Only operations we send or our tests speak are named.
 */

export const OPERATION = {
  'Print-Job': 0x0002,
  'Validate-Job': 0x0004,
  'Cancel-Job': 0x0008,
  'Get-Job-Attributes': 0x0009,
  'Get-Jobs': 0x000a,
  'Get-Printer-Attributes': 0x000b,
} as const;
export type Operation = keyof typeof OPERATION;

/** Status codes below this are successes (RFC 8011 Appendix B.1). */
export const FIRST_ERROR = 0x0400;

export const STATUS = {
  'successful-ok': 0x0000,
  'client-error-not-possible': 0x0404,
  'client-error-not-found': 0x0406,
  'client-error-document-format-not-supported': 0x040a,
  'server-error-service-unavailable': 0x0502,
  'server-error-not-accepting-jobs': 0x0506,
  'server-error-busy': 0x0507,
} as const;

export const GROUP = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04, unsupported: 0x05 } as const;

/** job-state (RFC 8011 §5.3.7). */
export const JOB_STATE = { pending: 3, 'pending-held': 4, processing: 5, 'processing-stopped': 6, canceled: 7, aborted: 8, completed: 9 } as const;
export type JobState = keyof typeof JOB_STATE;

/** printer-state (RFC 8011 §5.4.11). */
export const PRINTER_STATE = { idle: 3, processing: 4, stopped: 5 } as const;
export type PrinterState = keyof typeof PRINTER_STATE;

export function jobState(value: number): JobState | null {
  return nameOf(JOB_STATE, value);
}

export function printerState(value: number): PrinterState | null {
  return nameOf(PRINTER_STATE, value);
}

function nameOf<Name extends string>(table: Record<Name, number>, value: number): Name | null {
  return (Object.keys(table) as Name[]).find((name) => table[name] === value) ?? null;
}

/** Value syntaxes that are octets with a meaning of text: name and tag (RFC 8010 §3.5.2, §3.9). */
export const TEXT_TAGS = {
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  uriScheme: 0x46,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
} as const;

/** Out-of-band values: the attribute is there, its value is not (RFC 8010 §3.5.2, RFC 3380 §8). */
export const OUT_OF_BAND_TAGS = {
  unsupported: 0x10,
  unknown: 0x12,
  'no-value': 0x13,
  'not-settable': 0x15,
  'delete-attribute': 0x16,
  'admin-define': 0x17,
} as const;

export const TAG = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  begCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  memberAttrName: 0x4a,
} as const;
