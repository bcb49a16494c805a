import { type KeeperAsk, KeeperAnswer } from '../../../domain/contracts/keeper.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Keeper, KeeperFailure } from './keeper.ts';

/** Core's end of the line to the shell. `hear` is given everything the shell says; it answers whether it was for the keeper. */
export type ShellKeeper = Keeper & { hear(message: unknown): boolean };

/** Windows: DPAPI through Electron's `safeStorage`, which only the shell may touch. */
export function shellKeeper(post: (ask: KeeperAsk) => void): ShellKeeper {
  const waiting = new Map<number, (answer: KeeperAnswer['result']) => void>();
  let calls = 0;

  async function ask(make: (call: number) => KeeperAsk): Promise<Result<string, KeeperFailure>> {
    calls += 1;
    const call = calls;
    const answer = await new Promise<KeeperAnswer['result']>((resolve) => {
      waiting.set(call, resolve);
      post(make(call));
    });
    if (answer.ok) return answer;
    if (answer.error.kind === 'cannot-open') return err({ kind: 'keeper-cannot-open', keeper: 'dpapi' });
    return err({ kind: 'keeper-missing', keeper: 'dpapi', why: 'DPAPI is a part of Windows, and needs the terminal\'s own user signed in' });
  }

  return {
    kind: 'dpapi',
    keep: (plain) => ask((call) => ({ kind: 'keep', call, plain: Buffer.from(plain).toString('base64') })),
    async open(sealed) {
      const opened = await ask((call) => ({ kind: 'open', call, sealed }));
      return opened.ok ? ok(new Uint8Array(Buffer.from(opened.value, 'base64'))) : opened;
    },
    hear(message) {
      const answer = KeeperAnswer.safeParse(message);
      if (!answer.success) return false;
      waiting.get(answer.data.call)?.(answer.data.result);
      waiting.delete(answer.data.call);
      return true;
    },
  };
}
