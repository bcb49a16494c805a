import type { ReactNode } from 'react';
import type { Certificate } from '../../../domain/action/payload.ts';
import { t } from '../texts.ts';

/** What a certificate says, drawn as a paper: for reading it over, not as a copy of the print. */
export function CertificatePaper({ certificate }: { certificate: Certificate }): ReactNode {
  return (
    <article className="paper" aria-label={certificate.title}>
      <h3>{certificate.title}</h3>
      <p className="paper-number">{t('certificate.number')} <span className="number">{certificate.number}</span></p>
      <dl>
        <div><dt>{t('certificate.holder')}</dt><dd>{certificate.holder}</dd></div>
        {certificate.fields.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
      </dl>
      <footer>
        <div>
          <p>{certificate.issuer}</p>
          <p>{t('certificate.issued')} <span className="number">{certificate.issuedOn}</span></p>
          <p>{t('certificate.valid')} <span className="number">{certificate.validTo ?? t('certificate.no-end')}</span></p>
        </div>
        <span className="paper-seal" aria-hidden="true">印</span>
      </footer>
      <p className="paper-licence">{t('certificate.licence')} <span className="number">{certificate.licence}</span></p>
    </article>
  );
}
