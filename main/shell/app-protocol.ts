import { type Protocol, protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { civilTime } from '../../domain/calendar/civil-date.ts';
import { drawnPage, fillFront, readFront } from '../../domain/contracts/front.ts';
import { isPractice } from '../../domain/practice/mark.ts';

/** Content types of what a bundle holds; anything else is not served. */
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf', '.woff2': 'font/woff2', '.png': 'image/png', '.json': 'application/json', '.txt': 'text/plain; charset=utf-8', '.bin': 'application/octet-stream', '.wav': 'audio/wav',
};

/** Beside the page's own policy: no dialog, no print, no window of its own, no download, no form that goes out, whatever runs in it (CSP level 3, `sandbox`). */
const SANDBOX = 'sandbox allow-scripts allow-same-origin';

/** Must run before the app is ready: the scheme counts as a secure origin, without which there is no camera. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'jinban', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
}

/** Serves the built window from `folder` and nothing above it; its first load with the first screen drawn. @param on the session whose windows see it; the ordinary one when left out */
export function serveWindow(folder: string, on: Pick<Protocol, 'handle'> = protocol): void {
  on.handle('jinban', async (request) => {
    const { pathname, search } = new URL(request.url);
    const front = pathname === '/index.html' ? readFront(search) : null;
    const file = normalize(join(folder, decodeURIComponent(pathname)));
    const type = TYPES[extname(file)];
    if (type === undefined || !file.startsWith(folder + sep)) return new Response('', { status: 404 });
    try {
      // A machine for practice says so across its screen, which was not drawn.
      const body = front === null || isPractice(front.machine) ? new Uint8Array(await readFile(file)) : fillFront(await readFile(join(folder, drawnPage(front)), 'utf8'), front, civilTime(Date.now()).slice(0, 5));
      return new Response(body, { headers: { 'content-type': type, 'x-content-type-options': 'nosniff', 'content-security-policy': SANDBOX } });
    } catch {
      return new Response('', { status: 404 });
    }
  });
}
