import type { ReactNode } from 'react';
import type { CaretakerView } from '../../../domain/contracts/caretaker.ts';
import type { SelfTestFinding } from '../../../domain/contracts/fleet.ts';
import { findingWords } from '../../../domain/fleet/self-test-words.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import type { Speech } from '../text.ts';
import type { Desk } from './slip.tsx';

const ORDER: Record<SelfTestFinding['result'], number> = { fault: 0, warning: 1, well: 2 };

/** The last self-test, faults first. @param children what else is to be had about it */
export function SelfTestCard({ selfTest: { last, running }, client, speech, wish, children }: Omit<Desk, 'papers'> & { selfTest: Extract<CaretakerView, { kind: 'open' }>['selfTest']; children: ReactNode }): ReactNode {
  const { t, moment } = speech;
  const findings = (last?.findings ?? []).toSorted((one, other) => ORDER[one.result] - ORDER[other.result]);
  const count = (result: SelfTestFinding['result']) => findings.filter((finding) => finding.result === result).length;
  return (
    <Card title={t('caretaker.self-test')} icon="list" aside={last === null ? undefined : <span className="papers-loaded number">{moment(last.at)}</span>}>
      {last === null ? (
        <p>{t('caretaker.self-test.never')}</p>
      ) : (
        <>
          {count('fault') > 0 ? <Notice tone="fault" title={t('caretaker.self-test.faults', { count: count('fault') })} /> : count('warning') > 0 ? <Notice tone="warn" title={t('caretaker.self-test.warnings', { count: count('warning') })} /> : <Notice tone="good" title={t('caretaker.self-test.well')} />}
          <ul className="devices">
            {findings.map((finding) => (
              <li key={`${finding.check} ${finding.name}`}>
                <Finding finding={finding} speech={speech} />
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="papers-slip">
        <Button icon={<Icon name="check" />} busy={running} onPress={() => drop(wish(client.caretaker.startSelfTest()))}>
          {t(running ? 'caretaker.self-test.running' : 'caretaker.self-test.start')}
        </Button>
      </div>
      {children}
    </Card>
  );
}

function Finding({ finding, speech }: { finding: SelfTestFinding; speech: Speech }): ReactNode {
  const { t } = speech;
  const { check, reasons } = speech.language === 'zh-CN' ? findingWords(finding) : inWords(finding, speech);
  return (
    <div className="device">
      <span className="device-head">
        <span>{check}</span>
        {finding.result === 'well' ? (
          <StatusPill tone="good" icon="done">{t('caretaker.devices.well')}</StatusPill>
        ) : (
          <StatusPill tone={finding.result === 'fault' ? 'fault' : 'warn'} icon={finding.result === 'fault' ? 'alert' : 'warning'}>{reasons}</StatusPill>
        )}
      </span>
    </div>
  );
}

/** In another language than the console's. */
function inWords({ check, name, reasons }: SelfTestFinding, { word }: Speech): { check: string; reasons: string } {
  const isDevice = word('device.', check, 'self-test.other') !== word('', 'self-test.other', 'self-test.other');
  return {
    check: name !== '' ? name : isDevice ? word('device.', check, 'self-test.other') : word('self-test.check.', check, 'self-test.other'),
    reasons: reasons.map((reason) => (isDevice ? word('device.reason.', reason, 'device.reason.other') : word('self-test.reason.', reason, 'self-test.other'))).join(', '),
  };
}
