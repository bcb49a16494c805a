import { sweepAppointments } from '../appointments/settle.ts';
import { sweepArchive } from '../archive/make.ts';
import { sweepAudit } from '../audit/chain.ts';
import { sweepRetention } from '../audit/retention.ts';
import { sweepCases } from '../cases/rounds.ts';
import { forgetDrafts } from '../cases/window-scans.ts';
import { createLackingSweep } from '../messages/lacking.ts';
import type { SmsGateway } from '../messages/sms/gateway.ts';
import { sweepSms } from '../messages/sms/sweep.ts';
import { sweepMessages } from '../messages/sweep.ts';
import { sweepCounterRatings } from '../queue/ratings.ts';
import { sweepRatings } from '../ratings/sweep.ts';
import { sweepSupervision } from '../supervision/sweep.ts';
import { sweepSurveys } from '../surveys/surveys.ts';
import type { Sweep } from './rounds.ts';

/** What a hall looks at each minute, in this order. @param gateway null: texts wait */
export function sweepsOf(gateway: SmsGateway | null): readonly Sweep[] {
  return [
    { name: 'cases', run: sweepCases },
    { name: 'supervision', run: sweepSupervision },
    { name: 'drafts', run: forgetDrafts },
    { name: 'counter ratings', run: sweepCounterRatings },
    { name: 'ratings', run: sweepRatings },
    { name: 'messages', run: sweepMessages },
    { name: 'surveys', run: sweepSurveys },
    { name: 'lacking', run: createLackingSweep() },
    { name: 'appointments', run: sweepAppointments },
    { name: 'sms', run: (ground) => sweepSms(ground, gateway) },
    { name: 'audit', run: sweepAudit },
    { name: 'retention', run: sweepRetention },
    { name: 'archive', run: sweepArchive },
  ];
}
