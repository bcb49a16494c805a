/** `jinban verify FILE [--key BASE64]`: checks an exported case log: nothing missing, edited or moved. */
import { main } from '../verify/main.ts';

process.exitCode = await main(process.argv.slice(2));
