/** The road to the site's machines. Any of them answers everything; which one does not matter. */
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { openSiteContract } from '../../domain/contracts/site.ts';
import { ulid } from '../../domain/ids.ts';

type Client = JsonifiedClient<ContractRouterClient<typeof openSiteContract>>;
export type About = Awaited<ReturnType<Client['about']>>;

/** Longest for a call, milliseconds: a wish is agreed on within a second, unless a leader has just died. */
const PATIENCE = 6000;
/** Where the machines' addresses are kept, so that a board that starts while its own machine is dead finds the others. */
const KEPT = 'jinban-site-machines';

export type Site = {
  /** Origins, that of this page first. */
  machines(): readonly string[];
  /** Of a machine; it also tells which others there are. */
  about(origin: string, signal: AbortSignal): Promise<About>;
  client(origin: string): Client;
  /** Asks one machine after the other until one answers. null: none does. */
  insist<Value>(call: (client: Client, signal: AbortSignal) => Promise<Value>): Promise<Value | null>;
};

export function createSite(origin: string): Site {
  const clients = new Map<string, Client>();
  let others: readonly string[] = kept();

  function client(of: string): Client {
    const known = clients.get(of);
    if (known !== undefined) return known;
    const made: Client = createORPCClient(new OpenAPILink(openSiteContract, { url: `${of}/site/api`, fetch: (request, init) => fetch(request, { ...init, cache: 'no-store', credentials: 'omit' }) }));
    clients.set(of, made);
    return made;
  }
  const machines = () => [origin, ...others.filter((other) => other !== origin)];

  return {
    machines, client,
    async about(of, signal) {
      const about = await client(of).about(undefined, { signal });
      others = about.machines.map(({ page }) => new URL(page).origin);
      localStorage.setItem(KEPT, JSON.stringify(others));
      return about;
    },
    async insist(call) {
      for (const of of machines()) {
        const answer = await call(client(of), AbortSignal.timeout(PATIENCE)).then((value) => ({ value }), () => null);
        if (answer !== null) return answer.value;
      }
      return null;
    },
  };
}

/** Of a wish. */
export function newId(): string {
  return ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

function kept(): string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string' && URL.canParse(one)) : [];
  } catch (cause) {
    if (cause instanceof SyntaxError) return [];
    throw cause;
  }
}
