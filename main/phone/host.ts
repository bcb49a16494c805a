import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import { phoneContract, type PhoneWord } from '../../domain/contracts/phone.ts';
import { PhoneConfig } from '../../domain/contracts/terminal-config.ts';
import type { Clock } from '../../domain/time.ts';
import { systemClock } from '../../wire/clock.ts';
import { ownAddress } from './network.ts';
import { openOffer, type OfferParts, type PageFiles } from './server.ts';

/**
 * The phone host: the only process of a terminal that listens on the network, and only while a citizen asks. It has no key, no store and no name of anybody: a picture
 * goes through it to core. In Electron it is a utility process and this file its entry; elsewhere it exports functions and does nothing by itself.
 */
export type HostPort = SupportedMessagePort & { start(): void };

/** The shell takes a host that is silent for 20 s for hung. */
const ALIVE_MS = 2000;

/** @param parts.addressOf a test's own network */
export function servePhone(port: HostPort, parts: { config: PhoneConfig; files: PageFiles; clock: Clock; addressOf?: typeof ownAddress; mayCome?: NonNullable<OfferParts['mayCome']> }): void {
  const { config, files, clock, addressOf = ownAddress, mayCome } = parts;
  let close = () => {};
  const handler = new RPCHandler(implement(phoneContract).router({
    offer: implement(phoneContract.offer).handler(async function* ({ input, signal }) {
      // One machine, one visit: the offer before this one is nobody's any more.
      close();
      const words: PhoneWord[] = [];
      let wake = () => {};
      const tell = (word: PhoneWord) => {
        words.push(word);
        wake();
      };
      const address = addressOf(config.address);
      if (address === null) return yield { kind: 'closed' as const, why: 'no-network' as const };
      const mine = openOffer({ address, port: config.port, files, clock, tell, ...input, ...(mayCome === undefined ? {} : { mayCome }) });
      close = mine;
      const left = () => wake();
      signal?.addEventListener('abort', left);
      try {
        while (signal?.aborted !== true) {
          const word = words.shift();
          if (word === undefined) await new Promise<void>((resolve) => (wake = resolve));
          else {
            yield word;
            if (word.kind === 'closed') return;
          }
        }
      } finally {
        signal?.removeEventListener('abort', left);
        mine();
      }
    }),
  }), { customJsonSerializers: [bytesSerializer] });
  handler.upgrade(port);
  port.start();
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };

/** The page as it was built, read once: nothing else of the disk can be asked for. */
export function pageFiles(folder: string): PageFiles {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return new Map(names.flatMap((name) => {
    const type = TYPES[extname(name)];
    return type === undefined ? [] : [[name, { type, body: new Uint8Array(readFileSync(join(folder, name))) }]];
  }));
}

type FromShell = { kind: 'configure'; config: unknown } | { kind: 'port' };
type Shell = { on(event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): void; postMessage(message: object): void };
const shell = (process as { parentPort?: Shell }).parentPort;
if (shell !== undefined) serveShell(shell);

function serveShell(from: Shell): void {
  let config: PhoneConfig | null = null;
  const files = pageFiles(fileURLToPath(new URL('../phone', import.meta.url)));
  from.on('message', ({ data, ports: [port] }) => {
    const message = data as FromShell;
    if (message.kind === 'configure') config = PhoneConfig.parse(message.config);
    else if (port !== undefined && config !== null) servePhone(port as HostPort, { config, files, clock: systemClock });
  });
  setInterval(() => from.postMessage({ kind: 'alive' }), ALIVE_MS);
}
