/** One method for each thing we ask the printer. Answers are facts; what follows from them is decided in `service.ts` and `follow.ts`. */
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Attribute, Group, Message } from './ipp/codec.ts';
import type { IppClient, IppFailure } from './ipp/client.ts';
import { cancelJob, getJobAttributes, getJobs, getPrinterAttributes, groupsOf, integer, numberOf, printJob, text, valuesOf, wordsOf } from './ipp/message.ts';
import { GROUP, jobState, printerState, STATUS } from './ipp/values.ts';
import type { JobState, PrinterState } from './ipp/values.ts';

export type PrinterReading = {
  state: PrinterState;
  reasons: string[];
  /** False when the printer says that it takes no jobs; true when it does or does not say. */
  accepting: boolean;
  /** Null when the printer does not list its formats. */
  takesPdf: boolean | null;
  /** Null when the printer does not say what is loaded. */
  hasA4: boolean | null;
  /** The trays a job may name (`media-source-supported`, PWG 5100.7); empty when it cannot name one. */
  trays: string[];
  wishes: Wishes;
};

/** Which of the wishes for a job this printer knows. */
export type Wishes = { media: boolean; sides: boolean; scaling: boolean };

export type JobReading = {
  id: number;
  name: string;
  state: JobState;
  reasons: string[];
  /** job-impressions-completed; null when the printer does not count. */
  impressions: number | null;
  /** job-k-octets: size of the document in units of 1024 octets, rounded up; null when the printer does not say. */
  size: number | null;
};

export type Driver = {
  readPrinter(signal?: AbortSignal): Promise<Result<PrinterReading, IppFailure>>;
  /** Sends the document. On failure `kind` says whether the printer may have it. @param job.tray one of `trays`; null: any */
  send(job: { name: string; pdf: Uint8Array; wishes: Wishes; tray: string | null }, signal?: AbortSignal): Promise<Result<number, IppFailure>>;
  /** Null: the printer knows no job of this id. */
  readJob(id: number, signal?: AbortSignal): Promise<Result<JobReading | null, IppFailure>>;
  /** The job of this name, running or ended, as far back as the printer remembers; null when there is none. */
  findJob(name: string, signal?: AbortSignal): Promise<Result<JobReading | null, IppFailure>>;
  /** Asks for the end of a job. A job that has ended already is no failure. */
  cancelJob(id: number, signal?: AbortSignal): Promise<Result<null, IppFailure>>;
};

const A4_MEDIA = 'iso_a4_210x297mm';
/** In hundredths of a millimetre. */
const A4_SIZE: Attribute = { name: 'media-size', values: [{ syntax: 'collection', members: [{ name: 'x-dimension', values: integer(21_000) }, { name: 'y-dimension', values: integer(29_700) }] }] };
const JOB_ATTRIBUTES = ['job-id', 'job-name', 'job-state', 'job-state-reasons', 'job-impressions-completed', 'job-k-octets'];
const PRINTER_ATTRIBUTES = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'document-format-supported',
  'media-supported',
  'media-ready',
  'media-col-supported',
  'media-source-supported',
  'sides-supported',
  'print-scaling-supported',
];
/** Jobs looked at in one list: a terminal's printer has one at a time, and a name is looked for within minutes. */
const LIST = 100;

