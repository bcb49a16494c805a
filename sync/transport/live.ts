import { LIVE_HEARTBEAT, LiveWord } from '../../domain/contracts/hall.ts';
import { err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { ANSWER_WITHIN, failureOf, isLostLine } from './request.ts';
import type { Answer, CallOptions } from './types.ts';

/**
 * A live line that is silent for this long is gone, whatever the operating system thinks of its connection, milliseconds: two heartbeats, and what a
 * line that loses every third packet adds.
 */
export const SILENCE = 2 * LIVE_HEARTBEAT + 10_000;
/** One word is a few dozen characters; what is longer without an end is not the hall's. */
const LONGEST_WORD = 4096;

/** Listens at an event stream until it ends. Only the hall's own words keep it open: whatever else answers (a captive portal) is no live line. */
export async function followLive({ fetcher, clock, url, bearer }: { fetcher: typeof fetch; clock: Clock; url: URL; bearer: string }, hear: (word: LiveWord) => void, { signal }: CallOptions): Answer<'ended'> {
  const limit = new AbortController();
  const within = (milliseconds: number) => clock.after(milliseconds, () => limit.abort());
  let cancel = within(ANSWER_WITHIN);
  try {
    const answer = await fetcher(url, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${bearer}` },
      redirect: 'error',
      signal: signal === undefined ? limit.signal : AbortSignal.any([limit.signal, signal]),
    });
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (!answer.ok || !isStream || answer.body === null) {
      await answer.body?.cancel();
      return err(answer.ok ? { kind: 'protocol', status: answer.status } : failureOf(answer.status));
    }
    let pending = '';
    for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
      const frames = (pending + text).split('\n\n');
      pending = frames.pop() ?? '';
      if (pending.length > LONGEST_WORD) return err({ kind: 'protocol', status: answer.status });
      for (const word of frames.flatMap(wordsOf)) {
        cancel();
        cancel = within(SILENCE);
        hear(word);
      }
    }
    return ok('ended');
  } catch (cause) {
    if (isLostLine(cause)) return err({ kind: 'unreachable' });
    throw cause;
  } finally {
    cancel();
    limit.abort();
  }
}

/** The word of a `message` event; nothing for comments, ends and whatever a later hall says. */
function wordsOf(frame: string): LiveWord[] {
  const field = (name: string) => frame.split('\n').flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1).trim()] : [])).join('\n');
  if (field('event') !== 'message') return [];
  try {
    const parsed = LiveWord.safeParse(JSON.parse(field('data')));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
