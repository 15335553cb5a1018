import type { CertificateParty, CertificateSite } from '../../verification/certificate.ts';
import { shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useSaid } from '../i18n/said.ts';
import type { Translate } from '../i18n/translator.ts';
import type { Change } from './seen.ts';

/** What changed, a line each. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const t = useT('buyer');
  const said = useSaid();
  return (
    <ul className="changes">
      {changes.map((change) => {
        const text = inWords(change, t, said);
        return <li key={text}>{text}</li>;
      })}
    </ul>
  );
}

function inWords(change: Change, t: Translate<'buyer'>, said: ReturnType<typeof useSaid>): string {
  switch (change.kind) {
    case 'verdict':
      return t('change.verdict', { from: t(`verdict.${change.from}`), to: t(`verdict.${change.to}`) });
    case 'version':
      return t('change.version', { from: change.from, to: change.to });
    case 'status':
      return t('change.status', {
        to: t(`terms:status.${change.to}`),
        from: t(`terms:status.${change.from}`),
      });
    case 'holder':
      return t('change.holder', { to: partyName(change.to, t) });
    case 'sent':
      return t('change.sent', { to: siteName(change.to, t) });
    case 'arrived':
      return t(`change.${change.outcome}`, { to: siteName(change.to, t) });
    case 'attested':
    case 'ended': {
      const { scheme, outcome, attestation } = change.attestation;
      const facts = { scheme, outcome: t(`terms:outcome.${outcome}`), id: shortId(attestation) };
      return t(`change.${change.kind}`, facts);
    }
    case 'raised':
    case 'answered': {
      const { kind, status, observation } = change.concern;
      const what = { what: t(`concern.${kind}`), status: t(`concern.${status}`), id: shortId(observation) };
      return t(`change.${change.kind}`, what);
    }
    case 'corrected':
      return t('change.corrected', { id: shortId(change.correction) });
    case 'found':
    case 'mended': {
      const { title, wording } = change.finding;
      return t(`change.${change.kind}`, { title: wording ? said(title, wording).children : title });
    }
  }
}

function partyName({ party, legalName }: CertificateParty, t: Translate<'buyer'>): string {
  return legalName ?? t('common:unnamedParty', { id: shortId(party) });
}

function siteName({ facility, name }: CertificateSite, t: Translate<'buyer'>): string {
  return name ?? `${t('common:site')} ${shortId(facility)}`;
}
