import { BoardLight, type BoardCapabilities, type BoardEvent, type BoardPart, type BoardRefusal, type LightsWish } from '../../domain/contracts/board.ts';
import type { Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { type Checks, Failed, seeStatus, Skipped, words } from './checks.ts';
import { createSteps, nextOf } from './steps.ts';
import type { Deed, Person, Watched } from './types.ts';

type Done = Promise<Result<null, BoardRefusal>>;
export type BoardUnderTest = Watched & { capabilities(): BoardCapabilities | null; events(signal: AbortSignal): AsyncIterable<BoardEvent>; setLights(wish: LightsWish): Done; acknowledgeTamper(): Done };

/** What a person did shows within this, milliseconds: the presence sensor is slow on purpose. */
const TOLD_WITHIN = 15_000;

/** Each light, sensor and key that the board says it has; the tamper latch; cable and power. Which key was pressed stands nowhere. */
export async function acceptBoard(board: BoardUnderTest, { person, clock, checks }: { person: Person; clock: Clock; checks: Checks }): Promise<void> {
  const { online, must, restored } = createSteps(board, { person, clock });
  const has = (part: BoardPart) => board.capabilities()?.parts.includes(part) === true;

  async function tells(part: BoardPart, deed: Deed, wanted: (event: BoardEvent) => boolean): Promise<void> {
    if (!has(part)) throw new Skipped(`it has no ${part}`);
    if ((await nextOf((signal) => board.events(signal), wanted, { clock, within: TOLD_WITHIN, deed: () => must(deed) })) === null) throw new Failed(`nothing was told of “${deed}”`);
  }
  async function light(on: BoardLight | null): Promise<void> {
    const lights = Object.fromEntries(BoardLight.options.map((name) => [name, name === on ? 'on' : 'off'] as const)) as LightsWish['lights'];
    const set = await board.setLights({ brightness: 'day', lights });
    if (!set.ok) throw new Failed(`${on ?? 'off'}: ${set.error.kind}`);
  }
  async function bothWays(part: BoardPart, [there, back]: [Deed, Deed], state: (event: BoardEvent) => boolean | null): Promise<string> {
    await tells(part, there, (event) => state(event) === true);
    await tells(part, back, (event) => state(event) === false);
    return 'told both ways';
  }

  await checks.check('is on line', async () => {
    const status = words(await online());
    const known = board.capabilities();
    return known === null ? status : `${status}; ${known.model}, firmware ${known.firmware}, ${known.parts.join(' ')}`;
  });
  for (const name of BoardLight.options) {
    await checks.check(`light ${name}`, async () => {
      if (board.capabilities()?.lights.includes(name) !== true) throw new Skipped('it has no such light');
      await light(name);
      if (!(await person.answer('light-is-on', name))) throw new Failed('the person does not see it');
      return 'seen';
    });
  }
  await checks.check('lights off', async () => {
    await light(null);
    if (!(await person.answer('lights-are-off'))) throw new Failed('one is still on');
    return 'seen';
  });
  await checks.check('presence', () => bothWays('presence', ['step-near', 'step-away'], (event) => (event.kind === 'presence' ? event.near : null)));
  await checks.check('headset', () => bothWays('headset', ['plug-headset', 'unplug-headset'], (event) => (event.kind === 'headset' ? event.plugged : null)));
  await checks.check('service door', () => bothWays('door', ['open-door', 'close-door'], (event) => (event.kind === 'door' ? event.open : null)));
  await checks.check('keypad', async () => {
    await tells('keypad', 'press-key', (event) => event.kind === 'key' && !event.pressed);
    return 'pressed and let go';
  });
  await checks.check('a case that is moved', async () => {
    if (!has('tamper')) throw new Skipped('it has no tamper');
    await must('move-case');
    const status = await seeStatus(board, clock, ({ kind }) => kind === 'blocked');
    const done = await board.acknowledgeTamper();
    if (!done.ok) throw new Failed(`it does not take the acknowledgement: ${done.error.kind}`);
    await online();
    return `${words(status)}; acknowledged`;
  });
  await checks.check('cable out', () => restored('pull-cable', 'plug-cable'));
  await checks.check('power off', () => restored('switch-off', 'switch-on'));
}
