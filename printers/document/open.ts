/** Which driver leads to a printer: the one place that knows all of them. */
import type { Driver } from './driver.ts';
import { openIppClient } from './ipp/client.ts';
import { openIppDriver } from './ipp/driver.ts';
import type { PrinterPlace } from './types.ts';

/** Touches no printer: it may be away now. @param milliseconds one exchange with it */
export function openDriverAt({ uri, certificate }: PrinterPlace, milliseconds: number): Driver {
  return openIppDriver(openIppClient(uri, certificate === undefined ? {} : { certificate }), milliseconds);
}
