import { Alert, Button, Input } from 'antd';
import { FolderSync, ScanLine } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { CivilDate } from '../../../domain/time.ts';
import type { KnownPerson, OpenedSlip } from '../../../domain/contracts/window.ts';
import type { Item } from '../../../domain/item/types.ts';
import { identityNumber } from '../../../domain/numbers/identity-number.ts';
import { drop, ok } from '../../../domain/result.ts';
import { may } from '../../../domain/staff/rights.ts';
import { useNow } from '../clock.ts';
import { keepWindowDraft, windowDraftOf } from '../drafts.ts';
import { hintOf, useKeys } from '../keys.ts';
import { Failed, Key, Loading, Nothing } from '../parts.tsx';
import { go, routeText } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import { type Draft, handInOf, newDraft, SIGNED, type Wrongs } from './draft.ts';
import { FormFields } from './form-fields.tsx';
import { ItemChoice } from './item-choice.tsx';
import { LateEntries } from './late-entries.tsx';
import { MaterialRow } from './materials.tsx';
import { canWatchFolders, pickFolder } from './scan-source.ts';
import { scanDesk, usePastedFiles } from './scans.ts';
import { SlipDialog } from './slip-dialog.tsx';
import { SlipNote } from './slip-note.tsx';
import { fromSlip, itemOfSlip, withSlip } from './slip.ts';
import './window.css';

/** 窗口收件: what somebody brings to the desk, typed and scanned beside each other, handed in, and the next. `at` `late`: the list of what was entered late. */
export function WindowPage({ at }: { at: string }): ReactNode {
  const { ask, me } = useSession();
  const receives = may(me.role, 'receive');
  // Whoever only checks that paper was for outages sees the list of it.
  const late = at === 'late' || !receives;
  const [items, again] = useAnswer('window-items', () => (receives ? ask((hall) => hall.windowItems()) : Promise.resolve(ok([]))));
  const [turn, setTurn] = useState(0);
  return (
    <section className="window" aria-labelledby="window-title">
      <header className="window-head">
        <h1 id="window-title">{t('shell.window')}</h1>
        <nav aria-label={t('shell.window')}>
          {receives && <a href={routeText({ page: 'window', at: '' })} aria-current={late ? undefined : 'page'}>{t('window.take')}</a>}
          <a href={routeText({ page: 'window', at: 'late' })} aria-current={late ? 'page' : undefined}>{t('window.late.list')}</a>
        </nav>
      </header>
      {late && <LateEntries />}
      {!late && items.kind === 'loading' && <Loading />}
      {!late && items.kind === 'failed' && <Failed kind={items.failure.kind} onRetry={again} />}
      {!late && items.kind === 'here' && items.value.length === 0 && <Nothing words={t('window.no-items')} />}
      {!late && items.kind === 'here' && items.value.length > 0 && <Taking key={turn} items={items.value as Item[]} onStale={again} onNext={() => setTurn(turn + 1)} />}
    </section>
  );
}

