import { describe, expect, test } from 'vitest';
import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { belongingsOf } from './belongings.tsx';

const nothing: Pick<SessionView, 'person' | 'materials' | 'prints'> = { person: null, materials: [{ key: 'household', pages: [] }], prints: [] };
const words = (view: Partial<typeof nothing>) => belongingsOf({ ...nothing, ...view }).map((each) => each.words);

describe('what somebody may leave behind', () => {
  test('is nothing for who only looked', () => {
    expect(words({})).toEqual([]);
  });
  test('is the card that was read, the papers that were photographed, the papers that were printed', () => {
    expect(words({ person: { name: '李*兰', number: '3306**********0018', card: 'resident-2' } as SessionView['person'] })).toEqual(['goodbye.card']);
    expect(words({ materials: [{ key: 'household', pages: [{ id: '01JBNB4Y6Z8Q0W2E4R6T8Y0V2A', width: 1, height: 1 }] }] as SessionView['materials'] })).toEqual(['goodbye.originals']);
    expect(words({ prints: [{}] as SessionView['prints'] })).toEqual(['goodbye.papers']);
  });
});
