import { join } from 'node:path';
import type { CaretakerAnswer, CaretakerDeed, CaretakerView, CourierOutcome } from '../../../domain/contracts/caretaker.ts';
import { MAX_CONTENTS } from '../../../domain/contracts/courier.ts';
import { drop, err, ok, type Result } from '../../../domain/result.ts';
import { isFull } from '../../../sync/store/index.ts';
import { type CourierParts, exportParcel } from '../../../sync/transport/courier/export.ts';
import { type ImportFailure, importParcels } from '../../../sync/transport/courier/import.ts';
import { keepCard, pinnedHall } from '../../../sync/transport/courier/state.ts';
import type { SyncReport } from '../../../sync/types.ts';
import type { CoreLog } from '../log.ts';
import { createTold, type Told } from '../told.ts';
import type { FindSticks } from '../courier/sticks.ts';
import { createDoor } from './door.ts';
import type { DevicesDesk } from './devices.ts';
import type { PapersDesk } from './papers.ts';

/** Without a touch the screen closes by itself: a caretaker who was called away leaves no open door. */
const IDLE_MS = 180_000;
/** Both hands are in a printer, and no finger is free. */
const EXCHANGE_IDLE_MS = 900_000;
/** How soon a stick that was put in is seen. */
const LOOK_MS = 2000;

export type Caretaker = {
  views: Told<CaretakerView>;
  enter(pin: string): Promise<CaretakerAnswer>;
  touch(): Promise<CaretakerAnswer>;
  leave(): Promise<CaretakerAnswer>;
  put(stick: string): Promise<CaretakerAnswer>;
  take(stick: string): Promise<CaretakerAnswer>;
  takeCard(fingerprint: string): Promise<CaretakerAnswer>;
  /** Does something at the desk, if the caretaker is here. */
  papers(deed: (desk: PapersDesk) => Promise<CaretakerAnswer>): Promise<CaretakerAnswer>;
  devices(deed: (desk: DevicesDesk) => Promise<CaretakerAnswer>): Promise<CaretakerAnswer>;
  /** What a desk shows has changed. */
  papersChanged(): void;
  devicesChanged(): void;
  /** Waits for what is running. */
  close(): Promise<void>;
};

type OpenView = Extract<CaretakerView, { kind: 'open' }>;

export type CaretakerParts = {
  /** null: this machine has no caretaker's screen. */
  pin: string | null;
  /** Folder below which sticks are mounted; null: cases do not go by stick here. */
  mounts: string | null;
  papers: PapersDesk;
  devices: DevicesDesk;
  courier: CourierParts;
  sticks: FindSticks;
  /** As the view has it. */
  outdated(): OpenView['outdated'];
  room(): Promise<OpenView['room']>;
  log: CoreLog;
  /** After an import, with what it did. */
  onTaken(did: SyncReport): void;
};

