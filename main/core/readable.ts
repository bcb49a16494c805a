import { z } from 'zod';
import type { Port } from './port.ts';

/**
 * A message of the RPC codec, as text or as the object it stands for: call id, type (1 a call, 3 a value of a stream, 4 an end; left out: a
 * call) and payload. `u` is the procedure's address.
 */
const Message = z.union([
  z.looseObject({ i: z.string().max(64), t: z.literal(1).optional(), p: z.looseObject({ u: z.string().regex(/^\/[\w-][\w/-]{0,79}$/), h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(), m: z.string().max(10).optional() }) }),
  z.looseObject({ i: z.string().max(64), t: z.literal(3), p: z.looseObject({}) }),
  z.looseObject({ i: z.string().max(64), t: z.literal(4) }),
]);

/** A picture of 6 MB is 8 MB of text. What is larger, up to here, is still read, so that it can be answered with why it is refused. */
const MOST_TEXT = 64 * 1024 * 1024;

/**
 * The port with everything left out that the RPC codec cannot read. The codec decodes in a promise that nobody holds: there a window gone
 * wild would end this process.
 * @param refused told of every message left out
 */
export function readable(port: Port, refused: () => void): Port {
  return {
    postMessage: (data) => port.postMessage(data),
    start: () => port.start(),
    close: () => port.close(),
    on(event: 'message' | 'close', listener: (event?: { data: unknown }) => void) {
      if (event === 'close') return port.on('close', () => listener());
      hear(port, (raw) => {
        const data = parse(raw);
        if (Message.safeParse(data).success) listener({ data });
        else refused();
      });
    },
  };
}

/** Node's port gives `on` the bare value; Electron's has no `addEventListener`. */
function hear(port: Port & { addEventListener?(event: 'message', listener: (event: { data: unknown }) => void): void }, tell: (data: unknown) => void): void {
  if (port.addEventListener === undefined) port.on('message', (event) => tell(event?.data));
  else port.addEventListener('message', (event) => tell(event.data));
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string' || data.length > MOST_TEXT) return data;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
