/** Where a ticket stands, on its holder's own phone. It keeps nothing and asks nothing about anybody: the id in the address is all that it knows. */
import type { PositionView } from '../../domain/contracts/site.ts';
import { clockOf, shownOf } from './words.ts';

const ASK_MS = 10_000;
/** An answer takes some milliseconds on the site's network. */
const ANSWER_MS = 8000;
/** The page's title changes so often while its number is called, milliseconds. */
const FLASH_MS = 900;

const at = (id: string) => document.getElementById(id) as HTMLElement;
const ticket = location.pathname.split('/').findLast((part) => part !== '') ?? '';
const title = document.title;
let last: PositionView | null = null;
let bell: AudioContext | null = null;
let flashing: ReturnType<typeof setInterval> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

async function ask(): Promise<void> {
  clearTimeout(timer);
  let over = false;
  try {
    const answer = await fetch(`/site/api/tickets/${encodeURIComponent(ticket)}`, { credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });
    // An id that nobody can have given is refused as one.
    const { position } = answer.status === 400 ? { position: null } : answer.ok ? ((await answer.json()) as { position: PositionView | null }) : { position: undefined };
    if (position === undefined) throw new Error('no answer');
    ({ over } = draw(position));
  } catch {
    at('line').dataset['line'] = 'away';
    at('line').textContent = last === null ? '暂时连不上大厅，请看手机是不是连着这里的 Wi-Fi。Not connected.' : `暂时连不上大厅，上面是 ${clockOf(last.at)} 的情况。Not connected.`;
  }
  if (!over) timer = setTimeout(() => void ask(), ASK_MS);
}

function draw(position: PositionView | null): { over: boolean } {
  const shown = shownOf(position);
  const isCalled = shown.window !== '';
  if (isCalled && (last === null || last.state !== 'called' || last.window !== position?.window)) ring();
  document.body.dataset['look'] = shown.look;
  at('code').textContent = position?.code ?? '—';
  at('business').textContent = position?.business ?? '';
  for (const name of ['words', 'english', 'window'] as const) if (at(name).textContent !== shown[name]) at(name).textContent = shown[name];
  at('wait').hidden = shown.wait === null;
  at('ahead').textContent = shown.wait?.ahead ?? '';
  at('minutes').textContent = shown.wait?.minutes ?? '';
  at('bell').hidden = shown.look !== 'waiting';
  at('line').dataset['line'] = 'there';
  at('line').textContent = position === null ? '当天的小票有效。刚取的号请稍等，不是今天的号查不到。' : `${clockOf(position.at)} 更新，每 10 秒一次 · updated`;
  flash(isCalled ? `请到 ${shown.window}` : null);
  if (!isCalled) document.title = position === null ? title : `${position.code} ${shown.words}`;
  last = position;
  return { over: shown.over };
}

function flash(words: string | null): void {
  clearInterval(flashing);
  if (words === null) return;
  let on = true;
  const turn = () => {
    document.title = on ? words : (last?.code ?? title);
    on = !on;
  };
  turn();
  flashing = setInterval(turn, FLASH_MS);
}

/** A phone vibrates where it can; it rings where its holder asked for that: a browser lets no page make a sound by itself. */
function ring(): void {
  navigator.vibrate?.([500, 250, 500, 250, 500]);
  if (bell === null) return;
  for (const start of [0, 0.6, 1.2]) {
    const tone = bell.createOscillator();
    tone.frequency.value = 880;
    tone.connect(bell.destination);
    tone.start(bell.currentTime + start);
    tone.stop(bell.currentTime + start + 0.35);
  }
}

at('bell').addEventListener('click', () => {
  const on = bell === null;
  if (bell !== null) void bell.close();
  bell = on ? new AudioContext() : null;
  at('bell').setAttribute('aria-pressed', String(on));
});
// A page in the background is asked rarely by its browser; whoever looks at it wants to know now.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void ask();
});
void ask();
