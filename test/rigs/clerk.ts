import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { consoleContract } from '../../domain/contracts/console.ts';

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
