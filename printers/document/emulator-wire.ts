/**
 * The wire in front of the tool: an HTTP relay that can break, and that says in RFC 8011's words what the tool cannot say.
 * The tool never stops its printer and picks the suffix of a reason by the printer's state, so a printer without paper would read
 * "idle, media-empty-report"; printers in halls say "stopped, media-empty-error". `words: 'tool'` leaves its answers alone.
 */
import http from 'node:http';
import type { Socket } from 'node:net';
import { decode, encode } from './ipp/codec.ts';
import type { Group, Message, Value } from './ipp/codec.ts';
import { numberOf, text, wordsOf } from './ipp/message.ts';
import { GROUP, JOB_STATE, OPERATION, PRINTER_STATE } from './ipp/values.ts';

/** Where the connection of the next Print-Job breaks: nothing passed on, half of the document passed on, everything passed on but no answer. */
export type Cut = 'before' | 'halfway' | 'after';

export type Wire = {
  listen(): Promise<void>;
  /** Closes the port and breaks every connection. */
  unplug(): Promise<void>;
  cutNextPrintJob(at: Cut): void;
  /** Milliseconds before every answer. */
  delay(milliseconds: number): void;
  /** Print-Job requests that reached the tool whole. */
  documents(): number;
};

export type WireSettings = {
  port: number;
  tool: number;
  words: 'standard' | 'tool';
  /** Whether the printer is stopped now. */
  stopped(): boolean;
  /** A Cancel-Job for this job was accepted by the tool, which does not tell its engine. */
  cancelled(job: number): void;
};

const BLOCKING = /^(media-empty|media-needed|media-jam|cover-open|input-tray-missing|toner-empty|marker-supply-empty|marker-waste-full)(-\w+)?$/;

export function openWire(settings: WireSettings): Wire {
  const sockets = new Set<Socket>();
  let cut: Cut | null = null;
  let wait = 0;
  let documents = 0;
  let server: http.Server | undefined;

  async function relay(incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
    const body = await collect(incoming);
    const asked = incoming.method === 'POST' ? decode(body) : null;
    const request = asked?.ok === true ? asked.value : null;
    const breaks = request?.code === OPERATION['Print-Job'] ? cut : null;
    if (breaks !== null) cut = null;
    if (breaks === 'before') {
      incoming.socket.destroy();
      return;
    }
    if (breaks === 'halfway') {
      await forward(incoming, body, Math.floor(body.length / 2));
      incoming.socket.destroy();
      return;
    }
    const answer = await forward(incoming, body, body.length);
    if (request?.code === OPERATION['Print-Job'] && answer !== null) documents += 1;
    if (breaks === 'after' || answer === null) {
      incoming.socket.destroy();
      return;
    }
    const reply = request === null ? answer.body : reword(request, answer.body);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    outgoing.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': reply.length });
    outgoing.end(reply);
  }

  function reword(request: Message, body: Buffer): Buffer {
    const decoded = decode(body);
    if (!decoded.ok) return body;
    const answer = decoded.value;
    if (request.code === OPERATION['Cancel-Job'] && answer.code < 0x0400) settings.cancelled(numberOf(request.groups[0], 'job-id') ?? 0);
    if (settings.words === 'tool' || !settings.stopped()) return body;
    return Buffer.from(encode({ ...answer, groups: answer.groups.map(stopGroup) }));
  }

  /** Passes a request on; with `length` below the whole, breaks off after that many octets. */
  function forward(incoming: http.IncomingMessage, body: Buffer, length: number): Promise<{ status: number; type: string; body: Buffer } | null> {
    return new Promise((resolve) => {
      const { host, 'content-type': type } = incoming.headers;
      const onward = http.request(
        { host: '127.0.0.1', port: settings.tool, path: incoming.url, method: incoming.method, agent: false, headers: { Host: host, 'Content-Type': type ?? '', ...(body.length > 0 ? { 'Transfer-Encoding': 'chunked' } : {}) } },
        (response) => {
          collect(response).then(
            (answer) => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body: answer }),
            () => resolve(null),
          );
        },
      );
      onward.once('error', () => resolve(null));
      if (length === body.length) onward.end(body);
      else onward.write(body.subarray(0, length), () => onward.destroy());
    });
  }

  return {
    listen() {
      server = http.createServer((incoming, outgoing) => {
        relay(incoming, outgoing).catch(() => incoming.socket.destroy());
      });
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      return new Promise((resolve, reject) => {
        server?.once('error', reject);
        server?.listen(settings.port, '127.0.0.1', resolve);
      });
    },
    async unplug() {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    cutNextPrintJob(at) {
      cut = at;
    },
    delay(milliseconds) {
      wait = milliseconds;
    },
    documents: () => documents,
  };
}

/** A group of attributes as a stopped printer would say it. */
function stopGroup(group: Group): Group {
  if (group.tag !== GROUP.printer && group.tag !== GROUP.job) return group;
  const running = numberOf(group, 'job-state') === JOB_STATE.processing;
  return {
    ...group,
    attributes: group.attributes.map((attribute) => {
      switch (attribute.name) {
        case 'printer-state':
          return { ...attribute, values: enumerated(PRINTER_STATE.stopped) };
        case 'printer-state-reasons':
          return { ...attribute, values: text('keyword', ...wordsOf(group, attribute.name).map(severe)) };
        case 'job-state':
          return running ? { ...attribute, values: enumerated(JOB_STATE['processing-stopped']) } : attribute;
        case 'job-state-reasons':
          return running ? { ...attribute, values: text('keyword', 'printer-stopped') } : attribute;
        default:
          return attribute;
      }
    }),
  };
}

function enumerated(value: number): Value[] {
  return [{ syntax: 'enum', value }];
}

function severe(keyword: string): string {
  const [, base] = BLOCKING.exec(keyword) ?? [];
  return base === undefined ? keyword : `${base}-error`;
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
