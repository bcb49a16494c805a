/** The quarantine in a real Chromium, behind its own content policy: honest files become pictures, hostile ones become words, and it goes on with the next. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import PDFDocument from 'pdfkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, preview, type PreviewServer } from 'vite';
import { launchChromium } from './look.ts';

const LONG = 120_000;
let folder: string;
let server: PreviewServer;
let browser: Browser;
let page: Page;
/** Addresses that the page asked for once it was there. */
const asked: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'jinban-quarantine-'));
  const shared = { root: path.join(import.meta.dirname, 'quarantine'), configFile: false as const, logLevel: 'error' as const, publicDir: false as const };
  await build({ ...shared, base: './', build: { outDir: folder, emptyOutDir: true, target: 'chrome130', minify: false, chunkSizeWarningLimit: 5000 } });
  server = await preview({ ...shared, build: { outDir: folder }, preview: { port: 0, host: '127.0.0.1', open: false } });
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.waitForFunction(() => 'decodeFor' in window);
  page.on('request', (request) => asked.push(request.url()));
}, LONG);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const decoded = (type: 'jpeg' | 'png' | 'pdf', bytes: Uint8Array) => page.evaluate(([kind, base64]) => window.decodeFor(kind, base64), [type, Buffer.from(bytes).toString('base64')] as const);

function picture(width: number, height: number, type: 'image/jpeg' | 'image/png'): Uint8Array {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#111';
  pen.fillRect(width / 4, height / 4, width / 2, height / 2);
  return type === 'image/png' ? canvas.toBuffer(type) : canvas.toBuffer(type, 80);
}

function pdf(draw: (document: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const document = new PDFDocument({ size: 'A4', ...options });
    const pieces: Buffer[] = [];
    document.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => resolve(Buffer.concat(pieces)));
    draw(document);
    document.end();
  });
}

/** A PDF of one empty page with further objects, put together by hand: what no library would write. */
function rawPdf(catalog: string, ...objects: string[]): Uint8Array {
  const all = [`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>', ...objects];
  return Buffer.from(`%PDF-1.7\n${all.map((body, index) => `${index + 1} 0 obj\n${body}\nendobj\n`).join('')}trailer << /Root 1 0 R /Size ${all.length + 1} >>\n%%EOF`, 'latin1');
}

describe('what citizens bring', () => {
  test('photographs and papers become pictures of a size that the hall keeps', async () => {
    expect(await decoded('jpeg', picture(4000, 3000, 'image/jpeg'))).toBe('2339x1754');
    expect(await decoded('png', picture(600, 800, 'image/png'))).toBe('600x800');
    expect(await decoded('pdf', await pdf((document) => document.fontSize(30).text('Lease').addPage().text('Page two')))).toBe('1654x2339, 1654x2339');
  }, LONG);

  test('what has a password, too many pages, or is cut off, is told apart', async () => {
    expect(await decoded('pdf', await pdf((document) => document.text('secret'), { userPassword: 'x', ownerPassword: 'y' }))).toBe('locked');
    expect(await decoded('pdf', await pdf((document) => {
      for (let number = 0; number < 20; number += 1) document.addPage();
    }))).toBe('too-many-pages');
    const whole = picture(600, 800, 'image/png');
    for (const [type, bytes] of [['png', whole.slice(0, 60)], ['jpeg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2])], ['pdf', Buffer.from('%PDF-1.7\nnothing')], ['pdf', whole]] as const) expect(await decoded(type, bytes)).toBe('broken');
  }, LONG);

  test('scripts, forms, links and files within a PDF do nothing, and nothing is asked of any network', async () => {
    const before = asked.length;
    const script = '/OpenAction << /S /JavaScript /JS (app.launchURL\\("http://evil.example/"\\); while\\(true\\){}) >> /AcroForm << /XFA 4 0 R /Fields [] >>';
    expect(await decoded('pdf', rawPdf(script, '<< /Length 60 >>\nstream\n<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><script>1</script>\nendstream'))).toBe('2339x2339 blank');
    expect(await decoded('pdf', rawPdf('/OpenAction << /S /URI /URI (http://evil.example/) >> /Names << /EmbeddedFiles << /Names [(a.exe) 4 0 R] >> >>', '<< /Type /Filespec /F (http://evil.example/a.exe) >>'))).toBe('2339x2339 blank');
    expect(asked.slice(before)).toEqual([]);
  }, LONG);

  test('a bomb is refused or drawn small, and the next file is decoded as if nothing had been', async () => {
    // A picture of 60 000 × 60 000 dots whose bytes are a few kilobytes, and a page as large as PDF lets it be.
    const rows = deflateSync(Buffer.alloc(1_000_000));
    const bomb = rawPdf('/X 4 0 R', `<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length ${rows.length} >>\nstream\n${rows.toString('latin1')}\nendstream`);
    expect(await decoded('pdf', Buffer.from(Buffer.from(bomb).toString('latin1').replace('/MediaBox [0 0 200 200]', '/MediaBox [0 0 200 200] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R').replace('trailer', '5 0 obj\n<< /Length 30 >>\nstream\n200 0 0 200 0 0 cm /I Do\nendstream\nendobj\ntrailer'), 'latin1'))).toMatch(/^(2339x2339 blank|broken)$/);
    expect(await decoded('pdf', Buffer.from(Buffer.from(rawPdf('')).toString('latin1').replace('[0 0 200 200]', '[0 0 14400000 14400]'), 'latin1'))).toMatch(/^2339x\d+ blank$/);
    // The tree of pages is a circle.
    expect(await decoded('pdf', Buffer.from(Buffer.from(rawPdf('')).toString('latin1').replace('/Kids [3 0 R]', '/Kids [2 0 R]'), 'latin1'))).toBe('broken');
    expect(await decoded('png', picture(600, 800, 'image/png'))).toBe('600x800');
  }, LONG);
});
