import { err, ok } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { beginDraft, holdDraft, listDrafts, openDraft, saveDraft } from './drafts.ts';
import { publishDraft, recallDraft, reviewDraft, submitDraft, withdrawDraft } from './flow.ts';
import { checkShelf, listShelf, putShelfRule, removeShelfRule } from './shelf.ts';
import { listThemes, publishTheme } from './themes.ts';
import { exportItems, previewImport, takeImport } from './transfer.ts';
import { listCatalogue, readItem, readVersion, today } from './versions.ts';

/** The catalogue: items and their versions, drafts, shelf, journeys. */
export function catalogueRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    catalogue: known.catalogue.handler(async () => ({ rows: await listCatalogue(ground), today: today(ground) })),
    catalogueItem: known.catalogueItem.handler(async ({ input, context }) => {
      const found = await readItem(ground, input.code);
      return found === null ? err({ kind: 'unknown-item' as const }) : ok({ today: today(ground), ...found, drafts: await listDrafts(ground, context.staff, { code: input.code }) });
    }),
    catalogueVersion: known.catalogueVersion.handler(async ({ input }) => {
      const item = await readVersion(ground, input.code, input.version);
      return item === null ? err({ kind: 'unknown-item' as const }) : ok(item);
    }),
    drafts: known.drafts.handler(({ input, context }) => listDrafts(ground, context.staff, input)),
    beginDraft: known.beginDraft.handler(({ input, context }) => beginDraft(ground, context.staff, input)),
    openDraft: known.openDraft.handler(async ({ input, context }) => {
      const draft = await openDraft(ground, context.staff, input.id);
      return draft === null ? err({ kind: 'unknown-draft' as const }) : ok(draft);
    }),
    holdDraft: known.holdDraft.handler(({ input, context }) => holdDraft(ground, context.staff, input)),
    saveDraft: known.saveDraft.handler(({ input, context }) => saveDraft(ground, context.staff, input)),
    submitDraft: known.submitDraft.handler(({ input, context }) => submitDraft(ground, context.staff, input)),
    recallDraft: known.recallDraft.handler(({ input, context }) => recallDraft(ground, context.staff, input)),
    withdrawDraft: known.withdrawDraft.handler(({ input, context }) => withdrawDraft(ground, context.staff, input)),
    reviewDraft: known.reviewDraft.handler(({ input, context }) => reviewDraft(ground, context.staff, input)),
    publishDraft: known.publishDraft.handler(({ input, context }) => publishDraft(ground, context.staff, input)),
    previewImport: known.previewImport.handler(({ input }) => previewImport(ground, input)),
    takeImport: known.takeImport.handler(({ input, context }) => takeImport(ground, context.staff, input)),
    exportItems: known.exportItems.handler(({ input }) => exportItems(ground, input)),
    shelf: known.shelf.handler(() => listShelf(ground)),
    putShelfRule: known.putShelfRule.handler(({ input, context }) => putShelfRule(ground, context.staff, { ...input.rule, id: input.id })),
    removeShelfRule: known.removeShelfRule.handler(({ input, context }) => removeShelfRule(ground, context.staff, input.id)),
    checkShelf: known.checkShelf.handler(({ input: { at, ...spot } }) => checkShelf(ground, { ...spot, at: Date.parse(at) })),
    themes: known.themes.handler(() => listThemes(ground)),
    publishTheme: known.publishTheme.handler(({ input, context }) => publishTheme(ground, context.staff, input.theme)),
  };
}
