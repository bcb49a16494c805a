import { Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { t, word } from '../texts.ts';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';

type Check = ConsoleCase['identity']['checks'][number];
type Said = { party: string; outcome: 'same' | 'not-same'; words: string };

/** 申请人, 来办的人, 共同申请人 2. */
export function partyWords(party: string): string {
  const [kind = '', number] = party.split('-');
  return word('party', kind) + (number ?? '');
}

/** The one to look at next: nobody looked yet, or it was found to be somebody else. */
function nextCheck({ identity }: ConsoleCase): Check | undefined {
  return identity.checks.find(({ said }) => said === null) ?? identity.checks.find(({ said }) => said?.outcome === 'not-same');
}

/** 核验身份: the original card or paper beside what was handed in. */
export function IdentityDialog({ opened, confirm, onClose }: { opened: ConsoleCase; confirm: (said: Said) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const [outcome, setOutcome] = useState<Said['outcome'] | null>(null);
  const [words, setWords] = useState('');
  // What is asked about stays while the dialog is open, whatever is heard meanwhile.
  const [check] = useState(() => nextCheck(opened));
  if (check === undefined) return null;
  const lacks = outcome === null ? t('identity.choose') : outcome === 'not-same' && words.trim() === '' ? t('reason.needed') : '';
  return (
    <ConfirmDialog title={t('identity.title')} ok={t('identity.ok')} width={640} lacks={lacks} confirm={() => confirm({ party: check.party, outcome: outcome ?? 'not-same', words: words.trim() })} onClose={onClose}>
      <p><strong>{partyWords(check.party)}：{check.name}</strong> <span className="number">{check.number}</span></p>
      <p>{word('identity.why', check.why)}</p>
      <Radio.Group value={outcome} onChange={(event) => setOutcome(event.target.value === 'same' ? 'same' : 'not-same')} options={(['same', 'not-same'] as const).map((value) => ({ value, label: word('identity', value) }))} />
      <label className="field"><span>{t(outcome === 'not-same' ? 'reason' : 'identity.words')}</span><Input.TextArea value={words} rows={2} maxLength={500} onChange={(event) => setWords(event.target.value)} /></label>
    </ConfirmDialog>
  );
}

/** How the looks at identities stand, above what the citizen gave. */
export function IdentityNotice({ opened: { identity } }: { opened: ConsoleCase }): ReactNode {
  if (identity.checks.length === 0) return null;
  return (
    <section className="block">
      <h2>{t('identity.title')}</h2>
      {identity.blocks && <p className="mark" data-tone="late">{t('identity.blocks')}</p>}
      <ul className="identity-checks">
        {identity.checks.map(({ party, why, name, said }) => (
          <li key={party}>
            {partyWords(party)}：{name}
            <span className="mark" data-tone={said === null ? (why === 'typed' ? 'late' : 'soon') : said.outcome === 'same' ? 'good' : 'late'}>
              {said === null ? word('identity.why', why) : t('identity.said', { outcome: word('identity', said.outcome), by: said.by })}
            </span>
            {said !== null && said.words !== '' && <span className="faint">{said.words}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
