import { expect, test } from 'vitest';
import { resolveElectron } from '../../build/electron-runtime.ts';
import { probeSqliteBinding, resolveSqliteBinding } from '../../build/native.ts';

test('the terminal\'s Electron writes an encrypted file and survives the collection of its statements', async () => {
  const electron = await resolveElectron();
  if (!electron.ok) throw new Error(electron.error.tried.join('; '));
  const binding = await resolveSqliteBinding(electron.value.version);
  if (!binding.ok) throw new Error(binding.error.reason);
  expect(await probeSqliteBinding(electron.value.executable, binding.value.path)).toEqual({ ok: true, value: null });
});

test('the probe finds a binding that does not load', async () => {
  expect(await probeSqliteBinding(process.execPath, import.meta.filename)).toMatchObject({ ok: false, error: { kind: 'no-binding' } });
});
