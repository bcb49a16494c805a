import { Alert, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { RuleVersion } from '../../../domain/contracts/supervision.ts';
import { addNaturalDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { drop } from '../../../domain/result.ts';
import { may } from '../../../domain/staff/rights.ts';
import { Level, MEANINGS, PARAMETERS, type Rule, RULE_IDS, RuleKind, ruleWords } from '../../../domain/supervision/rules.ts';
import { useNow } from '../clock.ts';
import { ListSheet } from '../list-sheet.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, type TextKey, word } from '../texts.ts';
import { dateWords } from '../words.ts';
import { LevelTag } from './card-detail.tsx';
import { Field, FormDialog } from './form-dialog.tsx';

/** 规则: every rule with its versions, and what is proposed. */
export function RulesPage(): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer('rules', () => ask((hall) => hall.rules()));
  const [changing, setChanging] = useState<Rule | null>(null);
  return (
    <div className="sup-page">
      <ListSheet name="rules" title={t('rul.title')} words={t('rul.words')} answer={answer} onRetry={again} empty="">
        {(versions) => RuleKind.options.map((kind) => (
          <section key={kind} className="rules">
            <h2 className="sheet-part">{word('rul.kind', kind)}</h2>
            <ul>
              {RULE_IDS.filter((id) => MEANINGS[id].kind === kind).map((id) => <RuleRow key={id} versions={versions.filter(({ rule }) => rule.id === id)} onChange={setChanging} onDecided={again} />)}
            </ul>
          </section>
        ))}
      </ListSheet>
      {changing !== null && <ProposeDialog rule={changing} onDone={again} onClose={() => setChanging(null)} />}
    </div>
  );
}

function RuleRow({ versions, onChange, onDecided }: { versions: readonly RuleVersion[]; onChange: (rule: Rule) => void; onDecided: () => void }): ReactNode {
  const { me } = useSession();
  const now = useNow();
  const today = civilDate(now);
  const inForce = versions.find(({ rule, standing }) => rule.from <= today && (standing === 'built-in' || standing === 'approved'));
  const newest = versions[0]?.rule;
  if (inForce === undefined || newest === undefined) return null;
  const { rule } = inForce;
  return (
    <li className="rule" data-off={!rule.on}>
      <div className="rule-head"><LevelTag level={rule.level} /><strong>{MEANINGS[rule.id].name}</strong>{!rule.on && <span className="mark">{t('rul.off')}</span>}</div>
      <div className="rule-words"><p>{ruleWords(rule)}</p><p className="faint">{MEANINGS[rule.id].basis}</p></div>
      <div className="rule-versions">
        {versions.filter((version) => versions.length > 1 || version.standing !== 'built-in').map((version) => <Version key={version.rule.version} version={version} now={now} onDecided={onDecided} />)}
        {may(me.role, 'supervise') && !versions.some(({ standing }) => standing === 'proposed') && <Button size="small" onClick={() => onChange({ ...rule, version: newest.version + 1, from: addNaturalDays(today, 1) })}>{t('rul.change')}</Button>}
      </div>
    </li>
  );
}

function Version({ version: { rule, standing, why, proposedBy }, now, onDecided }: { version: RuleVersion; now: number; onDecided: () => void }): ReactNode {
  const { me, ask } = useSession();
  const [fault, setFault] = useState<string | null>(null);
  const decide = async (approve: boolean) => {
    const answer = await ask((hall) => hall.decideRule({ id: rule.id, version: rule.version, approve }));
    setFault(!answer.ok ? t('deed.fault.unclear') : answer.value.ok ? null : t(`rul.fault.${answer.value.error.kind}` as TextKey));
    if (answer.ok && answer.value.ok) onDecided();
  };
  return (
    <div className="rule-version">
      <p>{t('rul.version', { version: rule.version })}　{t('rul.from', { date: dateWords(rule.from, now) })}　<LevelTag level={rule.level} />　{Object.entries(rule.parameters).map(([name, value]) => `${value} ${PARAMETERS[name] ?? name}`).join('，')}{!rule.on && `　${t('rul.off')}`}　<span className="mark" data-tone={standing === 'proposed' ? 'soon' : 'none'}>{word('rul.standing', standing)}</span></p>
      {why !== '' && <p className="faint">{t('rul.proposed-by', { who: proposedBy, why })}</p>}
      {fault !== null && <Alert type="error" showIcon title={fault} role="alert" />}
      {standing === 'proposed' && may(me.role, 'approve') && me.account !== proposedBy && (
        <p className="rule-decide"><Button size="small" type="primary" onClick={() => drop(decide(true))}>{t('rul.approve')}</Button><Button size="small" onClick={() => drop(decide(false))}>{t('rul.refuse')}</Button></p>
      )}
    </div>
  );
}

function ProposeDialog({ rule: first, onDone, onClose }: { rule: Rule; onDone: () => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const [rule, setRule] = useState(first);
  const [why, setWhy] = useState('');
  const submit = async () => {
    if (why.trim().length < 4) return t('deed.needed');
    const answer = await ask((hall) => hall.proposeRule({ rule, why: why.trim() }));
    if (!answer.ok) return t('deed.fault.unclear');
    if (!answer.value.ok) return t(`rul.fault.${answer.value.error.kind}` as TextKey);
    onDone();
    onClose();
    return null;
  };
  return (
    <FormDialog title={`${MEANINGS[rule.id].name} · ${t('rul.change')}`} ok={t('rul.ok')} submit={submit} onClose={onClose}>
      <Field name={t('rul.why')}><Input.TextArea rows={2} maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} /></Field>
      <Checkbox checked={rule.on} onChange={(event) => setRule({ ...rule, on: event.target.checked })}>{t('rul.on')}</Checkbox>
      <div className="sup-form-row">
        <Field name={t('rul.level')}><Select value={rule.level} onChange={(level) => setRule({ ...rule, level })} options={Level.options.map((value) => ({ value, label: word('level', value) }))} /></Field>
        <Field name={t('rul.day')}><Input type="date" value={rule.from} onChange={(event) => setRule({ ...rule, from: event.target.value })} /></Field>
        {Object.entries(rule.parameters).map(([name, value]) => <Field key={name} name={PARAMETERS[name] ?? name}><InputNumber min={0} max={400} precision={0} value={value} onChange={(next) => setRule({ ...rule, parameters: { ...rule.parameters, [name]: next ?? 0 } })} /></Field>)}
      </div>
    </FormDialog>
  );
}
