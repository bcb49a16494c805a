/** `jinban verify FILE [--key BASE64] [--hall-key BASE64] [--identity FILE]`: checks an exported case log or staff journal, or an archived case's package: nothing missing, edited, moved or cut off. */
import { main } from '../verify/main.ts';

process.exitCode = await main(process.argv.slice(2));
