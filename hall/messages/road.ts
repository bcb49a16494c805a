import { ORPCError } from '@orpc/server';
import { err, ok } from '../../domain/result.ts';
import { SETTINGS } from '../../domain/settings/settings.ts';
import { recordRead } from '../audit/reads.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { changeSetting, readSettings } from '../settings/settings.ts';
import { actOnMessage, reopenMessage } from './acts.ts';
import { handOverMessage } from './handover.ts';
import { listMessages, openMessage } from './list.ts';
import { departmentsOf, registerMessage } from './register.ts';

/** Roles that work on messages, for the list of whom one can be given to. */
const WORKERS = ['clerk', 'department', 'supervisor'] as const;

/** 咨询投诉建议 at the console, and what the county sets for it. */
export function messagesRoad({ known }: ConsoleDoors, ground: Ground) {
  const { division, db } = ground;
  return {
    messages: known.messages.handler(async ({ input, context }) => {
      const page = await listMessages(ground, context.staff, input);
      if (page === null) throw new ORPCError('BAD_REQUEST');
      await recordRead(ground, context.staff, { what: 'message', cases: page.rows.map(({ id }) => id), blob: null });
      return page;
    }),
    message: known.message.handler(async ({ input, context }) => {
      const opened = await openMessage(ground, context.staff, input.id);
      if (opened === null) return err({ kind: 'unknown-message' as const });
      await recordRead(ground, context.staff, { what: 'message', cases: [input.id], blob: null });
      return ok(opened);
    }),
    messageOwners: known.messageOwners.handler(async () => ({
      departments: await departmentsOf(db.read, division),
      accounts: await db.read.selectFrom('account').select(['account', 'name']).where('division', '=', division).where('role', 'in', WORKERS).where('disabled_at', 'is', null).orderBy('account').execute(),
    })),
    registerMessage: known.registerMessage.handler(({ input, context }) => db.write((write) => registerMessage(ground, write, input, context.staff.account))),
    assignMessage: known.assignMessage.handler(({ input: { id, ...owner }, context }) => actOnMessage(ground, context.staff, id, { kind: 'assigned', owner })),
    transferMessage: known.transferMessage.handler(({ input: { id, department, words }, context }) => actOnMessage(ground, context.staff, id, { kind: 'transferred', department, words })),
    takeUpMessage: known.takeUpMessage.handler(({ input: { id, taken, words }, context }) => {
      if (taken) return actOnMessage(ground, context.staff, id, { kind: 'taken-up' });
      // Who is turned away is told why.
      if (words === '') throw new ORPCError('BAD_REQUEST');
      return actOnMessage(ground, context.staff, id, { kind: 'declined', words });
    }),
    replyMessage: known.replyMessage.handler(({ input: { id, words }, context }) => actOnMessage(ground, context.staff, id, { kind: 'replied', words })),
    rateMessage: known.rateMessage.handler(({ input: { id, level, words }, context }) => actOnMessage(ground, context.staff, id, { kind: 'rated', level, words })),
    reopenMessage: known.reopenMessage.handler(({ input: { id, words }, context }) => reopenMessage(ground, context.staff, id, words)),
    closeMessage: known.closeMessage.handler(({ input: { id }, context }) => actOnMessage(ground, context.staff, id, { kind: 'closed' })),
    handOverMessage: known.handOverMessage.handler(async ({ input, context }) => {
      const handed = await handOverMessage(ground, context.staff, input.id);
      if (handed.ok) await recordRead(ground, context.staff, { what: 'message', cases: [input.id], blob: null });
      return handed;
    }),
    hotlineSaid: known.hotlineSaid.handler(({ input: { id, state, reference, words }, context }) => actOnMessage(ground, context.staff, id, { kind: 'hotline-said', state, reference, words })),
    settings: known.settings.handler(async () => {
      const settings = await readSettings(db.read, division);
      return Object.entries(SETTINGS).map(([name, { fallback, least, most, unit }]) => ({ name, value: settings[name as keyof typeof SETTINGS], fallback, least, most, unit }));
    }),
    changeSetting: known.changeSetting.handler(({ input, context }) => changeSetting(ground, context.staff, input.name, input.value)),
  };
}
