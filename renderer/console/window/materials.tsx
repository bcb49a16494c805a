import { Button, Radio } from 'antd';
import { FileText, Hourglass, ImagePlus, TriangleAlert, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { TrustLevel } from '../../../domain/action/payload.ts';
import { Key } from '../parts.tsx';
import { t, word } from '../texts.ts';
import type { Scan } from './scans.ts';

export type Handed = { key: string; name: string; required: boolean; note: string; scans: readonly Scan[]; trust: (typeof TrustLevel.options)[number] | null; wrong: string };
type Props = { handed: Handed; here: boolean; onHere: () => void; onFiles: (files: readonly File[]) => void; onDrop: (key: number) => void; onTrust: (trust: (typeof TrustLevel.options)[number]) => void };

/** A material and its pages. The row one stands on takes what is pasted and what the scanner's folder gives; files may be dropped on any. */
export function MaterialRow({ handed: { key, name, required, note, scans, trust, wrong }, here, onHere, onFiles, onDrop, onTrust }: Props): ReactNode {
  const files = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <section
      className="take"
      data-here={here}
      data-over={over}
      aria-label={name}
      onFocus={onHere}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onHere();
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <p className="take-head">
        <strong>{name}</strong>
        {required && <span className="mark" data-tone="late">{t('case.required')}</span>}
        {note !== '' && <span className="faint">{note}</span>}
      </p>
      <div className="take-row">
        <Button id={`take-${key}`} size="small" icon={<ImagePlus size={15} aria-hidden="true" />} onClick={() => files.current?.click()}>{t('window.file')}</Button>
        <input ref={files} type="file" hidden multiple accept="image/jpeg,image/png,application/pdf" aria-label={t('window.file.of', { name })} onChange={(event) => {
          onFiles([...event.target.files ?? []]);
          event.target.value = '';
        }} />
        {here && <span className="faint">{t('window.paste')}<Key name="Ctrl V" /></span>}
        {trust !== null && scans.length > 0 && <Radio.Group size="small" optionType="button" aria-label={t('window.trust', { name })} value={trust} onChange={(event) => onTrust(TrustLevel.parse(event.target.value))} options={TrustLevel.options.map((level) => ({ value: level, label: level, title: word('trust', level) }))} />}
      </div>
      {wrong !== '' && <small className="dense-error">{word('wrong', wrong)}</small>}
      {scans.length > 0 && (
        <ul className="take-pages">
          {scans.map((scan, index) => (
            <li key={scan.key} data-fault={scan.fault !== ''}>
              {scan.fault !== '' ? <TriangleAlert size={20} aria-hidden="true" /> : scan.picture === '' ? <FileText size={22} aria-hidden="true" /> : <img src={scan.picture} alt={t('scan.alt', { name, page: index + 1 })} />}
              {scan.hash === null && scan.fault === '' && <Hourglass size={14} className="take-wait" aria-label={t('window.uploading')} />}
              {scan.fault !== '' && <span>{word('window.scan', scan.fault)}</span>}
              <button type="button" aria-label={t('window.drop', { name, page: index + 1 })} onClick={() => onDrop(scan.key)}><X size={13} aria-hidden="true" /></button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
