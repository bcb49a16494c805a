import partsAddress from './data/parts.txt?url';
import wordsAddress from './data/words.txt?url';
import { once } from './once.ts';
import { type PartsIndex, readPartsIndex } from './parts.ts';
import { type PinyinDictionary, readPinyinDictionary } from './pinyin.ts';

async function text(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`keyboard data: status ${answer.status}`);
  return answer.text();
}

/** Belongs to the program, not to the network: it fails only where the program's own files are damaged. */
export const loadPinyinDictionary: () => Promise<PinyinDictionary> = once(async () => readPinyinDictionary(await text(wordsAddress)));
export const loadPartsIndex: () => Promise<PartsIndex> = once(async () => readPartsIndex(await text(partsAddress)));
