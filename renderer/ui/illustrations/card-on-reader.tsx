import type { ReactNode } from 'react';
import './illustrations.css';

/** A card coming down on the reader, lying there while it is read, or not at all when there is nothing to wait for. */
export function CardOnReader({ state }: { state: 'waiting' | 'reading' | 'still' }): ReactNode {
  const reading = state === 'reading';
  return (
    <svg className={`picture${state === 'still' ? ' picture-still' : ''}`} viewBox="0 0 560 330" aria-hidden="true" focusable="false">
      <ellipse className="table" cx="280" cy="292" rx="262" ry="30" />
      <path className="ink-deep" d="M92 262l44-74h288l44 74v16a16 16 0 0 1-16 16H108a16 16 0 0 1-16-16z" />
      <path className="ink" d="M136 188h288l44 74H92z" />
      <path d="M158 200h244l26 48H132z" fill="none" stroke="#fff" strokeOpacity=".35" strokeWidth="3" strokeDasharray="9 9" />
      <g className="picture-waves">
        <path className="stroke" d="M216 150c36-26 92-26 128 0M240 172c24-16 56-16 80 0" stroke="var(--accent)" />
      </g>
      <g {...(state === 'waiting' ? { className: 'picture-card' } : {})}>
        <path className="sheet" d="M190 146h206a10 10 0 0 1 10 8l14 74a10 10 0 0 1-10 12H166a10 10 0 0 1-10-12l24-74a10 10 0 0 1 10-8z" />
        <path className="writing-ink" d="M204 172h74M200 190h92M194 210h66" />
        <path className="wash" d="M322 162h50l8 50h-54z" />
        <circle className="ink" cx="349" cy="180" r="10" />
        <path className="ink" d="M331 208c2-16 10-20 19-20s19 4 23 20z" />
        <circle className="seal" cx="292" cy="170" r="8" />
      </g>
      <circle cx="280" cy="276" r="5" fill={reading ? '#ffb49f' : '#9fd3c4'} />
    </svg>
  );
}
