/** A technician's tool: the same service as the terminal's, on one scanner. It writes what it scans, since that is what is to be tried. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { DocumentScannerSettings, ScanWish } from '../../domain/contracts/document-scanner.ts';
import type { PageFinding, PageReading, ScannedPage } from '../../domain/contracts/document-scanner.ts';
import { never } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { say, settled, statusText } from '../technician.ts';
import { detailOf } from './driver.ts';
import { openScanDriver } from './open.ts';
import { addPages } from './page/pages.ts';
import { pdfOf } from './page/pdf.ts';
import { listDevices } from './sane/devices.ts';
import { openDocumentScanner } from './service.ts';
import type { DocumentScanner, DocumentScannerLogEntry } from './types.ts';

const USAGE = `Usage: node devices/document-scanner/cli.ts (status | scan | watch) (--escl URL | --sane DEVICE) [OPTION…]
       node devices/document-scanner/cli.ts list
  status  asks the scanner and says how it is, and what it has
  scan    scans what lies in the source, into --out FOLDER: each page as page-001.jpg, all of them as pages.pdf
  watch   says every change, until interrupted
  list    the scanners that SANE finds on this machine and its network
  --escl URL        as http://scanner.local/eSCL
  --sane DEVICE     as \`scanimage -L\` names it
  --source SOURCE   flatbed, feeder or feeder-duplex; flatbed when left out
  --dpi DPI         150, 200 or 300; 200 when left out
  --colour COLOUR   colour or grey; colour when left out`;

export function findingText(finding: PageFinding): string {
  switch (finding.kind) {
    case 'skewed':
      return `skewed by ${finding.degrees}°`;
    case 'cut-edge':
      return `cut at the ${finding.sides.join(', ')}`;
    case 'blank':
    case 'dark':
    case 'blurred':
    case 'glare':
    case 'double-feed':
      return finding.kind;
    default:
      return never(finding);
  }
}

export function readingText(reading: PageReading): string {
  switch (reading.kind) {
    case 'place-paper':
      return 'put paper into the feeder';
    case 'scanning':
      return 'scanning';
    case 'page': {
      const { width, height, dpi, findings } = reading.page;
      return `page of ${width} × ${height} dots at ${dpi} dpi: ${findings.length === 0 ? 'fine' : findings.map(findingText).join('; ')}`;
    }
    case 'done':
      return `done: ${reading.pages} pages`;
    case 'stopped':
      return `stopped after ${reading.pages} pages: ${reading.reason}`;
    case 'unavailable':
      return `the scanner is ${statusText(reading.status)}`;
    default:
      return never(reading);
  }
}

export function logText(entry: DocumentScannerLogEntry): string {
  switch (entry.kind) {
    case 'status':
      return statusText(entry.status);
    case 'failure':
      return `failure: ${entry.failure} ${entry.detail}`.trimEnd();
    case 'scan-ended':
      return `scan ended: ${entry.end}, ${entry.pages} pages`;
    case 'left-behind':
      return 'a scan may still be in the scanner';
    default:
      return never(entry);
  }
}

async function scanInto(folder: string, scanner: DocumentScanner, wish: ScanWish, signal: AbortSignal): Promise<number> {
  await mkdir(folder, { recursive: true });
  const pages: ScannedPage[] = [];
  let last = '';
  for await (const reading of scanner.scan(wish, signal)) {
    last = reading.kind;
    say(readingText(reading));
    if (reading.kind !== 'page') continue;
    pages.push(reading.page);
    await writeFile(join(folder, `page-${String(pages.length).padStart(3, '0')}.jpg`), reading.page.bytes);
  }
  if (pages.length > 0) {
    const pdf = await pdfOf(addPages([], pages), { title: 'Scan', madeAt: new Date(systemClock.now()) });
    if (pdf.ok) await writeFile(join(folder, 'pages.pdf'), pdf.value);
    else say(`no PDF: ${pdf.error.detail}`);
  }
  return last === 'done' ? 0 : 1;
}

async function list(): Promise<number> {
  const found = await listDevices({ clock: systemClock, signal: new AbortController().signal });
  if (!found.ok) {
    say(logText({ kind: 'failure', failure: found.error.kind, detail: detailOf(found.error) }));
    return 1;
  }
  for (const { device, model } of found.value) say(`${device}: ${model}`);
  return 0;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      escl: { type: 'string' },
      sane: { type: 'string' },
      source: { type: 'string', default: 'flatbed' },
      dpi: { type: 'string', default: '200' },
      colour: { type: 'string', default: 'colour' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [verb = ''] = positionals;
  if (verb === 'list') return list();
  const settings = DocumentScannerSettings.safeParse(values.escl === undefined ? { kind: 'sane', device: values.sane } : { kind: 'escl', url: values.escl });
  const wish = ScanWish.safeParse({ source: values.source, resolution: Number(values.dpi), colour: values.colour });
  const isOne = (values.escl === undefined) !== (values.sane === undefined);
  if (values.help || !isOne || !settings.success || !wish.success || !['status', 'scan', 'watch'].includes(verb) || (verb === 'scan' && values.out === undefined)) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  const scanner = openDocumentScanner({ driver: openScanDriver(settings.data, systemClock), clock: systemClock, log: (entry) => say(logText(entry)) });
  try {
    const status = await settled(scanner);
    if (verb === 'scan') return await scanInto(values.out ?? '', scanner, wish.data, interrupt.signal);
    const capabilities = scanner.capabilities();
    if (capabilities !== null) say(`${capabilities.model}: ${capabilities.sources.map(({ source, resolutions, colours }) => `${source} (${resolutions.join(', ')} dpi; ${colours.join(', ')})`).join('; ')}`);
    if (verb === 'status') return status.kind === 'online' ? 0 : 1;
    await new Promise<void>((resolve) => interrupt.signal.addEventListener('abort', () => resolve(), { once: true }));
    return 0;
  } finally {
    await scanner.close();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
