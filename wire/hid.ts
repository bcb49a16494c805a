import { devicesAsync, HIDAsync } from 'node-hid';
import type { Device } from 'node-hid';
import { err, ok } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { handleTransport } from './handle-transport.ts';
import { fromInputReport, payloadRoom, toReports } from './hid-framing.ts';
import type { HidFraming } from './hid-framing.ts';
import type { HidDevice, Transport, WireFailure } from './types.ts';

/** What is used of `node-hid`, by its own names: tests put a bus of their own in its place. */
export type HidBus = {
  devices(): Promise<Device[]>;
  open(path: string): Promise<HidHandle>;
};
export type HidHandle = Pick<HIDAsync, 'write' | 'sendFeatureReport' | 'close'> & {
  on(event: 'data', take: (report: Buffer) => void): unknown;
  /** `node-hid` 3 gives a text here, not an Error. */
  on(event: 'error', tell: (cause: unknown) => void): unknown;
};

export const nodeHidBus: HidBus = { devices: () => devicesAsync(), open: (path) => HIDAsync.open(path) };

/**
 * A HID device through the `node-hid` package, as a stream of bytes cut into reports by `framing`. One chunk of `onBytes` is the payload of one input report;
 * reports of other ids are passed over. On Linux several programs may open one device, so `not-permitted` there means missing rights.
 * @throws on failures of the bus that are none of `WireFailure`'s kinds, and RangeError for a framing that no report can have
 */
export function hidTransport(options: { device: HidDevice; framing: HidFraming; bus?: HidBus; clock?: Clock; sendTimeout?: number }): Transport {
  const { device, framing, bus = nodeHidBus, ...timing } = options;
  payloadRoom(framing);

  return handleTransport<{ path: string; hid: HidHandle }>(
    {
      async open({ bytes, dead }) {
        const path = (await bus.devices()).find((candidate) => isNamed(candidate, device))?.path;
        if (path === undefined) return err({ kind: 'unplugged' });
        let hid: HidHandle;
        try {
          hid = await bus.open(path);
        } catch (cause) {
          return err(openFailure(cause));
        }
        hid.on('data', (report) => {
          const payload = fromInputReport(report, framing);
          if (payload !== null && payload.length > 0) bytes(payload);
        });
        // Raised when reading fails, and for nothing else: whatever the system says, this handle is over.
        hid.on('error', dead);
        return ok({ path, hid });
      },
      async write({ hid }, bytes) {
        for (const report of toReports(bytes, framing)) {
          try {
            await (framing.sendAs === 'output-report' ? hid.write(Buffer.from(report)) : hid.sendFeatureReport(Buffer.from(report)));
          } catch (cause) {
            // Misuse is a TypeError; every other failure is the operating system's word on a device that does not take the report.
            if (cause instanceof TypeError) throw cause;
            return err({ kind: 'unplugged' });
          }
        }
        return ok(null);
      },
      isPlugged: async ({ path }) => (await bus.devices()).some((candidate) => candidate.path === path),
      close: ({ hid }) => hid.close(),
    },
    timing,
  );
}

function isNamed(candidate: Device, name: HidDevice): boolean {
  if ('path' in name) return candidate.path === name.path;
  return candidate.vendorId === name.vendorId && candidate.productId === name.productId && (name.usagePage === null || candidate.usagePage === name.usagePage);
}

/**
 * The package has no error codes; these are the texts of HIDAPI: the system's own on Linux, the number of the error on Windows and macOS, where the text
 * is in the user's language.
 */
function openFailure(cause: unknown): WireFailure {
  const text = cause instanceof Error ? cause.message : '';
  if (/no such (file|device)|input\/output error|\(0x0000000[23]\)|\(0x0000001F\)|\(0x0000048F\)|mach entry not found|\(0xE00002C0\)/i.test(text)) return { kind: 'unplugged' };
  if (/permission denied|operation not permitted|resource busy|\(0x00000005\)|\(0x00000020\)|\(0xE00002(C1|C5|E2)\)/i.test(text)) return { kind: 'not-permitted' };
  throw cause;
}
