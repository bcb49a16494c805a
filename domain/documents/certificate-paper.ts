import type { Certificate } from '../action/payload.ts';
import type { Action } from '../action/types.ts';
import type { PaperDocument } from './types.ts';

/** `finished`: the hall's signed action that issued the certificate; its hash and signature make the print checkable without a line. */
export function certificatePaper(certificate: Certificate, finished: Action): PaperDocument {
  return { kind: 'certificate', certificate, check: ['JBC1', certificate.licence, finished.machine, finished.hash, finished.signature].join('|') };
}
