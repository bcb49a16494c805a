import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { siteRoadContract, TicketDesk } from '../../domain/contracts/site.ts';
import { drop, err } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { TicketId } from '../../domain/queue/types.ts';
import type { Port } from './port.ts';
import { createTold, type Told } from './told.ts';

export type SiteClient = ContractRouterClient<typeof siteRoadContract>;
export type TakeWish = InferContractRouterInputs<typeof siteRoadContract>['take'];
type Away = { ok: false; error: { kind: 'away' } };

/** Core's end of the road to the site host, which may die at any time: a new port then comes from the shell. */
export type SiteRoad = {
  connect(port: Port): void;
  current(): SiteClient | null;
  /** null: this machine gives no numbers, or its site host does not answer. */
  desk: Told<TicketDesk | null>;
  /** `away`: it may have been taken or not; asked again with the same id it is the same one. */
  take(wish: TakeWish): Promise<InferContractRouterOutputs<typeof siteRoadContract>['take'] | Away>;
  leave(ticket: TicketId): Promise<InferContractRouterOutputs<typeof siteRoadContract>['leave'] | Away>;
  close(): void;
};

/** An answer takes one write to the disk. A host that needs this long hangs, and the citizen is told so. */
const ANSWER_MS = 8000;

type Connection = { client: SiteClient; port: Port; /** Who waits for an answer of it: told when there will be none. */ waiting: Set<() => void> };

export function createSiteRoad({ clock }: { clock: Clock }): SiteRoad {
  const desk = createTold<TicketDesk | null>(null);
  let now: Connection | null = null;

  function lost(mine: Connection): void {
    for (const tell of [...mine.waiting]) tell();
    if (now !== mine) return;
    now = null;
    desk.tell(null);
  }

  async function follow(mine: Connection): Promise<void> {
    try {
      for await (const told of await mine.client.desk()) {
        if (now !== mine) return;
        desk.tell(told);
      }
    } catch {
      // The host is gone, and the shell is starting another.
    }
    lost(mine);
  }

  async function ask<Answer>(call: (client: SiteClient) => Promise<Answer>): Promise<Answer | Away> {
    const away: Away = err({ kind: 'away' });
    if (now === null) return away;
    const { client, waiting } = now;
    let over: () => void = () => {};
    const silent = new Promise<Away>((resolve) => {
      const tell = () => resolve(away);
      const cancel = clock.after(ANSWER_MS, tell);
      waiting.add(tell);
      over = () => {
        cancel();
        waiting.delete(tell);
      };
    });
    try {
      return await Promise.race([call(client), silent]);
    } catch {
      // It died with the question.
      return away;
    } finally {
      over();
    }
  }

  return {
    connect(port) {
      const before = now;
      const mine: Connection = { client: createORPCClient(new RPCLink({ port, customJsonSerializers: [bytesSerializer] })), port, waiting: new Set() };
      now = mine;
      before?.port.close();
      port.on('close', () => lost(mine));
      port.start();
      drop(follow(mine));
    },
    current: () => now?.client ?? null,
    desk,
    take: (wish) => ask((client) => client.take(wish)),
    leave: (ticket) => ask((client) => client.leave({ ticket })),
    close() {
      now?.port.close();
      now = null;
    },
  };
}
