import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Port } from './port.ts';
import { readable } from './readable.ts';

/** A port as Electron's, whose other end the test is. */
function ends(): { port: Port; say(data: unknown): void; heard: unknown[]; refused(): number } {
  const heard: unknown[] = [];
  let listen: (event?: { data: unknown }) => void = () => {};
  let refused = 0;
  const port: Port = { postMessage: () => {}, start: () => {}, close: () => {}, on: (event: string, listener: (event?: { data: unknown }) => void) => void (event === 'message' && (listen = listener)) };
  readable(port, () => (refused += 1)).on('message', (event) => heard.push(event?.data));
  return { port, say: (data) => listen({ data }), heard, refused: () => refused };
}

describe('readable', () => {
  test('lets calls, stream values and ends through, as objects, whether they came as text or not', () => {
    const { say, heard, refused } = ends();
    const call = { i: '1', p: { u: '/saveField', b: { json: { name: 'a', value: '1' } } } };
    const messages = [call, { i: '1', t: 3, p: { e: 'message', d: 1 } }, { i: '1', t: 4 }];
    for (const message of messages) {
      say(message);
      say(JSON.stringify(message));
    }
    expect(heard).toEqual(messages.flatMap((message) => [message, message]));
    expect(refused()).toBe(0);
  });

  test('leaves everything else out and never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.anything(), fc.string(), fc.json(), fc.record({ i: fc.anything(), t: fc.anything(), p: fc.anything() })), (data) => {
      const { say, heard, refused } = ends();
      say(data);
      expect(heard.length + refused()).toBe(1);
    }));
    for (const address of ['//', '/', 'http://evil.example/x', '/touch?data=1', `/${'x'.repeat(81)}`, '/a\u0000']) {
      const { say, heard } = ends();
      say({ i: '1', p: { u: address } });
      expect(heard).toEqual([]);
    }
  });
});
