/** Words of the emulated machine for the tool in front of it: cover and jam, which the tool learns from an engine alone. */
import type { Socket } from 'node:net';
import { openIppClient } from './ipp/client.ts';
import { getPrinterAttributes, printJob, wordsOf } from './ipp/message.ts';

/** The name of a job of ours that only carries STATE: lines into the tool: while it is idle there is no other way. */
export const PANEL = 'panel';

/** The tool takes words up when it comes to it, not when they were sent; a loaded machine may take seconds. */
const TAKES_UP = 15_000;
const RETRY = 20;
const EXCHANGE = 5_000;

export type Panel = {
  /** The tool itself, past the wire. */
  readonly uri: string;
  /** Says that a reason holds, or no longer, and ends when the tool says so too, or when its power is gone. @throws when it does neither */
  say(keyword: string, on: boolean): Promise<void>;
  /** Tells the engine of a panel job what waits, and ends that job. */
  tell(engine: Socket): void;
  close(): void;
};

export type PanelSettings = {
  port: number;
  /** The running job's; null while none runs. */
  engine(): Socket | null;
  powered(): boolean;
  /** Ends when something changed or the time is over. */
  event(milliseconds: number): Promise<void>;
};

export function openPanel({ port, engine, powered, event }: PanelSettings): Panel {
  const ipp = openIppClient(`ipp://127.0.0.1:${port}/ipp/print`);
  const waiting: string[] = [];

  async function bring(words: string, until: number): Promise<void> {
    const running = engine();
    if (running !== null) {
      running.write(`${words}\n`);
      return;
    }
    waiting.push(words);
    for (let request = 1, taken = false; waiting.length > 0 && powered(); request += 1) {
      if (performance.now() > until) throw new Error('the printer is busy or without paper: refill it first');
      if (!taken) taken = (await ipp.exchange(printJob(ipp.uri, request, { jobName: PANEL, template: [], pdf: Buffer.from('%PDF-1.4\n%%EOF\n') }), { milliseconds: EXCHANGE })).ok;
      await event(RETRY);
    }
    waiting.length = 0;
  }

  /** Null while the tool does not answer. */
  async function says(keyword: string): Promise<boolean | null> {
    const answer = await ipp.exchange(getPrinterAttributes(ipp.uri, 1, ['printer-state-reasons']), { milliseconds: EXCHANGE });
    return answer.ok ? answer.value.groups.some((group) => wordsOf(group, 'printer-state-reasons').some((said) => said.startsWith(keyword))) : null;
  }

  return {
    uri: ipp.uri,
    async say(keyword, on) {
      const until = performance.now() + TAKES_UP;
      await bring(`STATE: ${on ? '+' : '-'}${keyword}`, until);
      while (powered() && (await says(keyword)) !== on) {
        if (performance.now() > until) throw new Error(`the printer does not take up ${keyword}`);
        await event(RETRY);
      }
    },
    tell(socket) {
      for (const words of waiting.splice(0)) socket.write(`${words}\n`);
      socket.end('exit 0\n');
    },
    close: () => ipp.close(),
  };
}
