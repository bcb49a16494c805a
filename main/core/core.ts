import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { terminalCourierKey } from '../../courier/age.ts';
import { createSigner, sha256, verifier } from '../../crypto/node.ts';
import { LETTERS_SINCE, PROMISES_SINCE, PROTOCOL } from '../../domain/contracts/hall.ts';
import type { TerminalView } from '../../domain/contracts/kiosk.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { ulid } from '../../domain/ids.ts';
import { drop, err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { keptShelf, signsCatalogue } from '../../sync/feeds/catalogue.ts';
import { createSync } from '../../sync/sync.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import type { OpenStoreFailure, TerminalStore, TerminalStoreSettings } from '../../sync/terminal-store/types.ts';
import { startBackups } from './backups.ts';
import { openBlanks } from './blanks.ts';
import { createHallTransport } from '../../sync/transport/http.ts';
import { enrol } from './enrolment.ts';
import { createBookingDesk } from './booking-desk.ts';
import { createCatalogue, readPack } from './catalogue.ts';
import { type Caretaker, createCaretaker } from './caretaker/caretaker.ts';
import { createDevicesDesk } from './caretaker/devices.ts';
import { createPapersDesk } from './caretaker/papers.ts';
import { sticksBelow } from './courier/sticks.ts';
import { createDevicesRoad, type InExchange } from './devices-road.ts';
import { createElsewhereFinder } from './elsewhere.ts';
import { createExchanges } from './exchanges.ts';
import { type Keepers, localKeepers } from './keys/keepers.ts';
import type { KeyFailure } from './keys/keys.ts';
import { openSettledKeys } from './keys/rotation.ts';
import { createHelp } from './help.ts';
import { serveKiosk } from './kiosk-router.ts';
import { createLetterMaker } from './letters.ts';
import { keepLights } from './lights.ts';
import type { CoreLog } from './log.ts';
import { createMachineReports, type MachineReports } from './machine-report.ts';
import { createPhoneRoad } from './phone-road.ts';
import { createQuarantine } from './quarantine.ts';
import { createOwnPages } from './session/own-pages.ts';
import type { Port } from './port.ts';
import { followPower } from './power.ts';
import { followPresence } from './presence.ts';
import { createPrinting, type Printing } from './printing.ts';
import { startRetention } from './retention.ts';
import { createRoom, freeDiskOf } from './room.ts';
import { createSelfTests, type SelfTests } from './self-test.ts';
import { createEnding } from './session/ending.ts';
import { createSession, type Session } from './session/session.ts';
import { openSurveys, surveyCard } from './session/survey.ts';
import { createOffShelf } from './shelf.ts';
import { siteDaysOfHost } from './site-days.ts';
import { createSiteRoad } from './site-road.ts';
import { systemSpeech } from './speech.ts';
import { bootId } from './system.ts';
import { createTold } from './told.ts';

export type CoreFailure = KeyFailure | { kind: 'store'; why: OpenStoreFailure['kind'] } | { kind: 'bad-pack' };

/** The terminal's heart: one store, one visit, one sync. An ordinary Node program; only its host knows of Electron. */
export type Core = {
  readonly session: Session;
  readonly store: TerminalStore;
  readonly printing: Printing;
  connectDevices(port: Port, instance: string): void;
  connectWindow(port: Port): void;
  connectPhone(port: Port): void;
  connectQuarantine(port: Port): void;
  connectSite(port: Port): void;
  close(): Promise<void>;
};

/** @param protocol agreed on with the hall; 0: it was never heard, and may well take them */
function takesLetters(protocol: number): boolean {
  return protocol === 0 || protocol >= LETTERS_SINCE;
}

/** Whether the hall can be told that nobody saw a paper. */
function takesOwn(protocol: number): boolean {
  return protocol >= PROMISES_SINCE;
}

export function storeFileOf(config: Pick<TerminalConfig, 'data'>): string {
  return join(config.data, 'store.db');
}

/**
 * @param options.keepers who may keep the keys; without the shell's, those of an ordinary program
 * @param options.quarantineHangs a file was not decoded in time: the window that works on it must be thrown away
 * @param options.freeDisk bytes that may still be written on the disk of the data folder; a test's own
 */
export async function openCore(options: { config: TerminalConfig; sqlite: string | null; clock: Clock; log: CoreLog; keepers?: Keepers; freeDisk?(): Promise<number>; quarantineHangs?(): void }): Promise<Result<Core, CoreFailure>> {
  const { config, clock, log, keepers = localKeepers } = options;
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const file = storeFileOf(config);
  const keys = await openSettledKeys({ folder: config.data, file, nativeBinding: options.sqlite }, keepers(config.keys.keeper));
  if (!keys.ok) return keys;
  const signer = createSigner(config.machine, keys.value.signing.privateKey);
  const boot = bootId();
  const random = (count: number) => new Uint8Array(randomBytes(count));
  const settings: TerminalStoreSettings = { file, key: keys.value.store, nativeBinding: options.sqlite, signer, clock, boot, random };
  const opened = await openTerminalStore(settings);
  if (!opened.ok) return err({ kind: 'store', why: opened.error.kind });
  const store = opened.value;

  const pack = readPack(config.pack);
  if (!pack.ok) return err({ kind: 'bad-pack' });
  // A hall that signs its catalogue has told all of it: a pack that came with a program says nothing beside it.
  const asked = (await signsCatalogue(store)) ? [] : pack.value;
  const before = await Promise.all(asked.map((item) => store.items.get(item.code, item.version)));
  const unknown = asked.filter((_item, index) => before[index] === null);
  if (unknown.length > 0) await store.items.put(unknown);

  const inExchange = createTold<InExchange>(new Map());
  const devices = createDevicesRoad(inExchange);
  const power = followPower({ devices, clock });
  const presence = followPresence({ devices, clock });
  const transport = createHallTransport({ baseUrl: config.hall, program: manifest.version, signer, clock });
  const sync = createSync({
    store, transport, verifier, clock, random,
    report: () => reports.make(),
    busy: () => session.visit.state() !== null,
    heardHelp: (word) => help.hear(word),
    ...(config.queue === null ? {} : { siteDays: siteDaysOfHost({ client: () => siteRoad.current(), site: config.site, clock, log }) }),
    log(event) {
      log(event);
      if (event.event !== 'sync-run-complete') return;
      if (event.report.items > 0) catalogue.reload();
      if (event.report.blobs > 0) drop(session.dropSent());
    },
  });
  const outdated = () => {
    const { failure } = sync.status();
    return failure?.kind === 'outdated' ? { program: manifest.version, protocol: PROTOCOL, oldest: failure.oldest } : null;
  };
  const line = () => (outdated() === null ? sync.status().line : 'outdated');
  const online = () => line() === 'online';
  const room = createRoom({ store, freeDisk: options.freeDisk ?? (() => freeDiskOf(config.data)) });
  const siteRoad = createSiteRoad({ clock });
  const bookings = await createBookingDesk({ transport, store, site: config.site, clock });
  const speech = systemSpeech();
  const blanks = await openBlanks({ store, stocks: config.devices.documentPrinter?.blanks ?? [], clock });
  const off = createOffShelf({ store, config, clock });
  const catalogue = createCatalogue({ store, offShelf: off, clock, devices: () => devices.states.get(), online, room, hasBlank: (template) => blanks.take(template).ok });

  const newId = () => ulid(clock.now(), random(10));
  const printing = createPrinting({ store, blanks, devices, clock, log, newId, powerEnds: () => power.endsSince() !== null, onChange() {
    session.visit.refresh();
    caretaker.papersChanged();
    reports.printsChanged();
  } });
  const reports: MachineReports = createMachineReports({ states: devices.states, printing, room, selfTest: () => selfTests.last(), clock });
  const session: Session = createSession({
    config, store, devices, clock, log, newId, boot, room,
    item: catalogue.version,
    currentItem: catalogue.current,
    letter: createLetterMaker({ hallKeys: () => sync.hallKeys(), signer, clock }),
    here: async ({ code }) => (await catalogue.card(code))?.availability.kind ?? 'not-here',
    offShelf: off,
    queue: siteRoad,
    appointments: bookings,
    ending: createEnding({ power, presence, leaveSeconds: config.devices.board?.leaveSeconds ?? Infinity, clock }),
    hallKeys: () => sync.hallKeys(),
    hallProtocol: () => sync.hallProtocol(),
    lastContact: () => store.time.lastContact(),
    online,
    nudge: () => sync.nudge(),
  }, printing);

  const phone = createPhoneRoad();
  const quarantine = createQuarantine({ clock, hangs: options.quarantineHangs ?? (() => {}) });
  const ownPages = createOwnPages({ visit: session.visit, views: session.views, phone, quarantine });

  const help = createHelp({
    transport, clock, newId,
    where() {
      const state = session.visit.state();
      return { step: state?.step ?? 'home', item: state?.item?.code ?? null };
    },
  });
  const elsewhere = createElsewhereFinder({ store, clock, machine: config.machine, item: catalogue.current, report: () => reports.make(), shelf: () => keptShelf(store) });
  const terminal = createTold<TerminalView>(await terminalView());
  async function terminalView(): Promise<TerminalView> {
    return {
      site: config.site, hall: config.hallName, machine: config.machine, phone: config.phone, complaintPhone: config.complaintPhone,
      line: line(), lastContact: store.time.lastContact(), waiting: await store.log.waiting(), waitingSince: (await store.log.unacknowledged(1))[0]?.time.wall ?? null,
      power: power.kinds.get(), devices: devices.states.get(), now: new Date(clock.now()).toISOString(),
      surveys: (await openSurveys(store, config.site, clock.now())).map(surveyCard), help: help.views.get(),
      takesLetters: takesLetters(await sync.hallProtocol()),
      tickets: config.queue === null ? null : { desk: siteRoad.desk.get() }, bookings: bookings.here.get(),
      own: { phone: config.phonePages !== null && takesOwn(await sync.hallProtocol()), stick: config.sticks !== null && takesOwn(await sync.hallProtocol()) },
    };
  }
  const tellTerminal = () => drop(terminalView().then((view) => terminal.tell(view)));
  const stops = [
    devices.states.watch(tellTerminal),
    sync.watch(tellTerminal),
    reports.onDeviceAlarm(() => sync.nudge()),
    keepLights({ views: session.views, devices, clock }),
    help.views.watch(tellTerminal),
    siteRoad.desk.watch(tellTerminal),
    bookings.here.watch(tellTerminal),
    sync.watch(({ line: now }) => (now === 'online' ? bookings.hear() : undefined)),
    bookings.close,
    session.views.watch(() => {
      if (session.visit.state() === null) help.over();
    }),
    help.close,
    power.close,
    presence.close,
    presence.left.watch(() => session.visit.refresh()),
    power.kinds.watch(() => {
      session.visit.refresh();
      tellTerminal();
    }),
    store.letters.watch(() => session.visit.refresh()),
    store.log.watch(() => {
      session.visit.refresh();
      tellTerminal();
    }),
  ];

  const busy = () => session.visit.state() !== null;
  const devicesChanged = () => caretaker.devicesChanged();
  const exchanges = await createExchanges({ config, store, devices, inExchange, clock, newId, log, changed: devicesChanged });
  const signsWell = () => {
    const hash = sha256(newId());
    return verifier.verify(keys.value.signing.publicKey, hash, signer.sign(hash));
  };
  const selfTests: SelfTests = await createSelfTests({
    at: config.selfTest?.at ?? null, store, devices, clock, log,
    busy: () => busy() || caretaker.views.get().kind === 'open',
    contact: () => sync.runNow(),
    facts: async () => ({ report: await reports.make(), line: line(), enrolled: (await sync.hallKeys()) !== null, clockOffset: store.time.evidence().drift?.offset ?? null, signs: signsWell() }),
    changed() {
      devicesChanged();
      sync.nudge();
    },
  });
  const backups = startBackups({ store: settings, to: config.backup?.to ?? null, scrub: () => store.scrub(), clock, busy, log });
  stops.push(backups.stop, startRetention({ store, clock, keepDays: config.keepClosedDays, busy: () => busy() || backups.running(), log }));
  const caretaker: Caretaker = await createCaretaker({
    pin: config.caretaker?.pin ?? null, mounts: config.courier?.mounts ?? null, log, outdated,
    papers: createPapersDesk({ config, exchanges, printing, devices, store, clock, newId, log, changed: () => caretaker.papersChanged(), standing: async () => ({ program: manifest.version, online: online(), waiting: await store.log.waiting(), room: await room.standing() }) }),
    devices: createDevicesDesk({ exchanges, selfTests }),
    room: async () => (printing.unwritten() > 0 ? 'full' : room.standing()),
    sticks: config.courier === null ? () => Promise.resolve([]) : sticksBelow(config.courier.mounts),
    courier: { store, signer, clock, random, key: terminalCourierKey(keys.value.store), enrolment: { publicKey: keys.value.signing.publicKey, code: config.enrolmentCode } },
    onTaken(did) {
      if (did.items > 0) catalogue.reload();
    },
  });

  stops.push(devices.words.watch(devicesChanged), selfTests.stop);

  const resumed = await session.resume();
  log({ event: 'core-started', machine: config.machine, boot, resumed });
  stops.push(enrol({ sync, code: config.enrolmentCode, publicKey: keys.value.signing.publicKey, machine: config.machine, clock, log, done: () => sync.start() }));

  return ok({
    session,
    store,
    printing,
    connectDevices: (port, instance) => devices.connect(port, instance),
    connectWindow: (port) => serveKiosk(port, { session, ownPages, help, catalogue, printing, elsewhere, terminal, caretaker, devices, speech, log }),
    connectPhone: phone.connect,
    connectQuarantine: quarantine.connect,
    connectSite: siteRoad.connect,
    async close() {
      for (const stop of stops) stop();
      phone.close();
      siteRoad.close();
      quarantine.close();
      session.close();
      await sync.stop();
      await caretaker.close();
      devices.close();
      speech.close();
      await store.close();
    },
  });
}

