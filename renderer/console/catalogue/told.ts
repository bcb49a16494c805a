import type { Result } from '../../../domain/result.ts';
import type { CallFailure } from '../hall.ts';

/** What the hall told, where both the call and what it is about may fail. */
export async function told<Value, Failure extends { kind: string }>(asked: Promise<Result<Result<Value, Failure>, CallFailure>>): Promise<Result<Value, Failure | CallFailure>> {
  const answer = await asked;
  return answer.ok ? answer.value : answer;
}
