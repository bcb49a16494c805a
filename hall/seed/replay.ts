/**
 * Tells a story to a hall as the world would: terminals' signed actions come in batches through the intake, staff act through the hall's own deeds, and the hall's clock shows what it
 * showed. Slow, and true to the last row: a few thousand cases.
 */
import type { ChainHead } from '../../domain/action/chain.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Story } from '../../domain/seed/story.ts';
import type { StoryAction, StoryEvent, Summary } from '../../domain/seed/world.ts';
import type { Clock } from '../../domain/time.ts';
import { doByRule, doOnCase } from '../cases/acts/deed.ts';
import { enter } from '../cases/window.ts';
import { type Ground, instant } from '../ground.ts';
import { takeBatch } from '../intake/take.ts';
import { grantLease, officialNumber } from '../leases/leases.ts';
import { deedOf, ruleOf } from './deeds.ts';
import { chained, closeCounty, filesOf, type Stage, staffOf, TOLD_EVERY } from './stage.ts';

export async function replay(stage: Stage): Promise<Summary> {
  const { story } = stage;
  const scene = createScene(stage);
  let batch: StoryAction[] = [];
  let strokes: StoryAction[] = [];
  const flush = async () => {
    if (batch.length > 0) await scene.batch(batch);
    batch = [];
  };
  for (let count = 0; ; count += 1) {
    const next = story.events.next();
    if (next.done === true || !isOfBatch(batch, next.value)) await flush();
    if (next.done === true) return next.value;
    await stage.keepScans();
    if (count % TOLD_EVERY === 0) stage.told(count);
    const event = next.value;
    if (event.kind === 'lease') await scene.lease(event);
    else if (event.kind === 'closure') await scene.closure(event);
    else if (event.kind === 'action' && event.machine !== story.county.hall) batch.push(event);
    else if (event.kind === 'action') {
      strokes.push(event);
      if (event.payload.kind === 'decided') continue;
      await scene.deed(strokes);
      strokes = [];
    }
  }
}

/** What a terminal sends at one time goes in one batch. */
function isOfBatch([first]: readonly StoryAction[], event: StoryEvent): boolean {
  return first !== undefined && event.kind === 'action' && event.machine === first.machine && event.at === first.at;
}

function createScene({ ground: real, story, players }: Stage) {
  const { from } = story;
  let now = from;
  /** The random halves of the ids that the hall is about to give. */
  let entropies: Uint8Array[] = [];
  const clock: Clock = { now: () => now, monotonic: () => now - from, after: (milliseconds, call) => real.clock.after(milliseconds, call) };
  const ground: Ground = {
    ...real, clock, boot: story.boot,
    log: () => undefined,
    random() {
      const bytes = entropies.shift();
      if (bytes === undefined) throw new Error('the hall draws where the story does not');
      return bytes;
    },
  };
  const heads = new Map<MachineId, ChainHead>();

  async function keepFiles(actions: readonly StoryAction[]): Promise<void> {
    const rows = actions.flatMap(({ payload, at }) => filesOf(payload).map(({ hash, size }) => ({ division: ground.division, hash, size, received_at: instant(at) })));
    if (rows.length > 0) await real.db.write((write) => write.insertInto('blob').values(rows).execute());
  }

  return {
    async lease({ at, machine, want, request, first, entropy }: Extract<StoryEvent, { kind: 'lease' }>): Promise<void> {
      now = at;
      entropies = [entropy];
      const lease = await grantLease(ground, machine, { kind: 'case-number', want, request });
      if (lease.first !== first) throw new Error(`the hall gave ${machine} other numbers than the story`);
    },

    async closure(event: Extract<StoryEvent, { kind: 'closure' }>): Promise<void> {
      now = event.at;
      entropies = event.moved.map(({ entropy }) => entropy);
      if (await closeCounty({ ground, story }, event) !== event.moved.length) throw new Error('other limits move than in the story');
    },

    async batch(events: readonly StoryAction[]): Promise<void> {
      const [first] = events;
      const player = first === undefined ? undefined : players.get(first.machine);
      if (first === undefined || player === undefined) throw new Error('a batch of nobody');
      now = first.at;
      const taken = await takeBatch(ground, player, events.map((event) => chained(heads, player.signer, event)));
      const refused = taken.ok ? taken.value.find(({ kind }) => kind !== 'stored') : taken.error;
      if (refused !== undefined) throw new Error(`the intake says ${JSON.stringify(refused)} to ${events.map(({ payload }) => payload.kind).join(', ')}`);
      await keepFiles(events);
    },

    /** What is said at one stroke, such as the decision and the end of a case, is one deed. */
    async deed(strokes: readonly StoryAction[]): Promise<void> {
      const last = strokes.at(-1);
      if (last === undefined) throw new Error('a deed of nothing');
      now = last.at;
      entropies = strokes.map(({ entropy }) => entropy);
      await keepFiles(strokes);
      await act(ground, story, last);
      if (entropies.length > 0) throw new Error(`the hall said less than the story, at ${last.payload.kind}`);
      const row = await real.db.read.selectFrom('case_view').select('state').where('division', '=', ground.division).where('id', '=', last.state.id).executeTakeFirstOrThrow();
      if (row.state !== JSON.stringify(last.state)) throw new Error(`the hall sees a case otherwise than the story, at ${last.payload.kind}`);
    },
  };
}

/** Does at the hall what the story says that somebody did. */
async function act(ground: Ground, story: Story, { actor, payload, item, state }: StoryAction): Promise<void> {
  const { id } = state;
  if (actor.kind !== 'staff') {
    const done = await doByRule(ground, id, ruleOf(ground, payload));
    if (!done) throw new Error(`the hall does not do ${payload.kind} by itself`);
    return;
  }
  const staff = staffOf(story, actor.account);
  if (payload.kind === 'handed-in') {
    await ground.db.write(async (write) => {
      if (await officialNumber(ground, write) !== payload.number.value) throw new Error('the hall gave another number than the story');
      await enter(ground, write, staff, { id, item, payload });
    });
    return;
  }
  const acted = await doOnCase(ground, staff, id, deedOf(ground, staff, payload));
  if (!acted.ok) throw new Error(`the hall says ${acted.error.kind} to ${payload.kind}`);
}
