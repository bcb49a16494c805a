import type { ReactNode } from 'react';
import './illustrations.css';

/** A sheet lying flat under the document camera's arm. */
export function DocumentUnderCamera(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 560 330" aria-hidden="true" focusable="false">
      <path className="table" d="M70 296l62-100h296l62 100z" />
      <path className="picture-beam wash" d="M252 76h56l98 196H154z" />
      <path className="sheet" d="M196 214h168l30 66H166z" />
      <path className="writing-ink" d="M222 230h76" />
      <path className="writing" d="M214 246h132M206 262h112" />
      <path className="seal" d="M338 252l18 0 6 14-20 0z" />
      <path className="ink-deep" d="M446 300V62a26 26 0 0 0-26-26H288v22h126a8 8 0 0 1 8 8v234z" />
      <rect className="ink" x="236" y="30" width="88" height="42" rx="14" />
      <rect className="ink-deep" x="258" y="68" width="44" height="14" rx="5" />
      <rect className="ink-deep" x="392" y="292" width="104" height="16" rx="8" />
      <circle cx="256" cy="51" r="5" fill="#9fd3c4" />
    </svg>
  );
}
