import { never } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { openWire } from '../../wire/open.ts';
import type { WireAddress } from '../../wire/types.ts';
import { loadSdtLibrary } from './sdt-library.ts';
import { openIdCardReader } from './service.ts';
import type { IdCardReader, ReaderLogEntry } from './types.ts';
import { createVendorLibraryDriver } from './vendor-library.ts';

/** Where the reader is, as `terminal.yaml` says it: on a wire, or behind its vendor's library at one of the library's ports (1–16 serial, 1001–1016 USB). */
export type ReaderPlace = { kind: 'wire'; wire: WireAddress } | { kind: 'library'; library: string; port: number };

/** The service on whatever the settings name. */
export function openReaderAt(place: ReaderPlace, { clock, log = () => {} }: { clock: Clock; log?: (entry: ReaderLogEntry) => void }): IdCardReader {
  switch (place.kind) {
    case 'wire':
      return openIdCardReader({ connect: () => openWire(place.wire), clock, log });
    case 'library':
      return openIdCardReader({ driver: () => createVendorLibraryDriver({ load: () => loadSdtLibrary(place.library), port: place.port, clock }), clock, log });
    default:
      return never(place);
  }
}
