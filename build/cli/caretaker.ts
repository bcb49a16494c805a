/** `jinban caretaker pin`: reads a caretaker's PIN from standard input and prints what `terminal.yaml` keeps of it. */
import { text } from 'node:stream/consumers';
import { hashPassword } from '../../crypto/passwords.ts';
import { CaretakerPin } from '../../domain/contracts/caretaker.ts';
import { stop } from '../say.ts';

const [verb] = process.argv.slice(2);
if (verb !== 'pin') stop(verb === undefined ? 'caretaker needs a verb.' : `caretaker has no verb ${verb}.`, 'The only one is pin: echo 123456 | ./jinban caretaker pin.');
const pin = CaretakerPin.safeParse((await text(process.stdin)).trim());
if (!pin.success) stop('a PIN has 6 to 12 digits.', 'Give it on standard input: echo 123456 | ./jinban caretaker pin.');
process.stdout.write(`caretaker: { pin: '${await hashPassword(pin.data)}' }\n`);
