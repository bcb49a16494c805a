/** A technician's tool: the same service that the terminal runs. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { PrintId, ulid } from '../../domain/ids.ts';
import { systemClock } from '../../wire/clock.ts';
import { LOOKED, LOOKS, sampleBusinessLicence, sampleElderCard, sampleProvisionalReceipt, sampleTestPage, sampleWaterPermit } from './fixtures.ts';
import { renderDocument } from './render.ts';
import { openDocumentPrinter } from './service.ts';

const SAMPLES = {
  ...LOOKED,
  provisional: sampleProvisionalReceipt,
  'elder-card': sampleElderCard,
  'business-licence': sampleBusinessLicence,
  'water-permit': sampleWaterPermit,
  'test-page': sampleTestPage,
} as const;

const USAGE = `Usage: node printers/document/cli.ts status|watch --printer URI
       node printers/document/cli.ts test --printer URI [--document NAME] [--look LOOK]
       node printers/document/cli.ts render --out FILE [--document NAME] [--look LOOK]
  status    the state once, with the printer's own keywords
  watch     every change of state until Ctrl-C
  test      prints a fictional document and says how it ended
  render    writes the PDF of a fictional document
  --printer ipp://host[:port]/ipp/print
  --document ${Object.keys(SAMPLES).join(', ')}
  --look ${Object.keys(LOOKS).join(', ')}; certificates and the test page have one look`;

function say(words: unknown): void {
  process.stdout.write(`${typeof words === 'string' ? words : JSON.stringify(words)}\n`);
}

/** Undefined: there is no such look. */
function dressed(document: PaperDocument, name: string): PaperDocument | undefined {
  const look = Object.entries(LOOKS).find(([known]) => known === name)?.[1];
  if (look === undefined || document.kind === 'certificate' || document.kind === 'test-page') return look && document;
  return { ...document, look };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { printer: { type: 'string' }, document: { type: 'string', default: 'receipt' }, look: { type: 'string', default: 'normal' }, out: { type: 'string' } },
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
  if (values.printer === undefined || document === undefined || !['status', 'watch', 'test'].includes(verb ?? '')) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const printer = openDocumentPrinter({ uri: values.printer, clock: systemClock, log: say });
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
