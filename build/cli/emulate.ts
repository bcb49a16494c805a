/** `jinban emulate DEVICE [OPTION…]`: runs one device emulator, with a prompt for its verbs; `emulate say SOCKET VERB…` speaks to a running one. */
import { control } from '../demo/control.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';
import { stop } from '../say.ts';

/** Each emulator is a program beside its device. */
const emulators: Record<string, string> = {
  'id-card-reader': 'devices/id-card-reader/emulator-cli.ts',
  'code-scanner': 'devices/code-scanner/emulator-cli.ts',
  'document-scanner': 'devices/document-scanner/emulator-cli.ts',
  board: 'devices/board/emulator-cli.ts',
  ups: 'devices/ups/emulator-cli.ts',
  'ticket-printer': 'printers/ticket/emulator-cli.ts',
  leds: 'devices/queue/led-emulator-cli.ts',
  caller: 'devices/queue/caller-emulator-cli.ts',
  'document-printer': 'printers/document/emulator-cli.ts',
};

const [device, ...rest] = process.argv.slice(2);
if (device === 'say') {
  const [socket = '', ...verb] = rest;
  const answer = await control(socket, verb.join(' '));
  if (!answer.ok) stop(answer.error.kind === 'refused' ? answer.error.words : `no emulator listens at ${socket}.`, 'Give the socket that the demo or the emulator named, then a verb.');
  process.stdout.write(`${answer.value}\n`);
  process.exit(0);
}
const file = device === undefined ? undefined : emulators[device];
if (file === undefined) stop(device === undefined ? 'name the device to emulate.' : `there is no emulator for ${device}.`, `Name one of: ${Object.keys(emulators).join(', ')}.`);
process.exitCode = await runInForeground(process.execPath, [inProject(file), ...rest]);
