/**
 * Certificate ornament of our own making: woven line bands, corner and ground rosettes, and the demonstration seal.
 * Every curve is computed; no state emblem, flag or coat of arms is drawn or imitated.
 */
import type { Colour, Command } from './commands.ts';
import { circle, fixed, rectangle } from './commands.ts';
import type { Typesetter } from './typesetter.ts';

/** Depth of the woven band in points. */
export const BAND = 20;
/** Wished length of one weave period; the real one divides each side evenly. */
const PERIOD = 26;
const WAVES = 6;

/** A mixture of a colour with white. `share` 1 is the colour itself. */
export function tint(colour: Colour, share: number): Colour {
  const mixed = [1, 3, 5].map((at) => Math.round(255 - (255 - Number.parseInt(colour.slice(at, at + 2), 16)) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The frame: a woven band between rules, with a rosette in each corner. (x, y, width, height) is its outer edge. */
export function frame(x: number, y: number, width: number, height: number, colour: Colour): Command[] {
  const right = x + width;
  const bottom = y + height;
  const inner = 5;
  return [
    { kind: 'path', path: rectangle(x, y, width, height), stroke: colour, line: 1.6 },
    { kind: 'path', path: rectangle(x + 3, y + 3, width - 6, height - 6), stroke: colour, line: 0.4 },
    { kind: 'path', path: rectangle(x + BAND + inner * 2 - 3, y + BAND + inner * 2 - 3, width - 2 * (BAND + inner * 2 - 3), height - 2 * (BAND + inner * 2 - 3)), stroke: colour, line: 0.4 },
    { kind: 'path', path: rectangle(x + BAND + inner * 2, y + BAND + inner * 2, width - 2 * (BAND + inner * 2), height - 2 * (BAND + inner * 2)), stroke: colour, line: 1 },
    ...band(x + inner, y + inner, width - 2 * inner, 'across', colour),
    ...band(x + inner, bottom - inner - BAND, width - 2 * inner, 'across', colour),
    ...band(x + inner, y + inner, height - 2 * inner, 'down', colour),
    ...band(right - inner - BAND, y + inner, height - 2 * inner, 'down', colour),
    ...[
      [x + inner, y + inner],
      [right - inner - BAND, y + inner],
      [x + inner, bottom - inner - BAND],
      [right - inner - BAND, bottom - inner - BAND],
    ].flatMap(([left, top]) => corner(left as number, top as number, colour)),
  ];
}

/** A band without its two corner squares. */
function band(x: number, y: number, length: number, direction: 'across' | 'down', colour: Colour): Command[] {
  const free = length - 2 * BAND;
  const count = Math.round(free / PERIOD);
  const period = free / count;
  const at = Array.from({ length: count }, (_, index) => {
    const along = BAND + index * period;
    return direction === 'across' ? { x: x + along, y, angle: 0 } : { x: x + BAND, y: y + along, angle: 90 };
  });
  return [{ kind: 'tiles', path: weave(period), stroke: colour, line: 0.35, bounds: [-1, 0, period + 1, BAND], at }];
}

/** One period of the weave: waves of one length, shifted against each other, under a swelling envelope. */
function weave(period: number): string {
  let path = '';
  for (let wave = 0; wave < WAVES; wave += 1) {
    const shift = (2 * Math.PI * wave) / WAVES;
    path += curve((t) => BAND / 2 + (BAND / 2 - 1) * (0.62 + 0.38 * Math.cos(2 * Math.PI * t)) * Math.sin(2 * Math.PI * t + shift), period);
  }
  return path;
}

/** A function over one period as cubic Béziers through eight points, with the slopes of the function (Hermite form). */
function curve(height: (t: number) => number, period: number): string {
  const steps = 8;
  const slope = (t: number) => (height(t + 1e-4) - height(t - 1e-4)) / 2e-4;
  let path = `M0 ${fixed(height(0))}`;
  for (let step = 0; step < steps; step += 1) {
    const [from, to] = [step / steps, (step + 1) / steps];
    const third = (to - from) / 3;
    const points = [
      [from + third, height(from) + slope(from) * third],
      [to - third, height(to) - slope(to) * third],
      [to, height(to)],
    ];
    path += `C${points.map(([t, y]) => `${fixed((t as number) * period)} ${fixed(y as number)}`).join(' ')}`;
  }
  return path;
}

function corner(x: number, y: number, colour: Colour): Command[] {
  const centre = BAND / 2;
  return [
    { kind: 'path', path: rectangle(x + 0.5, y + 0.5, BAND - 1, BAND - 1), stroke: colour, line: 0.5 },
    ...rosette(x + centre, y + centre, centre - 2, 16, colour, 0.35),
    { kind: 'path', path: circle(x + centre, y + centre, 1.6), fill: colour },
  ];
}

/** Loops turned about one centre. */
export function rosette(x: number, y: number, radius: number, loops: number, colour: Colour, width: number): Command[] {
  const wide = radius * 0.42;
  const near = radius * 0.12;
  const path =
    `M${fixed(near)} 0C${fixed(near)} ${fixed(wide)} ${fixed(radius)} ${fixed(wide)} ${fixed(radius)} 0` +
    `C${fixed(radius)} ${fixed(-wide)} ${fixed(near)} ${fixed(-wide)} ${fixed(near)} 0z`;
  const at = Array.from({ length: loops }, (_, index) => ({ x, y, angle: (360 / loops) * index }));
  return [{ kind: 'tiles', path, stroke: colour, line: width, bounds: [0, -wide, radius, wide], at }];
}

/** The pale ground behind the text: three nested rosettes. */
export function ground(x: number, y: number, radius: number, colour: Colour): Command[] {
  return [
    ...rosette(x, y, radius, 48, tint(colour, 0.13), 0.4),
    ...rosette(x, y, radius * 0.66, 36, tint(colour, 0.15), 0.4),
    ...rosette(x, y, radius * 0.34, 24, tint(colour, 0.17), 0.4),
  ];
}

/** A thin rule with a lozenge in the middle. */
export function flourish(x: number, y: number, width: number, colour: Colour): Command[] {
  const half = width / 2;
  const gap = 9;
  return [
    { kind: 'path', path: `M${fixed(x - half)} ${fixed(y)}H${fixed(x - gap)}M${fixed(x + gap)} ${fixed(y)}H${fixed(x + half)}`, stroke: colour, line: 0.7 },
    { kind: 'path', path: `M${fixed(x - 4)} ${fixed(y)}L${fixed(x)} ${fixed(y - 4)}L${fixed(x + 4)} ${fixed(y)}L${fixed(x)} ${fixed(y + 4)}z`, fill: colour },
  ];
}

const SEAL_RED = '#C8102E';

/**
 * The seal of a demonstration: a double ring, the issuer's name along it, 样章 in the middle. It says what it is, so nobody can
 * take it for a real seal; a real one is handed to the layout as a picture (`sealImage`).
 * @param radius outer radius in points; real department seals are 42 mm across (国发〔1999〕25号), ours stays smaller
 */
export function demonstrationSeal(set: Typesetter, issuer: string, x: number, y: number, radius: number): Command[] {
  const commands: Command[] = [
    { kind: 'path', path: circle(x, y, radius), stroke: SEAL_RED, line: 2 },
    { kind: 'path', path: circle(x, y, radius - 3.6), stroke: SEAL_RED, line: 0.5 },
  ];
  const characters = [...issuer];
  // A short name takes its natural width, a long one fills the ring up to 300 degrees and gets smaller.
  const size = Math.max(4.2, Math.min(9.6, (radius * 4.4) / Math.max(1, characters.length)));
  const track = radius - 3.6 - size * 1.1;
  const step = Math.min((size * 1.32) / track, (300 / 180) * Math.PI / Math.max(1, characters.length));
  characters.forEach((character, index) => {
    const turn = (index - (characters.length - 1) / 2) * step;
    for (const run of set.line(character, { face: 'serif-medium', size, colour: SEAL_RED }).runs) {
      const half = (run.width * size) / 2;
      commands.push({
        kind: 'text',
        x: x + track * Math.sin(turn) - half * Math.cos(turn),
        y: y - track * Math.cos(turn) - half * Math.sin(turn),
        text: run.text,
        font: run.font,
        size,
        width: run.width * size,
        colour: SEAL_RED,
        spacing: 0,
        angle: (turn * 180) / Math.PI,
      });
    }
  });
  set.write(commands, '样章', { face: 'serif-medium', size: radius * 0.42, colour: SEAL_RED, spacing: 2 }, x, y + radius * 0.2, 'centre');
  set.write(commands, '仅供演示', { face: 'serif-medium', size: radius * 0.15, colour: SEAL_RED, spacing: 1 }, x, y + radius * 0.52, 'centre');
  return commands;
}
