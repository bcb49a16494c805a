/**
 * How a stream of bytes stands in HID reports. The USB HID class fixes only that reports of one id have one length; what is within is
 * the vendor's, so it is configuration. All lengths are bytes and do not count the report id.
 */
export type HidFraming = {
  /** 1–255, or 0 for a device whose reports are not numbered. */
  reportId: number;
  /** Of one report, 1–1024; 63 behind an id and 64 without one fill a full-speed packet. */
  reportLength: number;
  /**
   * Where the length of the payload stands: at the front of each report, or nowhere. Without one the padding is part of the stream:
   * for protocols that resynchronise, or that take a report whole.
   */
  payloadLength: 'none' | 'one-byte' | 'two-bytes-big-endian';
  /** What fills the rest of a report. */
  padding: number;
  /** How the host sends: as output reports, or as feature reports, which devices without an output endpoint take. */
  sendAs: 'output-report' | 'feature-report';
};

const LENGTH_BYTES = { none: 0, 'one-byte': 1, 'two-bytes-big-endian': 2 } as const satisfies Record<HidFraming['payloadLength'], number>;
const MOST = { none: 1024, 'one-byte': 0xff, 'two-bytes-big-endian': 0xffff } as const satisfies Record<HidFraming['payloadLength'], number>;

/** How many bytes of a stream one report takes. @throws RangeError for a framing that no report can have */
export function payloadRoom(framing: HidFraming): number {
  const { reportId, reportLength, payloadLength, padding } = framing;
  const within = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  if (!within(reportId, 0, 255) || !within(padding, 0, 255)) throw new RangeError('report id and padding are bytes');
  if (!within(reportLength, LENGTH_BYTES[payloadLength] + 1, 1024)) throw new RangeError('a report of this length has no room for a payload');
  return Math.min(reportLength - LENGTH_BYTES[payloadLength], MOST[payloadLength]);
}

/** What the host hands to HIDAPI: the id always stands first, 0 where there is none. Nothing for no bytes. */
export function toReports(bytes: Uint8Array, framing: HidFraming): Uint8Array[] {
  return packed(bytes, framing, Uint8Array.of(framing.reportId));
}

/** The inverse of `toReports`: the payload of one report; null for one of another id or with a length that it cannot have. */
export function fromReport(report: Uint8Array, framing: HidFraming): Uint8Array | null {
  return report[0] === framing.reportId ? payload(report.subarray(1), framing) : null;
}

/** What HIDAPI hands to the host when the device sends: here an unnumbered report has no id in front. */
export function toInputReports(bytes: Uint8Array, framing: HidFraming): Uint8Array[] {
  return packed(bytes, framing, framing.reportId === 0 ? new Uint8Array(0) : Uint8Array.of(framing.reportId));
}

/** The inverse of `toInputReports`, as `fromReport`. */
export function fromInputReport(report: Uint8Array, framing: HidFraming): Uint8Array | null {
  return framing.reportId === 0 ? payload(report, framing) : fromReport(report, framing);
}

function packed(bytes: Uint8Array, framing: HidFraming, id: Uint8Array): Uint8Array[] {
  const room = payloadRoom(framing);
  const reports: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += room) {
    const piece = bytes.subarray(at, at + room);
    const report = new Uint8Array(id.length + framing.reportLength).fill(framing.padding);
    report.set(id);
    if (framing.payloadLength === 'one-byte') report[id.length] = piece.length;
    if (framing.payloadLength === 'two-bytes-big-endian') report.set([piece.length >> 8, piece.length & 0xff], id.length);
    report.set(piece, id.length + LENGTH_BYTES[framing.payloadLength]);
    reports.push(report);
  }
  return reports;
}

/** A report may come longer than the framing says (its id belongs to another one), or cut off by the operating system. */
function payload(body: Uint8Array, framing: HidFraming): Uint8Array | null {
  if (body.length !== framing.reportLength) return null;
  const front = LENGTH_BYTES[framing.payloadLength];
  const [first = 0, second = 0] = body;
  const length = framing.payloadLength === 'none' ? body.length : framing.payloadLength === 'one-byte' ? first : first * 256 + second;
  return length > body.length - front ? null : body.slice(front, front + length);
}
