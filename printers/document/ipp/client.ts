/** One IPP request over HTTP (RFC 8010 §4). No policy: no retry, no waiting; says honestly whether bytes may have arrived. */
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import { openHttpClient } from '../../../wire/http.ts';
import type { HttpAnswer, HttpFailure } from '../../../wire/http.ts';
import { decode, encode } from './codec.ts';
import type { Message } from './codec.ts';
import { FIRST_ERROR } from './values.ts';

export type IppFailure =
  | Exclude<HttpFailure, { kind: 'too-large' }>
  /** HTTP said no (401, 404, 503 …): the operation was not done. */
  | { kind: 'http'; status: number }
  /** IPP said no: the operation was not done. */
  | { kind: 'refused'; status: number }
  /** The answer is not IPP. */
  | { kind: 'garbled' };

export type IppClient = {
  /** The printer's URI as it stands in `printer-uri`. */
  readonly uri: string;
  /** @param milliseconds for the whole exchange, from connecting to the answer's last byte */
  exchange(message: Message, limits: { milliseconds: number; signal?: AbortSignal | undefined }): Promise<Result<Message, IppFailure>>;
  /** Running exchanges end as `lost`. */
  close(): void;
};

export type IppClientSettings = {
  /** PEM of the authority or of the printer's own certificate, for `ipps`. Left out: the system's authorities. */
  certificate?: string;
};

/** No answer to our requests is longer; a printer's full attribute list has about 30 KB. */
const LARGEST_ANSWER = 4 * 1024 * 1024;

/** @param uri `ipp://host[:631]/path`, `ipps://…`, or `http(s)://…` */
export function openIppClient(uri: string, settings: IppClientSettings = {}): IppClient {
  const { path, ...target } = httpTarget(uri);
  const http = openHttpClient({ ...target, certificate: settings.certificate });
  return {
    uri,
    async exchange(message, limits) {
      const exchanged = await http.exchange({ method: 'POST', path, headers: { 'Content-Type': 'application/ipp' }, body: encode(message) }, { ...limits, largest: LARGEST_ANSWER });
      if (exchanged.ok) return answer(exchanged.value, message.requestId);
      return exchanged.error.kind === 'too-large' ? err({ kind: 'garbled' }) : err(exchanged.error);
    },
    close: () => http.close(),
  };
}

function answer({ status, body }: HttpAnswer, requestId: number): Result<Message, IppFailure> {
  if (status !== 200) return err({ kind: 'http', status });
  const message = decode(body);
  if (!message.ok || message.value.requestId !== requestId) return err({ kind: 'garbled' });
  return message.value.code < FIRST_ERROR ? ok(message.value) : err({ kind: 'refused', status: message.value.code });
}

function httpTarget(uri: string): { secure: boolean; host: string; port: number; path: string } {
  const url = new URL(uri);
  const secure = url.protocol === 'ipps:' || url.protocol === 'https:';
  if (!secure && url.protocol !== 'ipp:' && url.protocol !== 'http:') throw new RangeError('a document printer is reached by ipp, ipps, http or https');
  // RFC 3510 §4.2 and RFC 7472 §4.2: port 631 for both schemes of IPP.
  const usual = url.protocol === 'http:' ? 80 : url.protocol === 'https:' ? 443 : 631;
  return { secure, host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port), path: `${url.pathname || '/'}${url.search}` };
}
