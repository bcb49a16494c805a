import { resolve } from 'node:path';
import { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type ConfigFailure, readConfigFile } from '../config-file.ts';

/** Reads and checks `terminal.yaml`; a mistake is named with its line. Paths in it become absolute. */
export function readTerminalConfig(file: string): Result<TerminalConfig, ConfigFailure> {
  const read = readConfigFile(file, TerminalConfig);
  if (!read.ok) return read;
  const { value, folder } = read.value;
  const tls = value.queue?.tls ?? null;
  return ok({
    ...value,
    data: resolve(folder, value.data),
    pack: resolve(folder, value.pack),
    backup: value.backup === null ? null : { to: resolve(folder, value.backup.to) },
    queue: value.queue === null ? null : { ...value.queue, tls: tls === null ? null : { certificate: resolve(folder, tls.certificate), key: resolve(folder, tls.key) } },
  });
}
