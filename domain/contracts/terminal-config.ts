/** What `terminal.yaml` holds. Read by the shell once at start; every host gets the parsed value and reads no file or environment for it. */
import { z } from 'zod';
import { CertificateTemplate } from '../action/payload.ts';
import { MachineId } from '../ids.ts';
import { DocumentScannerSettings } from './document-scanner.ts';
import { KeeperKind } from './keeper.ts';
import { SiteConfig } from './site-config.ts';

const Serial = z.strictObject({ kind: z.literal('serial'), path: z.string().min(1), baudRate: z.int().min(1200).max(921600) });
const Tcp = z.strictObject({ kind: z.literal('tcp'), host: z.string().min(1), port: z.int().min(1).max(65535) });

const usbNumber = z.int().min(0).max(0xffff);
/** How bytes lie in the reports of a HID device; the words are those of `wire/hid-framing.ts`. */
const HidFraming = z.strictObject({
  reportId: z.int().min(0).max(255), reportLength: z.int().min(1).max(1024), payloadLength: z.enum(['none', 'one-byte', 'two-bytes-big-endian']).default('none'),
  padding: z.int().min(0).max(255).default(0), sendAs: z.enum(['output-report', 'feature-report']).default('output-report'),
});
const Hid = z.strictObject({
  kind: z.literal('hid'), framing: HidFraming,
  device: z.union([z.strictObject({ path: z.string().min(1) }), z.strictObject({ vendorId: usbNumber, productId: usbNumber, usagePage: usbNumber.nullable().default(null) })]),
});
const Usb = z.strictObject({ kind: z.literal('usb'), device: z.strictObject({ vendorId: usbNumber, productId: usbNumber, serial: z.string().min(1).nullable().default(null) }) });

/** One kind of numbered blank in one tray of the document printer. Certificates of this template are printed on these and on nothing else. */
const BlankStock = z.strictObject({
  template: CertificateTemplate,
  /** What stands on the pack, for people. */
  name: z.string().min(1).max(40),
  /** The printer's own word for the tray: one of its `media-source-supported`. */
  tray: z.string().min(1).max(60),
  /** What stands before the digits of a number, and how many digits there are. */
  prefix: z.string().max(10).default(''),
  digits: z.int().min(1).max(12),
});
export type BlankStock = z.infer<typeof BlankStock>;
const blanks = z.array(BlankStock).max(8).default([]);

