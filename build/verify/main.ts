import { never } from '../../domain/result.ts';
import { faultText, verifyFile } from './verify-file.ts';

/** `jinban verify FILE [--key BASE64]`: exit 0 whole, 1 faults found, 2 cannot be checked. */
export async function main(args: readonly string[]): Promise<number> {
  const keyAt = args.indexOf('--key');
  const key = keyAt === -1 ? null : (args[keyAt + 1] ?? '');
  const file = args.find((argument, index) => !argument.startsWith('--') && (keyAt === -1 || index !== keyAt + 1));
  if (file === undefined) {
    process.stderr.write('Name the exported log: jinban verify FILE [--key BASE64]\n');
    return 2;
  }
  const checked = await verifyFile(file, key);
  if (!checked.ok) {
    switch (checked.error.kind) {
      case 'no-file':
        process.stderr.write(`${file}: cannot be read.\n`);
        return 2;
      case 'no-header':
        process.stderr.write(`${file}: is not an exported log; its first line must be the header that an export writes.\n`);
        return 2;
      default:
        return never(checked.error);
    }
  }
  const report = checked.value;
  process.stdout.write(`${report.machine}: ${report.entries} entries, last number ${report.head?.sequence ?? 0}\n`);
  if (report.keyFrom === 'file') process.stdout.write('Key: the file\'s own. Give the registered key with --key to know who signed.\n');
  for (const fault of report.faults) process.stdout.write(`  ${faultText(fault)}\n`);
  process.stdout.write(report.faults.length === 0 ? 'Whole: nothing is missing, edited or moved.\n' : `${report.faults.length} fault(s) found.\n`);
  return report.faults.length === 0 ? 0 : 1;
}
