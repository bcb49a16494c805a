import { createFakeCore } from './fake-core.ts';
import { samplePage } from './sample-page.ts';
import { type Scene, scenes } from './scenes.ts';

/**
 * The kiosk window over a core that is not there: every step and state as a scene, chosen by `?scene=` or `showScene(name)`, walkable
 * from there. Not part of any product bundle.
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

await import('../../../renderer/kiosk/main.tsx');
window.showScene(new URLSearchParams(window.location.search).get('scene') ?? 'home');