/** @property onStale the hall takes another version of an item than this list has */
function Taking({ items, onStale, onNext }: { items: readonly Item[]; onStale: () => void; onNext: () => void }): ReactNode {
  const { me, ask } = useSession();
  const now = useNow();
  const [draft, setDraft] = useState<Draft>(() => windowDraftOf(me.account) ?? newDraft(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
  // Once somebody tried to hand in, what is wrong is told as it stands, and goes as it is put right.
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Wrongs>({});
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ number: string } | null>(null);
  const [here, setHere] = useState(SIGNED);
  const [watching, setWatching] = useState<AbortController | null>(null);
  const [scanning, setScanning] = useState(false);
  const underWay = useRef(false);
  const item = items.find(({ code }) => code === draft.itemCode);
  const made = item === undefined ? null : handInOf(draft, item);
  const wrongs: Wrongs = !tried || made === null ? {} : made.ok ? refused : made.error.wrongs;

  const change = (part: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => setDraft((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) }));
  useEffect(() => keepWindowDraft(me.account, done === null ? draft : null), [me.account, draft, done]);
  useEffect(() => () => watching?.abort(), [watching]);

  const desk = scanDesk(draft.id, (make) => change((before) => ({ scans: make(before.scans) })));
  const addHere = useEffectEvent((files: readonly File[]) => desk.add(here, files));
  usePastedFiles((files) => desk.add(here, files));
  const watch = async () => {
    const source = await pickFolder();
    if (source === null) return;
    const stop = new AbortController();
    setWatching(stop);
    await source.follow((file) => addHere([file]), stop.signal);
  };

  const fromKnown = async () => {
    const number = identityNumber(draft.number);
    if (!number.ok || item === undefined) return;
    const answer = await ask((hall) => hall.knownPerson({ number: number.value.number, itemCode: item.code }));
    if (!answer.ok || answer.value === null) return;
    const person: KnownPerson = answer.value;
    // Only what was not typed yet is filled in.
    change((before) => ({
      name: before.name === '' ? person.name : before.name, address: before.address === '' ? person.address : before.address, phone: before.phone === '' ? person.phone : before.phone,
      form: { ...person.form, ...before.form }, known: t('window.known', { number: person.from.number, item: person.from.itemName, time: momentWords(person.from.handedInAt, now) }),
    }));
  };

  const handIn = async () => {
    if (made === null || underWay.current) return;
    setTried(true);
    setRefused({});
    setFault('');
    if (!made.ok) return focusFirst(made.error.wrongs);
    underWay.current = true;
    setBusy(true);
    const answer = await ask((hall) => hall.handInAtWindow(made.value));
    underWay.current = false;
    setBusy(false);
    if (!answer.ok) return setFault(word('window.failed', answer.error.kind));
    if (!answer.value.ok) {
      const { error } = answer.value;
      if (error.kind === 'form') setRefused(error.errors);
      return setFault(word('window.failed', error.kind));
    }
    setDone({ number: answer.value.value.number });
  };
  const onSlip = (opened: OpenedSlip, card: string) => {
    setScanning(false);
    change((before) => withSlip(before, opened, card));
    if (!items.some(({ code, version }) => code === opened.item.code && version === opened.item.version)) onStale();
  };
  const next = () => {
    keepWindowDraft(me.account, null);
    onNext();
  };
  useKeys(['window'], { slip: () => done === null && setScanning(true), 'hand-in': () => (done === null ? drop(handIn()) : next()), late: () => change((before) => ({ late: before.late === null ? { paper: '', happenedAt: '', outage: '' } : null })) });

  if (done !== null) {
    return (
      <div className="notice" data-quiet="true" role="status">
        <h2>{t('window.done', { number: done.number })}</h2>
        <p>{t('window.done.words')}</p>
        <p className="bar-deeds"><Button size="large" onClick={() => go({ page: 'case', id: draft.id })}>{t('window.done.open')}</Button><Button size="large" type="primary" autoFocus onClick={next}>{t('window.done.next')}<Key name="↵" /></Button></p>
      </div>
    );
  }
  const dialog = scanning && <SlipDialog card={identityNumber(draft.number).ok ? draft.number : ''} onOpened={onSlip} onClose={() => setScanning(false)} />;
  const scan = <Button size="small" icon={<ScanLine size={15} aria-hidden="true" />} onClick={() => setScanning(true)}>{t('slip.begin')}<Key name={hintOf('slip')} /></Button>;
  if (item === undefined) return <><ItemChoice items={items} onChoose={(chosen) => change({ itemCode: chosen.code, form: {}, slip: null })} /><p className="choice-slip">{scan}</p>{dialog}</>;
  const marked = fromSlip(draft.slip, draft.form);
  const number = identityNumber(draft.number);
  const needsBirth = number.ok && !('birth' in number.value);
  return (
    <>
      <div className="window-body">
        <div className="window-form">
          <p className="window-item"><strong>{item.name}</strong><span className="faint">{item.body.name}</span><Button size="small" onClick={() => change({ itemCode: '' })}>{t('window.item.change')}</Button>{scan}</p>
          {draft.slip !== null && <SlipNote slip={draft.slip} item={item} left={marked.size} />}
          {draft.late !== null && (
            <fieldset className="dense" data-late="true">
              <legend>{t('window.late')}</legend>
              <Field name=".late" label={t('window.late.paper')} wrong={wrongs['.late']}><Input autoFocus id="field-.late" value={draft.late.paper} maxLength={40} onChange={(event) => change((before) => ({ late: before.late === null ? null : { ...before.late, paper: event.target.value } }))} /></Field>
              <Field name=".late-at" label={t('window.late.at')}><input id="field-.late-at" type="datetime-local" value={draft.late.happenedAt} onChange={(event) => change((before) => ({ late: before.late === null ? null : { ...before.late, happenedAt: event.target.value } }))} /></Field>
              <Field name=".late-outage" label={t('window.late.outage')} wide><Input id="field-.late-outage" value={draft.late.outage} maxLength={200} onChange={(event) => change((before) => ({ late: before.late === null ? null : { ...before.late, outage: event.target.value } }))} /></Field>
            </fieldset>
          )}
          <fieldset className="dense">
            <legend>{t('case.applicant')}</legend>
            <Field name=".number" label={t('applicant.number')} wrong={wrongs['.number']}><Input autoFocus={draft.late === null} id="field-.number" value={draft.number} maxLength={18} autoComplete="off" status={wrongs['.number'] === undefined ? '' : 'error'} onBlur={() => drop(fromKnown())} onPressEnter={() => drop(fromKnown())} onChange={(event) => change({ number: event.target.value.trim().toUpperCase() })} /></Field>
            <Field name=".name" label={t('applicant.name')} wrong={wrongs['.name']}><Input id="field-.name" value={draft.name} maxLength={60} autoComplete="off" status={wrongs['.name'] === undefined ? '' : 'error'} onChange={(event) => change({ name: event.target.value })} /></Field>
            <Field name=".phone" label={t('applicant.phone')}><Input id="field-.phone" value={draft.phone} maxLength={20} autoComplete="off" onChange={(event) => change({ phone: event.target.value })} /></Field>
            <Field name=".address" label={t('applicant.address')}><Input id="field-.address" value={draft.address} maxLength={200} autoComplete="off" onChange={(event) => change({ address: event.target.value })} /></Field>
            {needsBirth && <Field name=".birth" label={t('applicant.birth')} wrong={wrongs['.birth']}><input id="field-.birth" type="date" value={draft.birth} onChange={(event) => change({ birth: CivilDate.safeParse(event.target.value).data ?? '' })} /></Field>}
          </fieldset>
          {draft.known !== '' && <Alert type="info" showIcon title={draft.known} />}
          <FormFields form={item.form} values={draft.form} errors={wrongs} slip={marked} onChange={(next) => change((before) => ({ form: { ...before.form, ...next } }))} />
        </div>
        <div className="window-scans">
          <p className="window-scans-head"><strong>{t('case.materials')}</strong>{canWatchFolders() && <Button size="small" icon={<FolderSync size={15} aria-hidden="true" />} aria-pressed={watching !== null} onClick={() => (watching === null ? drop(watch()) : (watching.abort(), setWatching(null)))}>{t(watching === null ? 'window.folder' : 'window.folder.stop')}</Button>}</p>
          {[...itemOfSlip(item, draft.slip).materials.map((material) => ({ key: material.key, name: material.name, required: material.required, note: material.condition, trust: draft.trust[material.key] ?? ('B' as const) })), { key: SIGNED, name: t('window.signed'), required: true, note: t('window.signed.note'), trust: null }].map((material) => (
            <MaterialRow
              key={material.key}
              handed={{ ...material, scans: draft.scans[material.key] ?? [], wrong: wrongs[material.key] ?? '' }}
              here={here === material.key}
              onHere={() => setHere(material.key)}
              onFiles={(files) => desk.add(material.key, files)}
              onDrop={(key) => desk.remove(material.key, key)}
              onTrust={(trust) => change((before) => ({ trust: { ...before.trust, [material.key]: trust } }))}
            />
          ))}
        </div>
      </div>
      <footer className="bar">
        <div className="bar-words">{fault === '' && Object.keys(wrongs).length === 0 ? <p>{t('window.words')}</p> : <p className="missing" role="alert">{fault === '' ? t('window.wrong', { count: Object.keys(wrongs).length }) : fault}{wrongs['.scans'] !== undefined && word('wrong', 'uploading')}</p>}</div>
        <div className="bar-deeds">
          <Button size="large" aria-pressed={draft.late !== null} onClick={() => change({ late: draft.late === null ? { paper: '', happenedAt: '', outage: '' } : null })}>{t(draft.late === null ? 'window.late.begin' : 'window.late.end')}<Key name={hintOf('late')} /></Button>
          <Button size="large" type="primary" loading={busy} onClick={() => drop(handIn())}>{t('window.hand-in')}<Key name={hintOf('hand-in')} /></Button>
        </div>
      </footer>
      {dialog}
    </>
  );
}

function Field({ name, label, wrong, wide = false, children }: { name: string; label: string; wrong?: string | undefined; wide?: boolean; children: ReactNode }): ReactNode {
  return <div className="dense-field" data-wide={wide}><label className="dense-label" htmlFor={`field-${name}`}>{label}</label>{children}{wrong !== undefined && <small className="dense-error">{word('wrong', wrong)}</small>}</div>;
}

/** The first thing that is wrong takes the keys. */
function focusFirst(wrongs: Wrongs): void {
  const fields = [...document.querySelectorAll<HTMLElement>('.window-body [id^="field-"], .window-body [id^="take-"]')];
  const first = fields.find(({ id }) => wrongs[id.replace(/^(field|take)-/, '')] !== undefined);
  (first?.querySelector<HTMLElement>('input') ?? first)?.focus();
}
