/** `jinban pack new|lint|preview|sign …`: makes, checks, shows and signs packs of service items; `pack` alone tells its verbs. */
import { main } from '../pack/main.ts';

process.exitCode = await main(process.argv.slice(2), Date.now());
