import { expect, test } from 'vitest';
import { createExchanges } from './exchange.ts';
import { createStream } from './stream.ts';

const never = new AbortController().signal;
const refuse = ({ reason }: { reason: string }) => reason;

/** A job of which the test says every word. */
function job(exchanges: ReturnType<typeof createExchanges>, giveWay?: () => void) {
  let stream = createStream<string>(never);
  const heard: string[] = [];
  const ended = (async () => {
    for await (const word of exchanges.run<string>({ device: 'ticket-printer', signal: never, refuse, begin: (signal) => (stream = createStream<string>(signal)), ...(giveWay === undefined ? {} : { giveWay }) })) heard.push(word);
  })();
  return { heard, ended, say: (word: string) => stream.put(word), end: () => stream.end() };
}

test('a device in an exchange takes no job, and takes them again when it ended', async () => {
  const exchanges = createExchanges();
  exchanges.start('ticket-printer', 'maintenance');
  const refused = job(exchanges);
  await refused.ended;
  expect(refused.heard).toEqual(['maintenance']);
  exchanges.end('ticket-printer');
  const taken = job(exchanges);
  taken.say('sent');
  taken.end();
  await taken.ended;
  expect(taken.heard).toEqual(['sent']);
});

test('a job that outlives the beginning is waited for, and ends in its own words', async () => {
  const exchanges = createExchanges();
  const told: string[] = [];
  const running = job(exchanges, () => told.push('give way'));
  running.say('sent');
  exchanges.start('ticket-printer', 'maintenance');
  let quiet = false;
  const waited = exchanges.quiet('ticket-printer', never).then(() => (quiet = true));
  await new Promise(setImmediate);
  expect([quiet, told]).toEqual([false, ['give way']]);
  running.say('printed');
  running.end();
  await Promise.all([running.ended, waited]);
  expect(running.heard).toEqual(['sent', 'printed']);
});

test('any other ends at once, and says why', async () => {
  const exchanges = createExchanges();
  const reading = job(exchanges);
  reading.say('place-card');
  await new Promise(setImmediate);
  exchanges.start('ticket-printer', 'maintenance-unfinished');
  await Promise.all([reading.ended, exchanges.quiet('ticket-printer', never)]);
  expect(reading.heard).toEqual(['place-card', 'maintenance-unfinished']);
  expect(exchanges.isActive('ticket-printer')).toBe(true);
});

test('who waits for quiet may leave', async () => {
  const exchanges = createExchanges();
  const running = job(exchanges, () => undefined);
  const leave = new AbortController();
  const waited = exchanges.quiet('ticket-printer', leave.signal);
  leave.abort();
  await waited;
  expect(running.heard).toEqual([]);
  running.end();
  await running.ended;
});
