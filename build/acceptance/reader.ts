import type { CardReading } from '../../domain/contracts/devices.ts';
import type { Clock } from '../../domain/time.ts';
import { type Checks, Failed, words } from './checks.ts';
import { createSteps } from './steps.ts';
import type { Deed, Person, Watched } from './types.ts';

export type ReaderUnderTest = Watched & { read(signal: AbortSignal): AsyncIterable<CardReading> };

/** A card that lies still is read within this, milliseconds; the fastest reader takes 0.2 s for it. */
const READ_WITHIN = 10_000;
/** A reader that is asked for a card has by then seen that the last one is gone, milliseconds. */
const SEE_EMPTY = 2_500;

/** Cards, cable and power. @param reads how often the card is read */
export async function acceptReader(reader: ReaderUnderTest, { person, clock, reads, checks }: { person: Person; clock: Clock; reads: number; checks: Checks }): Promise<void> {
  const { online, must, restored } = createSteps(reader, { person, clock });

  /** The last word of one reading. @param during what the person does once the reader waits for a card */
  async function readOne(during: Deed): Promise<CardReading> {
    const limit = new AbortController();
    let stopTimer = () => {};
    let last: CardReading = { kind: 'place-card' };
    let asked = false;
    for await (const reading of reader.read(limit.signal)) {
      last = reading;
      if (reading.kind !== 'place-card' || asked) continue;
      asked = true;
      await new Promise<void>((resolve) => clock.after(SEE_EMPTY, resolve));
      await must(during);
      stopTimer = clock.after(READ_WITHIN, () => limit.abort());
    }
    stopTimer();
    return last;
  }

  await checks.check('is on line', async () => words(await online()));
  await checks.check(`reads the same card ${reads} times`, async () => {
    let number: string | null = null;
    for (let read = 1; read <= reads; read += 1) {
      const reading = await readOne('place-card');
      if (reading.kind !== 'read') throw new Failed(`read ${read} ended with ${reading.kind}`);
      if (number !== null && number !== reading.holder.number) throw new Failed(`read ${read} gave another number`);
      number = reading.holder.number;
      await must('lift-card');
    }
    return `${reads} of ${reads}`;
  });
  await checks.check('takes no other card for one', async () => {
    const reading = await readOne('place-bank-card');
    await must('lift-card');
    if (reading.kind === 'read') throw new Failed('it read an identity off another card');
    return reading.kind;
  });
  await checks.check('cable out', () => restored('pull-cable', 'plug-cable'));
  await checks.check('power off', () => restored('switch-off', 'switch-on'));
  await checks.check('cable pulled while a card is waited for', async () => {
    const reading = await readOne('pull-cable');
    if (reading.kind !== 'unavailable') throw new Failed(`whoever waits is told ${reading.kind}`);
    await must('plug-cable');
    await online();
    return words(reading.status);
  });
  await checks.check('reads a card at the end of it all', async () => {
    const reading = await readOne('place-card');
    await must('lift-card');
    if (reading.kind !== 'read') throw new Failed(reading.kind);
    return reading.kind;
  });
}
