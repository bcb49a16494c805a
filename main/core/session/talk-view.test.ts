import { describe, expect, test } from 'vitest';
import type { MessageWord } from '../../../domain/contracts/letters.ts';
import type { KeptMessage } from '../../../sync/terminal-store/types.ts';
import { messageView } from './talk-view.ts';

const word = (change: Partial<MessageWord> = {}): MessageWord => ({ message: '01J5MESS0000000000000000A1', number: 'ZX3306242026000001', due: '2026-12-07', stage: 'replied', reply: '可以', rating: null, reopened: false, at: '2026-11-23T01:30:00.000Z', ...change });
const message = (change: Partial<KeptMessage> = {}, said: KeptMessage['facts']['said'] = { rated: null, reopened: false }): KeptMessage => ({
  id: '01J5MESS0000000000000000A1', at: '2026-11-23T01:00:00.000Z', facts: { reference: '留330624-0001-0000A1', of: 'consult', about: '', anonymous: false, spoken: null, said }, waiting: false, refused: null, word: word(), ...change,
});
const view = (kept: KeptMessage) => messageView(kept, null);

describe('a message on the screen', () => {
  test.each([
    ['before the hall has it', message({ waiting: true, word: null }), { travel: 'waiting', number: null, due: null, canRate: false, canReopen: false }],
    ['taken, and nothing told of it yet', message({ word: null }), { travel: 'received', number: null }],
    ['told of although the answer was lost', message({ waiting: true }), { travel: 'received', number: 'ZX3306242026000001' }],
    ['refused', message({ refused: 'unreadable', word: null }), { travel: 'refused' }],
    ['answered', message(), { canRate: true, canReopen: true, reply: '可以' }],
    ['not taken up', message({ word: word({ stage: 'declined' }) }), { canRate: true, canReopen: true }],
    ['rated here, and the hall does not know yet', message({}, { rated: 2, reopened: false }), { canRate: false, canReopen: true, rating: 2 }],
    ['rated at the hall', message({ word: word({ stage: 'rated', rating: 4 }) }), { canRate: false, canReopen: true, rating: 4 }],
    ['brought back here, and the hall does not know yet', message({}, { rated: 2, reopened: true }), { canRate: false, canReopen: false, reopened: true }],
    ['answered a second time', message({ word: word({ reopened: true }) }, { rated: 2, reopened: true }), { canRate: true, canReopen: false, rating: null }],
    ['closed', message({ word: word({ stage: 'closed' }) }), { canRate: false, canReopen: true }],
    ['in work', message({ word: word({ stage: 'assigned', reply: null }) }), { canRate: false, canReopen: false }],
  ])('%s', (_when, kept, expected) => {
    expect(view(kept)).toMatchObject(expected);
  });
});
