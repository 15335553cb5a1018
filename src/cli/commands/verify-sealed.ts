import type { Hex } from '../../protocol/hex.ts';
import { formatMass } from '../../protocol/mass.ts';
import { SEALED_FORMAT, sealedJson } from '../../verification/sealed/format.ts';
import type { SealProblem } from '../../verification/sealed/problems.ts';
import type { SealedResult } from '../../verification/sealed/verify.ts';
import { blockOf } from '../chain-block.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { count, moment, provenWords } from '../words.ts';

/** Whether a file says that it is a sealed certificate: whatever else it is, the verifier says. */
export function isSealedFile(input: unknown): boolean {
  return (input as { format?: unknown } | null)?.format === SEALED_FORMAT;
}

/** The hash that a node has of the block of a sealed certificate. One that is malformed is left to the verifier. */
export async function askBlock(url: string, input: unknown): Promise<Hex | undefined> {
  const parsed = sealedJson.safeParse(input);
  if (!parsed.success) return undefined;
  return (await blockOf(url, parsed.data.ledger, parsed.data.header)).blockHash;
}

/** @throws Failure where it does not hold */
export function tellSealed({ terminal }: Session, file: string, result: SealedResult): void {
  if (!result.ok) throw new Failure(sealProblemWords(file, result.problems));
  terminal.result(result, sealedWords(result));
}

function sealProblemWords(file: string, problems: readonly SealProblem[]): string {
  return [
    `${file} does not hold: ${count(problems.length, 'problem')}. Do not rely on it.`,
    ...problems.map(({ code, at, detail }) => `  ${code} at ${at || 'the file'}: ${detail}`),
  ].join('\n');
}

type Holds = Extract<SealedResult, { ok: true }>;

function sealedWords({ content, auditor, sealed, others, proven, trusted }: Holds): string[] {
  return [
    `The seal holds. The auditor ${auditor} says, until ${moment(sealed.until)}:`,
    '',
    `${content.verdict.toUpperCase()} — ${content['policy.name']}, version ${content['policy.version']}`,
    `${formatMass(BigInt(content.goods.milligrams))} of HS ${content.goods.commodity}, as of block ${content['block.number']} (${moment(content['block.time'])})`,
    '',
    ...content.rules.map(({ answer, question }) => `  ${answer.padEnd(20)} ${question}`),
    '',
    'Origins:',
    ...content.shares.map(
      ({ milligrams, material, recycled, kind, country }) =>
        `  ${formatMass(BigInt(milligrams))} ${material.name}${recycled ? ' (recycled)' : ''}: ${kind}${country ? ` in ${country.name}` : ', origin not on the ledger'}`,
    ),
    ...findingWords(content.findings),
    ...(others.length === 0 ? [] : ['', 'Also attested of this lot:']),
    ...others.map((one) => `- ${one.scheme}: ${one.outcome}, by ${one.auditor}, until ${moment(one.endsAt)}`),
    ...provenWords({ proven, trusted }),
  ];
}

function findingWords(findings: Holds['content']['findings']): string[] {
  const told = findings.filter(({ severity }) => severity !== 'information');
  if (told.length === 0) return [];
  return [
    '',
    'Findings:',
    ...told.map(({ rule, answer, affected, atMost, sites }) => {
      const masses = affected.map(
        ({ milligrams, material }) => `${formatMass(BigInt(milligrams))} of ${material.name.toLowerCase()}`,
      );
      const where = sites.map(
        ({ kind, country, count: number }) =>
          `${number} × ${kind ?? 'site'}${country ? ` in ${country.name}` : ''}`,
      );
      const what = [
        ...(masses.length > 0 ? [`${atMost ? 'at most ' : ''}${masses.join(', ')}`] : []),
        ...where,
      ];
      return `- ${rule}: ${answer}${what.length > 0 ? ` (${what.join('; ')})` : ''}`;
    }),
  ];
}
