import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { boundaryRules, checkSource, checkTree, describeViolation, importsOf } from '../../build/boundaries.ts';
import { targets } from '../../build/bundle.ts';
import { inProject } from '../../build/paths.ts';

describe('the tree', () => {
  test('keeps the import table', async () => {
    expect((await checkTree(inProject())).map(describeViolation)).toEqual([]);
  });
});

test('a bundle of core is made anew when anything that core may import has changed', () => {
  const imported = boundaryRules.flatMap(({ folder, mayImport }) => (folder === 'main/core' ? mayImport : []));
  for (const target of targets.filter(({ entry }) => entry.startsWith('main/core/'))) expect(target.sources, target.name).toEqual(expect.arrayContaining(imported));
});

describe('a violation is found', () => {
  test.each([
    ['domain/case/fold.ts', "import { readFile } from 'node:fs/promises';"],
    ['domain/case/fold.ts', "import { createHash } from 'crypto';"],
    ['domain/case/fold.ts', "import { sealed } from '../../crypto/seal.ts';"],
    ['domain/case/fold.ts', "import { app } from 'electron';"],
    ['domain/case/fold.ts', "import React from 'react';"],
    ['domain/case/fold.test.ts', "import { start } from '../../hall/main.ts';"],
    ['renderer/kiosk/home.tsx', "import { Reader } from '../../devices/id-card-reader/service.ts';"],
    ['renderer/kiosk/home.tsx', "import { fold } from '../../main/core/host.ts';"],
    ['renderer/kiosk/home.tsx', "import path from 'node:path';"],
    ['renderer/kiosk/home.tsx', "import { ipcRenderer } from 'electron';"],
    ['hall/main.ts', "import { app } from 'electron';"],
    ['hall/main.ts', "import { open } from '../sync/store/index.ts';"],
    ['hall/cases/papers/render.ts', "import { openDocumentPrinter } from '../../../printers/document/service.ts';"],
    ['printers/papers/render.ts', "import { openDocumentPrinter } from '../document/service.ts';"],
    ['devices/id-card-reader/driver.ts', "import { compose } from '../../printers/ticket/compose.ts';"],
    ['printers/ticket/driver.ts', "import { Reader } from '../../devices/id-card-reader/types.ts';"],
    ['wire/serial.ts', "import { slip } from '../printers/ticket/slip.ts';"],
    ['crypto/seal.ts', "import { open } from '../sync/store/index.ts';"],
    ['main/core/host.ts', "import { utilityProcess } from 'electron/main';"],
    ['main/core/host.ts', "import { shell } from '../shell/main.ts';"],
    ['main/shell/main.ts', "import { store } from '../../sync/store/index.ts';"],
    ['sync/outbox/outbox.ts', "import { actions } from '../../test/fixtures/actions.ts';"],
    ['sync/sync.ts', "import manifest from '../package.json' with { type: 'json' };"],
    ['sync/outbox/outbox.ts', "import { x } from '../../../elsewhere/x.ts';"],
  ])('in %s: %s', (file, line) => {
    const violations = checkSource(file, `${line}\n`);
    expect(violations).toMatchObject([{ file, line: 1 }]);
    expect(describeViolation(violations[0]!)).toContain(`${file}:1: imports `);
  });

  test('whatever the form of the import', () => {
    const forms = [
      "import 'electron';",
      "import * as electron from 'electron';",
      "import electron, { app } from \"electron\";",
      "import type { App } from 'electron';",
      "import {\n  app,\n  shell as outside,\n} from 'electron';",
      "export { app } from 'electron';",
      "export * from 'electron';",
      "export type { App } from 'electron';",
      "const electron = await import('electron');",
      "const electron = require('electron');",
      'const electron = import(`electron`);',
      "let a = 1;import{app}from'electron';",
      "type App = import('electron').App;",
    ];
    for (const form of forms) expect(checkSource('hall/main.ts', form), form).toHaveLength(1);
  });
});

describe('what is allowed passes', () => {
  test.each([
    ['domain/case/fold.ts', "import { z } from 'zod';"],
    ['domain/case/fold.ts', "import { never } from '../result.ts';"],
    ['domain/case/fold.test.ts', "import { readFileSync } from 'node:fs';"],
    ['domain/case/fold.test.ts', "import { actions } from '../../test/fixtures/actions.ts';"],
    ['sync/test-rig.ts', "import { actions } from '../test/fixtures/actions.ts';"],
    ['domain/contracts/hall.ts', "import { oc } from '@orpc/contract';"],
    ['devices/host.ts', "import { print } from '../printers/service.ts';"],
    ['devices/id-card-reader/driver.ts', "import { open } from '../../wire/open.ts';"],
    ['main/shell/main.ts', "import { app } from 'electron';"],
    ['main/preload/preload.ts', "import { ipcRenderer } from 'electron/renderer';"],
    ['main/core/host.ts', "import { open } from '../../sync/store/index.ts';"],
    ['main/core/core.ts', "import manifest from '../../package.json' with { type: 'json' };"],
    ['build/bundle.ts', "import { app } from 'electron';"],
    ['test/flows/hand-in.test.ts', "import { start } from '../../hall/main.ts';"],
    ['hall/main.ts', "// import { app } from 'electron';"],
    ['hall/main.ts', "/* once:\nimport { app } from 'electron';\n*/"],
    ['hall/main.ts', "const important = { from: 'electron' };"],
  ])('in %s: %s', (file, line) => {
    expect(checkSource(file, line)).toEqual([]);
  });

  test('every folder of the table is one of ours, and no rule hides another', () => {
    const keys = boundaryRules.map((rule) => `${rule.folder} ${rule.files?.join() ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
    const folders = boundaryRules.map((rule) => rule.folder);
    // A part of a folder, or a file by itself, may be named too.
    const isOurs = (name: string) => folders.some((folder) => name === folder || name.startsWith(`${folder}/`)) || existsSync(inProject(name));
    expect(boundaryRules.flatMap((rule) => rule.mayImport).filter((name) => !isOurs(name))).toEqual([]);
  });
});

test('an import is found with its line, comments and strings left aside', () => {
  const source = ['/** Use it so:', " * import { a } from 'wrong';", ' */', "const address = 'http://example.org'; // import 'wrong'", "import { b } from './b.ts';", '', "void import('./c.ts');"];
  expect(importsOf(source.join('\n'))).toEqual([
    { specifier: './b.ts', line: 5 },
    { specifier: './c.ts', line: 7 },
  ]);
});
