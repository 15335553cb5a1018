import type { Certificate, CertificateSite } from './certificate.ts';

/** Every site that a certificate tells of, by its id. */
export function sitesIn({
  custody,
  sites,
}: Pick<Certificate, 'custody' | 'sites'>): Map<string, CertificateSite> {
  const steps = custody.flatMap((step) => (step.kind === 'production' ? [step.site] : [step.from, step.to]));
  return new Map([...sites.map(({ site }) => site), ...steps].map((site) => [site.facility, site]));
}
