import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { readFront } from '../../domain/contracts/front.ts';
import { App } from './app.tsx';
import { acceptPorts, createCore } from './core.ts';
import { createStillness } from './stillness.ts';
import { type Language, LANGUAGES } from './texts/languages.ts';

/** A screen that broke is drawn again after this pause: core still has the visit, and a fault that stays does not spin. */
const REDRAW_MS = 1000;

/** Draws the citizen's window into the page. */
export function mountKiosk(languages: readonly [Language, ...Language[]] = LANGUAGES): void {
  const element = document.getElementById('root');
  if (element === null) throw new Error('the page has no root');
  const core = createCore(createStillness(window), readFront(window.location.search));
  acceptPorts(core);
  const root = createRoot(element, { onUncaughtError: () => setTimeout(draw, REDRAW_MS) });
  draw();

  function draw(): void {
    root.render(<App core={core} languages={languages} />);
  }
}
