import { canonicalJson } from '../../domain/action/canonical.ts';
import type { ActionSigner } from '../../domain/action/types.ts';
import type { Finding } from './types.ts';

/** What a buyer can demand and keep. `signature`: Ed25519 by the machine's key over SHA-256 of the canonical JSON of everything else (RFC 8785). */
export type AcceptanceReport = {
  kind: 'jinban-acceptance-1';
  device: string;
  /** Where it is and how it speaks, as `terminal.yaml` says. */
  settings: unknown;
  machine: string;
  program: string;
  at: string;
  passed: boolean;
  findings: readonly Finding[];
  signature: string;
};

export function signReport(report: Omit<AcceptanceReport, 'signature' | 'passed' | 'kind'>, signer: ActionSigner): AcceptanceReport {
  const unsigned = { kind: 'jinban-acceptance-1' as const, passed: report.findings.length > 0 && report.findings.every(({ result }) => result !== 'failed'), ...report };
  return { ...unsigned, signature: signer.sign(signer.sha256(canonicalJson(unsigned))) };
}

/** For the person at the device. */
export function reportText({ device, machine, at, findings, passed }: AcceptanceReport): string {
  const lines = findings.map(({ check, result, seen, seconds }) => `${result.padEnd(8)} ${check}: ${seen} (${seconds} s)`);
  const counted = (result: Finding['result']) => findings.filter((finding) => finding.result === result).length;
  return [`${device} at ${machine}, ${at}`, ...lines, `${passed ? 'ACCEPTED' : 'NOT ACCEPTED'}: ${counted('passed')} passed, ${counted('failed')} failed, ${counted('skipped')} skipped`, ''].join('\n');
}
