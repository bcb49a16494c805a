/** Which driver leads to a printer: the one place that knows all of them. */
import type { Clock } from '../../domain/time.ts';
import type { Driver } from './driver.ts';
import { openIppClient } from './ipp/client.ts';
import { openIppDriver } from './ipp/driver.ts';
import { openSpoolerDriver } from './spooler/driver.ts';
import { loadWinspool } from './spooler/winspool.ts';
import type { PrinterPlace } from './types.ts';

/** Touches no printer: it may be away now. @param milliseconds one exchange with it */
export function openDriverAt(place: PrinterPlace, { clock, milliseconds }: { clock: Clock; milliseconds: number }): Driver {
  if ('uri' in place) return openIppDriver(openIppClient(place.uri, place.certificate === undefined ? {} : { certificate: place.certificate }), milliseconds);
  const { files, ...spooler } = place.spooler;
  return openSpoolerDriver({ ...spooler, load: () => loadWinspool(files), clock, milliseconds });
}
