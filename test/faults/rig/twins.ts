import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HallDatabase, openDatabase } from '../../../hall/db/database.ts';
import { systemClock } from '../../../hall/clock/system.ts';
import type { Ground } from '../../../hall/ground.ts';
import { loadKeyRing } from '../../../hall/identity/keys.ts';
import { createHallLog } from '../../../hall/log-events.ts';
import { createHall } from '../../../hall/server.ts';
import { MachineId } from '../../../domain/ids.ts';
import type { Clock } from '../../../domain/time.ts';
import { type HallProcess, startHallProcess } from './hall.ts';

/** Two halls as processes on one database and one data folder, and a hall of the test's own beside them that serves nobody: it makes accounts and reads what is there. */
export type Twins = {
  folder: string;
  halls: readonly [HallProcess, HallProcess];
  ground: Ground;
  /** Another hall on the same database that serves nobody; closed with the twins. @param clock what it takes for the time */
  beside(clock: Clock): Promise<Ground>;
  /** The ends of both logs, for a failure to show. */
  logs(): string;
  close(): Promise<void>;
};

const HALL = MachineId.parse('H330624');
/** Lines of a log that a failure shows. */
const SHOWN = 12;

export async function startTwins(databaseUrl: string): Promise<Twins> {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-twins-'));
  for (const name of ['data', 'logs']) mkdirSync(join(folder, name));
  const data = join(folder, 'data');
  const start = (name: string) => startHallProcess({ folder: data, databaseUrl, name, demo: false, log: join(folder, 'logs', `${name}.log`), env: { NODE_COMPILE_CACHE: join(tmpdir(), 'jinban-faults-compiled') } });
  // The first makes the keys that both share.
  const halls = [await start('one'), await start('two')] as const;
  const opened: HallDatabase[] = [];
  async function beside(clock: Clock): Promise<Ground> {
    const [keys, db] = [await loadKeyRing(data), await openDatabase({ kind: 'postgres', url: databaseUrl }, '330624')];
    if (!keys.ok || !db.ok) throw new Error('no hall beside the twins');
    opened.push(db.value);
    const made = await createHall({
      hall: HALL, name: '新昌县政务服务中心', db: db.value, keys: keys.value, clock, data, items: [], consoleFolder: null, secureCookies: false, demo: false, rounds: false, smsGateway: null, secondFactor: 'demanded',
      log: createHallLog({ write: () => undefined }),
    });
    if (!made.ok) throw new Error(made.error.kind);
    return made.value.ground;
  }
  return {
    folder, halls, beside,
    ground: await beside(systemClock),
    logs: () => readdirSync(join(folder, 'logs')).flatMap((name) => [`-- ${name}`, ...readFileSync(join(folder, 'logs', name), 'utf8').trimEnd().split('\n').slice(-SHOWN)]).join('\n'),
    async close() {
      for (const hall of halls) await hall.kill();
      for (const db of opened) await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
