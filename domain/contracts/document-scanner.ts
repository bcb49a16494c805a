/** What crosses the road between core and the device host about a document scanner: paper in, pictures of its pages out. */
import { z } from 'zod';
import { DeviceStatus } from './device-status.ts';

/** Where the paper lies: on the glass, or in the feeder, scanned on one side or on both. */
export const ScanSource = z.enum(['flatbed', 'feeder', 'feeder-duplex']);
export type ScanSource = z.infer<typeof ScanSource>;

/** Dots per inch. 200 reads print, 300 reads small print and seals. */
export const ScanResolution = z.union([z.literal(150), z.literal(200), z.literal(300)]);
export type ScanResolution = z.infer<typeof ScanResolution>;

export const ScanColour = z.enum(['colour', 'grey']);
export type ScanColour = z.infer<typeof ScanColour>;

export const ScanWish = z.strictObject({ source: ScanSource, resolution: ScanResolution, colour: ScanColour });
export type ScanWish = z.infer<typeof ScanWish>;

/**
 * What looks wrong with a page. None of them stops a scan: the page is there, and a person decides.
 * `degrees` is how far the text is turned clockwise; turning the page back by as much makes it straight.
 */
export const PageFinding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('blank') }),
  z.strictObject({ kind: z.literal('dark') }),
  z.strictObject({ kind: z.literal('blurred') }),
  /** A spot without a picture, where light was thrown back. */
  z.strictObject({ kind: z.literal('glare') }),
  /** Print runs out of the picture at these sides. */
  z.strictObject({ kind: z.literal('cut-edge'), sides: z.array(z.enum(['top', 'right', 'bottom', 'left'])).min(1) }),
  z.strictObject({ kind: z.literal('skewed'), degrees: z.number() }),
  /** The feeder's sensor saw two sheets under this picture. */
  z.strictObject({ kind: z.literal('double-feed') }),
]);
export type PageFinding = z.infer<typeof PageFinding>;

/** One side of one sheet. */
export const ScannedPage = z.strictObject({
  type: z.enum(['image/jpeg', 'image/png']),
  bytes: z.instanceof(Uint8Array),
  /** Dots. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Dots per inch, the same both ways. */
  dpi: z.int().positive(),
  findings: z.array(PageFinding),
});
export type ScannedPage = z.infer<typeof ScannedPage>;

/**
 * Why a scan ended before its end. The pages told before are good.
 *
 * | reason | who helps |
 * |---|---|
 * | empty | the person: no paper came within a minute |
 * | double-feed | the person: two sheets went in as one; feed the last ones again |
 * | jam, misfeed, cover-open, tray | the caretaker |
 * | page-size | the person: a sheet too short or too long for the feeder |
 * | cancelled | nobody: stopped at the scanner's own panel |
 * | busy | somebody else has the scanner, or it has not let go of the scan before: try again later |
 * | unsupported | a technician: this scanner has no such source, resolution or colour |
 * | too-many | the person: more than a hundred pages in one scan |
 * | refused, garbled, fault | a technician |
 * | too-slow, connection-lost | the caretaker |
 */
export const ScanStop = z.enum([
  'empty',
  'double-feed',
  'jam',
  'misfeed',
  'cover-open',
  'tray',
  'page-size',
  'cancelled',
  'busy',
  'unsupported',
  'too-many',
  'refused',
  'garbled',
  'fault',
  'too-slow',
  'connection-lost',
]);
export type ScanStop = z.infer<typeof ScanStop>;

/** What is told while pages are scanned; the stream ends after `done`, `stopped` or `unavailable`. `pages` counts those told. */
export const PageReading = z.discriminatedUnion('kind', [
  /** The feeder is empty: put paper in. */
  z.strictObject({ kind: z.literal('place-paper') }),
  z.strictObject({ kind: z.literal('scanning') }),
  z.strictObject({ kind: z.literal('page'), page: ScannedPage }),
  z.strictObject({ kind: z.literal('done'), pages: z.int().positive() }),
  z.strictObject({ kind: z.literal('stopped'), reason: ScanStop, pages: z.int().min(0) }),
  z.strictObject({ kind: z.literal('unavailable'), status: DeviceStatus }),
]);
export type PageReading = z.infer<typeof PageReading>;

/** What a scanner has. A resolution it lacks is scanned at its next finer one. */
export const ScannerCapabilities = z.strictObject({
  /** Make and model, in the scanner's own words. */
  model: z.string(),
  sources: z.array(z.strictObject({ source: ScanSource, resolutions: z.array(z.int().positive()).min(1), colours: z.array(ScanColour).min(1) })),
});
export type ScannerCapabilities = z.infer<typeof ScannerCapabilities>;

/** How the terminal reaches its scanner, as `terminal.yaml` names it. */
export const DocumentScannerSettings = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('escl'),
    /** Its eSCL resource, `http://scanner.local/eSCL` or `https://…`; over USB, where `ipp-usb` serves it. */
    url: z.url({ protocol: /^https?$/ }),
    /** PEM of the authority, or the scanner's own certificate, for `https`. Left out: the system's authorities. */
    certificate: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('sane'),
    /** As `scanimage -L` names it. */
    device: z.string().regex(/^[^-\s]\S*$/),
    /** More of the device's own options, by their names without dashes, where a model needs them. */
    options: z.record(z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/), z.string()).optional(),
  }),
]);
export type DocumentScannerSettings = z.infer<typeof DocumentScannerSettings>;
