import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterAsk, afterQuiet, afterSend, type AskOutcome, type SendOutcome, type SmsStand } from './sms.ts';
import { checkTemplate, fillTemplate, partsOf, TEMPLATES } from './sms-text.ts';

const china = (text: string) => Date.parse(`2026-11-23T${text}:00.000+08:00`);
const fresh: SmsStand = { state: 'queued', attempts: 0, asks: 0, next: 0, cause: '' };

describe('what a text says', () => {
  test('parts', () => {
    expect(['', '字'.repeat(70), '字'.repeat(71), '字'.repeat(134), '字'.repeat(135), '𠮷'.repeat(36)].map(partsOf)).toEqual([1, 1, 2, 2, 3, 2]);
  });
  test('templates as delivered are in order, and cost one part with a real number', () => {
    for (const text of Object.values(TEMPLATES)) {
      expect(checkTemplate(text)).toEqual({ ok: true, value: null });
      expect(partsOf(fillTemplate(text, { number: '330624202600000001', stage: '待补正', hall: '新昌县政务服务中心' }))).toBe(1);
    }
  });
  test('a template tells a number and a stage, and nothing else', () => {
    expect(checkTemplate('{name} 您好')).toEqual({ ok: false, error: { kind: 'unknown-slot', slot: 'name' } });
    expect(checkTemplate('证号 330624199001010018')).toEqual({ ok: false, error: { kind: 'long-number' } });
    expect(checkTemplate(' ')).toEqual({ ok: false, error: { kind: 'empty' } });
    expect(checkTemplate('字'.repeat(300))).toEqual({ ok: false, error: { kind: 'too-long' } });
    // A value with braces is no template.
    expect(fillTemplate('{number}/{stage}', { number: '{stage}', stage: 's', hall: 'h' })).toBe('{stage}/s');
  });
});

describe('how a text stands', () => {
  test('quiet hours', () => {
    expect([china('07:59'), china('08:00'), china('20:59'), china('21:00'), china('23:30')].map(afterQuiet)).toEqual([china('08:00'), china('08:00'), china('20:59'), china('08:00') + 86_400_000, china('08:00') + 86_400_000]);
  });
  test('a time-out is asked about, and only the word that it never came sends it again', () => {
    const unknown = afterSend(fresh, { kind: 'unknown' }, china('10:00'));
    expect(unknown).toMatchObject({ state: 'unknown', next: china('10:01') });
    expect(afterAsk(unknown, { kind: 'unreachable' }, china('10:01'))).toMatchObject({ state: 'unknown', next: china('10:06') });
    expect(afterAsk(unknown, { kind: 'accepted' }, china('10:01'))).toMatchObject({ state: 'sent' });
    expect(afterAsk(unknown, { kind: 'never-had' }, china('10:01'))).toMatchObject({ state: 'queued', next: china('10:02') });
    let stand = unknown;
    while (stand.next !== null) stand = afterAsk(stand, { kind: 'unreachable' }, stand.next);
    expect(stand).toMatchObject({ state: 'unsettled', asks: 6 });
  });
  test('what is refused for good is dead at once; what may be tried is tried six times, never at night', () => {
    expect(afterSend(fresh, { kind: 'refused', code: 'bad-phone', again: false }, china('10:00'))).toMatchObject({ state: 'dead', next: null, cause: 'bad-phone' });
    let stand = fresh;
    const tries: number[] = [];
    let now = china('20:30');
    while (stand.state === 'queued') {
      tries.push(now);
      stand = afterSend(stand, { kind: 'unreachable' }, now);
      now = stand.next ?? now;
    }
    expect(tries.map((one) => (one - china('20:30')) / 60_000)).toEqual([0, 1, 6, 21, 690, 930]);
    expect(stand).toMatchObject({ state: 'dead', attempts: 6 });
  });
  const send = fc.constantFrom<SendOutcome>({ kind: 'accepted' }, { kind: 'refused', code: 'busy', again: true }, { kind: 'refused', code: 'bad', again: false }, { kind: 'unreachable' }, { kind: 'unknown' });
  const ask = fc.constantFrom<AskOutcome>({ kind: 'accepted' }, { kind: 'delivered' }, { kind: 'failed', code: 'off' }, { kind: 'never-had' }, { kind: 'unreachable' });
  test('whatever a gateway does: it ends, it is sent at most six times, and never while it may be out', () => {
    fc.assert(fc.property(fc.infiniteStream(send), fc.infiniteStream(ask), (sends, asks) => {
      let stand = fresh;
      let sent = 0;
      let mayBeOut = false;
      for (let steps = 0; stand.next !== null && steps < 200; steps += 1) {
        const now = stand.next;
        if (stand.state === 'queued') {
          expect(mayBeOut).toBe(false);
          sent += 1;
          const outcome = sends.next().value;
          stand = afterSend(stand, outcome, now);
          mayBeOut = outcome.kind === 'accepted' || outcome.kind === 'unknown';
        } else {
          const outcome = asks.next().value;
          stand = afterAsk(stand, outcome, now);
          if (outcome.kind === 'failed' || outcome.kind === 'never-had') mayBeOut = false;
        }
      }
      expect(stand.next).toBe(null);
      expect(sent).toBeLessThanOrEqual(6);
    }));
  });
});