export function openDriver(client: IppClient, milliseconds: number): Driver {
  let requests = 0;

  function ask(message: (id: number) => Message, signal: AbortSignal | undefined): Promise<Result<Message, IppFailure>> {
    requests += 1;
    return client.exchange(message(requests), { milliseconds, signal });
  }

  return {
    async readPrinter(signal) {
      const answer = await ask((id) => getPrinterAttributes(client.uri, id, PRINTER_ATTRIBUTES), signal);
      if (!answer.ok) return answer;
      const reading = printerReading(groupsOf(answer.value, GROUP.printer)[0]);
      return reading === null ? err({ kind: 'garbled' }) : ok(reading);
    },
    async send({ name, pdf, wishes, tray }, signal) {
      const answer = await ask((id) => printJob(client.uri, id, { jobName: name, template: template(wishes, tray), pdf }), signal);
      if (!answer.ok) return answer;
      const jobId = numberOf(groupsOf(answer.value, GROUP.job)[0], 'job-id');
      return jobId === null ? err({ kind: 'garbled' }) : ok(jobId);
    },
    async readJob(id, signal) {
      const answer = await ask((requestId) => getJobAttributes(client.uri, requestId, id, JOB_ATTRIBUTES), signal);
      if (!answer.ok) return isNotFound(answer.error) ? ok(null) : answer;
      const reading = jobReading(groupsOf(answer.value, GROUP.job)[0], id);
      return reading === null ? err({ kind: 'garbled' }) : ok(reading);
    },
    async findJob(name, signal) {
      for (const which of ['not-completed', 'completed'] as const) {
        const answer = await ask((id) => getJobs(client.uri, id, which, LIST, JOB_ATTRIBUTES), signal);
        if (!answer.ok) return answer;
        for (const group of groupsOf(answer.value, GROUP.job)) {
          const reading = jobReading(group, null);
          if (reading?.name === name) return ok(reading);
        }
      }
      return ok(null);
    },
    async cancelJob(id, signal) {
      const answer = await ask((requestId) => cancelJob(client.uri, requestId, id), signal);
      if (answer.ok) return ok(null);
      // RFC 8011 §4.3.3: not-possible when the job has ended, not-found when it is forgotten.
      const ended = answer.error.kind === 'refused' && answer.error.status === STATUS['client-error-not-possible'];
      return ended || isNotFound(answer.error) ? ok(null) : answer;
    },
  };
}

function isNotFound(failure: IppFailure): boolean {
  return failure.kind === 'refused' && failure.status === STATUS['client-error-not-found'];
}

function template(wishes: Wishes, tray: string | null): Attribute[] {
  const attributes: Attribute[] = [];
  // Either one or the other: PWG 5100.7 §6.9.36 forbids both.
  if (tray !== null) attributes.push({ name: 'media-col', values: [{ syntax: 'collection', members: [A4_SIZE, { name: 'media-source', values: text('keyword', tray) }] }] });
  else if (wishes.media) attributes.push({ name: 'media', values: text('keyword', A4_MEDIA) });
  if (wishes.sides) attributes.push({ name: 'sides', values: text('keyword', 'one-sided') });
  // Our pages are A4 already: scaling would shrink the QR and the frame.
  if (wishes.scaling) attributes.push({ name: 'print-scaling', values: text('keyword', 'none') });
  return attributes;
}

function printerReading(group: Group | undefined): PrinterReading | null {
  const state = printerState(numberOf(group, 'printer-state') ?? 0);
  if (state === null) return null;
  const formats = wordsOf(group, 'document-format-supported');
  const ready = wordsOf(group, 'media-ready');
  const [accepting] = valuesOf(group, 'printer-is-accepting-jobs');
  return {
    state,
    reasons: wordsOf(group, 'printer-state-reasons'),
    accepting: accepting?.syntax === 'boolean' ? accepting.value : true,
    takesPdf: formats.length === 0 ? null : formats.includes('application/pdf'),
    hasA4: ready.length === 0 ? null : ready.some((media) => media.startsWith(A4_MEDIA)),
    trays: wordsOf(group, 'media-col-supported').includes('media-source') ? wordsOf(group, 'media-source-supported') : [],
    wishes: {
      media: wordsOf(group, 'media-supported').includes(A4_MEDIA),
      sides: wordsOf(group, 'sides-supported').includes('one-sided'),
      scaling: wordsOf(group, 'print-scaling-supported').includes('none'),
    },
  };
}

function jobReading(group: Group | undefined, asked: number | null): JobReading | null {
  const id = numberOf(group, 'job-id') ?? asked;
  const state = jobState(numberOf(group, 'job-state') ?? 0);
  if (id === null || state === null) return null;
  return {
    id,
    name: wordsOf(group, 'job-name')[0] ?? '',
    state,
    reasons: wordsOf(group, 'job-state-reasons'),
    impressions: numberOf(group, 'job-impressions-completed'),
    size: numberOf(group, 'job-k-octets'),
  };
}
