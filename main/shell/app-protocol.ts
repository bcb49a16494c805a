import { type Protocol, protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** Content types of what a bundle holds; anything else is not served. */
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf', '.woff2': 'font/woff2', '.png': 'image/png', '.json': 'application/json', '.txt': 'text/plain; charset=utf-8', '.bin': 'application/octet-stream', '.wav': 'audio/wav',
};

/** Beside the page's own policy: no dialog, no print, no window of its own, no download, no form that goes out, whatever runs in it (CSP level 3, `sandbox`). */
const SANDBOX = 'sandbox allow-scripts allow-same-origin';

/** Must run before the app is ready: the scheme counts as a secure origin, without which there is no camera. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'jinban', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }]);
}

/** Serves the built window from `folder` and nothing above it. @param on the session whose windows see it; the ordinary one when left out */
export function serveWindow(folder: string, on: Pick<Protocol, 'handle'> = protocol): void {
  on.handle('jinban', async (request) => {
    const { pathname } = new URL(request.url);
    const file = normalize(join(folder, decodeURIComponent(pathname)));
    const type = TYPES[extname(file)];
    if (type === undefined || !file.startsWith(folder + sep)) return new Response('', { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: { 'content-type': type, 'x-content-type-options': 'nosniff', 'content-security-policy': SANDBOX } });
    } catch {
      return new Response('', { status: 404 });
    }
  });
}
