import type { CodeReading } from '../../domain/contracts/devices.ts';
import type { Clock } from '../../domain/time.ts';
import { type Checks, Failed, words } from './checks.ts';
import { createSteps, nextOf } from './steps.ts';
import type { Deed, Person, Watched } from './types.ts';

export type CodeScannerUnderTest = Watched & { scan(signal: AbortSignal): AsyncIterable<CodeReading> };

/** A code that is held still is read within this, milliseconds. */
const READ_WITHIN = 10_000;
/** A code that was kept for whoever asks next would come at once, milliseconds. */
const KEPT = 2_500;

/** Codes, and the cable. What a code says stands nowhere. @param reads how often the code is read */
export async function acceptCodeScanner(scanner: CodeScannerUnderTest, { person, clock, reads, checks }: { person: Person; clock: Clock; reads: number; checks: Checks }): Promise<void> {
  const { online, must, restored } = createSteps(scanner, { person, clock });
  const isLast = ({ kind }: CodeReading) => kind === 'read' || kind === 'unavailable';
  const readOne = (during: Deed) => nextOf((signal) => scanner.scan(signal), isLast, { clock, within: READ_WITHIN, deed: () => must(during) });

  async function mustRead(): Promise<string> {
    const reading = await readOne('show-code');
    if (reading?.kind !== 'read') throw new Failed(reading?.kind ?? 'nothing was read');
    return reading.code.text;
  }

  await checks.check('is on line', async () => words(await online()));
  await checks.check(`reads the same code ${reads} times`, async () => {
    const first = await mustRead();
    for (let read = 2; read <= reads; read += 1) if ((await mustRead()) !== first) throw new Failed(`read ${read} gave another text`);
    return `${reads} of ${reads}`;
  });
  await checks.check('keeps no code for whoever asks next', async () => {
    await must('show-code-unasked');
    const kept = await nextOf((signal) => scanner.scan(signal), isLast, { clock, within: KEPT, deed: () => Promise.resolve() });
    if (kept !== null) throw new Failed(`a code from before the question ended as ${kept.kind}`);
    return 'nothing was kept';
  });
  await checks.check('cable out', () => restored('pull-cable', 'plug-cable'));
  await checks.check('cable pulled while a code is waited for', async () => {
    const reading = await readOne('pull-cable');
    if (reading?.kind !== 'unavailable') throw new Failed(`whoever waits is told ${reading?.kind ?? 'nothing'}`);
    await must('plug-cable');
    await online();
    return words(reading.status);
  });
  await checks.check('reads a code at the end of it all', async () => {
    await mustRead();
    return 'read';
  });
}
