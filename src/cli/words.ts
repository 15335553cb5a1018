import type { Content as ContentView } from '../api/schemas/common.ts';
import { scopeTerms } from '../api/scopes.ts';
import {
  custodyModels,
  facilityKinds,
  outcomes,
  processes,
  recordedTerm,
  transportModes,
} from '../protocol/codes.ts';
import { commodityOf } from '../protocol/commodities.ts';
import { countryOf } from '../protocol/countries.ts';
import { ZERO_BYTES32 } from '../protocol/hex.ts';
import { formatMass } from '../protocol/mass.ts';
import { materialOf } from '../protocol/materials.ts';
import type { Content, Observation, Output, Production, Statement } from '../protocol/statements.ts';

type KeyStatement = 'Delegation' | 'KeyReplacement' | 'KeyObjection';

/** A statement in plain words, a fact a line: what a person reads before it is signed for them. */
export function wordsOf(statement: Statement): string[] {
  const { message } = statement;
  const evidence = 'evidence' in message ? message.evidence : ZERO_BYTES32;
  const end = [
    ...(evidence === ZERO_BYTES32 ? [] : [`Evidence: ${evidence}`]),
    `To be recorded by ${moment(message.recordBy)}, or never.`,
  ];
  return [...factsOf(statement), ...end];
}

/** A time for people, UTC to the second. */
export function moment(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Content for people: "4.2 t Cobalt, 600 kg Cobalt (recycled)". */
export function contentWords(content: readonly Content[]): string {
  const parts = content.map(
    ({ material, recycled, milligrams }) =>
      `${formatMass(milligrams)} ${materialOf(material).name}${recycled ? ' (recycled)' : ''}`,
  );
  return parts.length === 0 ? 'nothing that is tracked' : parts.join(', ');
}

/** The same, of content as the API answers it. */
export function contentViewWords(content: readonly ContentView[]): string {
  return contentWords(content.map((entry) => ({ ...entry, milligrams: BigInt(entry.milligrams) })));
}

/** A commodity for people: "2836.91 Lithium carbonate". */
export function commodityWords(commodity: number): string {
  const { code, name } = commodityOf(commodity);
  return `${code} ${name}`;
}

function factsOf(statement: Statement): string[] {
  const { type, message } = statement;
  switch (type) {
    case 'FacilityRegistration': {
      const kind = recordedTerm(facilityKinds, message.kind);
      const country = countryOf(message.country)?.name ?? `country ${message.country}`;
      return [`You, ${message.operator}, register a facility of yours: ${kind}, in ${country}.`];
    }
    case 'Production':
      return productionFacts(message);
    case 'Dispatch':
      return [
        `You, ${message.consignor}, send ${count(message.lots.length, 'lot')} to ${message.consignee}, by ${recordedTerm(transportModes, message.mode)}:`,
        ...message.lots.map(({ lot }) => `  ${lot}`),
        `From facility ${message.from} to facility ${message.to}, on ${moment(message.occurredAt)}.`,
        `You may recall them from ${moment(message.recallFrom)} on.`,
      ];
    case 'Receipt':
      return [
        `You, ${message.party}, ${message.accepted ? 'accept' : 'do not accept (refuse, or recall)'} ${count(message.lots.length, 'lot')} of dispatch ${message.dispatch}:`,
        ...message.lots.map(
          ({ lot, milligrams }) =>
            `  ${lot}, ${milligrams === 0n ? 'not weighed' : `weighed ${formatMass(milligrams)}`}`,
        ),
        `On ${moment(message.occurredAt)}.`,
      ];
    case 'Correction':
      return [
        `You, ${message.author}, correct production ${message.production}: it never was as it was stated.`,
        'The lots that it made become void, and what went into it is held again.',
        `On ${moment(message.occurredAt)}.`,
      ];
    case 'Observation':
      return observationFacts(message);
    case 'Attestation':
      return [
        `You, ${message.auditor}, attest under ${message.scheme}: ${recordedTerm(outcomes, message.outcome)}.`,
        `Subject: ${message.subject}`,
        `In force from ${moment(message.validFrom)} until ${moment(message.validUntil)}.`,
      ];
    case 'Revocation':
      return [
        `You, ${message.author}, end attestation ${message.attestation} with effect from ${moment(message.effectiveAt)}.`,
      ];
    case 'Delegation':
    case 'KeyReplacement':
    case 'KeyObjection':
      return keyFacts(statement);
  }
}

function observationFacts({
  observer,
  device,
  subject,
  root,
  count: readings,
  from,
  until,
}: Observation): string[] {
  return [
    `You, ${observer}, state what ${device === observer ? 'you' : `your device ${device}`} observed of ${subject}:`,
    root === ZERO_BYTES32
      ? '  an inspection, whose findings are its evidence'
      : `  ${count(readings, 'reading')}, root ${root}`,
    from === until ? `On ${moment(from)}.` : `From ${moment(from)} until ${moment(until)}.`,
  ];
}

function keyFacts({ type, message }: Extract<Statement, { type: KeyStatement }>): string[] {
  switch (type) {
    case 'Delegation':
      return message.validUntil === 0
        ? [
            `You, ${message.party}, end the delegation to ${message.delegate}: it may sign nothing for you any more.`,
          ]
        : [
            `You, ${message.party}, let ${message.delegate} sign for you until ${moment(message.validUntil)}:`,
            `  ${scopeTerms(message.scope).join(', ')}`,
            'It ends earlier if you end it, or if your key is replaced.',
          ];
    case 'KeyReplacement':
      return [
        `You, ${message.party}, replace your key by ${message.key}, your key number ${message.number}, at once.`,
        'All your delegations end, and this key can sign nothing for you any more.',
      ];
    case 'KeyObjection':
      return [
        `You, ${message.party}, object to the key ${message.key}, which would become yours on ${moment(message.effectiveAt)}.`,
      ];
  }
}

function productionFacts({
  custodian,
  facility,
  process,
  custodyModel,
  inputs,
  outputs,
  occurredAt,
}: Production): string[] {
  const how = `${recordedTerm(processes, process)}, ${recordedTerm(custodyModels, custodyModel)}`;
  return [
    `You, ${custodian}, state a production: ${how}.`,
    `At facility ${facility}, on ${moment(occurredAt)}.`,
    ...(inputs.length === 0 ? [] : [`It uses up ${count(inputs.length, 'lot')}:`]),
    ...inputs.map(({ lot }) => `  ${lot}`),
    outputs.length === 0
      ? 'Nothing comes out: the material is retired.'
      : `It makes ${count(outputs.length, 'lot')}:`,
    ...outputs.map(outputWords),
  ];
}

function outputWords({ commodity, milligrams, content }: Output): string {
  return `  ${formatMass(milligrams)} of ${commodityWords(commodity)}, with ${contentWords(content)}`;
}

/** "1 lot", "3 lots". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What a verification shows, and what it leaves to trust. */
export function provenWords({
  proven,
  trusted,
}: {
  readonly proven: readonly string[];
  readonly trusted: readonly string[];
}): string[] {
  return [
    '',
    'Proven:',
    ...proven.map((line) => `- ${line}`),
    '',
    'What you still trust:',
    ...trusted.map((line) => `- ${line}`),
  ];
}
