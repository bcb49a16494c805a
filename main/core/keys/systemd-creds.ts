import { spawn } from 'node:child_process';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Keeper, KeeperFailure } from './keeper.ts';

/** Sealed into the credential: one that was made for another purpose does not open as ours. */
const NAME = 'jinban-terminal-keys';
/** A TPM takes a second or two; half a minute without an answer is a TPM that hangs. */
const ANSWER_MS = 30_000;

/**
 * Linux: `systemd-creds` seals under the host's own key and, where there is one, the TPM (systemd's choice `auto`). The keys go over standard
 * input and output, so that they are in no argument, environment or file.
 *
 * The host's key belongs to root. Another user is served by systemd from version 256 on (`--user`), which binds the keys to that user as well.
 */
export function systemdCredsKeeper(answerMs = ANSWER_MS): Keeper {
  const scope = process.getuid?.() === 0 ? [] : ['--user'];
  return {
    kind: 'systemd-creds',
    async keep(plain) {
      const sealed = await run(['encrypt', ...scope, `--name=${NAME}`, '-', '-'], plain, answerMs);
      if (!sealed.ok) return err({ kind: 'keeper-missing', keeper: 'systemd-creds', why: sealed.error.why });
      return ok(sealed.value.toString('ascii').replace(/\s/g, ''));
    },
    async open(sealed) {
      const plain = await run(['decrypt', ...scope, `--name=${NAME}`, '-', '-'], Buffer.from(sealed), answerMs);
      if (plain.ok) return ok(new Uint8Array(plain.value));
      return err<KeeperFailure>(plain.error.ended ? { kind: 'keeper-cannot-open', keeper: 'systemd-creds' } : { kind: 'keeper-missing', keeper: 'systemd-creds', why: plain.error.why });
    },
  };
}

/** `ended`: whether the program came to an end of its own. */
type Failed = { kind: 'failed'; ended: boolean; why: string };

/** What the program says on standard error stays unread: only its exit is told on. */
function run(args: readonly string[], input: Uint8Array, answerMs: number): Promise<Result<Buffer, Failed>> {
  return new Promise((resolve) => {
    const child = spawn('systemd-creds', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    // A process that waits for a TPM in the kernel dies of no signal: it is not waited for.
    const patience = setTimeout(() => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.unref();
      failed(false, 'systemd-creds does not answer; a TPM may hang: switch the machine off and on');
    }, answerMs);
    const end = (result: Result<Buffer, Failed>) => {
      clearTimeout(patience);
      resolve(result);
    };
    const failed = (ended: boolean, why: string) => end(err({ kind: 'failed', ended, why }));
    const written: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => written.push(chunk));
    child.once('error', () => failed(false, 'there is no systemd-creds on this machine'));
    child.once('close', (code) => (code === 0 ? end(ok(Buffer.concat(written))) : failed(code !== null, `systemd-creds ended with ${code ?? 'a signal'}; without root it needs systemd 256 or newer`)));
    // A program that ends without reading closes the pipe first; its exit code is what counts.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
