import type { ReactNode } from 'react';
import './illustrations.css';

/** A paper coming out of the slot; `still` when there is nothing to wait for any more. */
export function PaperFromPrinter({ still = false }: { still?: boolean }): ReactNode {
  return (
    <svg className={`picture${still ? ' picture-still' : ''}`} viewBox="0 0 560 330" aria-hidden="true" focusable="false">
      <ellipse className="table" cx="280" cy="302" rx="230" ry="22" />
      <clipPath id="printer-slot">
        <rect x="160" y="142" width="240" height="180" />
      </clipPath>
      <rect className="ink" x="108" y="48" width="344" height="100" rx="26" />
      <rect className="ink-deep" x="148" y="126" width="264" height="18" rx="9" />
      <circle cx="404" cy="84" r="7" fill="#9fd3c4" />
      <path d="M148 84h120" stroke="#fff" strokeOpacity=".3" strokeWidth="8" strokeLinecap="round" />
      <g clipPath="url(#printer-slot)">
        <g className="picture-paper">
          <path className="sheet" d="M182 112h196v160l-16 14-16-14-17 14-16-14-16 14-17-14-16 14-16-14-17 14-16-14-17 14-16-14z" />
          <path className="writing-ink" d="M212 172h96" />
          <path className="writing" d="M212 196h136M212 218h136M212 240h74" />
          <rect className="seal" x="322" y="226" width="28" height="28" rx="5" />
          <path d="M330 234h12M330 246h12M336 234v12" stroke="#fff" strokeWidth="2.5" strokeLinecap="round" />
        </g>
      </g>
    </svg>
  );
}
