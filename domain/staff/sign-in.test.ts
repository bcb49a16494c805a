import { expect, test } from 'vitest';
import { Role } from '../contracts/staff.ts';
import { NEEDS_SECOND_FACTOR, nextStep, type SignInNeeds } from './sign-in.ts';

test('nobody is in without the code of a second factor they have, nor with a password that others know', () => {
  for (const role of Role.options) for (const secondFactor of [true, false]) for (const oneTime of [true, false]) for (const codeGiven of [true, false]) for (const demanded of [true, false]) {
    const step = nextStep({ role, secondFactor, oneTime }, codeGiven, demanded);
    const lacks = oneTime || (secondFactor && !codeGiven) || (demanded && NEEDS_SECOND_FACTOR[role] && !secondFactor);
    expect(step === 'whole', JSON.stringify({ role, secondFactor, oneTime, codeGiven, demanded })).toBe(!lacks);
  }
});

test('the steps come in their order, and end', () => {
  const fresh: SignInNeeds = { role: 'administrator', secondFactor: false, oneTime: true };
  expect(nextStep(fresh, false, true)).toBe('password');
  expect(nextStep({ ...fresh, oneTime: false }, false, true)).toBe('enrol');
  expect(nextStep({ ...fresh, oneTime: false, secondFactor: true }, false, true)).toBe('code');
  expect(nextStep({ ...fresh, oneTime: false, secondFactor: true }, true, true)).toBe('whole');
  expect(nextStep({ ...fresh, oneTime: false }, false, false)).toBe('whole');
  expect(nextStep({ role: 'clerk', secondFactor: false, oneTime: false }, false, true)).toBe('whole');
});
