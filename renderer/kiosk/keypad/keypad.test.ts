import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../ui/keyboard/pinyin.ts';
import { type Around, candidatesOf, isPadKey, type PadEffect, type PadKey, type PadState, padStep, WALKING } from './keypad.ts';

const DICTIONARY: Record<string, Candidate[]> = {
  54: ['里', '李', '力'].map((text) => ({ text, uses: 2 })),
  837: [{ text: '测', uses: 3 }],
  54837: [{ text: '李', uses: 2 }],
};
const around = (change: Partial<Around> = {}): Around => ({ field: null, empty: true, chinese: true, candidates: (way, code) => candidatesOf(way, code, (digits) => DICTIONARY[digits] ?? []), ...change });
const KEYS = [...'0123456789*#'].filter(isPadKey);

/** Presses keys one after another in a field whose text is kept, as a screen would. */
function pressed(keys: string, field: Around['field'], before = ''): { state: PadState; text: string; effects: PadEffect[] } {
  let state: PadState = WALKING;
  let text = before;
  const all: PadEffect[] = [];
  for (const key of keys) {
    if (!isPadKey(key)) throw new Error(`no key ${key}`);
    const step = padStep(state, key, false, around({ field, empty: text === '' }));
    ({ state } = step);
    for (const effect of step.effects) {
      all.push(effect);
      if (effect.do === 'type') text += effect.text;
      if (effect.do === 'erase') text = [...text].slice(0, -1).join('');
    }
  }
  return { state, text, effects: all };
}

describe('walking over the screen', () => {
  test.each<[PadKey, PadEffect]>([
    ['8', { do: 'move', by: 1 }], ['2', { do: 'move', by: -1 }], ['5', { do: 'press' }], ['6', { do: 'main' }], ['4', { do: 'back' }], ['0', { do: 'read' }],
    ['1', { do: 'where' }], ['3', { do: 'help' }], ['7', { do: 'pace', by: -1 }], ['9', { do: 'pace', by: 1 }], ['*', { do: 'leave' }], ['#', { do: 'louder' }],
  ])('%s', (key, effect) => {
    expect(padStep(WALKING, key, false, around())).toEqual({ state: WALKING, effects: [effect] });
    expect(padStep(WALKING, key, true, around()).effects).toEqual([]);
  });
});

describe('typing', () => {
  test('a telephone number is typed as it is, after 5 and until #', () => {
    expect(pressed('513800001234#', 'phone')).toMatchObject({ state: WALKING, text: '13800001234' });
    expect(pressed('5138**3', 'phone').text).toBe('13');
    expect(pressed('5*', 'phone')).toMatchObject({ state: WALKING, effects: [{ do: 'begin' }, { do: 'abandon' }] });
  });

  test('a held 0 is the sign that the pad lacks', () => {
    const typing: PadState = { mode: 'type', way: 'digits', code: '' };
    expect(padStep(typing, '0', true, around({ field: 'citizen-id', empty: false })).effects).toEqual([{ do: 'instead', text: 'X' }]);
    expect(padStep(typing, '0', true, around({ field: 'digits', empty: false })).effects).toEqual([]);
  });

  test('a name is typed by the keys of its pinyin, one character after another', () => {
    const { state, text, effects } = pressed('554#885837#5#', 'text');
    expect({ state, text }).toEqual({ state: WALKING, text: '力测' });
    expect(effects.flatMap((effect) => (effect.do === 'offer' ? [effect.candidate.text] : []))).toEqual(['里', '李', '力', '测']);
  });

  test('what a candidate leaves over is offered next; * goes back to the keys', () => {
    expect(pressed('554837#5', 'text').effects.slice(-2)).toEqual([{ do: 'type', text: '李' }, { do: 'offer', candidate: { text: '测', uses: 3 }, at: 1, of: 2 }]);
    expect(pressed('554#*', 'text').state).toEqual({ mode: 'type', way: 'text', code: '54' });
  });

  test('figures within a text, and a code that no Chinese begins with', () => {
    expect(pressed('512#5', 'text').text).toBe('12');
    expect(pressed('57777#', 'text').effects.at(-1)).toMatchObject({ do: 'offer', candidate: { text: '7777' } });
  });

  test('a code of letters and figures is chosen key by key', () => {
    expect(pressed('59#55#85#', 'credit-code').text).toBe('9J');
  });

  test('a field that is gone ends the typing', () => {
    expect(padStep({ mode: 'choose', way: 'text', code: '54', at: 3 }, '8', false, around())).toEqual({ state: WALKING, effects: [{ do: 'move', by: 1 }] });
  });
});

test('whatever is pressed, there is always a way out: at most as many * and # as there is text and code', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...KEYS), { maxLength: 25 }), fc.constantFrom<Around['field']>('text', 'phone', 'citizen-id', 'credit-code', 'digits'), (keys, field) => {
      const suggest = () => [{ text: '李', uses: 1 }, { text: '里', uses: 1 }];
      let state: PadState = WALKING;
      let length = 0;
      const press = (key: PadKey) => {
        const step = padStep(state, key, false, around({ field, empty: length === 0, candidates: (way, code) => candidatesOf(way, code, suggest) }));
        ({ state } = step);
        for (const effect of step.effects) length += effect.do === 'type' ? effect.text.length : effect.do === 'erase' ? -1 : 0;
        if (state.mode === 'choose') expect(candidatesOf(state.way, state.code, suggest)[state.at]).toBeDefined();
        expect(length).toBeGreaterThanOrEqual(0);
      };
      keys.forEach(press);
      for (let presses = 0; presses < 60 && state.mode !== 'walk'; presses += 1) press('*');
      expect(state).toEqual(WALKING);
    }),
  );
});
