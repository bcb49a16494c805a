import { mountKiosk } from '../../../renderer/kiosk/mount.tsx';
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
    showScene(name: string): void;
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
  if (event.data === 'jinban:core-port') ours = event.ports[0] ?? null;
});

window.sceneNames = Object.keys(scenes);
window.showScene = (name) => {
  const scene: Scene | undefined = scenes[name];
  if (scene === undefined) throw new Error(`no scene ${name}`);
  core.show(scene);
  if (scene.away === true) {
    core.leave();
    // What Electron tells a port whose other end is gone; Chromium by itself does not.
    ours?.dispatchEvent(new Event('close'));
    ours = null;
  } else if (ours === null) connect();
};

const wanted = new URLSearchParams(window.location.search);
mountKiosk(wanted.has('mirrored') ? [LANGUAGES[0], MIRRORED] : LANGUAGES);
window.showScene(wanted.get('scene') ?? 'home');
