import type { PageReading, ScannerCapabilities, ScanSource, ScanWish } from '../../domain/contracts/document-scanner.ts';
import type { Clock } from '../../domain/time.ts';
import { type Checks, Failed, Skipped, words } from './checks.ts';
import { createSteps } from './steps.ts';
import type { Deed, Person, Watched } from './types.ts';

export type DocumentScannerUnderTest = Watched & { capabilities(): ScannerCapabilities | null; scan(wish: ScanWish, signal: AbortSignal): AsyncIterable<PageReading> };

/** How a scan ended, and how many pages it gave; `doubled` when the sensor saw two sheets under one of them. */
type Scan = { end: string; pages: number; doubled: boolean; askedForPaper: boolean };

/** Glass and feeder, two sheets at once, cover, cable and power. No page is kept. */
export async function acceptDocumentScanner(scanner: DocumentScannerUnderTest, { person, clock, checks }: { person: Person; clock: Clock; checks: Checks }): Promise<void> {
  const { online, must, restored } = createSteps(scanner, { person, clock });

  function wishFor(source: ScanSource): ScanWish {
    const found = scanner.capabilities()?.sources.find((one) => one.source === source);
    if (found === undefined) throw new Skipped(`it has no ${source}`);
    return { source, resolution: 150, colour: found.colours[0] ?? 'grey' };
  }

  /** @param onAsked what the person does when paper is asked for */
  async function scan(source: ScanSource, onAsked: Deed | null = null): Promise<Scan> {
    const limit = new AbortController();
    const seen: Scan = { end: 'nothing was told', pages: 0, doubled: false, askedForPaper: false };
    for await (const reading of scanner.scan(wishFor(source), limit.signal)) {
      if (reading.kind === 'page') {
        seen.pages += 1;
        seen.doubled ||= reading.page.findings.some(({ kind }) => kind === 'double-feed');
      } else if (reading.kind === 'place-paper') {
        if (onAsked === null) limit.abort();
        else if (!seen.askedForPaper) await must(onAsked);
        seen.askedForPaper = true;
        seen.end = reading.kind;
      } else if (reading.kind !== 'scanning') seen.end = reading.kind === 'stopped' ? reading.reason : reading.kind;
    }
    return seen;
  }
  const told = ({ end, pages }: Scan) => `${end} after ${pages} page${pages === 1 ? '' : 's'}`;

  async function mustScan(source: ScanSource, deed: Deed, pages: number): Promise<string> {
    wishFor(source);
    await must(deed);
    const seen = await scan(source);
    if (seen.end !== 'done' || seen.pages !== pages) throw new Failed(told(seen));
    return told(seen);
  }

  await checks.check('is on line', async () => words(await online()));
  await checks.check('scans a page on the glass', () => mustScan('flatbed', 'place-page-on-glass', 1));
  await checks.check('scans a pile, sheet by sheet', () => mustScan('feeder', 'load-five-sheets', 5));
  await checks.check('asks for paper when the feeder is empty', async () => {
    wishFor('feeder');
    await must('empty-feeder');
    const seen = await scan('feeder', 'load-one-sheet');
    if (!seen.askedForPaper || seen.end !== 'done' || seen.pages !== 1) throw new Failed(told(seen));
    return told(seen);
  });
  await checks.check('tells two sheets that went in as one', async () => {
    wishFor('feeder');
    await must('load-two-as-one');
    const seen = await scan('feeder');
    await must('clear-feeder');
    if (!seen.doubled && seen.end !== 'double-feed') throw new Failed(`it took them for one: ${told(seen)}`);
    await online();
    return told(seen);
  });
  await checks.check('cover open', () => restored('open-cover', 'close-cover'));
  await checks.check('cable out', () => restored('pull-cable', 'plug-cable'));
  await checks.check('power off', () => restored('switch-off', 'switch-on'));
  await checks.check('cable pulled in the middle of a pile', async () => {
    wishFor('feeder');
    await must('load-five-and-be-ready-to-pull');
    const seen = await scan('feeder');
    if (seen.end === 'done') throw new Failed(told(seen));
    await must('clear-feeder');
    await must('plug-cable');
    await online();
    return `${told(seen)}; then ${await mustScan('feeder', 'load-one-sheet', 1)}`;
  });
  await checks.check('scans at the end of it all', () => (scanner.capabilities()?.sources.some(({ source }) => source === 'feeder') === true ? mustScan('feeder', 'load-one-sheet', 1) : mustScan('flatbed', 'place-page-on-glass', 1)));
}
