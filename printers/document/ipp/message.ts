/** Building requests and picking values out of answers. */
import type { Attribute, Group, Message, Value } from './codec.ts';
import { GROUP, OPERATION } from './values.ts';
import type { Operation } from './values.ts';

/** Who we say we are to the printer: never a citizen. */
const USER = 'jinban';

export function text(syntax: 'keyword' | 'name' | 'uri' | 'charset' | 'naturalLanguage' | 'mimeMediaType' | 'text', ...values: string[]): Value[] {
  return values.map((value) => ({ syntax, value }));
}

export function integer(value: number): Value[] {
  return [{ syntax: 'integer', value }];
}

/**
 * A request with the operation attributes every one needs, in the order RFC 8011 §4.1.4 demands: charset, language, target.
 * @param target the printer's URI
 */
export function request(
  operation: Operation,
  target: string,
  more: { requestId: number; operation?: Attribute[]; job?: Attribute[]; data?: Uint8Array },
): Message {
  const groups: Group[] = [
    {
      tag: GROUP.operation,
      attributes: [
        { name: 'attributes-charset', values: text('charset', 'utf-8') },
        { name: 'attributes-natural-language', values: text('naturalLanguage', 'en') },
        { name: 'printer-uri', values: text('uri', target) },
        ...(more.operation ?? []),
      ],
    },
  ];
  if (more.job !== undefined && more.job.length > 0) groups.push({ tag: GROUP.job, attributes: more.job });
  return { version: [2, 0], code: OPERATION[operation], requestId: more.requestId, groups, data: more.data ?? new Uint8Array() };
}

export function getPrinterAttributes(target: string, requestId: number, wanted: readonly string[]): Message {
  return request('Get-Printer-Attributes', target, { requestId, operation: [user(), { name: 'requested-attributes', values: text('keyword', ...wanted) }] });
}

/** `jobName` holds the print id and nothing about a person: names of jobs show on the printer's panel and stay in its log. */
export function printJob(target: string, requestId: number, job: { jobName: string; template: Attribute[]; pdf: Uint8Array }): Message {
  return request('Print-Job', target, { requestId, operation: [user(), ...jobOperation(job.jobName)], job: job.template, data: job.pdf });
}

export function validateJob(target: string, requestId: number, job: { jobName: string; template: Attribute[] }): Message {
  return request('Validate-Job', target, { requestId, operation: [user(), ...jobOperation(job.jobName)], job: job.template });
}

export function getJobAttributes(target: string, requestId: number, jobId: number, wanted: readonly string[]): Message {
  return request('Get-Job-Attributes', target, {
    requestId,
    operation: [{ name: 'job-id', values: integer(jobId) }, user(), { name: 'requested-attributes', values: text('keyword', ...wanted) }],
  });
}

export function getJobs(target: string, requestId: number, which: 'completed' | 'not-completed', limit: number, wanted: readonly string[]): Message {
  return request('Get-Jobs', target, {
    requestId,
    operation: [
      user(),
      { name: 'limit', values: integer(limit) },
      { name: 'requested-attributes', values: text('keyword', ...wanted) },
      { name: 'which-jobs', values: text('keyword', which) },
    ],
  });
}

export function cancelJob(target: string, requestId: number, jobId: number): Message {
  return request('Cancel-Job', target, { requestId, operation: [{ name: 'job-id', values: integer(jobId) }, user()] });
}

function user(): Attribute {
  return { name: 'requesting-user-name', values: text('name', USER) };
}

function jobOperation(jobName: string): Attribute[] {
  return [
    { name: 'job-name', values: text('name', jobName) },
    // A printer that cannot do one of the wishes below still prints: what matters is said by its state.
    { name: 'ipp-attribute-fidelity', values: [{ syntax: 'boolean', value: false }] },
    { name: 'document-format', values: text('mimeMediaType', 'application/pdf') },
  ];
}

/** Values of an attribute in a group; empty when it is absent. */
export function valuesOf(group: Group | undefined, name: string): Value[] {
  return group?.attributes.find((attribute) => attribute.name === name)?.values ?? [];
}

/** Every value that is some kind of text. */
export function wordsOf(group: Group | undefined, name: string): string[] {
  return valuesOf(group, name).flatMap((value) => ('value' in value && typeof value.value === 'string' ? [value.value] : []));
}

/** The number of an integer or enum; null when it is absent or out of band (`no-value`, `unknown`). */
export function numberOf(group: Group | undefined, name: string): number | null {
  const [value] = valuesOf(group, name);
  return value !== undefined && (value.syntax === 'integer' || value.syntax === 'enum') ? value.value : null;
}

export function groupsOf(message: Message, tag: number): Group[] {
  return message.groups.filter((group) => group.tag === tag);
}
