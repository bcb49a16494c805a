/** A screen for windows on a machine without one: the X server that draws into memory. */
import { spawn } from 'node:child_process';
import { err, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';

/**
 * @property name what belongs into DISPLAY, such as `:99`
 * @property stop resolves when it has ended: until then it may still remove the socket of the next server, which has taken its number
 */
export type Display = { name: string; stop(): Promise<void> };

/** `no-display`: there is no Xvfb here, or it ended before it was ready. */
export type DisplayFailure = { kind: 'no-display'; reason: string };

export const displayMend = 'Install it: apt-get install xvfb';

/**
 * Starts an X server of its own, on the first free number. The caller stops it.
 * @param size in pixels; a portrait kiosk by default
 */
export function startDisplay(size: { width: number; height: number } = { width: 1080, height: 1920 }): Promise<Result<Display, DisplayFailure>> {
  return new Promise((resolve) => {
    // Without -noreset the server starts over when its last window closes, and turns the next one away while it does.
    const argv = ['-displayfd', '3', '-screen', '0', `${size.width}x${size.height}x24`, '-nolisten', 'tcp', '-noreset'];
    const server = spawn('Xvfb', argv, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const fail = (reason: string) => resolve(err({ kind: 'no-display', reason }));
    server.once('error', () => fail('Xvfb is not installed'));
    server.once('exit', (code) => fail(`Xvfb ended with exit code ${code}`));
    const ended = new Promise<void>((end) => server.once('exit', () => end()));
    // It writes its number when it takes connections, then a newline. Whoever shuts the pipe between the two ends it.
    const ready = server.stdio[3];
    let said = '';
    ready?.on('data', (piece: Buffer) => {
      said += piece.toString();
      if (!said.endsWith('\n')) return;
      // A tool that ends must not wait for the screen it started.
      server.unref();
      ready.destroy();
      resolve(ok({ name: `:${said.trim()}`, async stop() {
        server.ref();
        server.kill();
        await ended;
      } }));
    });
  });
}
