import { resolve } from 'node:path';
import { HubConfig } from '../../domain/contracts/site-config.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type ConfigFailure, readConfigFile } from '../config-file.ts';

/** A hub's settings, by default those of this folder. Paths in them are whole afterwards. */
export function readHubConfig(file = 'site.yaml'): Result<HubConfig, ConfigFailure> {
  const read = readConfigFile(file, HubConfig);
  if (!read.ok) return read;
  const { value, folder } = read.value;
  const { tls } = value.queue;
  return ok({ ...value, data: resolve(folder, value.data), queue: { ...value.queue, tls: tls === null ? null : { certificate: resolve(folder, tls.certificate), key: resolve(folder, tls.key) } } });
}
