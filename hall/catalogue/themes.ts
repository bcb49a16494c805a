/** 一件事: journeys of several items, published in versions as items are. */
import { sharedMaterials, Theme } from '../../domain/catalogue/theme.ts';
import type { ThemeView } from '../../domain/contracts/catalogue.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { lockCatalogue } from './publish.ts';
import { publishedItems, today } from './versions.ts';

/** The newest version of every journey, with what it asks for as the items say today. */
export async function listThemes(ground: Ground): Promise<ThemeView[]> {
  const rows = await ground.db.read.selectFrom('theme').distinctOn('code').selectAll().where('division', '=', ground.division).orderBy('code').orderBy('version', 'desc').execute();
  const items = rows.length === 0 ? [] : await publishedItems(ground);
  return rows.map(({ body, account, at }) => {
    const theme = Theme.parse(JSON.parse(body));
    return { theme, account, at, materials: sharedMaterials(theme, items) };
  });
}

/**
 * Publishes a journey as its next version. Its items must be in force, unless it is cancelled with them.
 * @returns `stale` when the version that it was written from is no longer the newest
 */
export async function publishTheme(ground: Ground, staff: Staff, theme: Theme): Promise<Result<{ version: number }, { kind: 'unknown-item'; code: string } | { kind: 'bad-date' } | { kind: 'stale' }>> {
  const { division } = ground;
  const known = new Set((await publishedItems(ground)).map(({ code }) => code));
  const missing = theme.items.find(({ code }) => !known.has(code));
  if (missing !== undefined && theme.state === 'active') return err({ kind: 'unknown-item', code: missing.code });
  if (theme.effectiveFrom < today(ground) || (theme.effectiveTo !== null && theme.effectiveTo < theme.effectiveFrom)) return err({ kind: 'bad-date' });
  return ground.db.write(async (write) => {
    await lockCatalogue(ground, write);
    const newest = await write.selectFrom('theme').select(['version', 'effective_from']).where('division', '=', division).where('code', '=', theme.code).orderBy('version', 'desc').limit(1).executeTakeFirst();
    const version = (newest?.version ?? 0) + 1;
    if (theme.version !== version) return err({ kind: 'stale' as const });
    if (newest !== undefined && theme.effectiveFrom < newest.effective_from) return err({ kind: 'bad-date' as const });
    await write.insertInto('theme').values({ division, code: theme.code, version, body: JSON.stringify(theme), effective_from: theme.effectiveFrom, account: staff.account, at: nowOf(ground) }).execute();
    await recordDeed(ground, write, staff, { what: 'catalogue.theme', subject: theme.code, body: { version, state: theme.state } });
    return ok({ version });
  });
}
