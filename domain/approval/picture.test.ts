import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jointItem } from '../../test/fixtures/joint-item.ts';
import { packItem } from '../../test/fixtures/pack-item.ts';
import { flowOf } from './process.ts';
import { drawProcess, drawProcessDown, type PictureNode, type PictureSize } from './picture.ts';

const SIZE: PictureSize = { step: { width: 92, height: 54 }, end: 44, lane: 12, across: 26, down: 14 };

/** Processes without a circle: each step may wait for those before it. */
const processes = fc.array(fc.array(fc.nat({ max: 11 }), { maxLength: 4 }), { maxLength: 12 }).map((steps) => steps.map((before, index) => ({ key: `s${index}`, after: before.filter((one) => one < index).map((one) => `s${one}`) })));

const apart = (one: PictureNode, other: PictureNode) => one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y;

test('no step lies on another, every line goes from left to right and through no step', () => {
  fc.assert(fc.property(processes, (tasks) => {
    const { nodes, lines, width, height } = drawProcess(tasks, SIZE);
    expect(nodes.map(({ key }) => key).filter((key) => key.startsWith('s')).toSorted()).toEqual(tasks.map(({ key }) => key).toSorted());
    for (const [index, node] of nodes.entries()) {
      for (const other of nodes.slice(index + 1)) expect(apart(node, other), `${node.key} ${other.key}`).toBe(true);
      expect(node.x >= 0 && node.y >= 0 && node.x + node.width <= width && node.y + node.height <= height).toBe(true);
    }
    for (const { from, to, points } of lines) {
      points.slice(1).forEach((point, index) => {
        const before = points[index] ?? point;
        expect(point.x).toBeGreaterThan(before.x);
        for (const node of nodes.filter(({ key }) => key !== from && key !== to)) {
          // Straight between two points: it meets a box only where its span overlaps the box's.
          const overlaps = before.x < node.x + node.width && point.x > node.x;
          const at = (x: number) => before.y + ((point.y - before.y) * (x - before.x)) / (point.x - before.x);
          const [left, right] = [at(Math.max(before.x, node.x)), at(Math.min(point.x, node.x + node.width))];
          if (overlaps) expect(Math.max(left, right) <= node.y || Math.min(left, right) >= node.y + node.height, `${from} ${to} ${node.key}`).toBe(true);
        }
      });
    }
  }));
});

test('every wait is a line, acceptance begins and the end ends', () => {
  const { lines, nodes } = drawProcess([{ key: 'site', after: [] }, { key: 'land', after: [] }, { key: 'approve', after: ['site', 'land'] }], SIZE);
  const [start, end] = [nodes.find(({ kind }) => kind === 'start')?.key, nodes.find(({ kind }) => kind === 'end')?.key];
  expect(lines.map(({ from, to }) => [from, to])).toEqual([[start, 'site'], [start, 'land'], ['site', 'approve'], ['land', 'approve'], ['approve', end]]);
  expect(drawProcess([], SIZE).lines).toHaveLength(1);
});

test('down the page: the same picture on its side, with steps as wide and high as asked', () => {
  fc.assert(fc.property(processes, (tasks) => {
    const across = drawProcess(tasks, { ...SIZE, step: { width: SIZE.step.height, height: SIZE.step.width } });
    const { width, height, nodes, lines } = drawProcessDown(tasks, SIZE);
    expect([width, height]).toEqual([across.height, across.width]);
    for (const { kind, ...node } of nodes) expect([node.width, node.height]).toEqual([SIZE.step.width, kind === 'step' ? SIZE.step.height : SIZE.end]);
    for (const { points } of lines) points.slice(1).forEach((point, index) => expect(point.y).toBeGreaterThan(points[index]?.y ?? point.y));
  }));
});

test('the whole way of an item: what merely happens stands in a row, work of departments as its definition says', () => {
  const edges = (steps: ReturnType<typeof flowOf>) => steps.map(({ key, after }) => `${after.join('+')}>${key}`);
  expect(edges(flowOf(packItem('business-registration')))).toEqual(['>hand-in', 'hand-in>accept', 'accept>review', 'review>decide', 'decide>deliver']);
  expect(edges(flowOf(jointItem()))).toEqual(['>hand-in', 'hand-in>site', 'hand-in>land', 'hand-in>ecology', 'site+land+ecology>approve']);
  const joint = jointItem();
  expect(edges(flowOf({ steps: [...joint.steps, { key: 'deliver', name: '送达', who: '综合窗口', days: 0, note: '' }] })).at(-1)).toBe('approve>deliver');
});
