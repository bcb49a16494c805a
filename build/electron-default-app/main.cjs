/**
 * What Electron runs when no application is packaged into it: it starts the folder, or the file, that the command
 * line names. The Electron of npm brings its own; a runtime put together by build/electron-runtime.ts gets this one.
 */
'use strict';
const { existsSync, statSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { app, dialog } = require('electron');

/** Chromium's and Node's switches come before the application, its own arguments after it. */
const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));

function start(target) {
  if (!existsSync(target)) throw new Error(`there is no application at ${target}`);
  const directory = statSync(target).isDirectory() ? target : path.dirname(target);
  const manifestFile = path.join(directory, 'package.json');
  const manifest = existsSync(manifestFile) ? require(manifestFile) : {};
  const main = directory === target ? path.join(directory, manifest.main ?? 'index.js') : target;
  if (manifest.name !== undefined) app.setName(manifest.productName ?? manifest.name);
  if (manifest.version !== undefined) app.setVersion(manifest.version);
  app.setAppPath(directory);
  process.defaultApp = true;
  // CommonJS is loaded at once: some of Electron's settings are refused after its `ready` event.
  const isModule = main.endsWith('.mjs') || (main.endsWith('.js') && manifest.type === 'module');
  return isModule ? import(pathToFileURL(main).href) : require(main);
}

async function run() {
  if (named === undefined) throw new Error('name the folder of an application: electron FOLDER');
  await start(path.resolve(named));
}

run().catch((cause) => {
  process.stderr.write(`${cause.stack}\n`);
  if (process.stdout.isTTY !== true) dialog.showErrorBox('Electron', cause.message);
  app.exit(1);
});
