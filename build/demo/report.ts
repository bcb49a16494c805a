import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createSigner } from '../../crypto/node.ts';
import { openDatabase } from '../../hall/db/database.ts';
import type { Write } from '../../hall/db/schema.ts';
import { PrintEntry, PrintState } from '../../domain/print-ledger/types.ts';
import { storeFileOf } from '../../main/core/core.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { openKeys } from '../../main/core/keys/keys.ts';
import { bootId, systemClock } from '../../main/core/system.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import { exportText } from '../../domain/action/export.ts';
import { endFaultText, faultText, verifyFile } from '../verify/verify-file.ts';

export type StepReport = { step: string; at: string; milliseconds: number };

/** What a run left behind, read from the files themselves after every program has stopped. */
export type DemoReport = {
  steps: StepReport[];
  caseNumber: string;
  actions: { id: string; sequence: number; kind: string; at: string; travel: string }[];
  chain: { entries: number; whole: boolean; faults: string[] };
  ledger: { paper: string; state: string; history: { state: string; at: string; by: string }[] }[];
  hall: { tables: Record<string, number>; actions: { machine: string; sequence: number; kind: string | null; quarantined: string | null }[] };
  papers: { tickets: number; documents: number };
};

export async function makeReport(options: { config: TerminalConfig; folder: string; out: string; steps: StepReport[] }): Promise<DemoReport> {
  const { config, folder, out } = options;
  const terminal = await readTerminal(config, join(out, 'log.ndjson'));
  const handedIn = terminal.own.find(({ payload }) => payload.kind === 'handed-in');
  const report: DemoReport = {
    steps: options.steps,
    caseNumber: handedIn?.payload.kind === 'handed-in' ? handedIn.payload.number.value : '',
    actions: terminal.actions,
    chain: terminal.chain,
    ledger: terminal.ledger,
    hall: await readHall(join(folder, 'hall')),
    papers: { tickets: readdirSync(join(folder, 'tickets')).length, documents: readdirSync(join(folder, 'documents')).length },
  };
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

async function readTerminal(config: TerminalConfig, exported: string) {
  const file = storeFileOf(config);
  const keys = await openKeys(config.data, file, localKeepers(config.keys.keeper));
  if (!keys.ok) throw new Error(`terminal keys: ${keys.error.kind}`);
  const { signing } = keys.value;
  const signer = createSigner(config.machine, signing.privateKey);
  const opened = await openTerminalStore({ file, key: keys.value.store, nativeBinding: null, signer, clock: systemClock, boot: bootId(), random: (count) => crypto.getRandomValues(new Uint8Array(count)) });
  if (!opened.ok) throw new Error(`terminal store: ${opened.error.kind}`);
  const store = opened.value;
  const own = await store.log.all();
  writeFileSync(exported, exportText({ machine: config.machine, publicKey: signing.publicKey, head: store.log.head(), actions: own }, new Date().toISOString(), { signer, publicKey: signing.publicKey }));
  const logged = (await Promise.all((await store.log.cases()).map((id) => store.log.ofCase(id)))).flat();
  const rows = await store.prints.inState(...PrintState.options);
  await store.close();
  const verified = await verifyFile(exported, { machine: signing.publicKey, hall: null });
  if (!verified.ok) throw new Error(`exported log: ${verified.error.kind}`);
  const { endFault } = verified.value;
  const faults = [...verified.value.faults.map(faultText), ...(endFault === null ? [] : [endFaultText(endFault)])];
  return {
    own,
    actions: logged.map(({ action, travel }) => ({ id: action.id, sequence: action.sequence, kind: action.payload.kind, at: action.time.wall, travel: travel.kind })),
    chain: { entries: verified.value.entries, whole: faults.length === 0, faults },
    ledger: rows.map(({ entry }) => PrintEntry.parse(entry)).map(({ paper, state, history }) => ({ paper, state, history })),
  };
}

/** 新昌县. */
const DIVISION = '330624';

/** Counts every table of the hall's embedded database and lists the actions it holds. */
async function readHall(folder: string): Promise<DemoReport['hall']> {
  const opened = await openDatabase({ kind: 'pglite', folder }, DIVISION);
  if (!opened.ok) throw new Error(`hall database: ${opened.error.kind}`);
  const hall = await opened.value.write(countAll);
  await opened.value.close();
  return hall;
}

async function countAll(db: Write): Promise<DemoReport['hall']> {
  const names = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`.execute(db);
  const tables: Record<string, number> = {};
  for (const { name } of names.rows) {
    const counted = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(name)}`.execute(db);
    tables[name] = counted.rows[0]?.count ?? 0;
  }
  const stored = await sql<{ machine: string; sequence: number; kind: string | null; quarantined: string | null }>`select machine, sequence::int as sequence, kind, quarantine_reason as quarantined from action order by machine, sequence`.execute(db);
  return { tables, actions: stored.rows };
}

/** The newest file of a folder whose name starts with `prefix`. */
export function filesOf(folder: string): Buffer[] {
  return readdirSync(folder).sort().map((name) => readFileSync(join(folder, name)));
}
