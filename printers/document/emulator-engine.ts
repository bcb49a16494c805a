/**
 * The command that `ippeveprinter -c` starts for every job: the printer's engine. It only carries words between the tool and
 * `emulator.ts`, which owns the paper: what comes in from the socket goes to standard error, where the tool reads STATE: and ATTR:
 * lines (ippeveprinter(1), COMMAND OUTPUT), and `exit N` ends the job.
 *
 *     JINBAN_ENGINE=/path/to/socket IPP_JOB_ID=1 IPP_JOB_NAME=… IPP_MEDIA_COL=… IPP_SIDES=… emulator-engine.ts SPOOL-FILE
 */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const path = process.env['JINBAN_ENGINE'];
if (path === undefined) throw new Error('JINBAN_ENGINE names no socket');
const socket = connect(path);
socket.write(`${JSON.stringify({ job: Number(process.env['IPP_JOB_ID']), name: process.env['IPP_JOB_NAME'] ?? '', file: process.argv[2] ?? '', media: process.env['IPP_MEDIA_COL'] ?? '', sides: process.env['IPP_SIDES'] ?? '' })}\n`);
for await (const line of createInterface({ input: socket })) {
  const [, status] = /^exit (\d+)$/.exec(line) ?? [];
  if (status !== undefined) process.exit(Number(status));
  process.stderr.write(`${line}\n`);
}
// The emulator went away: the power is off.
process.exit(1);
