import {
  custodyModels,
  facilityKinds,
  outcomes,
  type Process,
  processes,
  scopes,
  termOf,
  transportModes,
} from './codes.ts';
import { pairKey } from './content.ts';
import { type Hex, ZERO_ACCOUNT, ZERO_BYTES32 } from './hex.ts';
import { isMaterialId } from './materials.ts';
import { isOriginProcess } from './origin.ts';
import type { Delegation, Observation, Output, Production, Statement } from './statements.ts';

/** What is wrong with a statement whatever the ledger's state: the contract's own error, as a code, and where. */
export type FormProblem = { code: string; path: string; detail: string };

/** The contract's checks of form, in TypeScript: none found means that the contract will find none either. */
export function formProblems(statement: Statement): FormProblem[] {
  switch (statement.type) {
    case 'FacilityRegistration':
      return [
        ...unknownCode('facility-kind-unknown', 'kind', facilityKinds, statement.message.kind),
        ...inRange('country-unknown', 'country', statement.message.country, 999),
      ];
    case 'Production':
      return productionProblems(statement.message);
    case 'Dispatch':
      return [
        ...unknownCode('transport-mode-unknown', 'mode', transportModes, statement.message.mode),
        ...emptyList('lots', statement.message.lots),
        ...listedTwice('lots', statement.message.lots),
      ];
    case 'Receipt':
      return [...emptyList('lots', statement.message.lots), ...listedTwice('lots', statement.message.lots)];
    case 'Attestation':
      return [
        ...unknownCode('outcome-unknown', 'outcome', outcomes, statement.message.outcome),
        ...schemeProblems(statement.message.scheme),
        ...(statement.message.validFrom >= statement.message.validUntil
          ? [problem('validity-empty', 'validUntil', 'the attestation would end before it starts')]
          : []),
      ];
    case 'Observation':
      return observationProblems(statement.message);
    case 'Delegation':
      return delegationProblems(statement.message);
    case 'KeyReplacement':
      return zeroAccount('key', statement.message.key);
    case 'Correction':
    case 'Revocation':
    case 'KeyObjection':
      return [];
  }
}

const MAX_SCHEME_LENGTH = 64;

/**
 * A scheme's name reads alike everywhere: 1 to 64 characters of printable ASCII. The contract looks when it accredits
 * an auditor for it, so that no attestation under any other can be recorded.
 */
export function schemeProblems(scheme: string): FormProblem[] {
  if (scheme === '') return [problem('scheme-empty', 'scheme', 'a scheme has a name')];
  if (/^[\x20-\x7e]+$/.test(scheme) && scheme.length <= MAX_SCHEME_LENGTH) return [];
  const expected = `expected 1 to ${MAX_SCHEME_LENGTH} characters of printable ASCII`;
  return [problem('scheme-malformed', 'scheme', `${expected}, got ${JSON.stringify(scheme)}`)];
}

function observationProblems({ root, count, evidence, from, until }: Observation): FormProblem[] {
  const hasReadings = root !== ZERO_BYTES32;
  return [
    ...(hasReadings || evidence !== ZERO_BYTES32
      ? []
      : [problem('statement-empty', 'evidence', 'the observation has neither readings nor evidence')]),
    ...(hasReadings === count > 0
      ? []
      : [
          problem(
            'readings-mismatch',
            'count',
            `root ${root} with ${count} readings: readings have both, an inspection has neither`,
          ),
        ]),
    ...(from > until
      ? [problem('period-reversed', 'until', 'the observation would end before it starts')]
      : []),
  ];
}

const ALL_SCOPES = Object.values(scopes).reduce((all, bit) => all + bit, 0);

/** One that ends a delegation may leave the scope empty. */
function delegationProblems({ delegate, scope, validUntil }: Delegation): FormProblem[] {
  const known = Object.entries(scopes).map(([term, bit]) => `${bit} (${term})`);
  const isKnown = scope <= ALL_SCOPES && (scope > 0 || validUntil === 0);
  return [
    ...zeroAccount('delegate', delegate),
    ...(isKnown
      ? []
      : [problem('scope-unknown', 'scope', `expected a sum of some of ${known.join(', ')}, got ${scope}`)]),
  ];
}

