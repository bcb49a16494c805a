import { ORPCError } from '@orpc/server';
import { err, ok } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { listBulletins, openBulletin, publishBulletin } from './bulletins.ts';
import { actOnCard, listCards, openCard } from './cards.ts';
import { readFigures } from './figures.ts';
import { endOutage, listOutages, registerOutage } from './outages.ts';
import { decideRule, listRules, proposeRule } from './rules.ts';

/** 电子监察. */
export function supervisionRoad({ known }: Pick<ConsoleDoors, 'known'>, ground: Ground) {
  return {
    cards: known.cards.handler(async ({ input, context }) => {
      const page = await listCards(ground, context.staff, input);
      if (page === null) throw new ORPCError('BAD_REQUEST');
      return page;
    }),
    openCard: known.openCard.handler(async ({ input, context }) => {
      const opened = await openCard(ground, context.staff, input.id);
      return opened === null ? err({ kind: 'unknown-card' as const }) : ok(opened);
    }),
    actOnCard: known.actOnCard.handler(({ input, context }) => actOnCard(ground, context.staff, input.id, input.deed)),
    figures: known.figures.handler(({ input, context }) => readFigures(ground, context.staff, input)),
    bulletins: known.bulletins.handler(() => listBulletins(ground)),
    openBulletin: known.openBulletin.handler(async ({ input }) => {
      const opened = await openBulletin(ground, input.year, input.serial);
      return opened === null ? err({ kind: 'unknown-bulletin' as const }) : ok(opened);
    }),
    publishBulletin: known.publishBulletin.handler(({ input, context }) => publishBulletin(ground, context.staff, input)),
    rules: known.rules.handler(() => listRules(ground)),
    proposeRule: known.proposeRule.handler(({ input, context }) => proposeRule(ground, context.staff, input.rule, input.why)),
    decideRule: known.decideRule.handler(({ input, context }) => decideRule(ground, context.staff, input.id, input.version, input.approve)),
    outages: known.outages.handler(() => listOutages(ground)),
    registerOutage: known.registerOutage.handler(({ input, context }) => registerOutage(ground, context.staff, input)),
    endOutage: known.endOutage.handler(({ input, context }) => endOutage(ground, context.staff, input.id, input.to)),
  };
}
