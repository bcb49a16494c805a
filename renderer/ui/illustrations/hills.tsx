import { type ReactNode, useId } from 'react';
import './hills.css';

/** The land behind the first screen: layered hills in ink wash, mist, a seal-red sun, a boat on the river. Decoration only. */
export function Hills(): ReactNode {
  const id = useId();
  const fill = (name: string) => `url(#${id}${name})`;
  return (
    <svg className="hills" viewBox="0 0 1080 620" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id={`${id}sky`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#f6f3ec" />
          <stop offset="0.5" stopColor="#f4efe2" />
          <stop offset="1" stopColor="#dfe9e3" />
        </linearGradient>
        <linearGradient id={`${id}far`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#b5ccc7" />
          <stop offset="1" stopColor="#e6ece4" />
        </linearGradient>
        <linearGradient id={`${id}middle`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#6d9b9a" />
          <stop offset="1" stopColor="#cfdfd9" />
        </linearGradient>
        <linearGradient id={`${id}near`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#1f686b" />
          <stop offset="1" stopColor="#0e5257" />
        </linearGradient>
      </defs>
      <rect width="1080" height="620" fill={fill('sky')} />
      <g className="hills-place">
        <circle className="hills-sun" cx="694" cy="262" r="50" fill="#c4452a" />
      </g>
      <path d="M-20 430c92-10 126-84 204-98 52-8 82 36 132 38 60 2 96-96 168-104 58-6 84 66 146 72 54 6 88-44 148-40 76 4 118 84 188 96 40 6 96-8 134-14v240h-1120z" fill={fill('far')} />
      <path className="hills-place" d="M612 284c40-10 72-2 104 4 38 8 68 2 104-8" fill="none" stroke="#f4efe2" strokeWidth="15" strokeLinecap="round" opacity=".92" />
      <path d="M-20 494c80 4 124-58 186-74 66-16 102 46 170 50 74 4 118-104 204-106 70-2 104 82 176 90 62 6 96-46 158-48 84-2 140 62 226 66v160h-1120z" fill={fill('middle')} />
      <path d="M84 462c60-12 106 10 160 8 62-2 92-20 152-14" fill="none" stroke="#f6f3ec" strokeWidth="16" strokeLinecap="round" opacity=".55" />
      <path d="M604 478c58-16 124 8 188 2 48-4 92-18 144-10" fill="none" stroke="#f6f3ec" strokeWidth="13" strokeLinecap="round" opacity=".5" />
      <path d="M-20 560c108-6 160-60 256-64 104-4 166 56 268 54 96-2 148-68 250-66 118 2 210 66 346 70v86h-1120z" fill={fill('near')} />
      <g fill="#f6f3ec">
        <path d="M500 578h76l-15 16h-46z" />
        <path d="M538 530v44h-25c12-9 20-25 25-44z" />
        <path d="M545 538c9 10 14 24 14 36h-14z" opacity=".8" />
      </g>
      <path d="M456 604h160M424 592h60M594 594h64" stroke="#f6f3ec" strokeWidth="3" strokeLinecap="round" opacity=".45" fill="none" />
      <g className="hills-birds" fill="none" stroke="#17302f" strokeWidth="4" strokeLinecap="round" opacity=".5">
        <path d="M792 250c8-8 16-8 20 0 6-8 14-8 20-2" />
        <path d="M836 222c6-6 12-6 16 0 4-6 12-6 16-2" />
        <path d="M756 222c6-6 12-6 14 0 6-6 10-6 14-2" />
      </g>
    </svg>
  );
}
