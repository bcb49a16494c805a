import { expect, test } from 'vitest';
import { piecesOf } from './phrase.tsx';

test('a line may end between words, never before what closes one or behind what opens one', () => {
  expect(piecesOf('取水计量设施照片').join('|')).toBe('取水|计量|设施|照片');
  expect(piecesOf('请核对，然后签名')[0]).toBe('请');
  for (const piece of ['拍：取水口位置图和现场照片', '取水许可（新办，小型取水）・第 2 部分，共 4 部分', '“证件”放好了吗？'].flatMap(piecesOf)) {
    expect(piece).not.toMatch(/^[，：）”？]/u);
    expect(piece).not.toMatch(/[（“]$/u);
  }
});

test('nothing of the text is lost, whatever it is', () => {
  for (const text of ['欧阳漹㛃𬭛 · 买买提吐尔逊·阿卜杜热合曼', 'A-1 号窗口', '', '　']) expect(piecesOf(text).join('')).toBe(text);
});
