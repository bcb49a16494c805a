/** The driver of a printer that speaks IPP: one request for each thing that is asked. */
import { err, never, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import type { Driver, DriverFailure, JobReading, PrinterReading, Wishes } from '../driver.ts';
import { SIDES } from '../sides.ts';
import type { Sides } from '../sides.ts';
import type { Attribute, Group, Message } from './codec.ts';
import type { IppClient, IppFailure } from './client.ts';
import { cancelJob, getJobAttributes, getJobs, getPrinterAttributes, groupsOf, integer, numberOf, printJob, text, valuesOf, wordsOf } from './message.ts';
import { GROUP, jobState, printerState, STATUS } from './values.ts';

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

export function openIppDriver(client: IppClient, milliseconds: number): Driver {
  let requests = 0;

  function ask(message: (id: number) => Message, signal: AbortSignal | undefined): Promise<Result<Message, IppFailure>> {
    requests += 1;
    return client.exchange(message(requests), { milliseconds, signal });
  }

  return {
    confirms: true,
    async readPrinter(signal) {
      const answer = await ask((id) => getPrinterAttributes(client.uri, id, PRINTER_ATTRIBUTES), signal);
      if (!answer.ok) return failed(answer.error);
      const reading = printerReading(groupsOf(answer.value, GROUP.printer)[0]);
      return reading === null ? err({ kind: 'garbled' }) : ok(reading);
    },
    async send({ name, pdf, wishes, sides, tray }, signal) {
      const answer = await ask((id) => printJob(client.uri, id, { jobName: name, template: template(wishes, sides, tray), pdf }), signal);
      if (!answer.ok) return failed(answer.error);
      const jobId = numberOf(groupsOf(answer.value, GROUP.job)[0], 'job-id');
      return jobId === null ? err({ kind: 'garbled' }) : ok(jobId);
    },
    async readJob(id, signal) {
      const answer = await ask((requestId) => getJobAttributes(client.uri, requestId, id, JOB_ATTRIBUTES), signal);
      if (!answer.ok) return isNotFound(answer.error) ? ok(null) : failed(answer.error);
      const reading = jobReading(groupsOf(answer.value, GROUP.job)[0], id);
      return reading === null ? err({ kind: 'garbled' }) : ok(reading);
    },
    async findJob(name, signal) {
      for (const which of ['not-completed', 'completed'] as const) {
        const answer = await ask((id) => getJobs(client.uri, id, which, LIST, JOB_ATTRIBUTES), signal);
        if (!answer.ok) return failed(answer.error);
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
      return ended || isNotFound(answer.error) ? ok(null) : failed(answer.error);
    },
    close: () => client.close(),
  };
}

/** What an exchange that failed says about the operation. */
export function driverFailure(failure: IppFailure): DriverFailure {
  switch (failure.kind) {
    case 'unreachable':
    case 'lost':
    case 'timeout':
    case 'garbled':
      return { kind: failure.kind };
    case 'cancelled':
      return failure;
    case 'http':
      // 4xx comes before the body is looked at; a 5xx may come from something between us and the printer.
      if (failure.status >= 500) return { kind: 'lost' };
      return { kind: 'refused', why: failure.status === 401 || failure.status === 403 ? 'no-permission' : 'no-such-printer' };
    case 'refused':
      if (failure.status === STATUS['server-error-busy'] || failure.status === STATUS['server-error-service-unavailable']) return { kind: 'busy' };
      return { kind: 'refused', why: 'no-such-printer' };
    default:
      return never(failure);
  }
}

function failed(failure: IppFailure): Result<never, DriverFailure> {
  return err(driverFailure(failure));
}

function isNotFound(failure: IppFailure): boolean {
  return failure.kind === 'refused' && failure.status === STATUS['client-error-not-found'];
}

/** What a job asks for: only what the printer says it has, so that it refuses nothing. */
function template(wishes: Wishes, sides: Sides, tray: string | null): Attribute[] {
  const attributes: Attribute[] = [];
  // Either one or the other: PWG 5100.7 §6.9.36 forbids both.
  if (tray !== null) attributes.push({ name: 'media-col', values: [{ syntax: 'collection', members: [A4_SIZE, { name: 'media-source', values: text('keyword', tray) }] }] });
  else if (wishes.media) attributes.push({ name: 'media', values: text('keyword', A4_MEDIA) });
  const possible = wishes.sides.includes(sides) ? sides : 'one-sided';
  if (wishes.sides.includes(possible)) attributes.push({ name: 'sides', values: text('keyword', possible) });
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
      sides: SIDES.filter((sides) => wordsOf(group, 'sides-supported').includes(sides)),
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
