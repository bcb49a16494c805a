import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { bundle } from '../bundle.ts';
import { displayMend, startDisplay } from '../display.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';
import { say, stop } from '../say.ts';
import { electronSwitches, prepareTerminal } from '../terminal.ts';
import { until } from './child.ts';
import { writeCameraFilm } from './camera-film.ts';
import { COME_BACK, HAND_IN, type JourneyStep } from './citizen.ts';
import { acceptAndFinish, openClerkBrowser } from './clerk.ts';
import { startCounty } from './county.ts';
import { makePictures } from './pictures.ts';
import { filesOf, makeReport, type StepReport } from './report.ts';
import { openTerminalWindow } from './window.ts';

const SIZES = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1920, height: 1080 } } as const;
/** What lies under the document camera: a paper that says it is a sample. */
const PAPER = { kind: 'paper' as const, title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '户别　居民家庭户', '住址　浙江省新昌县沙溪镇测试村12号', '登记机关　新昌县公安局（样张）', '与户主关系　本人', '籍贯　浙江省新昌县', '本页为演示样张，内容均为虚构'] };

/** `jinban demo`: 0 when the whole job went through. */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { headless: { type: 'boolean', default: false }, landscape: { type: 'boolean', default: false }, out: { type: 'string' }, pictures: { type: 'string' } } });
  const hasDisplay = process.platform !== 'linux' || (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';
  const size = values.landscape ? SIZES.landscape : SIZES.portrait;
  const folder = mkdtempSync(join(tmpdir(), 'jinban-demo-'));
  try {
    if (!values.headless && hasDisplay) return await played(folder, size);
    const out = resolve(values.out ?? 'out');
    const code = await scripted(folder, out, size);
    if (code === 0 && values.pictures !== undefined) await makePictures(out, resolve(values.pictures));
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scripted(folder: string, out: string, size: { width: number; height: number }): Promise<number> {
  const electron = await prepareTerminal();
  await bundle(['console']);
  const display = await startDisplay(size);
  if (!display.ok) stop(`a screen in memory could not be started: ${display.error.reason}.`, displayMend);
  const screens = join(out, 'screens');
  for (const name of ['screens', 'ticket.png', 'receipt.pdf', 'certificate.pdf', 'report.json', 'log.ndjson', 'terminal.log']) rmSync(join(out, name), { recursive: true, force: true });
  mkdirSync(screens, { recursive: true });
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, PAPER);
  say('Starting the hall, the line and the devices');
  const county = await startCounty({ folder, size });
  const logs: string[] = [];
  say('Opening the terminal');
  const window = await openTerminalWindow({ electron, config: county.config, film, display: display.value.name, log: (line) => logs.push(line) });
  const clerk = await openClerkBrowser();
  const steps: StepReport[] = [];
  const memory = { number: '' };
  let pictures = 0;
  const shotOf = (page: typeof window.page) => async (name: string) => {
    pictures += 1;
    await page.screenshot({ path: join(screens, `${String(pictures).padStart(2, '0')}-${name}.png`), animations: 'disabled' });
  };
  const timed = async (step: string, run: () => Promise<void>) => {
    const at = Date.now();
    await run();
    steps.push({ step, at: new Date(at).toISOString(), milliseconds: Date.now() - at });
    say(`  ${step}`);
  };
  const walk = async (journey: readonly JourneyStep[]) => {
    for (const step of journey) await timed(step.name, () => step.run({ page: window.page, county, memory, shot: shotOf(window.page) }));
  };

  try {
    await timed('enrolment', () => until('the terminal to be enrolled and have its numbers', () => logs.some((line) => line.includes('lease-added')), 60_000).then(() => undefined));
    county.line.cut();
    say('The line to the hall is cut. A citizen comes:');
    // A machine that was only just switched on has its devices starting: nobody need see that in a picture.
    await window.page.waitForFunction(() => document.querySelector('.home-quick') !== null && document.querySelector('.tile-off') === null);
    await walk(HAND_IN);
    county.line.restore();
    say('The line is back. The case travels, a clerk works on it:');
    await timed('clerk', () => acceptAndFinish({ page: clerk.page, hallUrl: county.hallUrl, number: memory.number, shot: shotOf(clerk.page) }));
    say('The citizen comes back:');
    await walk(COME_BACK);
    await timed('rating at the hall', () => until('everything sent', () => sentAll(logs), 30_000).then(() => undefined));
  } catch (cause) {
    // What both windows showed says more than the stack.
    await shotOf(window.page)('failed');
    await shotOf(clerk.page)('failed-console');
    writeFileSync(join(out, 'terminal.log'), logs.join(''));
    throw cause;
  } finally {
    await clerk.close();
    await window.close();
    await county.stop();
    await display.value.stop();
  }

  const config = TerminalConfig.parse(parse(readFileSync(county.config, 'utf8')));
  const report = await makeReport({ config, folder, out, steps });
  const [ticket] = filesOf(county.tickets);
  const [receipt, certificate] = filesOf(county.documents);
  if (ticket === undefined || receipt === undefined || certificate === undefined) throw new Error('a paper is missing');
  writeFileSync(join(out, 'ticket.png'), ticket);
  writeFileSync(join(out, 'receipt.pdf'), receipt);
  writeFileSync(join(out, 'certificate.pdf'), certificate);
  const good = report.chain.whole && report.ledger.length === 3 && report.ledger.every(({ state }) => state === 'printed') && report.actions.every(({ travel }) => travel !== 'waiting');
  say(good ? `Done: case ${report.caseNumber}, ${report.hall.actions.length} actions at the hall, chain whole, ${report.ledger.length} papers printed. See ${out}` : `The journey went through, but the report in ${out} is not as it should be.`);
  return good ? 0 : 1;
}

/** Whether the last run of the sync found nothing left to send after the rating was made. */
function sentAll(logs: readonly string[]): boolean {
  const text = logs.join('');
  const rated = text.lastIndexOf('"kind":"rated"');
  return rated !== -1 && text.indexOf('"sync-run-complete","report":{"failure":null', rated) !== -1;
}

/** With a display: the same county, for a person to play with. */
async function played(folder: string, size: { width: number; height: number }): Promise<number> {
  const electron = await prepareTerminal();
  await bundle(['console']);
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, PAPER);
  say('Starting the hall, the line and the devices');
  const county = await startCounty({ folder, size });
  process.stdout.write(`
The terminal opens now. To play the hardware, use another shell:

  ./jinban emulate say ${folder}/reader.sock place elder      李漹兰's card on the reader (also: zhang, rare-a, minority, foreigner-2023, hong-kong, expired)
  ./jinban emulate say ${folder}/reader.sock remove           takes it away again
  ./jinban emulate say ${folder}/ticket.sock paper-out        the ticket printer runs out of paper (refill brings it back)
  ./jinban emulate say ${folder}/document.sock paper-out      the same for the document printer

  The hall's console: ${county.hallUrl}/console/   account wang, password jinban-demo-wang
  Papers come out in ${county.tickets} and ${county.documents}

Close the terminal's window to end.
`);
  const code = await runInForeground(electron.executable, [...electronSwitches(), '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`, inProject(), '--config', county.config]);
  await county.stop();
  return code;
}
