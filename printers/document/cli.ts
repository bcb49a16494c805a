/** A technician's tool: the same service that the terminal runs. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { PrintId, ulid } from '../../domain/ids.ts';
import { systemClock } from '../../wire/clock.ts';
import { LOOKED, LOOKS, sampleBusinessLicence, sampleElderCard, sampleProvisionalReceipt, sampleTestPage, sampleWaterPermit } from '../papers/fixtures.ts';
import { renderDocument } from '../papers/render.ts';
import { openDocumentPrinter } from './service.ts';
import type { PrinterPlace } from './types.ts';

const SAMPLES = {
  ...LOOKED,
  provisional: sampleProvisionalReceipt,
  'elder-card': sampleElderCard,
  'business-licence': sampleBusinessLicence,
  'water-permit': sampleWaterPermit,
  'test-page': sampleTestPage,
} as const;

const USAGE = `Usage: node printers/document/cli.ts status|watch --printer URI|--spooler NAME
       node printers/document/cli.ts test --printer URI|--spooler NAME [--document NAME] [--look LOOK]
       node printers/document/cli.ts render --out FILE [--document NAME] [--look LOOK]
  status    the state once, with the printer's own keywords
  watch     every change of state until Ctrl-C
  test      prints a fictional document and says how it ended
  render    writes the PDF of a fictional document
  --printer ipp://host[:port]/ipp/print, or instead of it:
  --spooler NAME of a printer in Windows; with --takes-pdf when it takes PDF as it is, and --end-of-job printed when its port says the true end of a job
  --document ${Object.keys(SAMPLES).join(', ')}
  --look ${Object.keys(LOOKS).join(', ')}; certificates and the test page have one look`;

function say(words: unknown): void {
  process.stdout.write(`${typeof words === 'string' ? words : JSON.stringify(words)}\n`);
}

/** Undefined: there is no such look. */
function dressed(document: PaperDocument, name: string): PaperDocument | undefined {
  const look = Object.entries(LOOKS).find(([known]) => known === name)?.[1];
  if (look === undefined || document.kind === 'certificate' || document.kind === 'test-page' || document.kind === 'guide') return look && document;
  return { ...document, look };
}

/** Null: no printer is named, or two. */
function placeOf(values: { printer?: string | undefined; spooler?: string | undefined; 'takes-pdf': boolean; 'end-of-job': string }): PrinterPlace | null {
  const { printer, spooler, 'end-of-job': endOfJob } = values;
  if ((printer === undefined) === (spooler === undefined) || (endOfJob !== 'sent' && endOfJob !== 'printed')) return null;
  return printer === undefined ? { spooler: { printer: spooler ?? '', takesPdf: values['takes-pdf'], endOfJob } } : { uri: printer };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { printer: { type: 'string' }, spooler: { type: 'string' }, 'takes-pdf': { type: 'boolean', default: false }, 'end-of-job': { type: 'string', default: 'sent' }, document: { type: 'string', default: 'receipt' }, look: { type: 'string', default: 'normal' }, out: { type: 'string' } },
  });
  const [verb] = positionals;
  const name = Object.keys(SAMPLES).find((known) => known === values.document) as keyof typeof SAMPLES | undefined;
  const document = name === undefined ? undefined : dressed(SAMPLES[name], values.look);
  if (verb === 'render' && values.out !== undefined && document !== undefined) {
    const pdf = await renderDocument(document);
    if (!pdf.ok) {
      say(pdf.error);
      return 1;
    }
    await writeFile(values.out, pdf.value);
    return 0;
  }
  const place = placeOf(values);
  if (place === null || document === undefined || !['status', 'watch', 'test'].includes(verb ?? '')) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const printer = openDocumentPrinter({ ...place, clock: systemClock, log: say });
  try {
    const status = await printer.status();
    if (verb === 'status') return status.kind === 'online' ? 0 : 1;
    if (verb === 'watch') {
      printer.watch(() => undefined);
      await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
      return 0;
    }
    const print = PrintId.parse(ulid(systemClock.now(), crypto.getRandomValues(new Uint8Array(10))));
    let last = '';
    for await (const progress of printer.print({ print, document, tray: null })) last = progress.kind;
    return last === 'printed' ? 0 : 1;
  } finally {
    await printer.close();
  }
}

process.exitCode = await main();
