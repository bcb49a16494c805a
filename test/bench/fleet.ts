/**
 * P5: 200 terminals hand in at once to one hall on PostgreSQL, against one terminal that hands in the same number. Each sends its hand-ins in
 * batches and checks every acknowledgement. The limit is what one terminal reaches.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSigner, verifier } from '../../crypto/node.ts';
import { provisionalNumber } from '../../domain/lease/lease.ts';
import { systemClock } from '../../main/core/system.ts';
import { isGenuine } from '../../sync/outbox/outbox.ts';
import { createHallTransport } from '../../sync/transport/http.ts';
import type { Action } from '../../domain/action/types.ts';
import { createMaker, type Maker } from '../fixtures/actions.ts';
import { packItem } from '../fixtures/hall.ts';
import { startPostgres } from '../fixtures/postgres.ts';
import { type BenchServer, startServer } from './rig/child.ts';
import { handInRequest } from './rig/hand-in.ts';
import { percentile, report, rounds, row } from './rig/measure.ts';

const TERMINALS = 200;
/** Hand-ins in all: a morning's of 200 machines. */
const CASES = 4000;
/** Actions a request, as a terminal with a day's hand-ins sends them. */
const BATCH = 20;

type Machine = { maker: Maker; batches: Action[][] };
type Run = { rate: number; slowest: number; megabytes: number };

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'string' } } });
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-fleet-'));
  const postgres = await startPostgres({ durable: true });
  const contender = (terminals: number) => {
    const machines = fleetOf(terminals);
    const enrolled = JSON.stringify(machines.map(({ maker: { machine, publicKey } }) => ({ machine, publicKey })));
    return async (round: number): Promise<Run> => {
      const server = await startServer<{ url: string }>(new URL('./rig/hall-server.ts', import.meta.url), [await postgres.database(), join(folder, `${terminals}-${round}`), enrolled]);
      try {
        return await sendAll(server, machines);
      } finally {
        await server.stop();
      }
    };
  };
  try {
    const runs = await rounds({ ours: contender(TERMINALS), limit: contender(1) }, 5);
    const of = (figure: keyof Run) => ({ ours: runs.ours.map((each) => each[figure]), limit: runs.limit.map((each) => each[figure]) });
    return report('fleet', [
      row(`hand-ins taken of ${TERMINALS} terminals at once`, 'per second', of('rate')),
      row('one batch, p99', 'ms', of('slowest')),
      row('memory of the hall afterwards', 'MB', of('megabytes')),
    ], values.json === undefined ? [] : ['--json', values.json]);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Machines with what each will send, signed beforehand. */
function fleetOf(terminals: number): Machine[] {
  const { code } = packItem('elder-card');
  const each = CASES / terminals;
  return Array.from({ length: terminals }, (_, serial) => {
    const maker = createMaker(`T330624-${String(serial + 1).padStart(4, '0')}`);
    const actions = Array.from({ length: each }, (_unused, index) => {
      const { payload, case: id } = handInRequest(serial * each + index);
      return maker.make({ ...payload, number: { value: provisionalNumber(maker.machine, index + 1), provisional: true } } as typeof payload, { code, case: id });
    });
    return { maker, batches: Array.from({ length: Math.ceil(each / BATCH) }, (_unused, index) => actions.slice(index * BATCH, (index + 1) * BATCH)) };
  });
}

async function sendAll(server: BenchServer<{ url: string }>, machines: readonly Machine[]): Promise<Run> {
  const times: number[] = [];
  const roads = machines.map(({ maker }) => createHallTransport({ baseUrl: server.told.url, signer: createSigner(maker.machine, maker.privateKey), clock: systemClock }));
  const about = await roads[0]?.about();
  if (about?.ok !== true) throw new Error('the hall does not answer');
  const hall = about.value.keys;
  const begun = performance.now();
  await Promise.all(machines.map(async ({ batches }, index) => {
    const transport = roads[index] as (typeof roads)[number];
    for (const batch of batches) {
      const sent = performance.now();
      const answer = await transport.intake(batch);
      if (!answer.ok) throw new Error(`intake: ${answer.error.kind}`);
      times.push(performance.now() - sent);
      answer.value.outcomes.forEach((outcome, place) => {
        const action = batch[place];
        if (outcome.kind !== 'stored' || action === undefined || !isGenuine(outcome.acknowledgement, action, hall, verifier)) throw new Error(`a hand-in was not stored: ${outcome.kind}`);
      });
    }
  }));
  const took = performance.now() - begun;
  return { rate: (CASES * 1000) / took, slowest: percentile(times, 0.99), megabytes: (await server.memory()) / 1e6 };
}
