import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron';
import { died, started, type SupervisorState } from './supervisor.ts';

/** A host says it lives every 2 s; a host that is silent this long hangs in native code and is killed, then started again. */
const SILENT_MS = 20_000;
const LOOK_MS = 5_000;

export type HostEvent = { event: 'host-started' | 'host-died' | 'host-silent' | 'host-out-of-service'; host: string; pid: number | undefined; code?: number };

/** One supervised utility process. `onStart` runs at every start, before the process may do anything else. */
export type Host = { readonly instance: string; post(message: object, ports?: MessagePortMain[]): void; stop(): void };

export function startHost(options: { name: string; entry: string; env: Record<string, string>; onStart(host: Host): void; log(event: HostEvent): void }): Host {
  const { name, log } = options;
  let process_: UtilityProcess | null = null;
  let supervision: SupervisorState | null = null;
  let instance = '';
  let lastWord = Date.now();
  let stopped = false;
  let starts = 0;

  const host: Host = {
    get instance() {
      return instance;
    },
    post: (message, ports) => process_?.postMessage(message, ports),
    stop() {
      stopped = true;
      clearInterval(watch);
      process_?.kill();
    },
  };

  function start(): void {
    if (stopped) return;
    starts += 1;
    instance = `${name}-${Date.now()}-${starts}`;
    const child = utilityProcess.fork(options.entry, [], { serviceName: `jinban-${name}`, env: options.env, stdio: 'inherit' });
    process_ = child;
    supervision = started(supervision, Date.now());
    lastWord = Date.now();
    child.on('message', () => (lastWord = Date.now()));
    child.on('spawn', () => log({ event: 'host-started', host: name, pid: child.pid }));
    child.once('exit', (code) => {
      if (process_ === child) process_ = null;
      if (stopped || supervision === null) return;
      const restart = died(supervision, Date.now());
      supervision = restart.state;
      log({ event: restart.outOfService ? 'host-out-of-service' : 'host-died', host: name, pid: undefined, code });
      setTimeout(start, restart.waitMs);
    });
    options.onStart(host);
  }

  const watch = setInterval(() => {
    if (process_ === null || Date.now() - lastWord < SILENT_MS) return;
    log({ event: 'host-silent', host: name, pid: process_.pid });
    process_.kill();
    lastWord = Date.now();
  }, LOOK_MS);

  start();
  return host;
}

/** Gives two hosts the two ends of a new channel. */
export function join(left: Host, right: Host): void {
  const { port1, port2 } = new MessageChannelMain();
  left.post({ kind: 'port', to: 'devices', instance: right.instance }, [port1]);
  right.post({ kind: 'port', to: 'core', instance: left.instance }, [port2]);
}
