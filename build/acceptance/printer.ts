import { isOutcome, type PrintOutcome, type PrintProgress } from '../../domain/contracts/devices.ts';
import type { PrintId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';
import { type Checks, Failed, words } from './checks.ts';
import { createSteps } from './steps.ts';
import type { Deed, Person, Question, Watched } from './types.ts';

/** A printer of either kind, with a sample of its own. */
export type PrinterUnderTest = Watched & { print(id: PrintId): AsyncIterable<PrintProgress> };

/** After a repair this long is watched for paper that comes by itself, milliseconds: longer than any printer warms up. */
const QUIET = 20_000;

/** Paper before, during and after; cover, cable and power; and that nobody's paper comes out later. */
export async function acceptPrinter(printer: PrinterUnderTest, { person, clock, newId, checks }: { person: Person; clock: Clock; newId(): PrintId; checks: Checks }): Promise<void> {
  const { online, gone, must } = createSteps(printer, { person, clock });

  async function print(id = newId()): Promise<PrintOutcome> {
    let last: PrintProgress = { kind: 'unknown', reason: 'nothing was told' };
    for await (const progress of printer.print(id)) last = progress;
    return isOutcome(last) ? last : { kind: 'unknown', reason: 'no outcome was told' };
  }
  const told = (outcome: PrintOutcome) => ('reason' in outcome ? `${outcome.kind} ${outcome.reason}` : outcome.kind);

  /** What was told against what the person sees. */
  async function hold(outcome: PrintOutcome): Promise<string> {
    if (outcome.kind === 'printed' && !(await person.answer('one-came-out'))) throw new Failed('it said printed, and no whole paper came out');
    if (outcome.kind === 'not-printed' && !(await person.answer('nothing-came-out'))) throw new Failed('it said not printed, and something came out');
    return told(outcome);
  }

  async function nothingByItself(question: Question): Promise<void> {
    await new Promise<void>((resolve) => clock.after(QUIET, resolve));
    if (await person.answer(question)) throw new Failed('paper of an earlier job came out by itself');
  }

  /** Something goes wrong with nothing under way: the printer says so, refuses, and works again when it is put right. */
  async function atRest(wrong: Deed, right: Deed): Promise<string> {
    await must(wrong);
    const status = await gone();
    const outcome = await print();
    if (outcome.kind !== 'not-printed') throw new Failed(`with ${words(status)} a print ended as ${told(outcome)}`);
    await must(right);
    await online();
    await nothingByItself('came-by-itself');
    return words(status);
  }

  /** The same in the middle of a print. */
  async function underWay(ready: Deed, right: Deed): Promise<string> {
    await must(ready);
    const seen = await hold(await print());
    await must(right);
    await online();
    await nothingByItself('more-than-the-piece');
    const next = await print();
    if (next.kind !== 'printed') throw new Failed(`after ${seen} the next print ended as ${told(next)}`);
    return `${seen}; the next was printed`;
  }

  await checks.check('is on line', async () => words(await online()));
  await checks.check('prints a sample, once', async () => {
    const id = newId();
    const seen = await hold(await print(id));
    if (seen !== 'printed') throw new Failed(seen);
    if (told(await print(id)) !== 'printed') throw new Failed('asked for again it did not say the same');
    if (await person.answer('came-by-itself')) throw new Failed('asked for again it printed again');
    return seen;
  });
  await checks.check('paper out', () => atRest('take-paper', 'put-paper'));
  await checks.check('cover open', () => atRest('open-cover', 'close-cover'));
  await checks.check('cable out', () => atRest('pull-cable', 'plug-cable'));
  await checks.check('power off', () => atRest('switch-off', 'switch-on'));
  await checks.check('cover opened in the middle of a print', () => underWay('be-ready-to-open-cover', 'close-cover'));
  await checks.check('cable pulled in the middle of a print', () => underWay('be-ready-to-pull-cable', 'plug-cable'));
  await checks.check('prints at the end of it all', async () => {
    const seen = await hold(await print());
    if (seen !== 'printed') throw new Failed(seen);
    return seen;
  });
}
