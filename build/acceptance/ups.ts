import type { PowerState } from '../../domain/contracts/ups.ts';
import type { Clock } from '../../domain/time.ts';
import { type Checks, Failed, words } from './checks.ts';
import { createSteps, nextOf } from './steps.ts';
import type { Person, Watched } from './types.ts';

export type UpsUnderTest = Watched & { power(signal: AbortSignal): AsyncIterable<PowerState> };

/** A UPS looks at its mains every few seconds, and its driver at the UPS. */
const TOLD_WITHIN = 30_000;

/** The mains, the battery, and the cable that tells of them. Nobody waits for the battery to run down. */
export async function acceptUps(ups: UpsUnderTest, { person, clock, checks }: { person: Person; clock: Clock; checks: Checks }): Promise<void> {
  const { online, must, restored } = createSteps(ups, { person, clock });
  const told = (kind: PowerState['kind'], deed: () => Promise<void>) => nextOf((signal) => ups.power(signal), (power) => power.kind === kind, { clock, within: TOLD_WITHIN, deed });

  await checks.check('is on line', async () => words(await online()));
  await checks.check('lives on the mains at first', async () => {
    if ((await told('mains', () => Promise.resolve())) === null) throw new Failed('it does not say so');
    return 'mains';
  });
  await checks.check('mains out, and back', async () => {
    const battery = await told('battery', () => must('pull-mains'));
    const back = await told('mains', () => must('restore-mains'));
    if (battery === null) throw new Failed('it does not say that it lives on its battery');
    if (back === null) throw new Failed('it does not say that the mains are back');
    if (!(await person.answer('stayed-on'))) throw new Failed('the computer went off');
    return battery.kind === 'battery' && battery.runtimeSeconds !== null ? `battery for ${battery.runtimeSeconds} s` : 'battery, it does not say for how long';
  });
  await checks.check('cable to the computer out', () => restored('pull-ups-cable', 'plug-ups-cable'));
  await checks.check('lives on the mains at the end of it all', async () => {
    if ((await told('mains', () => Promise.resolve())) === null) throw new Failed('it does not say so');
    return words(await online());
  });
}
