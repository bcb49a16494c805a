import { openKept, slipName } from '../../crypto/kept.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { OpenedSlip, SlipFailure } from '../../domain/contracts/window.ts';
import { goingOn, type KeptVisit, readKept } from '../../domain/item/kept.ts';
import type { Item } from '../../domain/item/types.ts';
import { identityNumber } from '../../domain/numbers/identity-number.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { personId, recordRead } from '../audit/reads.ts';
import { publishedVersions } from '../catalogue/items.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { giveBack, recordLocked, takeTry } from './slip-tries.ts';
import { windowItems } from './window.ts';

/** What a window shows the hall: the code of a slip as it was scanned, the number of the citizen's card, and their digits. */
type Shown = { text: string; card: string; code: string };

/**
 * 扫描自助机小票: opens what a citizen filled in at a terminal and carried to the window (decision 0042). Nothing of it is kept here: not the text, not the number, not the digits, not what stands in it.
 */
export function slipDesk(ground: Ground): (staff: Staff, shown: Shown) => Promise<Result<OpenedSlip, SlipFailure>> {
  // One after the other on this server: each takes 128 MB and half a second of a processor.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(job: () => Promise<Value>): Promise<Value> => {
    const mine = last.then(job);
    last = mine.catch(() => {});
    return mine;
  };

  return async (staff, { text, card, code }) => {
    const slip = slipName(text);
    if (slip === null) return err({ kind: 'not-a-slip' });
    const number = identityNumber(card);
    if (!number.ok) return err({ kind: 'number' });
    const tried = { account: staff.account, slip };
    const taken = await takeTry(ground, tried);
    if (!taken.ok) return taken;
    const opened = await inTurn(() => openKept(text, number.value.number, code));
    if (!opened.ok) {
      if (taken.value.until !== null) await recordLocked(ground, staff, tried);
      return err({ kind: 'wrong-code', ...taken.value });
    }
    await giveBack(ground, tried);
    const kept = readKept(opened.value, { division: ground.division, today: civilDate(ground.clock.now()) });
    if (!kept.ok) return kept;
    const found = await itemNow(ground, staff, kept.value);
    if (!found.ok) return found;
    const { item, before } = found.value;
    await recordRead(ground, staff, { what: 'slip', cases: [personId(ground, number.value.number)], blob: null });
    return ok({ item: { code: item.code, version: item.version }, ...goingOn(item, before, kept.value) });
  };
}

/** The item as this window takes it today, and as it was when the slip was printed. */
async function itemNow(ground: Ground, staff: Staff, { item: code, version }: KeptVisit): Promise<Result<{ item: Item; before: Item | null }, { kind: 'unknown-item' | 'item-withdrawn' }>> {
  const item = (await windowItems(ground, staff)).find((one) => one.code === code);
  const versions = (await publishedVersions(ground)).filter((one) => one.code === code);
  if (item !== undefined) return ok({ item, before: versions.find((one) => one.version === version) ?? null });
  const isTaken = (await windowItems(ground, { ...staff, scope: COUNTY })).some((one) => one.code === code);
  return err({ kind: versions.length === 0 || isTaken ? 'unknown-item' : 'item-withdrawn' });
}
