/** A machine's part in its site: keys, the queue's file, the agreement with the other machines, and what it serves on the site's network. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSigner, verifier } from '../../crypto/node.ts';
import { type WrappingKeyPair, wrappingKeyFrom } from '../../crypto/seal.ts';
import { settledArrangement, type SiteConfig, type SiteMember } from '../../domain/contracts/site-config.ts';
import { type MachineId, ulid } from '../../domain/ids.ts';
import { inForce } from '../../domain/queue/arrangement.ts';
import type { SiteHours } from '../../domain/queue/types.ts';
import { codeOf, err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Member } from '../../sync/raft/group.ts';
import { openSiteFile } from '../../sync/raft/storage.ts';
import { openSiteTransport } from '../../sync/raft/transport.ts';
import type { Keepers } from '../core/keys/keepers.ts';
import { createTold } from '../core/told.ts';
import { type KeyFailure, keyFileOf, openKeys, type TerminalKeys } from '../core/keys/keys.ts';
import { openSiteDays, type SiteDays } from './days.ts';
import type { SiteLog } from './log.ts';
import { createSiteRoad, failureOf } from './road.ts';
import { openSiteSerial } from './serial.ts';
import { openSiteServer } from './server.ts';
import { createStaff } from './staff.ts';
import { createTickets, type Tickets } from './tickets.ts';
import { boardView, counterView } from './views.ts';

export type SiteFailure =
  | KeyFailure
  | { kind: 'file'; why: string }
  /** The keys are there and the queue's file is not: whoever it was may have voted in today's list, and would vote again. */
  | { kind: 'file-lost' }
  | { kind: 'cannot-listen'; what: 'agreement' | 'page'; code: string }
  /** The certificate or its key cannot be read. */
  | { kind: 'tls'; code: string }
  /** The members in the settings do not name this machine, or name it with other keys than those in its folder. */
  | { kind: 'not-a-member' }
  | { kind: 'wrong-keys' };

/**
 * @property data folder of this machine's site keys and queue file, which are beside the terminal's own and not the same
 * @property hall its address; null: there is none
 * @property pages folder of the built pages
 * @property hours as they are arranged now
 * @property agreementPort, pagePort where it is heard, for a test that gave 0
 */
export type SiteSettings = { machine: MachineId; site: string; hallName: string; hall: string | null; data: string; config: SiteConfig; keepers: Keepers; keeper: Parameters<Keepers>[0]; nativeBinding: string | null; pages: string; clock: Clock; log: SiteLog };
export type Site = { machine: MachineId; hours(): readonly SiteHours[]; days: SiteDays; tickets: Tickets; agreementPort: number; pagePort: number; close(): Promise<void> };

/** The machine's keys, made at the first call together with the queue's empty file, so that one without the other is seen. */
export async function siteKeys({ data, keepers, keeper, nativeBinding }: Pick<SiteSettings, 'data' | 'keepers' | 'keeper' | 'nativeBinding'>): Promise<Result<TerminalKeys & { seal: WrappingKeyPair }, SiteFailure>> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const isNew = !existsSync(keyFileOf(data));
  const keys = await openKeys(data, fileOf(data), keepers(keeper));
  if (!keys.ok) return keys;
  if (!isNew && !existsSync(fileOf(data))) return err({ kind: 'file-lost' });
  if (isNew) {
    const file = openSiteFile({ path: fileOf(data), key: keys.value.store, nativeBinding });
    if (!file.ok) return err({ kind: 'file', why: file.error.kind });
    file.value.close();
  }
  return ok({ ...keys.value, seal: wrappingKeyFrom(keys.value.store, 'jinban-site-1') });
}

