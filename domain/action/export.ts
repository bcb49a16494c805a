import { z } from 'zod';
import { MachineId } from '../ids.ts';

/**
 * An exported log is NDJSON: this header, then one action a line in the order of the log. The public key in the header is a
 * convenience; an auditor gives the key that the county registered.
 */
export const LogExportHeader = z.strictObject({ format: z.literal('jinban-log-1'), machine: MachineId, publicKey: z.base64().length(44) });
export type LogExportHeader = z.infer<typeof LogExportHeader>;
