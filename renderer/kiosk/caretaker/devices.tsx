import type { ReactNode } from 'react';
import type { CaretakerView } from '../../../domain/contracts/caretaker.ts';
import { ExchangeDevice, type ExchangeView } from '../../../domain/contracts/exchange.ts';
import type { TerminalView } from '../../../domain/contracts/kiosk.ts';
import { reasonWords } from '../../../domain/fleet/device-words.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import type { Speech } from '../text.ts';
import { SelfTestCard } from './self-test.tsx';
import { type Desk, Slip } from './slip.tsx';
import './devices.css';

type OpenView = Extract<CaretakerView, { kind: 'open' }>;
type DevicesDesk = Desk & Pick<OpenView, 'exchanges' | 'selfTest'> & { devices: TerminalView['devices'] };
type Status = TerminalView['devices']['board'];

const PRINTERS: readonly string[] = ['ticket-printer', 'document-printer'] satisfies ExchangeDevice[];

/** The devices of this machine: how each is, opening one for paper or a jam, and the last self-test. */
export function Devices({ devices, exchanges, selfTest, ...desk }: DevicesDesk): ReactNode {
  const { t } = desk.speech;
  const here = Object.entries(devices).filter(([, status]) => status.kind !== 'offline' || status.reason !== 'not-configured');
  return (
    <div className="caretaker-content">
      <div className="caretaker-column">
        <Card title={t('caretaker.devices.here')} icon="check">
          <p className="devices-words">{t('caretaker.devices.words')}</p>
          <ul className="devices">
            {here.map(([device, status]) => {
              const exchange = exchanges.find((one) => one.device === device);
              return <li key={device}>{exchange === undefined ? <InService device={device} status={status} desk={desk} /> : <InExchange exchange={exchange} desk={desk} />}</li>;
            })}
          </ul>
        </Card>
      </div>
      <div className="caretaker-column">
        <SelfTestCard selfTest={selfTest} {...desk}>
          <Slip what="readiness" {...desk} />
        </SelfTestCard>
      </div>
    </div>
  );
}

/** A caretaker is told more than a citizen. */
function reasonFor({ language, word }: Speech, keyword: string): string {
  return language === 'zh-CN' ? reasonWords(keyword) : word('device.reason.', keyword, 'device.reason.other');
}

function StatusWord({ status, speech }: { status: Status; speech: Speech }): ReactNode {
  if (status.kind !== 'online') return <StatusPill tone="fault" icon="alert">{reasonFor(speech, status.reason)}</StatusPill>;
  if (status.warnings.length > 0) return <StatusPill tone="warn" icon="warning">{status.warnings.map((warning) => reasonFor(speech, warning)).join('、')}</StatusPill>;
  return <StatusPill tone="good" icon="done">{speech.t('caretaker.devices.well')}</StatusPill>;
}

function InService({ device, status, desk: { speech, client, wish } }: { device: string; status: Status; desk: Desk }): ReactNode {
  const { t, word } = speech;
  const exchangeable = ExchangeDevice.safeParse(device);
  return (
    <div className="device">
      <span className="device-head">
        <strong>{word('device.', device, 'device.reason.other')}</strong>
        <StatusWord status={status} speech={speech} />
      </span>
      {exchangeable.success ? (
        <Button icon={<Icon name="lock" />} onPress={() => drop(wish(client.caretaker.startExchange({ device: exchangeable.data })))}>
          {t('caretaker.exchange.start')}
        </Button>
      ) : null}
      {status.kind === 'blocked' && status.reason === 'tampered' ? (
        <Button icon={<Icon name="check" />} onPress={() => drop(wish(client.caretaker.acknowledgeTamper()))}>
          {t('caretaker.tamper.seen')}
        </Button>
      ) : null}
    </div>
  );
}

/** What to do at a device that is out of service, and how to bring it back. */
function InExchange({ exchange, desk: { speech, client, wish } }: { exchange: ExchangeView; desk: Desk }): ReactNode {
  const { t, word, moment } = speech;
  const { device, state, since, interrupted, step, status } = exchange;
  const isPrinter = PRINTERS.includes(device);
  const words = step !== 'open' ? t(`caretaker.exchange.${step}`) : state === 'inaccessible' ? t('caretaker.exchange.inaccessible') : t(isPrinter ? 'caretaker.exchange.open.printer' : 'caretaker.exchange.open');
  return (
    <section className="device device-open" aria-label={word('device.', device, 'device.reason.other')}>
      <span className="device-head">
        <strong>{word('device.', device, 'device.reason.other')}</strong>
        <StatusWord status={status} speech={speech} />
      </span>
      <p className={interrupted ? 'device-since device-interrupted' : 'device-since'}>{t(interrupted ? 'caretaker.exchange.interrupted' : 'caretaker.exchange.since', { time: moment(since) })}</p>
      <Tried exchange={exchange} speech={speech} />
      <p role="status">{words}</p>
      <span className="device-deeds">
        <Button tone="main" icon={<Icon name="done" />} busy={step !== 'open'} onPress={() => drop(wish(client.caretaker.endExchange({ device })))}>
          {t(isPrinter ? 'caretaker.exchange.end.printer' : 'caretaker.exchange.end')}
        </Button>
        {step === 'open' && exchange.tried?.kind === 'no-test' && exchange.tried.outcome === 'unknown' ? (
          <Button icon={<Icon name="paper" />} onPress={() => drop(wish(client.caretaker.testCameOut({ device })))}>
            {t('caretaker.exchange.came-out')}
          </Button>
        ) : null}
      </span>
    </section>
  );
}

/** Why the last try to end it did not. */
function Tried({ exchange: { tried }, speech }: { exchange: ExchangeView; speech: Speech }): ReactNode {
  const { t } = speech;
  switch (tried?.kind) {
    case undefined:
      return null;
    case 'not-well':
      return <Notice tone="fault" live title={t('caretaker.exchange.not-well', { why: tried.status.kind === 'online' ? '' : reasonFor(speech, tried.status.reason) })} />;
    case 'no-test':
      return <Notice tone={tried.outcome === 'unknown' ? 'warn' : 'fault'} live title={t(`caretaker.exchange.test.${tried.outcome}`, { why: reasonFor(speech, tried.reason) })} />;
    case 'machine-full':
      return <Notice tone="fault" live title={t('caretaker.refusal.machine-full')} />;
  }
}
