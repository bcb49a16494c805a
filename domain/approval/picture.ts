import type { Task } from './process.ts';

/**
 * Where everything of a process's picture stands, in the picture's own units. Steps stand in layers from left to right, each as far right as the longest way to it, between
 * acceptance and the end. A line that passes a layer by has a lane of its own there, so that no line runs through a step.
 */
export type Picture = { width: number; height: number; nodes: readonly PictureNode[]; lines: readonly PictureLine[] };
/** `start`: 受理. `end`: 办结. `step`: the task of that key. */
export type PictureNode = { kind: 'start' | 'end' | 'step'; key: string; x: number; y: number; width: number; height: number };
/** From a step's right side to another's left side; x only grows along it. */
export type PictureLine = { from: string; to: string; points: readonly { x: number; y: number }[] };
/** @property step width and height of a step; `end`: width of the two ends; `lane`: height of a lane; `across` and `down`: the room between */
export type PictureSize = { step: { width: number; height: number }; end: number; lane: number; across: number; down: number };

const START = '';
const END = '\u0000';

/** Something that takes room in a layer: a node, or the lane of a line. */
type Slot = { key: string; height: number; lane: boolean };

export function drawProcess(tasks: readonly Pick<Task, 'key' | 'after'>[], size: PictureSize): Picture {
  const edges = edgesOf(tasks);
  const layers = layersOf(tasks);
  const last = Math.max(0, ...layers.values()) + 1;
  const layerOf = (key: string) => (key === START ? 0 : key === END ? last : layers.get(key) ?? 1);
  const columns: Slot[][] = Array.from({ length: last + 1 }, () => []);
  for (const key of [START, ...tasks.map((task) => task.key), END]) columns[layerOf(key)]?.push({ key, height: size.step.height, lane: false });
  const ways = edges.map(({ from, to }) => {
    const lanes = Array.from({ length: Math.max(layerOf(to) - layerOf(from) - 1, 0) }, (_, index) => `${from}>${to}#${index}`);
    lanes.forEach((key, index) => columns[layerOf(from) + 1 + index]?.push({ key, height: size.lane, lane: true }));
    return { from, to, way: [from, ...lanes, to] };
  });
  const placed = place(columns, ways.map(({ way }) => way), size);
  const height = Math.max(...columns.map((column) => heightOf(column, size)));
  const box = (key: string) => placed.get(key) ?? { x: 0, y: 0, width: 0, height: 0, lane: false };
  return {
    height,
    width: Math.max(...[...placed.values()].map(({ x, width }) => x + width)),
    nodes: [...placed].flatMap(([key, { lane, ...at }]): PictureNode[] => (lane ? [] : [{ kind: key === START ? 'start' : key === END ? 'end' : 'step', key, ...at }])),
    lines: ways.map(({ from, to, way }) => ({
      from, to,
      points: way.flatMap((key, index) => {
        const { x, y, width, height: tall } = box(key);
        const middle = y + tall / 2;
        return [...(index > 0 ? [{ x, y: middle }] : []), ...(index < way.length - 1 ? [{ x: x + width, y: middle }] : [])];
      }),
    })),
  };
}

/**
 * The same picture from top to bottom, for a page or an upright screen: what was beside each other stands beneath each other, and y only grows along a line.
 * @param size as it is to be seen; `end` is the height of the two ends, which are as wide as a step
 */
export function drawProcessDown(tasks: readonly Pick<Task, 'key' | 'after'>[], size: PictureSize): Picture {
  const { width, height, nodes, lines } = drawProcess(tasks, { ...size, step: { width: size.step.height, height: size.step.width } });
  return {
    width: height, height: width,
    nodes: nodes.map((node) => ({ ...node, x: node.y, y: node.x, width: node.height, height: node.width })),
    lines: lines.map((line) => ({ ...line, points: line.points.map(({ x, y }) => ({ x: y, y: x })) })),
  };
}

/** Every step that waits for none follows acceptance; whatever nothing waits for leads to the end. */
function edgesOf(tasks: readonly Pick<Task, 'key' | 'after'>[]): { from: string; to: string }[] {
  if (tasks.length === 0) return [{ from: START, to: END }];
  const known = new Set(tasks.map(({ key }) => key));
  return [
    ...tasks.flatMap(({ key, after }) => {
      const before = [...new Set(after)].filter((one) => known.has(one));
      return (before.length === 0 ? [START] : before).map((from) => ({ from, to: key }));
    }),
    ...tasks.filter(({ key }) => !tasks.some(({ after }) => after.includes(key))).map(({ key }) => ({ from: key, to: END })),
  ];
}

/** The longest way to each step, in steps. The process has no cycle. */
function layersOf(tasks: readonly Pick<Task, 'key' | 'after'>[]): Map<string, number> {
  const layers = new Map<string, number>();
  const layerOf = (task: Pick<Task, 'key' | 'after'>): number => {
    const known = layers.get(task.key);
    if (known !== undefined) return known;
    const layer = 1 + Math.max(0, ...tasks.filter(({ key }) => task.after.includes(key)).map(layerOf));
    layers.set(task.key, layer);
    return layer;
  };
  tasks.forEach(layerOf);
  return layers;
}

function heightOf(column: readonly Slot[], { down }: PictureSize): number {
  return column.reduce((sum, { height }) => sum + height + down, -down);
}

/** Each layer in the order of where its lines come from, in the middle of the picture's height. */
function place(columns: readonly Slot[][], ways: readonly (readonly string[])[], size: PictureSize): Map<string, { x: number; y: number; width: number; height: number; lane: boolean }> {
  const tallest = Math.max(...columns.map((column) => heightOf(column, size)));
  const placed = new Map<string, { x: number; y: number; width: number; height: number; lane: boolean }>();
  const before = (key: string) => ways.flatMap((way) => {
    const at = way.indexOf(key);
    const from = at > 0 ? placed.get(way[at - 1] ?? '') : undefined;
    return from === undefined ? [] : [from.y + from.height / 2];
  });
  let x = 0;
  columns.forEach((column, layer) => {
    const width = layer === 0 || layer === columns.length - 1 ? size.end : size.step.width;
    const ordered = column.map((slot) => ({ slot, from: before(slot.key) })).map(({ slot, from }) => ({ slot, at: from.length === 0 ? 0 : from.reduce((sum, one) => sum + one, 0) / from.length })).toSorted((left, right) => left.at - right.at);
    let y = (tallest - heightOf(column, size)) / 2;
    for (const { slot } of ordered) {
      placed.set(slot.key, { x, y, width, height: slot.height, lane: slot.lane });
      y += slot.height + size.down;
    }
    x += width + size.across;
  });
  return placed;
}
