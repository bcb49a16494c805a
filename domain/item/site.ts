import { z } from 'zod';
import { MachineId } from '../ids.ts';

/** Where a terminal stands, as a pack's `site.json` says it. */
export const Site = z.strictObject({
  /** 县政务服务中心, printed on slips and receipts. */
  hall: z.string().min(1).max(60),
  /** 网点: the very place. */
  site: z.string().min(1).max(60),
  /** County, 6 digits (GB/T 2260). */
  division: z.string().regex(/^\d{6}$/),
  machine: MachineId,
  /** Whom to call for help at the machine, and where to complain. */
  phone: z.string().min(1).max(20),
  complaintPhone: z.string().min(1).max(20),
  address: z.string().min(1).max(100),
  hours: z.string().min(1).max(100),
});
export type Site = z.infer<typeof Site>;
