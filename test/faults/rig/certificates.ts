import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for 127.0.0.1 with its key, PEM. `file`: where the certificate lies, for `NODE_EXTRA_CA_CERTS`. */
export type Certificate = { cert: string; key: string; file: string };

/** Makes a self-signed certificate of its own key: the one a terminal is told to trust, or one it has never heard of. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-certificate-'));
  const [file, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', file], { stdio: 'ignore' });
  return { cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8'), file };
}
