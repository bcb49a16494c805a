/**
 * Codes of a scanner in HID POS mode (usage page 0x8C, bar code scanner, of the USB HID Point of Sale Usage Tables 1.02). The tables name the fields
 * (0xFB–0xFD symbology identifier 1–3, 0xFE decoded data, 0xFF decode data continued) and leave their places to the device's report descriptor, which HIDAPI
 * does not take apart here. This is the layout that makers print in their manuals, the same in those looked at (Access-IS LSR116, LSR118 and ATR110, appendix
 * "HID reports"); whether yours has it is uncertain until `contract.test.ts` has run on it.
 *
 * | byte behind the report id | field |
 * |---|---|
 * | 0 | how many bytes of data follow in this report, 0–56 |
 * | 1–3 | AIM symbology identifier: `]`, letter, digit; zeros when the scanner sends none |
 * | 4–59 | data |
 * | 60 | the maker's own symbology code; not used |
 * | 61 | reserved |
 * | 62 | bit 0: the code goes on in the next report; bits 1–7 reserved |
 */
import type { HidFraming } from '../../wire/hid-framing.ts';
import type { CodeCutter, Framed } from './framing.ts';
import { LONGEST } from './framing.ts';

export const HID_POS_USAGE_PAGE = 0x8c;
/** Reports as they are: this codec knows their inside. */
export const HID_POS_FRAMING: HidFraming = { reportId: 2, reportLength: 63, payloadLength: 'none', padding: 0, sendAs: 'output-report' };

const DATA = { from: 4, most: 56 };
const FLAGS = 62;
const CONTINUED = 0x01;
const IDENTIFIER = { from: 1, to: 4 };

export type HidPosReport = { identifier: string; data: Uint8Array; continued: boolean };

/** @returns null for a report of another length, or one that says more data than it has room for */
export function decodeReport(report: Uint8Array): HidPosReport | null {
  const [length = 0] = report;
  if (report.length !== HID_POS_FRAMING.reportLength || length > DATA.most) return null;
  const identifier = Buffer.from(report.subarray(IDENTIFIER.from, IDENTIFIER.to)).toString('latin1');
  return {
    identifier: /^\][A-Za-z][\x21-\x7e]$/.test(identifier) ? identifier : '',
    data: report.slice(DATA.from, DATA.from + length),
    continued: ((report[FLAGS] ?? 0) & CONTINUED) !== 0,
  };
}

/** The inverse: a code as its scanner sends it. @param identifier as `]Q1`, or empty */
export function encodeReports(identifier: string, bytes: Uint8Array): Uint8Array[] {
  const pieces = Math.max(Math.ceil(bytes.length / DATA.most), 1);
  return Array.from({ length: pieces }, (_, piece) => {
    const data = bytes.subarray(piece * DATA.most, (piece + 1) * DATA.most);
    const report = new Uint8Array(HID_POS_FRAMING.reportLength);
    report[0] = data.length;
    report.set(Buffer.from(identifier, 'latin1'), IDENTIFIER.from);
    report.set(data, DATA.from);
    report[FLAGS] = piece < pieces - 1 ? CONTINUED : 0;
    return report;
  });
}

/** Puts reports together into codes, in the form of a scanner on a serial line: the identifier, then the text without its end. */
export class HidPosReader implements CodeCutter {
  #held: number[] = [];
  #begun = false;

  /** @param report one, whole */
  push(report: Uint8Array): Framed[] {
    const decoded = decodeReport(report);
    if (decoded === null) {
      this.end();
      return [{ kind: 'garbled' }];
    }
    if (!this.#begun) this.#held = [...Buffer.from(decoded.identifier, 'latin1')];
    this.#begun = true;
    // Beyond the longest code nothing is kept: it is known to be too long.
    if (this.#held.length <= LONGEST) this.#held.push(...decoded.data);
    if (decoded.continued) return [];
    const bytes = Uint8Array.from(withoutEnd(this.#held));
    this.end();
    if (bytes.length > LONGEST) return [{ kind: 'too-long' }];
    return bytes.length === 0 ? [] : [{ kind: 'code', bytes }];
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** A code whose next report never came is none. */
  end(): Framed | null {
    const begun = this.#begun;
    this.#held = [];
    this.#begun = false;
    return begun ? { kind: 'garbled' } : null;
  }
}

/** Many scanners put the end for serial lines here too. */
function withoutEnd(bytes: number[]): number[] {
  const last = bytes.findLastIndex((byte) => byte !== 0x0d && byte !== 0x0a);
  return bytes.slice(0, last + 1);
}
