import { mountKiosk } from '../../../renderer/kiosk/mount.tsx';
import { openLaterScreens } from '../../../renderer/kiosk/screens/later.ts';
import { LANGUAGES } from '../../../renderer/kiosk/texts/languages.ts';
import { createFakeCore } from './fake-core.ts';
import { MIRRORED } from './mirrored.ts';
import { samplePage } from './sample-page.ts';
import { type Scene, scenes } from './scenes.ts';

/**
 * The kiosk window over a core that is not there: every step and state as a scene, chosen by `?scene=` or `showScene(name)`, walkable
 * from there; with `mirrored` the second language is one that runs from right to left. Not part of any product bundle.
 */
declare global {
  interface Window {
    /** Answers when the window has heard all of the scene: on a machine that does much else that takes longer than a frame or two. */
    showScene(name: string): Promise<void>;
    sceneNames: string[];
  }
}

const core = createFakeCore(await samplePage());
let ours: MessagePort | null = null;

function connect(): void {
  const { port1, port2 } = new MessageChannel();
  core.serve(port2);
  window.postMessage('jinban:core-port', window.location.origin, [port1]);
}

// The window's end is the port as it arrives, not the one that was sent.
window.addEventListener('message', (event) => {
  if (event.data !== 'jinban:core-port') return;
  ours = event.ports[0] ?? null;
  ours?.addEventListener('message', () => hear());
});

/** Views that core tells of every change: the session's, the terminal's, the caretaker's. */
const VIEWS = 3;
let hear = () => {};
function heardAll(): Promise<void> {
  return new Promise((resolve) => {
    let left = VIEWS;
    hear = () => {
      left -= 1;
      if (left === 0) resolve();
    };
  });
}

window.sceneNames = Object.keys(scenes);
window.showScene = async (name) => {
  const scene: Scene | undefined = scenes[name];
  if (scene === undefined) throw new Error(`no scene ${name}`);
  const heard = heardAll();
  core.show(scene);
  if (scene.away === true) {
    core.leave();
    // What Electron tells a port whose other end is gone; Chromium by itself does not.
    ours?.dispatchEvent(new Event('close'));
    ours = null;
    return;
  }
  if (ours === null) connect();
  await heard;
};

const wanted = new URLSearchParams(window.location.search);
// Every screen is there before the first is looked at.
await openLaterScreens();
mountKiosk(wanted.has('mirrored') ? [LANGUAGES[0], MIRRORED] : LANGUAGES);
await window.showScene(wanted.get('scene') ?? 'home');
