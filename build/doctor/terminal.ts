/** Checks of what one terminal's settings name: its item pack, its hall, its devices. */
import { access, constants } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { About, PROTOCOL } from '../../domain/contracts/hall.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { readPack } from '../../main/core/catalogue.ts';
import { roadOf } from '../../sync/transport/http.ts';
import { openDocumentPrinter } from '../../printers/document/service.ts';
import type { SpoolerPlace } from '../../printers/document/types.ts';
import { systemClock } from '../../wire/clock.ts';
import { openWire } from '../../wire/open.ts';
import type { WireAddress } from '../../wire/types.ts';
import { fine, lacking, warning } from './check.ts';
import type { Check } from './check.ts';

/** A device or hall on the county's network answers well within this. */
export const ANSWER_MS = 3000;

/** The items that the terminal starts from before its first contact. */
export function checkPack(config: TerminalConfig): Check {
  const pack = readPack(config.pack);
  if (pack.ok) return fine('item pack', `${pack.value.length} items in ${config.pack}`);
  if (pack.error.kind === 'no-pack') return lacking('item pack', `none in ${config.pack}`, 'Correct `pack`: a folder with the folder items in it.');
  return lacking('item pack', `${pack.error.faults.length} faults in ${config.pack}`, 'Correct the pack; the hall names each fault when it publishes one.');
}

/** The line may be down at any time: that is a warning, not a lack. A hall that no longer speaks with this program is one. */
export async function checkHall({ hall }: Pick<TerminalConfig, 'hall'>): Promise<Check[]> {
  const checks = [await askHall(hall)];
  if (hall.startsWith('http:')) checks.push(warning(HALL, 'not encrypted (http)', 'Give the hall a certificate and use https.'));
  return checks;
}

const HALL = 'road to the hall';