export const DevicesConfig = z.strictObject({
  /** null: this machine has no such device, and says so where an item needs one. Behind its maker's library: `port` 1–16 serial, 1001–1016 USB. */
  idCardReader: z.union([
    z.strictObject({ wire: z.discriminatedUnion('kind', [Serial, Tcp, Hid]) }),
    z.strictObject({ library: z.string().min(1), port: z.union([z.int().min(1).max(16), z.int().min(1001).max(1016)]) }),
  ]).nullable(),
  /** A scanner that sends what it sees over a serial line (USB-COM mode) or as a HID point-of-sale scanner, not as a keyboard. */
  codeScanner: z.strictObject({ wire: z.discriminatedUnion('kind', [Serial, Tcp, Hid]) }).nullable().default(null),
  /** A flatbed or feeder, over the network (eSCL) or through the system's SANE. */
  documentScanner: DocumentScannerSettings.nullable().default(null),
  /** The builder's board: lights, sensors, keypad, headset jack. `leaveSeconds` after its sensor saw somebody go, their visit is warned of its end; below 10 a step aside would do it. */
  board: z.strictObject({ wire: z.discriminatedUnion('kind', [Serial, Tcp, Hid]), leaveSeconds: z.int().min(10).max(600).default(20) }).nullable().default(null),
  /** A UPS behind `upsd`: `name` as there, `criticalSeconds` the run time at which visits end. */
  ups: z.strictObject({
    host: z.string().min(1), port: z.int().min(1).max(65535).default(3493), name: z.string().regex(/^[\w.-]{1,64}$/), criticalSeconds: z.int().min(30).max(3600).default(180),
  }).nullable().default(null),
  ticketPrinter: z.strictObject({ wire: z.discriminatedUnion('kind', [Serial, Tcp, Usb]), model: z.string().min(1) }).nullable(),
  /** By IPP, or through the Windows spooler; `SpoolerPlace` says what its words mean. */
  documentPrinter: z.union([
    z.strictObject({ uri: z.string().regex(/^ipps?:\/\//), blanks }),
    z.strictObject({ spooler: z.strictObject({ printer: z.string().min(1).max(220), takesPdf: z.boolean().default(false), endOfJob: z.enum(['sent', 'printed']).default('sent') }), blanks }),
  ]).nullable(),
});
export type DevicesConfig = z.infer<typeof DevicesConfig>;

/** Pictures from the citizen's own phone over the local network. `address`: this machine's own where it has several; null: its first private one. */
export const PhoneConfig = z.strictObject({ address: z.ipv4().nullable().default(null), port: z.int().min(1024).max(65535).default(8460) });
export type PhoneConfig = z.infer<typeof PhoneConfig>;

export const TerminalConfig = z.strictObject({
  machine: MachineId,
  /** 机型, as the county's shelf rules name it: `立式`, `壁挂`; empty: none of them. */
  machineType: z.string().max(40).default(''),
  /** Name of the place where the machine stands, and of the hall it belongs to. */
  site: z.string().min(1).max(60),
  hallName: z.string().min(1).max(60),
  /** Shown on every screen and paper for people who want a person. */
  phone: z.string().min(1).max(30),
  complaintPhone: z.string().min(1).max(30),
  /** Base address of the hall, `http://…` or `https://…`. */
  hall: z.url({ protocol: /^https?$/ }),
  /** One-time code from county IT; needed until the machine is enrolled. */
  enrolmentCode: z.string().max(64).default(''),
  /** Folder for the store, keys and logs; relative to the file. */
  data: z.string().min(1),
  /** Item pack to start from before the first contact; relative to the file. */
  pack: z.string().min(1),
  /** Who keeps the terminal's keys. Without a word they lie in a file, which is for development: the doctor warns. */
  keys: z.strictObject({ keeper: KeeperKind }).default({ keeper: 'file' }),
  /**
   * Days that a closed case stays readable at this machine, so that its citizen can come back, print and rate; then it is purged here. The hall
   * keeps it. 30: a certificate is fetched within days, and the next person to break into the machine shall find little.
   */
  keepClosedDays: z.int().min(1).max(3650).default(30),
  /** Folder for a backup of the store once a day, on another disk or machine; relative to the file. null: none, and a lost disk loses what has not travelled. */
  backup: z.strictObject({ to: z.string().min(1) }).nullable().default(null),
  window: z.strictObject({ width: z.int().min(480).max(7680), height: z.int().min(480).max(7680), kiosk: z.boolean() }),
  devices: DevicesConfig,
  /** The caretaker's screen: papers, numbered blanks, cases by stick; null: this machine has none. */
  caretaker: z.strictObject({
    /** What `jinban caretaker pin` made of the caretaker's PIN. */
    pin: z.string().regex(/^\$?scrypt\$/),
  }).nullable().default(null),
  /** Once a day at this time in China, as the machine's site opens, it looks at everything that a citizen will need; null: only when the caretaker asks. */
  selfTest: z.strictObject({ at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) }).nullable().default(null),
  /** Cases by stick, on the caretaker's screen; null: not on this machine. */
  courier: z.strictObject({
    /** Folder below which the system mounts sticks, each in a folder of its own. */
    mounts: z.string().startsWith('/').or(z.string().regex(/^[A-Za-z]:/)),
  }).nullable().default(null),
  /** null: no page for phones is ever opened here. Turned on by the site, which answers for its network (`docs/materials.md`). */
  phonePages: PhoneConfig.nullable().default(null),
  /** Tickets and calling at this machine's site (`docs/queue.md`); null: it gives no tickets. */
  queue: SiteConfig.nullable().default(null),
  /** Files from a citizen's own stick; null: not on this machine. `mounts`: folder below which the system mounts them, read-only, each in a folder of its own. */
  sticks: z.strictObject({ mounts: z.string().startsWith('/').or(z.string().regex(/^[A-Za-z]:/)) }).nullable().default(null),
});
export type TerminalConfig = z.infer<typeof TerminalConfig>;
