import { appointmentsRoad } from '../appointments/road.ts';
import { listQuarantine } from '../audit/quarantine.ts';
import { auditRoad } from '../audit/road.ts';
import { catalogueRoad } from '../catalogue/road.ts';
import { casesRoad } from '../cases/road.ts';
import { clockRoad } from '../clock/road.ts';
import { deskRoad } from '../desk/road.ts';
import type { Desks } from '../feeds/desks.ts';
import { listMachines } from '../fleet/machines.ts';
import type { Ground } from '../ground.ts';
import { helpRoad } from '../help/road.ts';
import { accountsRoad, identityRoad, ownAccountRoad } from '../identity/road.ts';
import { judgeAgain } from '../intake/judge-again.ts';
import { reportNumbers } from '../leases/report.ts';
import { supervisionRoad } from '../supervision/road.ts';
import { messagesRoad } from '../messages/road.ts';
import { smsRoad } from '../messages/sms/road.ts';
import { queueRoad } from '../queue/road.ts';
import { ratingsRoad } from '../ratings/road.ts';
import { surveysRoad } from '../surveys/road.ts';
import { papersRoad } from '../papers/road.ts';
import { type ConsoleDoors, consoleDoors } from './console-doors.ts';

/** Implements the road between the console and the hall; each capability brings its own stretch. @param production whether this hall may serve citizens */
export function createConsoleRoad(ground: Ground, desks: Desks, production: boolean) {
  const doors = consoleDoors(ground);
  return doors.open.router({
    ...identityRoad(doors, ground, production),
    ...ownAccountRoad(doors, ground),
    ...accountsRoad(doors, ground),
    ...auditRoad(doors, ground),
    ...casesRoad(doors, ground, desks),
    ...deskRoad(doors, ground),
    ...ratingsRoad(doors, ground), ...queueRoad(doors, ground), ...appointmentsRoad(doors, ground),
    ...messagesRoad(doors, ground), ...smsRoad(doors, ground), ...surveysRoad(doors, ground),
    ...catalogueRoad(doors, ground),
    ...clockRoad(doors, ground),
    ...supervisionRoad(doors, ground),
    ...papersRoad(doors, ground),
    ...machinesRoad(doors, ground), ...helpRoad(doors, ground),
  });
}

function machinesRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    machines: known.machines.handler(() => listMachines(ground)),
    numbers: known.numbers.handler(() => reportNumbers(ground)),
    quarantine: known.quarantine.handler(() => listQuarantine(ground)),
    judgeAgain: known.judgeAgain.handler(({ input, context }) => judgeAgain(ground, context.staff, input.id)),
  };
}
