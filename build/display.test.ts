import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { type Display, startDisplay } from './display.ts';

const socketOf = ({ name }: Display) => `/tmp/.X11-unix/X${name.slice(1)}`;

async function start(): Promise<Display> {
  const display = await startDisplay({ width: 640, height: 480 });
  if (!display.ok) throw new Error(display.error.reason);
  return display.value;
}

function takesConnections(display: Display): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketOf(display), () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

test.skipIf(process.platform !== 'linux')('screens live side by side and one after another, and leave nothing behind', async () => {
  for (let round = 0; round < 4; round += 1) {
    const [one, two] = [await start(), await start()];
    expect(one.name).not.toBe(two.name);
    expect(await Promise.all([one, two].map(takesConnections))).toEqual([true, true]);
    await Promise.all([one.stop(), two.stop()]);
    expect([one, two].map((display) => existsSync(socketOf(display)))).toEqual([false, false]);
  }
});
