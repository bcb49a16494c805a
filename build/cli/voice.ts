/** `jinban voice make|check DIR`: makes and checks voices for the boards of a queue; `voice` alone tells its verbs. */
import { main } from '../voice/main.ts';

process.exitCode = await main(process.argv.slice(2));
