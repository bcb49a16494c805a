import { text } from 'node:stream/consumers';
import { hashPassword } from '../../crypto/passwords.ts';
import { CaretakerPin } from '../../domain/contracts/caretaker.ts';
import { stop } from '../say.ts';

/** Reads a PIN and prints what `terminal.yaml` keeps of it under `courier`. */
export async function printPinHash(): Promise<number> {
  const pin = CaretakerPin.safeParse((await text(process.stdin)).trim());
  if (!pin.success) stop('a PIN has 6 to 12 digits.', 'Give it on standard input: echo 123456 | ./jinban courier pin.');
  process.stdout.write(`pin: ${await hashPassword(pin.data)}\n`);
  return 0;
}
