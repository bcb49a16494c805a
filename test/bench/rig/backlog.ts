import { copyFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createSigner, generateSigningKey, verifier } from '../../../crypto/node.ts';
import type { Action } from '../../../domain/action/types.ts';
import { MachineId } from '../../../domain/ids.ts';
import { provisionalNumber } from '../../../domain/lease/lease.ts';
import { systemClock } from '../../../main/core/system.ts';
import { HALL_KEYS } from '../../../sync/cursors.ts';
import { createSync } from '../../../sync/sync.ts';
import { openTerminalStore } from '../../../sync/terminal-store/index.ts';
import { createHallTransport } from '../../../sync/transport/http.ts';
import { packItem } from '../../fixtures/hall.ts';
import { handInRequest } from './hand-in.ts';

const random = (count: number) => new Uint8Array(randomBytes(count));

/** A terminal that took `cases` hand-ins while its line was out. Its file is copied for each run, so that every run sends the same. */
export type Backlog = {
  actions: Action[];
  machine: { machine: MachineId; publicKey: string };
  /** Sends everything to a hall where the machine is enrolled and that has nothing of it yet. @returns milliseconds until all was acknowledged */
  drain(url: string): Promise<number>;
};

export async function makeBacklog(folder: string, cases: number): Promise<Backlog> {
  const machine = MachineId.parse('T330624-0001');
  const keys = generateSigningKey();
  const signer = createSigner(machine, keys.privateKey);
  const key = random(32);
  const open = async (file: string) => {
    const opened = await openTerminalStore({ file, key, nativeBinding: null, signer, clock: systemClock, boot: 'bench', random });
    if (!opened.ok) throw new Error(opened.error.kind);
    return opened.value;
  };
  const file = `${folder}/backlog.db`;
  const store = await open(file);
  const { code, version } = packItem('elder-card');
  for (let serial = 1; serial <= cases; serial += 1) {
    const { payload, ...request } = handInRequest(serial);
    // Without a lease, as after a month without a line: the same log is good for any hall.
    await store.log.append({ ...request, item: { code, version }, payload: { ...payload, number: { value: provisionalNumber(machine, serial), provisional: true } } as typeof payload });
  }
  const actions = await store.log.all();
  await store.close();

  let runs = 0;
  return {
    actions,
    machine: { machine, publicKey: keys.publicKey },
    async drain(url) {
      runs += 1;
      const copy = `${folder}/drain-${runs}.db`;
      copyFileSync(file, copy);
      const terminal = await open(copy);
      const transport = createHallTransport({ baseUrl: url, signer, clock: systemClock });
      const sync = createSync({ store: terminal, transport, verifier, clock: systemClock, random, log: () => undefined });
      const about = await transport.about();
      if (!about.ok) throw new Error(`the hall does not answer: ${about.error.kind}`);
      await terminal.cursors.set(HALL_KEYS, about.value.keys);
      const begun = performance.now();
      const report = await sync.runNow();
      const took = performance.now() - begun;
      if (report.acknowledged !== cases || report.failure !== null) throw new Error(`drained ${report.acknowledged} of ${cases}: ${report.failure?.kind ?? ''}`);
      await sync.stop();
      await terminal.close();
      return took;
    },
  };
}
