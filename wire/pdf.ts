/** What every PDF that this machine makes has in common, scanned or printed. Same settings, same drawing: same bytes. */
import PDFDocument from 'pdfkit';

/**
 * @property title shown by viewers; holds no personal data
 * @property madeAt fixed by what is in the file, never the clock
 */
export type PdfSettings = { title: string; madeAt: Date };

/** @property bytes ends the document and gives all of it; once */
export type OpenPdf = { pdf: PDFKit.PDFDocument; bytes(): Promise<Uint8Array> };

/** A document that has no page yet. @param lang of its text; left out where there is none */
export function openPdf({ title, madeAt }: PdfSettings, lang?: string): OpenPdf {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    // No default font: Helvetica's metrics file would be read and never used.
    font: null as unknown as string,
    pdfVersion: '1.7',
    ...(lang === undefined ? {} : { lang }),
    displayTitle: true,
    info: { Title: title, Producer: 'Jinban', Creator: 'Jinban', CreationDate: madeAt },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on('error', reject);
  });
  return {
    pdf,
    bytes() {
      pdf.end();
      return done;
    },
  };
}
