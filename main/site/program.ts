/** The hub of a site as a program of its own. `node main/site/program.ts --help` tells its flags. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { HubConfig } from '../../domain/contracts/site-config.ts';
import { drop } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { configFailureText } from '../config-file.ts';
import { localKeepers } from '../core/keys/keepers.ts';
import { cannotStart } from './cannot-start.ts';
import { bringToHall } from './hall.ts';
import { readHubConfig } from './hub-config.ts';
import { createSiteLog } from './log.ts';
import { openSite, siteKeys } from './site.ts';

const HELP = `usage: jinban site [--config FILE] [--ready-file FILE]
       jinban site key [--config FILE]

  --config FILE      settings of the hub, site.yaml by default (docs/site-hub.md)
  --ready-file FILE  written when counters can come: {"url": …}

  key  prints what queue.members needs of this machine, and makes its keys at the first call
`;

const { values, positionals } = readFlags();
if (values.help === true) process.stdout.write(HELP);
else await (positionals[0] === 'key' ? printKey() : run());

function readFlags() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ allowPositionals: true, options: { config: text, 'ready-file': text, pages: text, help: { type: 'boolean' } } });
  } catch (cause) {
    return stop(`${cause instanceof Error ? cause.message : ''}\n\n${HELP}`);
  }
}

function settings(): HubConfig {
  const read = readHubConfig(values.config);
  return read.ok ? read.value : stop(configFailureText(read.error));
}

async function printKey(): Promise<void> {
  const { machine, data, keys, queue } = settings();
  const made = await siteKeys({ data, keepers: localKeepers, keeper: keys.keeper, nativeBinding: null });
  if (!made.ok) return stop(cannotStart(made.error));
  const { host, agreementPort, pagePort } = queue.listen;
  const page = `${queue.tls === null ? 'http' : 'https'}://${host}:${pagePort}`;
  process.stdout.write(`- { machine: ${machine}, agreement: 'http://${host}:${agreementPort}', page: '${page}', signKey: '${made.value.signing.publicKey}', sealKey: '${made.value.seal.publicKey}' }\n`);
}

async function run(): Promise<void> {
  const { machine, site: name, hallName, data, keys, queue, hall, enrolmentCode } = settings();
  const log = createSiteLog((line) => process.stdout.write(line), Date.now);
  const opened = await openSite({
    machine, site: name, hallName, hall, data, config: queue, keepers: localKeepers, keeper: keys.keeper, nativeBinding: null, pages: values.pages ?? join(import.meta.dirname, '..', '..', 'dist'), clock: systemClock, log,
  });
  if (!opened.ok) return stop(cannotStart(opened.error));
  const own = await siteKeys({ data, keepers: localKeepers, keeper: keys.keeper, nativeBinding: null });
  if (!own.ok) return stop(cannotStart(own.error));
  const bringing = hall === null ? null : bringToHall({ hall, machine, site: name, enrolmentCode, signing: own.value.signing, days: opened.value.days, clock: systemClock, log });
  const url = `${queue.tls === null ? 'http' : 'https'}://${queue.listen.host}:${opened.value.pagePort}`;
  const ready = values['ready-file'];
  if (ready !== undefined) {
    // Beside and renamed: whoever waits for the file never reads half of it.
    await writeFile(`${ready}.new`, JSON.stringify({ url }));
    await rename(`${ready}.new`, ready);
  }
  process.stderr.write(`counters ${url}/counter/\nboards   ${url}/board/\n`);
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    drop((bringing?.stop() ?? Promise.resolve()).then(() => opened.value.close()));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

function stop(why: string): never {
  process.stderr.write(`jinban: ${why}\n`);
  process.exit(1);
}
