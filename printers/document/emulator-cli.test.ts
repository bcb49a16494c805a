import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { PrintId, ulid } from '../../domain/ids.ts';
import { systemClock } from '../../wire/clock.ts';
import { serveControl } from '../../wire/emulator-program.ts';
import { obeyVerb } from './emulator-cli.ts';
import { openDocumentPrinterEmulator } from './emulator.ts';
import { sampleReceipt } from '../papers/fixtures.ts';
import { openDocumentPrinter } from './service.ts';

test('a printer is driven by lines over a socket, and its papers lie in the folder that was asked for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-control-'));
  const papers = join(folder, 'papers');
  const emulator = await openDocumentPrinterEmulator({ papers, sheet: 20 });
  const stopControl = await serveControl((line) => obeyVerb(emulator, line), join(folder, 'control'));
  const socket = connect(join(folder, 'control'));
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const say = async (verb: string) => {
    socket.write(`${verb}\n`);
    return String((await lines.next()).value);
  };
  const printer = openDocumentPrinter({ uri: emulator.uri, clock: systemClock, timing: { follow: 20 } });
  try {
    expect(await say('status')).toBe(`ok ${JSON.stringify({ uri: emulator.uri, powered: true, armed: false, documents: 0, papers: [] })}`);
    expect(await say('open-cover')).toMatch(/^ok /);
    expect(await printer.status()).toEqual({ kind: 'blocked', reason: 'cover-open' });
    expect(await say('close-cover')).toMatch(/^ok /);
    expect(await say('juggle')).toMatch(/^error unknown verb/);
    expect(await say('cut-next sideways')).toBe('error before, halfway or after; usage: cut-next before|halfway|after');
    expect(await say('delay soon')).toBe('error a whole number is needed; usage: delay MILLISECONDS');
    expect(await say('power-off')).toContain('"powered":false');
    expect(await say('power-on')).toContain('"powered":true');
    for await (const progress of printer.print({ print: PrintId.parse(ulid(1, new Uint8Array(10))), document: sampleReceipt, tray: null })) expect(['sent', 'printed']).toContain(progress.kind);
    expect(readdirSync(papers)).toEqual(['document-0001.pdf']);
  } finally {
    socket.destroy();
    await printer.close();
    await stopControl();
    await emulator.close();
    rmSync(folder, { recursive: true });
  }
});
