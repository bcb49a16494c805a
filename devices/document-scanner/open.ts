import type { DocumentScannerSettings } from '../../domain/contracts/document-scanner.ts';
import { never } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { ScanDriver } from './driver.ts';
import { openEsclClient } from './escl/client.ts';
import { openEsclDriver } from './escl/driver.ts';
import { openSaneDriver } from './sane/driver.ts';

/** The driver that the settings name. It touches the scanner when it is asked something. */
export function openScanDriver(settings: DocumentScannerSettings, clock: Clock): ScanDriver {
  switch (settings.kind) {
    case 'escl':
      return openEsclDriver({ client: openEsclClient(settings.url, { certificate: settings.certificate }), clock });
    case 'sane':
      return openSaneDriver({ device: settings.device, options: settings.options, clock });
    default:
      return never(settings);
  }
}
