/** eSCL's requests over HTTP. No policy: no retry, no waiting. A scanner is reached at its own address only, whatever address it answers with. */
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import { openHttpClient } from '../../../wire/http.ts';
import type { HttpAnswer, HttpFailure, HttpRequest } from '../../../wire/http.ts';
import type { DriverFailure } from '../driver.ts';
import { decodeCapabilities, decodeStatus, encodeScanSettings } from './codec.ts';
import type { EsclCapabilities, EsclStatus, ScanSettings } from './codec.ts';
import { LARGEST_XML } from './xml.ts';

/** What came of asking for the next page. */
export type NextDocument =
  | { kind: 'page'; bytes: Uint8Array }
  /** 404: there are no more. 410: the job is gone. */
  | { kind: 'no-more' }
  /** 503: not yet; `after` is the scanner's own wish in milliseconds, or null. */
  | { kind: 'wait'; after: number | null };

export type EsclClient = {
  capabilities(signal?: AbortSignal): Promise<Result<EsclCapabilities, DriverFailure>>;
  status(signal?: AbortSignal): Promise<Result<EsclStatus, DriverFailure>>;
  /** @returns the job's path at the scanner */
  createJob(settings: ScanSettings, signal?: AbortSignal): Promise<Result<string, DriverFailure>>;
  nextDocument(job: string, signal?: AbortSignal): Promise<Result<NextDocument, DriverFailure>>;
  /** A job that has ended already, or is forgotten, is no failure. */
  deleteJob(job: string): Promise<Result<null, DriverFailure>>;
  close(): void;
};

/** All in milliseconds: one exchange each. */
export type EsclTimes = { ask: number; create: number; page: number };
/** A status comes at once. A job may wait for the lamp. A page at 300 dpi takes up to 20 s on slow scanners, its bytes a few more. */
export const ESCL_TIMES: EsclTimes = { ask: 5_000, create: 30_000, page: 90_000 };

/** The longest page, in bytes: colour A3 at 300 dpi without compression. */
const LARGEST_PAGE = 64 * 1024 * 1024;
/** No wait that a scanner wishes is longer, milliseconds. */
const LONGEST_WAIT = 10_000;

/** @param url the scanner's eSCL resource, `http(s)://host[:port]/eSCL` */
export function openEsclClient(url: string, settings: { certificate?: string | undefined; times?: Partial<EsclTimes> } = {}): EsclClient {
  const { protocol, hostname, port, pathname } = new URL(url);
  const secure = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const http = openHttpClient({ secure, host, port: port === '' ? (secure ? 443 : 80) : Number(port), certificate: settings.certificate });
  const base = pathname.replace(/\/+$/, '');
  const times = { ...ESCL_TIMES, ...settings.times };

  async function ask(request: HttpRequest, limits: { milliseconds: number; largest?: number; signal?: AbortSignal | undefined }): Promise<Result<HttpAnswer, DriverFailure>> {
    const exchanged = await http.exchange(request, { largest: LARGEST_XML, ...limits });
    return exchanged.ok ? exchanged : err(failureOf(exchanged.error));
  }

  async function read<Value>(name: string, decode: (bytes: Uint8Array) => Result<Value, DriverFailure>, signal?: AbortSignal): Promise<Result<Value, DriverFailure>> {
    const answer = await ask({ method: 'GET', path: `${base}/${name}` }, { milliseconds: times.ask, signal });
    if (!answer.ok) return answer;
    return answer.value.status === 200 ? decode(answer.value.body) : err(refusalOf(answer.value.status));
  }

  /** The path of a job of ours: a `Location` may name another host, which is not asked. */
  function jobPath(location: string | undefined): string | null {
    if (location === undefined || !URL.canParse(location, url)) return null;
    const path = new URL(location, url).pathname.replace(/\/+$/, '');
    return path.startsWith(`${base}/ScanJobs/`) ? path : null;
  }

  return {
    capabilities: (signal) => read('ScannerCapabilities', decodeCapabilities, signal),
    status: (signal) => read('ScannerStatus', decodeStatus, signal),
    async createJob(wish, signal) {
      const request: HttpRequest = { method: 'POST', path: `${base}/ScanJobs`, headers: { 'Content-Type': 'text/xml' }, body: encodeScanSettings(wish) };
      const answer = await ask(request, { milliseconds: times.create, signal });
      if (!answer.ok) return answer;
      if (answer.value.status !== 201) return err(refusalOf(answer.value.status));
      const path = jobPath(answer.value.headers.location);
      return path === null ? err({ kind: 'garbled', detail: 'no job in the answer' }) : ok(path);
    },
    async nextDocument(job, signal) {
      const answer = await ask({ method: 'GET', path: `${job}/NextDocument` }, { milliseconds: times.page, largest: LARGEST_PAGE, signal });
      if (!answer.ok) return answer;
      const { status, headers, body } = answer.value;
      if (status === 200) return ok({ kind: 'page', bytes: body });
      if (status === 404 || status === 410) return ok({ kind: 'no-more' });
      return status === 503 ? ok({ kind: 'wait', after: waitOf(headers['retry-after']) }) : err(refusalOf(status));
    },
    async deleteJob(job) {
      const answer = await ask({ method: 'DELETE', path: job }, { milliseconds: times.ask });
      if (!answer.ok) return answer;
      const { status } = answer.value;
      return (status >= 200 && status < 300) || status === 404 || status === 410 ? ok(null) : err(refusalOf(status));
    },
    close: () => http.close(),
  };
}

function waitOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,4}$/.test(header) ? Math.min(Number(header) * 1000, LONGEST_WAIT) : null;
}

function failureOf(failure: HttpFailure): DriverFailure {
  switch (failure.kind) {
    case 'unreachable':
    case 'lost':
      return { kind: failure.kind, detail: failure.code };
    case 'cancelled':
    case 'timeout':
      return { kind: failure.kind };
    case 'too-large':
      return { kind: 'garbled', detail: 'answer too large' };
  }
}

function refusalOf(status: number): DriverFailure {
  if (status === 401 || status === 403) return { kind: 'not-permitted', detail: `http ${status}` };
  return status === 503 ? { kind: 'busy' } : { kind: 'refused', detail: `http ${status}` };
}
