import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createSigner } from '../crypto/node.ts';
import type { Item } from '../domain/item/types.ts';
import type { MachineId } from '../domain/ids.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { ArchiveSettings } from './archive/settings.ts';
import { createBlobStore } from './blobs/store.ts';
import { registerUploads } from './blobs/upload.ts';
import { publishItems } from './catalogue/publish.ts';
import { type Rounds, startRounds } from './clock/rounds.ts';
import { sweepsOf } from './clock/sweeps.ts';
import type { HallDatabase } from './db/database.ts';
import { createDesks, type Desks } from './feeds/desks.ts';
import { createLive, type Live } from './feeds/live.ts';
import type { Ground } from './ground.ts';
import { createApp } from './http/app.ts';
import { registerConsole } from './http/console-site.ts';
import { registerHeaders } from './http/headers.ts';
import { openApiDocument, registerRoad } from './http/roads.ts';
import { createTerminalRoad } from './http/terminal-road.ts';
import type { HallKeyRing } from './identity/keys.ts';
import { registerHall } from './identity/machines.ts';
import type { HallLog } from './log-events.ts';
import type { SmsGateway } from './messages/sms/gateway.ts';
import { PaperSettings } from './papers/settings.ts';
import { registerPublic } from './public/site.ts';

export type HallOptions = {
  /** The hall's machine id; its digits are the county's division code. */
  hall: MachineId;
  /** 新昌县政务服务中心 */
  name: string;
  db: HallDatabase;
  keys: HallKeyRing;
  clock: Clock;
  log: HallLog;
  /** Items to publish at start. */
  items: readonly Item[];
  /** Folder for scans (`blobs/`) and parts of them (`uploads/`). Servers of one database share it. */
  data: string;
  /** The console's built pages; null or a missing folder: its address tells how to build them. */
  consoleFolder: string | null;
  /** Session cookies only over HTTPS: everywhere but on the machine itself. */
  secureCookies: boolean;
  /** Addresses or ranges of proxies in front, whose word on whom a request comes from is taken; none by default. */
  proxies?: readonly string[];
  /** The console says on every page that this is a demo. */
  demo: boolean;
  /** `off`: nobody is made to have a second factor. For a demonstration and for tests only. */
  secondFactor: 'demanded' | 'off';
  /** Whether a listening hall goes its rounds: what the law and rules do by themselves. Tests go them by hand. */
  rounds: boolean;
  /** Where texts to citizens go; null: nowhere, they wait. */
  smsGateway: SmsGateway | null;
  /** Left out: those of a hall that set nothing. */
  papers?: PaperSettings;
  archive?: ArchiveSettings;
};

export type Hall = {
  ground: Ground;
  /** Starts serving. @param at port 0 takes any free one */
  listen(at: { host: string; port: number }): Promise<{ url: string; port: number }>;
  /** Answers what is under way and stops. The database stays open: whoever opened it closes it. */
  close(): Promise<void>;
};

/** Sets a hall up on an open database and publishes its items. */
export async function createHall(options: HallOptions): Promise<Result<Hall, { kind: 'other-hall-key' | 'practice-and-real' } | { kind: 'version-changed'; code: string; version: number }>> {
  const { hall, name, db, keys, clock, log, secondFactor, data, papers = PaperSettings.parse({}), archive = ArchiveSettings.parse({}) } = options;
  const ground: Ground = {
    hall, name, db, clock, log, secondFactor, data, papers, archive,
    division: hall.slice(1, 7),
    boot: randomUUID(),
    random: (count) => randomBytes(count),
    signer: createSigner(hall, keys.signing.privateKey),
    wrapping: keys.wrapping,
    publicKeys: { hall, signing: keys.signing.publicKey, wrapping: keys.wrapping.publicKey },
  };
  const registered = await registerHall(ground);
  if (!registered.ok) return registered;
  const published = await publishItems(ground, options.items);
  if (!published.ok) return published;
  if (published.value > 0) log({ event: 'items-published', count: published.value });
  const app = createApp(ground, options.proxies);
  registerHeaders(app, options.secureCookies);
  const [live, desks] = [createLive(ground), createDesks(ground)];
  await registerRoutes(app, ground, { live, desks }, options);
  let rounds: Rounds | null = null;
  return ok({
    ground,
    async listen(at) {
      const address = new URL(await app.listen(at));
      if (options.rounds) rounds = startRounds(ground, sweepsOf(options.smsGateway));
      return { url: address.origin, port: Number(address.port) };
    },
    async close() {
      await rounds?.close();
      await live.close();
      await desks.close();
      await app.close();
    },
  });
}

async function registerRoutes(app: FastifyInstance, ground: Ground, { live, desks }: { live: Live; desks: Desks }, options: HallOptions): Promise<void> {
  const document = await openApiDocument();
  app.get('/healthz', async () => {
    await ground.db.read.selectFrom('machine').select('machine').where('division', '=', ground.division).where('machine', '=', ground.hall).executeTakeFirstOrThrow();
    return { ok: true };
  });
  app.get('/openapi.json', () => document);
  registerRoad(app, ground, '/api/v1', createTerminalRoad(ground, live), (request) => ({ authorization: request.headers.authorization, address: request.ip }));
  await registerPublic(app, ground);
  const blobs = createBlobStore(join(options.data, 'blobs'));
  await registerUploads(app, ground, blobs, join(options.data, 'uploads'));
  await registerConsole(app, ground, blobs, desks, { folder: options.consoleFolder, secureCookies: options.secureCookies, production: ground.db.production && !options.demo, scans: join(options.data, 'uploads') });
}
