/**
 * P5: 200 terminals hand in at once to one hall on PostgreSQL, against one terminal that hands in the same number. Each sends its hand-ins in
 * batches and checks every acknowledgement. The limit is what one terminal reaches.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSigner, verifier } from '../../crypto/node.ts';
import type { HallKeys } from '../../domain/contracts/hall.ts';
import { provisionalNumber } from '../../domain/lease/lease.ts';
import { systemClock } from '../../main/core/system.ts';
import { isGenuine } from '../../sync/outbox/outbox.ts';
import { createHallTransport } from '../../sync/transport/http.ts';
import type { HallTransport } from '../../sync/transport/types.ts';
import type { Action } from '../../domain/action/types.ts';
import { createMaker } from '../fixtures/actions.ts';
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

type Machine = { transport: HallTransport; hall: HallKeys; batches: Action[][] };
type Run = { rate: number; slowest: number; megabytes: number };

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'string' } } });
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-fleet-'));
  const postgres = await startPostgres({ durable: true });
  const run = (terminals: number) => async (round: number): Promise<Run> => {
    const server = await startServer<{ url: string; codes: string[] }>(new URL('./rig/hall-server.ts', import.meta.url), [await postgres.database(), String(terminals), join(folder, `${terminals}-${round}`)]);
    try {
      return await sendAll(server, await fleetOf(server, terminals));
    } finally {
      await server.stop();
    }
  };
  try {
    const runs = await rounds({ ours: run(TERMINALS), limit: run(1) }, 5);
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

/** Enrols the machines and signs what they will send. */
async function fleetOf({ told: { url, codes } }: BenchServer<{ url: string; codes: string[] }>, terminals: number): Promise<Machine[]> {
  const { code } = packItem('elder-card');
  const machines: Machine[] = [];
  for (let serial = 1; serial <= terminals; serial += 1) {
    const maker = createMaker(`T330624-${String(serial).padStart(4, '0')}`);
    const transport = createHallTransport({ baseUrl: url, signer: createSigner(maker.machine, maker.privateKey), clock: systemClock });
    const enrolled = await transport.enrol({ code: codes[serial - 1] ?? '', publicKey: maker.publicKey });
    if (!enrolled.ok) throw new Error(`enrolment: ${enrolled.error.kind}`);
    const batches: Action[][] = [];
    const each = CASES / terminals;
    for (let index = 0; index < each; index += 1) {
      const request = handInRequest(serial * each + index);
      if (index % BATCH === 0) batches.push([]);
      batches.at(-1)?.push(maker.make({ ...request.payload, number: { value: provisionalNumber(maker.machine, index + 1), provisional: true } } as typeof request.payload, { code, case: request.case }));
    }
    machines.push({ transport, hall: enrolled.value.keys, batches });
  }
  return machines;
}

async function sendAll(server: BenchServer<unknown>, machines: readonly Machine[]): Promise<Run> {
  const times: number[] = [];
  const begun = performance.now();
  await Promise.all(machines.map(async ({ transport, hall, batches }) => {
    for (const batch of batches) {
      const sent = performance.now();
      const answer = await transport.intake(batch);
      if (!answer.ok) throw new Error(`intake: ${answer.error.kind}`);
      times.push(performance.now() - sent);
      answer.value.outcomes.forEach((outcome, index) => {
        const action = batch[index];
        if (outcome.kind !== 'stored' || action === undefined || !isGenuine(outcome.acknowledgement, action, hall, verifier)) throw new Error(`a hand-in was not stored: ${outcome.kind}`);
      });
    }
  }));
  const took = performance.now() - begun;
  return { rate: (CASES * 1000) / took, slowest: percentile(times, 0.99), megabytes: (await server.memory()) / 1e6 };
}