async function askHall(hall: string): Promise<Check> {
  const asked = await fetch(new URL(`about?protocol=${PROTOCOL}`, roadOf(hall)), { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' }).catch(() => null);
  if (asked === null) return warning(HALL, `${hall} does not answer`, 'Look at the network and the address; cases wait here meanwhile.');
  const about = About.safeParse(await asked.json().catch(() => null));
  if (!about.success) return warning(HALL, `what answers at ${hall} is no hall`, 'Correct `hall`, or look who is in between (a portal that wants a login?); cases wait here meanwhile.');
  const { oldest, protocol } = about.data;
  if (oldest > PROTOCOL) return lacking(HALL, `the hall needs protocol ${oldest}, this program speaks ${PROTOCOL}`, 'Update this terminal. It goes on taking hand-ins; they wait here and travel by themselves after the update.');
  return fine(HALL, `${hall} answers, protocol ${Math.min(PROTOCOL, protocol)}`);
}

/** Whether each device's port may be opened or its address answers. What the device itself says shows on the terminal's screen. */
export async function checkDevices({ devices }: TerminalConfig): Promise<Check[]> {
  const { idCardReader, codeScanner, documentScanner, ticketPrinter, documentPrinter, board, ups } = devices;
  return Promise.all([
    idCardReader === null ? absent('ID card reader') : 'wire' in idCardReader ? checkWire('ID card reader', idCardReader.wire) : checkLibrary('ID card reader', idCardReader.library),
    codeScanner === null ? absent('code scanner') : checkWire('code scanner', codeScanner.wire),
    documentScanner === null ? absent('document scanner') : documentScanner.kind === 'sane' ? fine('document scanner', `${documentScanner.device} through SANE, not tried`) : checkNetwork('document scanner', webPlaceOf(documentScanner.url)),
    ticketPrinter === null ? absent('ticket printer') : checkWire('ticket printer', ticketPrinter.wire),
    documentPrinter === null ? absent('document printer') : 'uri' in documentPrinter ? checkNetwork('document printer', placeOf(documentPrinter.uri)) : checkSpooler('document printer', documentPrinter.spooler),
    board === null ? absent('board') : checkWire('board', board.wire),
    ups === null ? absent('UPS') : checkNetwork('UPS', ups),
  ]);
}

function absent(name: string): Check {
  return fine(name, 'none: the settings say so');
}

export async function checkWire(name: string, wire: WireAddress): Promise<Check> {
  if (wire.kind === 'tcp') return checkNetwork(name, wire);
  if (wire.kind !== 'serial') return checkByOpening(name, wire);
  // On Windows a port has a name, not a file.
  if (process.platform === 'win32') return fine(name, `${wire.path}, not tried`);
  const code = await access(wire.path, constants.R_OK | constants.W_OK).then(() => null, (cause: unknown) => (cause instanceof Error && 'code' in cause ? cause.code : ''));
  if (code === null) return fine(name, wire.path);
  if (code === 'ENOENT') return lacking(name, `there is no ${wire.path}`, 'Plug it in, or correct the path.');
  return lacking(name, `no permission for ${wire.path}`, 'Add this user to the group that owns it: usermod -aG dialout USER');
}

/** What has no file that could be looked at is opened for a moment. */
async function checkByOpening(name: string, wire: WireAddress): Promise<Check> {
  const transport = openWire(wire);
  const opened = await transport.open();
  await transport.close();
  if (opened.ok) return fine(name, 'plugged in, and may be opened');
  if (opened.error.kind === 'not-permitted') return lacking(name, 'no permission, or another program has it', 'Stop the terminal first; give this user the device by a udev rule.');
  return lacking(name, 'no device of these numbers is plugged in', 'Plug it in, or correct its numbers in the settings.');
}

async function checkLibrary(name: string, library: string): Promise<Check> {
  return access(library, constants.R_OK).then(() => fine(name, library), () => lacking(name, `${library} cannot be read`, "Install the maker's library, or correct its path."));
}

/** Asks the spooler itself: a queue may be there and its printer away. */
export async function checkSpooler(name: string, spooler: SpoolerPlace): Promise<Check> {
  const printer = openDocumentPrinter({ spooler, clock: systemClock, timing: { exchange: ANSWER_MS } });
  const status = await printer.status();
  await printer.close();
  const { printer: queue } = spooler;
  if (status.kind === 'offline') return lacking(name, `${queue}: the printer, or the spooler, does not answer`, 'Switch it on, look at its cable, and start the service "Print Spooler".');
  if (status.kind === 'out-of-service') {
    switch (status.reason) {
      case 'no-spooler':
        return lacking(name, `${queue}: this machine has no Windows spooler`, 'Name the printer by its IPP address: `documentPrinter: { uri: … }`.');
      case 'no-pdf':
        return lacking(name, `${queue}: nobody has said that it takes PDF`, 'Print a PDF from a stick or by a raw copy; if it comes out, set `takesPdf: true`. If not, this printer cannot be used here.');
      case 'no-permission':
        return lacking(name, `${queue}: this user may not print there`, "Give this user the right to print and to manage documents, in the printer's properties.");
      default:
        return lacking(name, `Windows has no printer of the name ${queue}`, 'Correct the name: it stands in the settings of Windows, under printers.');
    }
  }
  if (spooler.endOfJob === 'sent') return warning(name, `${queue} is there, and nobody has said that its port tells the end of a job`, 'Every paper ends in a question to the citizen. Run `jinban device accept`, then set `endOfJob: printed` if it may be believed.');
  return fine(name, `${queue} is there. This road has not been tried on Windows by its makers`);
}

function webPlaceOf(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}

/** RFC 8010 §8.1: without a port an IPP printer is asked on 631. */
function placeOf(uri: string): { host: string; port: number } {
  const { hostname, port } = new URL(uri);
  return { host: hostname, port: port === '' ? 631 : Number(port) };
}

export function checkNetwork(name: string, { host, port }: { host: string; port: number }): Promise<Check> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: ANSWER_MS });
    const end = (check: Check) => {
      socket.destroy();
      resolve(check);
    };
    const silent = () => end(lacking(name, `${host}:${port} does not answer`, 'Switch it on, look at its network, or correct the address.'));
    socket.once('connect', () => end(fine(name, `${host}:${port} answers`)));
    socket.once('error', silent);
    socket.once('timeout', silent);
  });
}
