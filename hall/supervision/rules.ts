import type { RuleVersion } from '../../domain/contracts/supervision.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { DEFAULT_RULES, Rule, ruleFault, type RuleId, RULE_IDS } from '../../domain/supervision/rules.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { SupervisionRuleRow } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/** Every version of every rule, in the order of the rules, newest first. */
export async function listRules({ db: { read }, division }: Ground): Promise<RuleVersion[]> {
  const rows = await read.selectFrom('supervision_rule').selectAll().where('division', '=', division).execute();
  const all = [...DEFAULT_RULES.map((rule): RuleVersion => ({ rule, standing: 'built-in', why: '', proposedBy: '', decidedBy: '', decidedAt: null })), ...rows.map(versionOf)];
  return all.toSorted((one, other) => RULE_IDS.indexOf(one.rule.id) - RULE_IDS.indexOf(other.rule.id) || other.rule.version - one.rule.version);
}

function versionOf(row: SupervisionRuleRow): RuleVersion {
  return { rule: Rule.parse(JSON.parse(row.body)), standing: row.decision ?? 'proposed', why: row.why, proposedBy: row.proposed_by, decidedBy: row.decided_by ?? '', decidedAt: row.decided_at };
}

/** Puts a version before a second pair of eyes. A rule has one open proposal at a time. A refused one keeps its number. */
export async function proposeRule(ground: Ground, staff: Staff, rule: Rule, why: string): Promise<Result<null, { kind: 'not-next' | 'other-parameters' | 'reaches-back' | 'undecided' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const rows = await write.selectFrom('supervision_rule').selectAll().where('division', '=', division).where('rule', '=', rule.id).forUpdate().execute();
    if (rows.some(({ decision }) => decision === null)) return err({ kind: 'undecided' as const });
    const fault = ruleFault(rule, [...DEFAULT_RULES, ...rows.map(({ body }) => Rule.parse(JSON.parse(body)))], civilDate(ground.clock.now()));
    if (fault !== null) return err({ kind: fault });
    const row: SupervisionRuleRow = { division, rule: rule.id, version: rule.version, body: JSON.stringify(rule), why, proposed_by: staff.account, proposed_at: nowOf(ground), decision: null, decided_by: null, decided_at: null };
    // Two who propose at once: the key lets one in.
    const written = await write.insertInto('supervision_rule').values(row).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    if (written.numInsertedOrUpdatedRows === 0n) return err({ kind: 'undecided' as const });
    await recordDeed(ground, write, staff, { what: 'supervision.propose-rule', subject: `${rule.id}@${rule.version}`, body: rule });
    return ok(null);
  });
}

/** Four eyes: whoever proposed it does not decide. One whose first day has come meanwhile can only be refused, since no version reaches back. */
export async function decideRule(ground: Ground, staff: Staff, id: RuleId, version: number, approve: boolean): Promise<Result<null, { kind: 'unknown-rule' | 'same-person' | 'reaches-back' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const row = await write.selectFrom('supervision_rule').selectAll().where('division', '=', division).where('rule', '=', id).where('version', '=', version).where('decision', 'is', null).forUpdate().executeTakeFirst();
    if (row === undefined) return err({ kind: 'unknown-rule' as const });
    if (row.proposed_by === staff.account) return err({ kind: 'same-person' as const });
    if (approve && Rule.parse(JSON.parse(row.body)).from <= civilDate(ground.clock.now())) return err({ kind: 'reaches-back' as const });
    await write.updateTable('supervision_rule').set({ decision: approve ? 'approved' : 'refused', decided_by: staff.account, decided_at: nowOf(ground) }).where('division', '=', division).where('rule', '=', id).where('version', '=', version).execute();
    await recordDeed(ground, write, staff, { what: approve ? 'supervision.approve-rule' : 'supervision.refuse-rule', subject: `${id}@${version}`, body: {} });
    return ok(null);
  });
}
