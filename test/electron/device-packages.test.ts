import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { resolveElectron } from '../../build/electron-runtime.ts';
import { run } from '../../build/run.ts';

/** Loads each package with its binary, and lets a function of the system write into a buffer of ours from another thread, as a reader's library does. */
const program = `
const names = JSON.parse(process.env.JINBAN_PACKAGES);
const [hid, koffi, usb] = names.map((name) => require(name));
const fill = koffi.load(process.platform === 'win32' ? 'msvcrt.dll' : process.platform === 'darwin' ? 'libc.dylib' : 'libc.so.6').func('void *memset(_Out_ uint8_t *to, int byte, size_t count)');
const buffer = new Uint8Array(4);
fill.async(buffer, 7, 3, async () => {
  const isList = Array.isArray(await hid.devicesAsync());
  process.stdout.write(JSON.stringify({ written: [...buffer], isList, usb: typeof usb.usb.getDevices }));
});
`;

test("the packages for devices load in the terminal's Electron, binaries and all", async () => {
  const electron = await resolveElectron();
  if (!electron.ok) throw new Error(electron.error.tried.join('; '));
  const requireHere = createRequire(import.meta.url);
  const names = ['node-hid', 'koffi', 'usb'].map((name) => requireHere.resolve(name));
  const environment = { ...process.env, ELECTRON_RUN_AS_NODE: '1', JINBAN_PACKAGES: JSON.stringify(names) };
  const done = await run(electron.value.executable, ['-e', program], { environment, timeoutMilliseconds: 60_000 });
  expect(done).toEqual({ ok: true, value: JSON.stringify({ written: [7, 7, 7, 0], isList: true, usb: 'function' }) });
});
