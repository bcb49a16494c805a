/** The scanners that SANE finds: for a technician, who has to name one. */
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import type { DriverFailure } from '../driver.ts';
import { endOf } from './outcome.ts';
import { runProgram } from './program.ts';

/** Every driver looks on every bus, some on the network, milliseconds. */
const LIST = 60_000;

export async function listDevices(options: { clock: Clock; signal: AbortSignal; program?: string }): Promise<Result<{ device: string; model: string }[], DriverFailure>> {
  const { clock, signal, program = 'scanimage' } = options;
  const found: { device: string; model: string }[] = [];
  const run = runProgram({
    program,
    argv: ['--formatted-device-list=%d\t%v %m%n'],
    clock,
    silence: LIST,
    signal,
    line(line) {
      const [, device, model] = /^(\S+)\t(.*)$/.exec(line) ?? [];
      if (device !== undefined && model !== undefined) found.push({ device, model });
    },
  });
  const end = await run.ended;
  if (end.kind === 'ended' && end.code === 0) return ok(found);
  const meant = endOf(end, run.words(), 0);
  return err(meant.kind === 'failed' ? meant.failure : { kind: 'refused', detail: meant.kind });
}