function zeroAccount(path: string, account: Hex): FormProblem[] {
  return account === ZERO_ACCOUNT ? [problem('account-is-zero', path, 'the zero address signs nothing')] : [];
}

function productionProblems(production: Production): FormProblem[] {
  const { inputs, outputs } = production;
  const process = termOf(processes, production.process);
  if (process === undefined) return unknownCode('process-unknown', 'process', processes, production.process);
  return [
    ...unknownCode('custody-model-unknown', 'custodyModel', custodyModels, production.custodyModel),
    ...(isOriginProcess(process) === inputs.length > 0
      ? [
          problem(
            'process-inputs-mismatch',
            'inputs',
            `"${process}" with ${inputs.length} inputs: origins (extract, collect, declare) have none, every other process has some`,
          ),
        ]
      : []),
    ...((process === 'retire') === outputs.length > 0
      ? [
          problem(
            'process-outputs-mismatch',
            'outputs',
            `"${process}" with ${outputs.length} outputs: retiring has none, every other process has some`,
          ),
        ]
      : []),
    ...listedTwice('inputs', inputs),
    ...outputs.flatMap((output, index) => outputProblems(output, `outputs.${index}`, process)),
  ];
}

function outputProblems(output: Output, path: string, process: Process): FormProblem[] {
  const sum = output.content.reduce((total, { milligrams }) => total + milligrams, 0n);
  return [
    ...inRange('commodity-unknown', `${path}.commodity`, output.commodity, 999_999),
    ...(output.milligrams === 0n ? [problem('mass-zero', `${path}.milligrams`, 'a lot has a mass')] : []),
    ...output.content.flatMap((_, position) => contentProblems(output, position, path, process)),
    ...(sum > output.milligrams
      ? [
          problem(
            'content-exceeds-mass',
            `${path}.content`,
            `${sum} mg of content in ${output.milligrams} mg of net mass`,
          ),
        ]
      : []),
  ];
}

function contentProblems(output: Output, position: number, path: string, process: Process): FormProblem[] {
  const here = `${path}.content.${position}`;
  const entry = output.content[position];
  const before = output.content[position - 1];
  if (!entry) return [];
  const { material, recycled, milligrams } = entry;
  const wrongOrigin = isOriginProcess(process) && recycled !== (process === 'collect');
  return [
    ...(isMaterialId(material)
      ? []
      : [problem('material-unknown', `${here}.material`, `no material has the number ${material}`)]),
    ...(milligrams === 0n
      ? [problem('content-zero', `${here}.milligrams`, 'what is not there is not listed')]
      : []),
    ...(before && pairKey(before.material, before.recycled) >= pairKey(material, recycled)
      ? [
          problem(
            'content-unsorted',
            here,
            'content is sorted by material, primary before recycled, each pair once',
          ),
        ]
      : []),
    ...(wrongOrigin
      ? [
          problem(
            'origin-recycled-mismatch',
            `${here}.recycled`,
            'what is mined or declared is primary, what is collected is recycled',
          ),
        ]
      : []),
  ];
}

function unknownCode(
  code: string,
  path: string,
  table: Record<string, number>,
  value: number,
): FormProblem[] {
  if (termOf(table, value) !== undefined) return [];
  const known = Object.entries(table).map(([term, number]) => `${number} (${term})`);
  return [problem(code, path, `expected one of ${known.join(', ')}, got ${value}`)];
}

function inRange(code: string, path: string, value: number, max: number): FormProblem[] {
  return value >= 1 && value <= max ? [] : [problem(code, path, `expected 1 to ${max}, got ${value}`)];
}

function emptyList(path: string, items: readonly unknown[]): FormProblem[] {
  return items.length === 0
    ? [problem('statement-empty', path, 'the statement lists nothing to act on')]
    : [];
}

function listedTwice(path: string, items: readonly { lot: string }[]): FormProblem[] {
  const lots = items.map((item) => item.lot);
  const at = lots.findIndex((lot, index) => lots.indexOf(lot) !== index);
  return at < 0 ? [] : [problem('lot-listed-twice', `${path}.${at}`, `lot ${lots[at]} is named twice`)];
}

function problem(code: string, path: string, detail: string): FormProblem {
  return { code, path, detail };
}
