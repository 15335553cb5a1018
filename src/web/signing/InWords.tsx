import { facilityKinds, outcomes, recordedTerm, scopes, transportModes } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Statement } from '../../protocol/statements.ts';
import { LotById, PartyById, SiteById } from '../components/by-id.tsx';
import { CountryName } from '../components/CountryName.tsx';
import { ShortId } from '../components/ShortId.tsx';
import { readableDay, readableList, readableMass, readableTime } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import type { Translate } from '../i18n/translator.ts';
import { type Fact, Facts } from './Facts.tsx';
import { productionFacts } from './production-facts.tsx';
import { SubjectById } from './SubjectById.tsx';

type T = Translate<'session'>;

/** Who states what, of how much, from where to where, when, and until when it counts. */
export function InWords({ statement }: { statement: Statement }) {
  const t = useT('session');
  return (
    <Facts
      facts={[...factsOf(statement, t), [t('sign.recordBy'), readableTime(statement.message.recordBy)]]}
    />
  );
}

function factsOf(statement: Statement, t: T): Fact[] {
  const { type, message } = statement;
  switch (type) {
    case 'FacilityRegistration':
      return [
        [t('sign.who'), <PartyById key="who" id={message.operator} />],
        [t('sign.kind'), t(`terms:kind.${recordedTerm(facilityKinds, message.kind)}`)],
        [t('sign.country'), <CountryName key="country" country={{ numeric: message.country }} />],
      ];
    case 'Production':
      return productionFacts(message, t);
    case 'Dispatch':
      return [
        [t('sign.who'), <PartyById key="who" id={message.consignor} />],
        [t('sign.consignee'), <PartyById key="to" id={message.consignee} />],
        [t('sign.lots'), <Lots key="lots" lots={message.lots.map(({ lot }) => lot)} />],
        [t('sign.from'), <SiteById key="from" id={message.from} />],
        [t('sign.to'), <SiteById key="to" id={message.to} />],
        [t('sign.mode'), t(`terms:mode.${recordedTerm(transportModes, message.mode)}`)],
        [t('sign.when'), readableTime(message.occurredAt)],
        [t('sign.recallFrom'), readableDay(message.recallFrom)],
      ];
    case 'Receipt':
      return [
        [t('sign.who'), <PartyById key="who" id={message.party} />],
        [t('sign.dispatch'), <ShortId key="dispatch" id={message.dispatch} />],
        [t('sign.lots'), <Arrived key="lots" lots={message.lots} />],
        [t('sign.when'), readableTime(message.occurredAt)],
      ];
    case 'Correction':
      return [
        [t('sign.who'), <PartyById key="who" id={message.author} />],
        [t('sign.production'), <ShortId key="production" id={message.production} />],
        [t('sign.when'), readableTime(message.occurredAt)],
      ];
    default:
      return moreFacts(statement, t);
  }
}

function moreFacts({ type, message }: Statement, t: T): Fact[] {
  switch (type) {
    case 'Attestation':
      return [
        [t('sign.who'), <PartyById key="who" id={message.auditor} />],
        [t('sign.subject'), <SubjectById key="subject" id={message.subject} />],
        [t('sign.scheme'), message.scheme],
        [t('sign.outcome'), t(`terms:outcome.${recordedTerm(outcomes, message.outcome)}`)],
        [t('sign.validFrom'), readableDay(message.validFrom)],
        [t('sign.validUntil'), readableDay(message.validUntil)],
      ];
    case 'Revocation':
      return [
        [t('sign.who'), <PartyById key="who" id={message.author} />],
        [t('sign.attestation'), <ShortId key="attestation" id={message.attestation} />],
        [t('sign.effectiveAt'), readableTime(message.effectiveAt)],
      ];
    case 'Delegation':
      return [
        [t('sign.who'), <PartyById key="who" id={message.party} />],
        [t('sign.delegate'), <code key="delegate">{message.delegate}</code>],
        ...(message.validUntil === 0 ? [] : delegated(message.scope, message.validUntil, t)),
      ];
    case 'Observation':
      return [
        [t('sign.who'), <PartyById key="who" id={message.observer} />],
        [t('sign.subject'), <SubjectById key="subject" id={message.subject} />],
        [t('sign.validFrom'), readableTime(message.from)],
        [t('sign.validUntil'), readableTime(message.until)],
      ];
    case 'KeyReplacement':
    case 'KeyObjection':
      return [
        [t('sign.who'), <PartyById key="who" id={message.party} />],
        [t('sign.key'), <code key="key">{message.key}</code>],
      ];
    default:
      return [];
  }
}

function delegated(scope: number, validUntil: number, t: T): Fact[] {
  const terms = (Object.keys(scopes) as (keyof typeof scopes)[]).filter(
    (term) => (scope & scopes[term]) !== 0,
  );
  return [
    [t('sign.scope'), readableList(terms.map((term) => t(`terms:scope.${term}`)))],
    [t('sign.validUntil'), readableTime(validUntil)],
  ];
}

function Lots({ lots }: { lots: readonly Hex[] }) {
  return (
    <ul className="plain-list">
      {lots.map((lot) => (
        <li key={lot}>
          <LotById id={lot} />
        </li>
      ))}
    </ul>
  );
}

function Arrived({ lots }: { lots: readonly { lot: Hex; milligrams: bigint }[] }) {
  const t = useT('session');
  return (
    <ul className="plain-list">
      {lots.map(({ lot, milligrams }) => (
        <li key={lot}>
          <LotById id={lot} />,{' '}
          {milligrams === 0n ? t('sign.notWeighed') : t('sign.weighed', { mass: readableMass(milligrams) })}
        </li>
      ))}
    </ul>
  );
}
