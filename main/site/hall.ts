import { randomBytes } from 'node:crypto';
import { createSigner } from '../../crypto/node.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';
import { type HubDays, startHubDays } from '../../sync/site-days/hub.ts';
import { createSiteDays, type SiteDaysSource } from '../../sync/site-days/send.ts';
import { createHallTransport } from '../../sync/transport/http.ts';
import type { SiteDays } from './days.ts';
import type { SiteLog } from './log.ts';

/** @property signing the hub's Ed25519 keys, base64: the same that it agrees with @property enrolmentCode of county IT; empty: it is known to the hall */
export type HallSettings = { hall: string; machine: MachineId; site: string; enrolmentCode: string; signing: { publicKey: string; privateKey: string }; days: Pick<SiteDays, 'days' | 'entries'>; clock: Clock; log: SiteLog };

/** Brings a hub's days to the hall, from now on until it is stopped. */
export function bringToHall({ hall, machine, site, enrolmentCode: code, signing, days, clock, log }: HallSettings): HubDays {
  const transport = createHallTransport({ baseUrl: hall, signer: createSigner(machine, signing.privateKey), clock });
  return startHubDays({ transport, clock, random: (count) => new Uint8Array(randomBytes(count)), enrolment: { code, publicKey: signing.publicKey }, days: createSiteDays({ site, source: sourceOf(days), log }) });
}

function sourceOf(days: Pick<SiteDays, 'days' | 'entries'>): SiteDaysSource {
  return {
    days: () => Promise.resolve(days.days()),
    entries({ day, from }) {
      const known = days.entries(day);
      return Promise.resolve(known === null ? { entries: [], rules: null, over: true } : { ...known, entries: known.entries.slice(from - 1) });
    },
  };
}
