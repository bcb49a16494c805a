import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemdCredsKeeper } from './systemd-creds.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'jinban-creds-'))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Puts a program of the name before all others: it turns bytes into base64 and back, as long lines as the real one, and notes how it was called. */
function standIn(script: string): void {
  const program = join(folder, 'systemd-creds');
  writeFileSync(program, `#!/bin/sh\necho "$@" >>'${folder}/calls'\nenv >>'${folder}/calls'\n${script}\n`);
  chmodSync(program, 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
}
const secret = new TextEncoder().encode('{"store":"a secret of more than one line of base64 when it is sealed, so that breaks are seen"}');

describe('systemd-creds', () => {
  test('is given the keys on standard input under our name, and gives them back', async () => {
    standIn('case $1 in encrypt) base64 ;; decrypt) base64 -d ;; esac');
    const keeper = systemdCredsKeeper();
    const sealed = await keeper.keep(secret);
    if (!sealed.ok) return expect.unreachable();
    expect(sealed.value).not.toMatch(/\s/);
    expect(await keeper.open(sealed.value)).toEqual({ ok: true, value: secret });
    const calls = readFileSync(join(folder, 'calls'), 'utf8');
    expect(calls).toMatch(/^encrypt .*--name=jinban-terminal-keys - -$/m);
    expect(calls).toMatch(/^decrypt .*--name=jinban-terminal-keys - -$/m);
    expect(calls).not.toContain('a secret');
    expect(calls).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20));
  });
  test('that refuses says so without its words, whichever way it was asked', async () => {
    standIn('echo "something with a secret" >&2; exit 3');
    const keeper = systemdCredsKeeper();
    const kept = await keeper.keep(secret);
    expect(kept).toMatchObject({ ok: false, error: { kind: 'keeper-missing', keeper: 'systemd-creds' } });
    expect(JSON.stringify(kept)).not.toContain('something with');
    expect(await keeper.open('c2VhbGVk')).toEqual({ ok: false, error: { kind: 'keeper-cannot-open', keeper: 'systemd-creds' } });
  });
  test('that hangs is given up, whatever it does with signals, and is not taken for one that does not open', async () => {
    standIn('trap "" TERM; sleep 20');
    const silent = { ok: false, error: { kind: 'keeper-missing', keeper: 'systemd-creds', why: 'systemd-creds does not answer; a TPM may hang: switch the machine off and on' } };
    const keeper = systemdCredsKeeper(100);
    expect(await Promise.all([keeper.keep(secret), keeper.open('c2VhbGVk')])).toEqual([silent, silent]);
  });
  test('that is not there is named', async () => {
    vi.stubEnv('PATH', folder);
    const missing = { ok: false, error: { kind: 'keeper-missing', keeper: 'systemd-creds', why: 'there is no systemd-creds on this machine' } };
    expect([await systemdCredsKeeper().keep(secret), await systemdCredsKeeper().open('c2VhbGVk')]).toEqual([missing, missing]);
  });

  const real = spawnSync('systemd-creds', ['encrypt', ...(process.getuid?.() === 0 ? [] : ['--user']), '--name=probe', '-', '-'], { input: 'probe' }).status === 0;
  test.skipIf(!real)('the real one (needs a systemd-creds that seals for this user: root, or systemd 256) keeps and opens, and opens nothing that was changed', async () => {
    const keeper = systemdCredsKeeper();
    const sealed = await keeper.keep(secret);
    if (!sealed.ok) return expect.unreachable(sealed.error.kind);
    expect(Buffer.from(sealed.value, 'base64').includes(Buffer.from(secret))).toBe(false);
    expect(await keeper.open(sealed.value)).toEqual({ ok: true, value: secret });
    const changed = Buffer.from(sealed.value, 'base64');
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(await keeper.open(changed.toString('base64'))).toEqual({ ok: false, error: { kind: 'keeper-cannot-open', keeper: 'systemd-creds' } });
  });
});
