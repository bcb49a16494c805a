import type { ReactNode } from 'react';

/** The land behind the first screen: layered hills in ink wash, mist, a seal-red sun, a boat on the river. Decoration only. */
export function Hills(): ReactNode {
  return (
    <svg className="hills" viewBox="0 0 1080 460" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id="hills-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#f6f3ec" />
          <stop offset="1" stopColor="#e3ece6" />
        </linearGradient>
        <linearGradient id="hills-far" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#b9cfca" />
          <stop offset="1" stopColor="#e3ece6" />
        </linearGradient>
        <linearGradient id="hills-middle" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#6f9c9b" />
          <stop offset="1" stopColor="#c3d8d3" />
        </linearGradient>
        <linearGradient id="hills-near" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#1d6468" />
          <stop offset="1" stopColor="#0e5257" />
        </linearGradient>
      </defs>
      <rect width="1080" height="460" fill="url(#hills-sky)" />
      <circle cx="842" cy="118" r="54" fill="#c4452a" />
      <path d="M0 262c72-10 118-74 184-84 52-8 82 36 132 38 60 2 96-88 168-96 58-6 84 60 146 66 54 6 88-40 148-36 76 4 118 78 188 90 40 6 82-8 114-12v232H0z" fill="url(#hills-far)" />
      <path d="M790 132c30-6 62 0 86 8 34 10 70 8 104-2" fill="none" stroke="#f6f3ec" strokeWidth="12" strokeLinecap="round" opacity=".9" />
      <path d="M0 326c60 4 104-54 166-70 66-16 102 42 170 46 74 4 118-96 204-98 70-2 104 76 176 84 62 6 96-42 158-44 84-2 134 58 206 62v154H0z" fill="url(#hills-middle)" />
      <path d="M96 300c60-12 96 10 150 8 62-2 92-20 152-14" fill="none" stroke="#f6f3ec" strokeWidth="14" strokeLinecap="round" opacity=".55" />
      <path d="M620 316c52-14 118 8 182 2 48-4 82-18 130-10" fill="none" stroke="#f6f3ec" strokeWidth="12" strokeLinecap="round" opacity=".5" />
      <path d="M0 400c88-6 140-54 236-58 104-4 166 52 268 50 96-2 148-64 250-62 118 2 196 62 326 66v64H0z" fill="url(#hills-near)" />
      <g fill="#f6f3ec">
        <path d="M504 414h64l-12 14h-40z" />
        <path d="M534 372v38h-22c10-8 18-22 22-38z" />
        <path d="M540 380c8 8 12 20 12 30h-12z" opacity=".8" />
      </g>
      <path d="M470 440h130M440 428h44M592 430h52" stroke="#f6f3ec" strokeWidth="3" strokeLinecap="round" opacity=".45" fill="none" />
      <g fill="none" stroke="#17302f" strokeWidth="4" strokeLinecap="round" opacity=".55">
        <path d="M636 92c8-8 16-8 20 0 6-8 14-8 20-2" />
        <path d="M690 62c6-6 12-6 16 0 4-6 12-6 16-2" />
        <path d="M594 60c6-6 12-6 14 0 6-6 10-6 14-2" />
      </g>
    </svg>
  );
}
