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
let connected = false;

function connect(): void {
  const { port1, port2 } = new MessageChannel();
  core.serve(port2);
  window.postMessage('jinban:core-port', window.location.origin, [port1]);
  connected = true;
}

window.sceneNames = Object.keys(scenes);
window.showScene = (name) => {
  const scene: Scene | undefined = scenes[name];
  if (scene === undefined) throw new Error(`no scene ${name}`);
  core.show(scene);
  if (scene.away === true) {
    core.leave();
    connected = false;
  } else if (!connected) connect();
};

await import('../../../renderer/kiosk/main.tsx');
window.showScene(new URLSearchParams(window.location.search).get('scene') ?? 'home');
