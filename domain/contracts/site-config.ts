/** What a machine of a site needs to take part in its queue: the part `queue` of `terminal.yaml`, and most of a hub's `site.yaml`. The same on every machine but for `listen`. */
import { z } from 'zod';
import { MachineId } from '../ids.ts';
import { type Arrangement, QueueRules, SiteAlarms, SiteHours, WindowNumber } from '../queue/types.ts';
import { KeeperKind } from './keeper.ts';

const base64Key = z.base64().length(44);

/** A machine that agrees. `jinban site key` prints its two keys. */
export const SiteMember = z.strictObject({
  machine: MachineId,
  /** Where it hears the other machines, and where counters, boards and phones come; each without a path. */
  agreement: z.url({ protocol: /^http$/ }),
  page: z.url({ protocol: /^https?$/ }),
  /** Ed25519, and X25519 that what is for it is sealed with: 32 bytes each, base64. */
  signKey: base64Key,
  sealKey: base64Key,
  /** Whether a majority is counted of it. False for terminals beside three hubs: that they are off holds nobody up. */
  votes: z.boolean().default(true),
});
export type SiteMember = z.infer<typeof SiteMember>;

/** Who works at the counters of a site. They sign in at any of its machines, with no hall behind it. */
export const SiteStaff = z.strictObject({
  account: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  name: z.string().min(1).max(20),
  /** What `jinban caretaker pin` made of the PIN. */
  pin: z.string().regex(/^\$?scrypt\$/),
  role: z.enum(['clerk', 'manager']),
  /** Windows that it may open; empty: any. */
  windows: z.array(WindowNumber).default([]),
});
export type SiteStaff = z.infer<typeof SiteStaff>;

const Serial = z.strictObject({ path: z.string().min(1), baudRate: z.int().min(1200).max(921_600).default(9600) });

export const SiteConfig = z.strictObject({
  /** This machine's own address on the site's network. */
  listen: z.strictObject({ host: z.ipv4(), agreementPort: z.int().min(1).max(65_535).default(8471), pagePort: z.int().min(1).max(65_535).default(8470) }),
  /** Certificate and key in PEM, relative to the file; null: pages go over plain HTTP, readable to whoever is on the network. */
  tls: z.strictObject({ certificate: z.string().min(1), key: z.string().min(1) }).nullable().default(null),
  /** Of those that vote one, three or five; two are no safer than one. Empty: this machine alone. */
  members: z.array(SiteMember).max(40).refine((members) => members.length === 0 || members.filter(({ votes }) => votes).length >= 1, 'one of them votes').refine((members) => members.filter(({ votes }) => votes).length <= 9, 'at most nine vote').default([]),
  rules: QueueRules,
  /** 32 secret bytes, base64, the same on every machine of the site: what a holder's number is hashed with (HMAC-SHA-256), so that nobody can find it by trying. `jinban site key` makes them. */
  holderKey: base64Key,
  staff: z.array(SiteStaff).max(200).default([]),
  /** Empty: always. */
  hours: z.array(SiteHours).max(20).default([]),
  alarms: SiteAlarms.default({ waitMinutes: 30, waiting: 30 }),
  /** LED displays over windows, and callers with buttons on the counters, on serial lines of this machine (`docs/queue-devices.md`). */
  leds: z.array(z.strictObject({ window: WindowNumber.nullable(), address: z.int().min(0).max(255), wire: Serial })).max(99).default([]),
  callers: z.array(z.strictObject({ window: WindowNumber, account: SiteStaff.shape.account, wire: Serial })).max(99).default([]),
});
export type SiteConfig = z.infer<typeof SiteConfig>;

/** The settings in the form of an arrangement: what holds while nobody has arranged anything. */
export function settledArrangement({ rules, hours, staff, alarms }: Pick<SiteConfig, 'rules' | 'hours' | 'staff' | 'alarms'>): Arrangement {
  return { windows: rules.windows, hours, alarms, assigned: staff.map(({ account, windows }) => ({ account, windows })) };
}

/** `site.yaml`: a hub, a machine of the site with no screen for citizens. */
export const HubConfig = z.strictObject({
  machine: MachineId,
  site: z.string().min(1).max(60),
  hallName: z.string().min(1).max(60),
  /** Folder for its keys and the queue's file; relative to the file. */
  data: z.string().min(1),
  keys: z.strictObject({ keeper: KeeperKind }).default({ keeper: 'file' }),
  /** Where the day's list is sent; null: to nobody. */
  hall: z.url({ protocol: /^https?$/ }).nullable().default(null),
  enrolmentCode: z.string().max(64).default(''),
  queue: SiteConfig,
});
export type HubConfig = z.infer<typeof HubConfig>;
