import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron';
import { died, started, type SupervisorState } from './supervisor.ts';

/** A host says it lives every 2 s; a host that is silent this long hangs in native code and is killed, then started again. */
const SILENT_MS = 20_000;
const LOOK_MS = 5_000;

export type HostEvent = { event: 'host-started' | 'host-died' | 'host-silent' | 'host-out-of-service'; host: string; pid: number | undefined; code?: number };

/** One supervised utility process. `onStart` runs at every start, before the process may do anything else. */
export type Host = { readonly instance: string; post(message: object, ports?: MessagePortMain[]): void; stop(): void };

/** @param options.hear what the host says besides that it lives */
export function startHost(options: { name: string; entry: string; env: Record<string, string>; onStart(host: Host): void; hear?(message: unknown, host: Host): void; log(event: HostEvent): void }): Host {
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
    child.on('message', (message: unknown) => {
      lastWord = Date.now();
      options.hear?.(message, host);
    });
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

/** Starts a host for one act and answers its exit code: nobody supervises it, and it is not started again. */
export function runHost(options: Pick<Parameters<typeof startHost>[0], 'name' | 'entry' | 'env'> & { first: object; answer(message: unknown): object | null }): Promise<number> {
  return new Promise((resolve) => {
    const child = utilityProcess.fork(options.entry, [], { serviceName: `jinban-${options.name}`, env: options.env, stdio: 'inherit' });
    child.on('message', (message: unknown) => {
      const answer = options.answer(message);
      if (answer !== null) child.postMessage(answer);
    });
    child.once('exit', resolve);
    child.postMessage(options.first);
  });
}

/** Gives core and another host the two ends of a new channel. @param to what core knows the other by */
export function join(left: Host, right: Host, to: 'devices' | 'phone' | 'site' = 'devices'): void {
  const { port1, port2 } = new MessageChannelMain();
  left.post({ kind: 'port', to, instance: right.instance }, [port1]);
  right.post({ kind: 'port', to: 'core', instance: left.instance }, [port2]);
}
