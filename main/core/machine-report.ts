import type { DeviceStates } from '../../domain/contracts/devices.ts';
import { CountedPaper, type MachineReport, type SelfTest } from '../../domain/contracts/fleet.ts';
import { alarmsOf } from '../../domain/fleet/alarms.ts';
import { blankNumber, takeBlank } from '../../domain/print-ledger/blanks.ts';
import { blankSum } from '../../domain/print-ledger/sums.ts';
import type { Clock } from '../../domain/time.ts';
import type { Printing } from './printing.ts';
import type { Room } from './room.ts';
import type { Told } from './told.ts';

/** How this machine is, for the people who look after it. */
export type MachineReports = {
  make(): Promise<MachineReport>;
  /** The ledger has changed: its figures are counted again for the next report. */
  printsChanged(): void;
  /** Tells when a device comes to need somebody, or no longer does. */
  onDeviceAlarm(tell: () => void): () => void;
};

export function createMachineReports({ states, printing, room, selfTest, clock }: { states: Told<DeviceStates>; printing: Pick<Printing, 'all' | 'blanks'>; room: Room; selfTest(): SelfTest | null; clock: Clock }): MachineReports {
  let counted: Pick<MachineReport, 'unknownPrints' | 'printed'> | null = null;

  async function count(): Promise<Pick<MachineReport, 'unknownPrints' | 'printed'>> {
    const entries = await printing.all();
    const out = (paper: string) => entries.filter((entry) => entry.paper === paper && (entry.state === 'printed' || entry.state === 'taken')).length;
    return { unknownPrints: entries.filter(({ state }) => state === 'unknown').length, printed: Object.fromEntries(CountedPaper.options.map((paper) => [paper, out(paper)])) };
  }
  const blanks = () => printing.blanks.stocks().map(({ config, stock }) => blankSum(config.name, stock, (number) => blankNumber(config, number)));
  const noBlanks = () => printing.blanks.stocks().filter(({ stock }) => !takeBlank(stock).ok).map(({ config }) => config.template);
  const deviceAlarms = (devices: DeviceStates) => JSON.stringify(alarmsOf({ devices, unknownPrints: 0, blanks: [], room: 'enough', selfTest: null }));

  return {
    async make() {
      counted ??= await count();
      return { at: new Date(clock.now()).toISOString(), devices: states.get(), blanks: blanks(), noBlanks: noBlanks(), room: await room.standing(), selfTest: selfTest(), ...counted };
    },
    printsChanged() {
      counted = null;
    },
    onDeviceAlarm(tell) {
      let last = deviceAlarms(states.get());
      return states.watch((devices) => {
        const now = deviceAlarms(devices);
        if (now === last) return;
        last = now;
        tell();
      });
    },
  };
}