export async function openSite(settings: SiteSettings): Promise<Result<Site, SiteFailure>> {
  const { machine, config, clock, log } = settings;
  const keys = await siteKeys(settings);
  if (!keys.ok) return keys;
  const { signing, seal, store } = keys.value;
  const alone: SiteMember = { machine, agreement: `http://${config.listen.host}:${config.listen.agreementPort}`, page: pageOf(config), signKey: signing.publicKey, sealKey: seal.publicKey, votes: true };
  const members = config.members.length === 0 ? [alone] : config.members;
  const me = members.find((member) => member.machine === machine);
  if (me === undefined) return err({ kind: 'not-a-member' });
  if (me.signKey !== signing.publicKey || me.sealKey !== seal.publicKey) return err({ kind: 'wrong-keys' });
  const tls = readTls(config);
  if (!tls.ok) return tls;

  const signer = createSigner(machine, signing.privateKey);
  const file = openSiteFile({ path: fileOf(settings.data), key: store, nativeBinding: settings.nativeBinding });
  if (!file.ok) return err({ kind: 'file', why: file.error.kind });
  const random = (count: number) => new Uint8Array(randomBytes(count));
  const transport = await openSiteTransport({ host: config.listen.host, port: config.listen.agreementPort, signer, sealKeys: seal, verifier, clock, random, log });
  if (!transport.ok) {
    file.value.close();
    return err({ ...transport.error, what: 'agreement' });
  }
  const agreeing: Member[] = members.map(({ machine: member, agreement, signKey, sealKey, votes }) => ({ machine: member, address: agreement, publicKey: signKey, sealKey, votes }));
  const days = openSiteDays({ members: agreeing, rules: config.rules, file: file.value, transport: transport.value, signer, clock, random: Math.random, log });
  const newId = () => ulid(clock.now(), random(10));
  const settled = settledArrangement(config);
  const hours = () => inForce(days.queue.get(), settled).hours;
  const tickets = createTickets({ days, machine, hours, clock, newId, position: (ticket) => `${new URL(me.page).origin}/q/${ticket}`, log });
  const staff = createStaff({ staff: config.staff, members: agreeing, signer, verifier, clock, log });
  const road = createSiteRoad({ site: settings.site, hallName: settings.hallName, hall: settings.hall, machine, machines: members.map(({ machine: member, page }) => ({ machine: member, page: new URL(page).origin })), config, days, local: tickets.local, staff, clock, log });
  const server = await openSiteServer({ host: config.listen.host, port: config.listen.pagePort, tls: tls.value, pages: settings.pages, origins: members.map(({ page }) => new URL(page).origin), road, log });

  const board = createTold(boardView(days.queue.get()));
  const stopBoard = days.queue.watch((queue) => board.tell(boardView(queue)));
  const serial = openSiteSerial({
    leds: config.leds, callers: config.callers, clock, log,
    queue: {
      board, agreed: () => days.agreement().kind === 'agreed', counter: (window) => counterView(days.queue.get(), window, new Date(clock.now()).toISOString()),
      async wish(wish, account) {
        // Whose caller stands at which window is county IT's word in the settings.
        const answer = await days.wish(wish, { id: newId(), machine: null, account, manager: false, windows: [] });
        return answer.ok ? ok(answer.value) : err(failureOf(answer.error));
      },
    },
  });

  async function close(): Promise<void> {
    stopBoard();
    tickets.close();
    await serial.close();
    if (server.ok) await server.value.close();
    days.close();
    if (transport.ok) await transport.value.close();
    if (file.ok) file.value.close();
  }
  if (!server.ok) {
    await close();
    return err({ ...server.error, what: 'page' });
  }
  log({ event: 'site-started', machine, members: members.length, page: me.page });
  return ok({ machine, hours, days, tickets, agreementPort: transport.value.port, pagePort: server.value.port, close });
}

function fileOf(data: string): string {
  return join(data, 'site.db');
}

function pageOf({ listen, tls }: SiteConfig): string {
  return `${tls === null ? 'http' : 'https'}://${listen.host}:${listen.pagePort}`;
}

function readTls({ tls }: SiteConfig): Result<{ cert: string; key: string } | null, { kind: 'tls'; code: string }> {
  if (tls === null) return ok(null);
  try {
    return ok({ cert: readFileSync(tls.certificate, 'utf8'), key: readFileSync(tls.key, 'utf8') });
  } catch (cause) {
    return err({ kind: 'tls', code: codeOf(cause) });
  }
}
