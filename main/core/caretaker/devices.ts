import type { CaretakerAnswer, CaretakerView } from '../../../domain/contracts/caretaker.ts';
import type { ExchangeDevice } from '../../../domain/contracts/exchange.ts';
import { err, ok } from '../../../domain/result.ts';
import type { Exchanges } from '../exchanges.ts';
import type { SelfTests } from '../self-test.ts';

/** What the caretaker does about devices. Whoever calls has seen to it that the caretaker is here. */
export type DevicesDesk = {
  view(): Pick<Extract<CaretakerView, { kind: 'open' }>, 'exchanges' | 'selfTest'>;
  start(device: ExchangeDevice): Promise<CaretakerAnswer>;
  end(device: ExchangeDevice, seen: boolean): Promise<CaretakerAnswer>;
  startSelfTest(): Promise<CaretakerAnswer>;
  /** The caretaker leaves: what is open stays out of service, and is told to the hall. */
  leave(): void;
};

export function createDevicesDesk({ exchanges, selfTests }: { exchanges: Exchanges; selfTests: SelfTests }): DevicesDesk {
  return {
    view: () => ({ exchanges: exchanges.views(), selfTest: { last: selfTests.last(), running: selfTests.running() } }),
    start: (device) => exchanges.start(device),
    end: (device, seen) => exchanges.end(device, seen),
    startSelfTest: async () => (selfTests.start() ? ok(null) : err({ kind: 'busy' })),
    leave: () => exchanges.leave(),
  };
}