/** The caretaker's screen: papers, and cases by stick, behind a PIN. One export or import at a time; it goes on when the screen is closed. */
export async function createCaretaker({ pin: stored, mounts, papers, devices, courier, sticks, outdated, room, log, onTaken }: CaretakerParts): Promise<Caretaker> {
  const { store, clock } = courier;
  const door = stored === null ? null : await createDoor(store, clock, stored);
  const views = createTold<CaretakerView>(closedView());
  /** null: closed. */
  let open: Omit<OpenView, 'kind' | 'secondsLeft' | 'outdated' | 'deed' | 'outcome' | 'exchanges' | 'selfTest'> | null = null;
  /** By the monotonic clock: the wall clock may be set while a caretaker is here. */
  let touchedAt = 0;
  let deed: OpenView['deed'] = null;
  let outcome: CourierOutcome | null = null;
  let offered: Extract<ImportFailure, { kind: 'compare-card' }>['cards'] = [];
  let running: Promise<void> = Promise.resolve();
  let stopLooking = () => {};

  function closedView(): CaretakerView {
    return door === null ? { kind: 'none' } : { kind: 'closed', lockedUntil: door.lockedUntil() };
  }
  function tell(): void {
    views.tell(open === null ? closedView() : { kind: 'open', ...open, outdated: outdated(), ...devices.view(), deed, outcome, secondsLeft: Math.max(0, Math.ceil(idleLeft() / 1000)) });
  }
  const idleLeft = () => touchedAt + (devices.view().exchanges.length === 0 ? IDLE_MS : EXCHANGE_IDLE_MS) - clock.monotonic();

  async function waiting(): Promise<OpenView['waiting']> {
    const actions = await store.log.unacknowledged(MAX_CONTENTS);
    const pages = await store.blobs.pending(MAX_CONTENTS, new Set(), ['waiting', 'received']);
    return { cases: new Set(actions.map((action) => action.case)).size, actions: actions.length, pages: pages.length, bytes: pages.reduce((sum, { reference }) => sum + reference.size, 0) };
  }

  async function look(): Promise<void> {
    if (open === null) return;
    // Nobody stands at the machine to press anything while a large stick is written.
    if (deed !== null) touchedAt = clock.monotonic();
    if (idleLeft() <= 0) return shut('idle');
    const [found, left] = [await sticks(), await room()];
    // Closed meanwhile: nobody looks on.
    if (open === null) return;
    open = { ...open, sticks: found, room: left };
    tell();
    stopLooking = clock.after(LOOK_MS, () => drop(look()));
  }

  async function lookAtPapers(): Promise<void> {
    const view = await papers.view();
    if (open === null) return;
    open = { ...open, papers: view };
    tell();
  }

  function shut(why: string): void {
    stopLooking();
    open = null;
    outcome = null;
    offered = [];
    papers.forget();
    devices.leave();
    log({ event: 'caretaker-left', why });
    tell();
  }

  async function count(): Promise<void> {
    const [counted, hall, found] = [await waiting(), await pinnedHall(store), await sticks()];
    if (open !== null) open = { ...open, waiting: counted, enrolled: hall !== null, sticks: found };
    tell();
  }

  /** Begins a deed and answers at once. */
  async function begin(kind: CaretakerDeed, stick: string, work: (folder: string) => Promise<CourierOutcome>): Promise<CaretakerAnswer> {
    if (open === null || mounts === null) return err({ kind: 'no-caretaker' });
    if (deed !== null) return err({ kind: 'busy' });
    if (!open.sticks.some((one) => one.stick === stick)) return err({ kind: 'no-such-stick' });
    touchedAt = clock.monotonic();
    deed = { kind, stick, done: 0, total: 0 };
    outcome = null;
    tell();
    // Looked for once more: where a stick was pulled out its place may stay, and what is written there would stay in the machine.
    const isThere = async () => (await sticks()).some((one) => one.stick === stick);
    running = run(kind, async () => ((await isThere()) ? work(join(mounts, stick)) : { kind: 'failed', deed: kind, why: 'stick-gone' }));
    drop(running);
    return ok(null);
  }

  async function run(kind: CaretakerDeed, work: () => Promise<CourierOutcome>): Promise<void> {
    try {
      const became = await work().catch((cause: unknown): CourierOutcome => {
        if (!isFull(cause)) throw cause;
        return { kind: 'failed', deed: kind, why: 'machine-full' };
      });
      log({ event: 'courier', deed: kind, outcome: became.kind === 'failed' ? became.why : became.kind });
      outcome = became;
    } finally {
      deed = null;
      await count();
    }
  }

  const now = () => new Date(clock.now()).toISOString();

  return {
    views,
    async enter(pin) {
      if (door === null) return err({ kind: 'no-caretaker' });
      const tried = await door.try(pin);
      if (!tried.ok) log({ event: 'caretaker-refused', why: tried.error.kind });
      else {
        log({ event: 'caretaker-entered' });
        touchedAt = clock.monotonic();
        stopLooking();
        open = { waiting: await waiting(), enrolled: (await pinnedHall(store)) !== null, room: await room(), papers: await papers.view(), bySticks: mounts !== null, sticks: [] };
        await look();
      }
      tell();
      return tried;
    },
    async touch() {
      touchedAt = clock.monotonic();
      return open === null ? err({ kind: 'no-caretaker' }) : ok(null);
    },
    async leave() {
      if (open !== null) shut('asked');
      return ok(null);
    },
    put: (stick) => begin('put', stick, async (folder) => {
      const made = await exportParcel(courier, { stick: folder, progress: (done, total) => {
        deed = { kind: 'put', stick, done, total };
        tell();
      } });
      if (!made.ok) return { kind: 'failed', deed: 'put', why: made.error.kind };
      return { kind: 'exported', stick, at: now(), actions: made.value.actions, pages: made.value.blobs, left: made.value.left };
    }),
    take: (stick) => begin('take', stick, async (folder) => {
      const taken = await importParcels({ ...courier, log }, folder);
      if (taken.ok) {
        const { did, repeated, enrolled, refused } = taken.value;
        onTaken(did);
        return {
          kind: 'imported', stick, at: now(), parcels: taken.value.taken, repeated, enrolled, acknowledged: did.acknowledged, keptAside: did.keptAside, pages: did.blobs, decisions: did.hallActions,
          items: did.items, numbers: did.leases, refused: [...refused].map(([fault, times]) => ({ fault, count: times })),
        };
      }
      return failedTake(taken);
    }),
    async takeCard(fingerprint) {
      if (open === null) return err({ kind: 'no-caretaker' });
      const chosen = offered.find((one) => one.fingerprint === fingerprint);
      if (chosen === undefined) return err({ kind: 'no-such-card' });
      touchedAt = clock.monotonic();
      await keepCard(store, chosen.card);
      log({ event: 'hall-card-taken', hall: chosen.card.keys.hall });
      offered = [];
      outcome = null;
      tell();
      return ok(null);
    },
    async papers(deed) {
      if (open === null) return err({ kind: 'no-caretaker' });
      touchedAt = clock.monotonic();
      return deed(papers);
    },
    async devices(deed) {
      if (open === null) return err({ kind: 'no-caretaker' });
      touchedAt = clock.monotonic();
      return deed(devices);
    },
    devicesChanged() {
      if (open !== null) tell();
    },
    papersChanged() {
      if (open !== null) drop(lookAtPapers());
    },
    async close() {
      stopLooking();
      open = null;
      await running.catch(() => undefined);
    },
  };

  function failedTake({ error }: Extract<Result<never, ImportFailure>, { ok: false }>): CourierOutcome {
    if (error.kind !== 'compare-card') return { kind: 'failed', deed: 'take', why: error.kind };
    offered = error.cards;
    return { kind: 'compare-card', cards: offered.map(({ card, fingerprint }) => ({ hall: card.keys.hall, name: card.name, fingerprint })) };
  }
}
