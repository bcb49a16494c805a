import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { neededPackages } from './needed-packages.ts';

test('what a bundle imports comes with what that needs, and with nobody else\'s packages', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'jinban-needed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bundle = path.join(folder, 'bundle.mjs');
  await writeFile(bundle, "import { RPCHandler } from '@orpc/server/message-port';\nimport { createRxDatabase } from 'rxdb/plugins/core';\nimport path from 'node:path';\nimport { app } from 'electron';\n");
  const found = await neededPackages([bundle], ['@expo-google-fonts/noto-sans-sc']);
  const inModules = (names: string[]) => names.map((name) => path.join('node_modules', name));
  expect(found).toEqual(expect.arrayContaining(inModules(['@expo-google-fonts/noto-sans-sc', '@orpc/server', '@orpc/shared', 'rxdb', 'rxjs'])));
  // An optional peer of both, a package of types, and what the search must not take for packages.
  for (const name of inModules(['react', 'typescript', '@types/ws', 'electron'])) expect(found).not.toContain(name);
});

test('a package that is not installed is named with who needs it', async () => {
  await expect(neededPackages([], ['no-such-package'])).rejects.toThrow('no-such-package');
});
