import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { until } from '../../build/demo/child.ts';
import type { ConsoleCase } from '../../domain/contracts/cases.ts';
import { consoleContract } from '../../domain/contracts/console.ts';
import type { CaseId } from '../../domain/ids.ts';

export type Clerk = ContractRouterClient<typeof consoleContract>;

/** A clerk at the hall's console road, signed in over HTTP with a cookie of their own, as a browser would be. */
export async function signIn(hallUrl: string, account: string, password: string): Promise<Clerk> {
  let cookie = '';
  const origin = new URL(hallUrl).origin;
  const clerk: Clerk = createORPCClient(
    new OpenAPILink(consoleContract, {
      url: `${origin}/console/api`,
      async fetch(request, init) {
        request.headers.set('origin', origin);
        if (cookie !== '') request.headers.set('cookie', cookie);
        const response = await globalThis.fetch(request, init as RequestInit);
        const [set] = response.headers.getSetCookie();
        if (set !== undefined) cookie = set.split(';')[0] ?? '';
        return response;
      },
    }),
  );
  const answer = await clerk.signIn({ account, password });
  if (!answer.ok) throw new Error(`sign in: ${answer.error.kind}`);
  return clerk;
}

/** The case of that number, once the hall has it with all its scans. */
export async function arrived(clerk: Clerk, number: string): Promise<ConsoleCase> {
  return until(`case ${number} at the hall with its scans`, async () => {
    const { rows } = await clerk.inbox({ stage: 'all', query: number, after: '', limit: 50 });
    const row = rows.find((one) => one.number === number && one.missing === 0);
    const opened = row === undefined ? null : await clerk.open({ id: row.id });
    return opened?.ok === true ? opened.value : null;
  });
}

/** Claims, accepts and grants a case as soon as it is at the hall with all its scans. */
export async function grant(clerk: Clerk, id: CaseId): Promise<void> {
  await until(`case ${id} at the hall with its scans`, async () => {
    const opened = await clerk.open({ id });
    return opened.ok && opened.value.row.missing === 0;
  });
  for (const act of [() => clerk.claim({ id }), () => clerk.accept({ id, lacking: [] }), () => clerk.finish({ id, granted: true, words: '' })]) {
    const answer = await act();
    if (!answer.ok) throw new Error(`refused: ${answer.error.kind}`);
  }
}

/** Kinds of a case's actions as the hall holds them, in their order; `[]` while it does not know the case. */
export async function kindsAtHall(clerk: Clerk, id: CaseId): Promise<string[]> {
  const opened = await clerk.open({ id });
  return opened.ok ? opened.value.actions.map(({ payload }) => payload.kind) : [];
}
