import { describe, expect, test } from 'vitest';
import { drawnPage, fillFront, type Front, frontAsPart, MARKS, readFront } from './front.ts';

const FRONT: Front = { site: '沃洲镇便民服务中心', hall: '新昌县政务服务中心', machine: 'T330624-0007', phone: '0575-86000000', complaintPhone: '0575-86000001', tickets: true };

describe('the address of a first load', () => {
  test('says what stands on the machine', () => expect(readFront(frontAsPart(FRONT))).toEqual(FRONT));

  test.each(['', '?front=', '?front=nonsense', frontAsPart({ ...FRONT, site: 7 as unknown as string }), '?front=null', frontAsPart({ ...FRONT, tickets: undefined as unknown as boolean })])('says nothing of the machine: %s', (search) => expect(readFront(search)).toBeNull());
});

describe('a drawn screen', () => {
  test('is of a machine with numbers of a queue, or of one without', () => expect(drawnPage({ tickets: true })).not.toBe(drawnPage({ tickets: false })));

  test('gets the words of its machine, wherever they stand', () => {
    expect(fillFront(`<b>${MARKS.hall}</b><i>${MARKS.site}</i><u>${MARKS.clock}</u><b>${MARKS.hall}</b>`, FRONT, '09:32')).toBe('<b>新昌县政务服务中心</b><i>沃洲镇便民服务中心</i><u>09:32</u><b>新昌县政务服务中心</b>');
  });

  test('words are words, whatever signs they have, and no marks', () => {
    expect(fillFront(`<b title="${MARKS.site}">${MARKS.phone}</b>`, { ...FRONT, site: '"><script>a & b\'', phone: MARKS.machine }, '')).toBe('<b title="&quot;&gt;&lt;script&gt;a &amp; b&#39;">{front.machine}</b>');
  });

  test('other braces stay', () => expect(fillFront('{front.toString} {site} {front.}', FRONT, '')).toBe('{front.toString} {site} {front.}'));
});
