import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Headers of every answer, whatever it is: no guessing of types, no frames, no address given on, no devices, nothing kept, and nothing that would run. Pages
 * say their own content policy and how long they may be kept instead.
 */
export const EVERY_ANSWER: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The browser's own reader draws a PDF with styles and pictures of its own; nothing else may load. */
export const PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; object-src 'self'; frame-ancestors 'none'";

/** A browser that was here over HTTPS never comes over HTTP again; RFC 6797. */
const ONLY_HTTPS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** Whether a browser sees HTTPS. @param always whatever a request says: the hall is reached in no other way */
export function isHttps(request: FastifyRequest, always: boolean): boolean {
  return always || request.headers['x-forwarded-proto'] === 'https';
}

/** @param https whether the hall is reached over HTTPS always; a proxy that says so of a request makes it so for that one */
export function registerHeaders(app: FastifyInstance, https: boolean): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(EVERY_ANSWER);
    if (isHttps(request, https)) reply.headers(ONLY_HTTPS);
    done();
  });
}
