import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { TicketIssue } from '../domain/queue/types.ts';
import { queueHolder } from './queue-holder.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const NUMBER = '33062419510302001X';

test('a holder is a keyed hash of the day and the number: the same on every machine of the site, another one on another day, under another key and for another number', () => {
  const own = queueHolder(KEY, '2026-11-27', NUMBER);
  expect(own).toBe(createHmac('sha256', Buffer.alloc(32, 7)).update(`2026-11-27${NUMBER}`).digest('hex'));
  expect(TicketIssue.shape.holder.parse(own)).toBe(own);
  // A card is read with a capital X, and typed with any.
  expect(queueHolder(KEY, '2026-11-27', NUMBER.toLowerCase())).toBe(own);
  expect(new Set([own, queueHolder(KEY, '2026-11-28', NUMBER), queueHolder(Buffer.alloc(32, 8).toString('base64'), '2026-11-27', NUMBER), queueHolder(KEY, '2026-11-27', '13800001234')]).size).toBe(4);
});
