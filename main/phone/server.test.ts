import { request } from 'node:http';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { afterEach, describe, expect, test } from 'vitest';
import { MOST_UPLOAD_BYTES, MOST_UPLOADS, OFFER_MS, type PhoneWord } from '../../domain/contracts/phone.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { isPrivate, ownAddress, plainIpv4 } from './network.ts';
import { openOffer } from './server.ts';

const FILES = new Map([['index.html', { type: 'text/html; charset=utf-8', body: new TextEncoder().encode('<h1>{material}</h1><p>{hall}</p>') }], ['assets/a.js', { type: 'text/javascript', body: new TextEncoder().encode('1') }]]);
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** An offer on the loopback, which stands for the local network here. */
async function offer(change: { mayCome?: (address: string) => boolean } = {}) {
  const clock = testClock();
  const words: PhoneWord[] = [];
  let opened: (address: string) => void = () => {};
  const address = new Promise<string>((resolve) => (opened = resolve));
  const close = openOffer({ address: '127.0.0.1', port: 0, material: '村委会<证明>', hall: '示例县', files: FILES, clock, mayCome: () => true, ...change, tell(word) {
    words.push(word);
    if (word.kind === 'open') opened(word.address);
  } });
  closers.push(close);
  const url = new URL(await address);
  const key = Buffer.from(url.hash.slice(1), 'base64url');
  const token = url.pathname.split('/')[1] ?? '';
  const seal = (picture: Uint8Array, under = key, bound = token) => {
    const nonce = new Uint8Array(24).fill(7);
    return Buffer.concat([nonce, xchacha20poly1305(under, nonce, new TextEncoder().encode(bound)).encrypt(picture)]);
  };
  const send = (body: Uint8Array) => fetch(new URL('picture', url), { method: 'POST', body: new Uint8Array(body) });
  return { clock, words, close, url, token, seal, send };
}

/** A request whose every header is ours to set. */
function ask(url: URL, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => request({ host: url.hostname, port: url.port, path, headers }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  }).on('error', reject).end());
}

describe('the page for phones', () => {
  test('says what it is for, as text; sets no cookie, lets nothing be kept, and no other site use it', async () => {
    const { url, words } = await offer();
    const answer = await fetch(url);
    expect(await answer.text()).toBe('<h1>村委会&#60;证明&#62;</h1><p>示例县</p>');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect([answer.headers.get('cache-control'), answer.headers.get('referrer-policy'), answer.headers.get('set-cookie')]).toEqual(['no-store', 'no-referrer', null]);
    expect((await fetch(new URL('assets/a.js', url))).status).toBe(200);
    expect(words.map(({ kind }) => kind)).toEqual(['open', 'joined']);
  });

  test('a picture comes through, under its key alone and for this page alone', async () => {
    const { words, seal, send } = await offer();
    const picture = new Uint8Array([1, 2, 3]);
    expect((await send(seal(picture))).status).toBe(204);
    expect(words.at(-1)).toEqual({ kind: 'picture', bytes: picture });
    for (const wrong of [seal(picture, Buffer.alloc(32, 1)), seal(picture, undefined, 'another-token'), Buffer.alloc(41), Buffer.concat([seal(picture), Buffer.alloc(1)])]) expect((await send(wrong)).status).toBe(404);
    expect(words.filter(({ kind }) => kind === 'picture')).toHaveLength(1);
  });

  test('who has no token, comes by another name, from elsewhere, or asks for another file sees the same nothing', async () => {
    const { url, token } = await offer();
    const host = url.host;
    expect(await ask(url, '/', { host })).toBe(404);
    expect(await ask(url, `/${token.slice(0, -1)}x/`, { host })).toBe(404);
    expect(await ask(url, `/${token}/`, { host: `evil.example:${url.port}` })).toBe(404);
    expect(await ask(url, `/${token}/../../etc/passwd`, { host })).toBe(404);
    expect(await ask(url, `/${token}/%2e%2e/package.json`, { host })).toBe(404);
    const strangers = await offer({ mayCome: isPrivate });
    expect(await ask(strangers.url, `/${strangers.token}/`, { host: strangers.url.host })).toBe(404);
    expect(strangers.words.map(({ kind }) => kind)).toEqual(['open']);
  });

  test('what is too large is not read, and a flood is slowed down', async () => {
    const { url, token, send, words } = await offer();
    const tooLarge = await new Promise<number>((resolve) => {
      const sent = request({ host: url.hostname, port: url.port, path: `/${token}/picture`, method: 'POST', headers: { host: url.host, 'content-length': String(MOST_UPLOAD_BYTES + 41) } }, (response) => resolve(response.statusCode ?? 0));
      sent.on('error', () => resolve(0));
      sent.flushHeaders();
    });
    expect(tooLarge).toBe(413);
    expect((await send(new Uint8Array(0))).status).toBe(413);
    const answers: number[] = [];
    for (let count = 0; count < 70; count += 1) answers.push(await ask(url, `/${token}/`, { host: url.host }));
    expect(answers).toContain(429);
    expect(words.some(({ kind }) => kind === 'picture')).toBe(false);
  });

  test('many wrong tries close it; so do its time and its number of pictures, and then nobody listens', async () => {
    const guessed = await offer();
    for (let count = 0; count < 31; count += 1) await ask(guessed.url, '/guess/', { host: guessed.url.host }).catch(() => 0);
    expect(guessed.words.at(-1)).toEqual({ kind: 'closed', why: 'tampered' });

    const long = await offer();
    long.clock.advance(OFFER_MS);
    expect(long.words.at(-1)).toEqual({ kind: 'closed', why: 'over' });
    await expect(fetch(long.url)).rejects.toThrow('fetch failed');

    const full = await offer();
    for (let count = 0; count < MOST_UPLOADS; count += 1) expect((await full.send(full.seal(new Uint8Array([count])))).status).toBe(204);
    expect(full.words.at(-1)).toEqual({ kind: 'closed', why: 'over' });
  });
});

describe('addresses', () => {
  test('private ones are RFC 1918 and nothing else', () => {
    for (const own of ['10.0.0.1', '172.16.0.1', '172.31.255.254', '192.168.20.31', '::ffff:192.168.1.2']) expect(isPrivate(own), own).toBe(true);
    for (const other of ['127.0.0.1', '172.15.0.1', '172.32.0.1', '192.169.0.1', '169.254.1.1', '8.8.8.8', '::1', 'fe80::1', '', '10.0.0', '10.0.0.0.1', '10.0.0.999', '10.a.0.1']) expect(isPrivate(other), other).toBe(false);
    expect(plainIpv4('::ffff:10.0.0.1')).toBe('10.0.0.1');
  });
  test('the site\'s own choice where it stands on an interface, else the first private one, else none', () => {
    const face = (address: string, internal = false) => ({ address, family: 'IPv4' as const, internal, netmask: '', mac: '', cidr: null });
    const here = { lo: [face('127.0.0.1', true)], eth0: [face('203.0.113.5'), face('192.168.20.31')], wlan0: [face('10.1.1.1')] };
    expect([ownAddress(null, here), ownAddress('10.1.1.1', here), ownAddress('10.9.9.9', here), ownAddress(null, { lo: here.lo })]).toEqual(['192.168.20.31', '10.1.1.1', null, null]);
  });
});
