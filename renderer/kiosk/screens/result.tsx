import type { ReactNode } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { PaperFromPrinter } from '../../ui/illustrations/paper-from-printer.tsx';
import { PrintLines } from '../print-lines.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';

/** The certificate on its way out of the printer, told as the printer tells it. */
export function ResultScreen(): ReactNode {
  const { t, word, view, wish, busy, day } = useVisit();
  const certificate = view.case?.certificate ?? null;
  const prints = view.prints.filter((print) => print.paper === 'certificate');
  const looking = prints.find((print) => print.state === 'looking');
  const running = prints.length === 0 || looking !== undefined || prints.some((print) => print.state === 'reserved' || print.state === 'sent');
  const out = prints.length > 0 && prints.every((print) => print.state === 'printed' || print.state === 'taken');
  const how = running ? 'running' : out ? 'out' : prints.some((print) => print.state === 'unknown') ? 'unknown' : 'trouble';
  return (
    <Screen
      title={looking === undefined ? t(`result.title.${how}`) : t('result.title.looking')}
      lead={looking === undefined ? t(`result.lead.${how}`) : word('result.lead.looking.', looking.reason, 'result.lead.looking.connection-lost')}
      back={{ words: t('back.cases'), onPress: () => drop(wish((core) => core.go({ step: 'progress', errand: view.errand }))) }}
      actions={
        <>
          {view.case?.canRate === true ? (
            <Button size="main" icon={<Icon name="rate" />} isDisabled={running} onPress={() => drop(wish((core) => core.go({ step: 'rate', errand: view.errand })))}>
              {t('case.rate')}
            </Button>
          ) : null}
          <Button size="main" tone="main" busy={busy} isDisabled={running} icon={<Icon name="check" />} onPress={() => drop(wish((core) => core.go({ step: 'goodbye', errand: null })))}>
            {t('handed-in.finish')}
          </Button>
        </>
      }
    >
      {/* While it is looked for nobody knows whether paper comes out; where nothing did, what went wrong needs the room. */}
      {looking !== undefined || how === 'trouble' ? null : <PaperFromPrinter still={!running} />}
      <PrintLines prints={prints} />
      {certificate === null ? null : (
        <Card icon="paper" title={certificate.title}>
          <Facts
            rows={[
              { label: t('case.certificate.number'), value: <span className="number">{certificate.number}</span> },
              { label: t('case.certificate.holder'), value: certificate.holder },
              { label: t('case.certificate.issuer'), value: certificate.issuer },
              { label: t('case.certificate.day'), value: day(certificate.issuedOn) },
            ]}
          />
        </Card>
      )}
    </Screen>
  );
}
