import type { ReactNode } from 'react';
import './illustrations.css';

/** Nothing here: an empty tray. */
export function EmptyTray(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 560 260" aria-hidden="true" focusable="false">
      <ellipse className="table" cx="280" cy="226" rx="210" ry="20" />
      <path className="wash" d="M150 120h260l44 62H106z" />
      <path className="sheet" d="M106 182h96c10 0 14 22 34 22h88c20 0 24-22 34-22h96v34a14 14 0 0 1-14 14H120a14 14 0 0 1-14-14z" />
      <path className="stroke" d="M280 46v58M250 78l30 30 30-30" />
    </svg>
  );
}

/** Please wait: the machine is gathering itself. */
export function Waiting(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 560 260" aria-hidden="true" focusable="false">
      <ellipse className="table" cx="280" cy="232" rx="190" ry="16" />
      <rect className="sheet" x="196" y="24" width="168" height="196" rx="20" />
      <rect className="wash" x="216" y="46" width="128" height="106" rx="10" />
      <rect className="ink" x="240" y="176" width="80" height="14" rx="7" />
      <g className="picture-waves">
        <circle className="ink" cx="252" cy="98" r="8" />
        <circle className="ink" cx="280" cy="98" r="8" />
        <circle className="seal" cx="308" cy="98" r="8" />
      </g>
    </svg>
  );
}

/** No mains: the plug lies beside its socket, and the battery is nearly empty. */
export function Unplugged(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 560 260" aria-hidden="true" focusable="false">
      <ellipse className="table" cx="280" cy="232" rx="210" ry="16" />
      <rect className="sheet" x="92" y="86" width="170" height="92" rx="18" />
      <path className="sheet" d="M262 116h10a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8h-10z" />
      <rect className="wash" x="108" y="102" width="138" height="60" rx="8" />
      <rect className="seal" x="108" y="102" width="26" height="60" rx="8" />
      <path className="stroke" d="M326 206c46 0 30-76 72-76" />
      <rect className="ink" x="396" y="106" width="44" height="48" rx="12" />
      <path className="stroke" d="M440 118h18M440 142h18" />
      <path className="stroke" d="M484 104l14-12M490 130h18M484 156l14 12" />
    </svg>
  );
}

/** A stamped sheet: handed in, or done. */
export function StampedSheet(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 560 260" aria-hidden="true" focusable="false">
      <ellipse className="table" cx="280" cy="236" rx="190" ry="16" />
      <path className="sheet" d="M190 20h130l50 50v150a12 12 0 0 1-12 12H202a12 12 0 0 1-12-12z" />
      <path className="wash" d="M320 20v38a12 12 0 0 0 12 12h38z" />
      <path className="writing-ink" d="M218 78h72" />
      <path className="writing" d="M218 106h124M218 130h124M218 154h60" />
      <g transform="rotate(-8 326 182)">
        <rect x="282" y="140" width="88" height="88" rx="14" fill="var(--accent)" />
        <path d="M304 186l16 16 30-34" fill="none" stroke="#fff" strokeWidth="9" strokeLinecap="round" strokeLinejoin="round" />
      </g>
    </svg>
  );
}
