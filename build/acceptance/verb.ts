/** `jinban device NAME accept [--out FILE] [--reads N]`: the acceptance with the person at the keyboard. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { DeviceName } from '../../domain/contracts/devices.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { never } from '../../domain/result.ts';
import { stop } from '../say.ts';
import { accept, type AcceptFailure } from './accept.ts';
import { personAtKeyboard } from './person.ts';
import { reportText } from './report.ts';

/** @returns the exit code: 0 when the device is accepted */
export async function acceptDevice(config: TerminalConfig, device: DeviceName, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { out: { type: 'string', default: `${device}-acceptance.json` }, reads: { type: 'string', default: '20' } } });
  const reads = Number(values.reads);
  if (!Number.isInteger(reads) || reads < 1) stop('--reads takes a whole number.', 'As --reads 1000.');
  const person = personAtKeyboard();
  const report = await accept(config, device, { person, reads, tell: ({ check, result, seen }) => process.stderr.write(`${result}: ${check}: ${seen}\n`) });
  person.leave();
  if (!report.ok) stop(...mend(report.error, device));
  writeFileSync(values.out, `${JSON.stringify(report.value, null, 2)}\n`);
  process.stdout.write(`${reportText(report.value)}Signed report: ${values.out}\n`);
  return report.value.passed ? 0 : 1;
}

function mend(failure: AcceptFailure, device: DeviceName): [problem: string, mend: string] {
  switch (failure.kind) {
    case 'none':
      return [`the settings say that this machine has no ${device}.`, 'Write down where it is; docs/devices.md tells how.'];
    case 'unknown-model':
      return ['the settings name a printer model that is not known.', 'Name one of printers/models.'];
    case 'keys':
      return [`the machine's keys cannot be opened: ${failure.why.kind}.`, './jinban doctor --config FILE tells more. The report is signed with them.'];
    default:
      return never(failure);
  }
}
