/** `jinban build [TARGET…]`: bundles what changed into dist/. */
import { bundle, targets } from '../bundle.ts';
import { stop } from '../say.ts';

const names = process.argv.slice(2);
const unknown = names.find((name) => !targets.some((target) => target.name === name));
if (unknown !== undefined) stop(`there is nothing to build called ${unknown}.`, `Name one of: ${targets.map((target) => target.name).join(', ')}.`);
for (const { target, outcome } of await bundle(names.length === 0 ? undefined : names)) process.stdout.write(`${target}: ${outcome}\n`);
