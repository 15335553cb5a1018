import { writeFile } from 'node:fs/promises';
import type { LotDetail } from '../../api/schemas/lots.ts';
import { formatMass } from '../../protocol/mass.ts';
import type { Certificate } from '../../verification/certificate.ts';
import { Failure } from '../failure.ts';
import { findLot } from '../lot-reference.ts';
import { type AddCommands, examples } from '../runner.ts';
import type { Session } from '../session.ts';
import { accountIn, idIn } from '../values.ts';
import { commodityWords, contentViewWords, moment } from '../words.ts';

type CertificateOptions = { policy?: string; out?: string };

export const addLook: AddCommands = (program, run) => {
  const lot = '<lot>';
  const means = 'its id, or at least the first 8 digits';
  examples(
    program
      .command('lot')
      .description('what a lot is, where it is, and who holds it')
      .argument(lot, means)
      .action(run(showLot)),
    'lot 7b2ae6b3',
    'lot 7b2ae6b3 --json',
  );
  examples(
    program
      .command('certificate')
      .description('what a policy says of a lot, and on what that rests')
      .argument(lot, means)
      .option('--policy <id>', 'the policy; if not given, the first that the service has')
      .option('--out <file.json>', 'write the whole certificate there')
      .action(run(showCertificate)),
    'certificate 7b2ae6b3',
    'certificate 7b2ae6b3 --policy oecd-due-diligence --out certificate.json',
  );
  examples(
    program
      .command('statement')
      .description('what became of a statement')
      .argument('<id>', 'its id')
      .action(run(showStatement)),
    'statement 0x3ad1…',
  );
  examples(
    program
      .command('party')
      .description('who a party is, which key signs for it, and to whom it delegated')
      .argument('<account>', 'its account')
      .action(run(showParty)),
    'party 0x5bd6…',
  );
};

async function showLot(session: Session, [reference = '']: readonly string[]): Promise<void> {
  const lot = await session.client.lot(await findLot(session, reference));
  const label = `${session.options.api}/v1/lots/${lot.id}/label.svg`;
  session.terminal.result(lot, [...lotWords(lot), ...(lot.status === 'void' ? [] : [`Label ${label}`])]);
}

function lotWords(lot: LotDetail): string[] {
  const place = `${lot.facility.name ?? lot.facility.id} (${lot.facility.country.alpha2 ?? lot.facility.country.numeric})`;
  return [
    `Lot ${lot.id}`,
    `${formatMass(BigInt(lot.milligrams))} of ${commodityWords(lot.commodity)}, with ${contentViewWords(lot.content)}`,
    `${lot.status}, ${lot.status === 'in-transit' ? 'on its way to' : 'at'} ${place}; answered for by ${lot.custodian.name ?? lot.custodian.id}`,
    `Made by "${lot.process}" (${lot.custodyModel}) on ${moment(lot.occurredAt)}, recorded ${moment(lot.recordedAt)}`,
    ...(lot.weighed === null ? [] : [`Weighed on its last arrival: ${formatMass(BigInt(lot.weighed))}`]),
    ...(lot.spentBy === null ? [] : [`Used up by production ${lot.spentBy}`]),
    ...voidWords(lot),
    ...lot.attestations.map(
      (one) => `${one.scheme}: ${one.outcome}, ${one.standing} (${one.auditor.name ?? one.auditor.id})`,
    ),
    `Head ${lot.head}`,
    ...(lot.status === 'void' ? [] : [`Next: lodebook certificate ${lot.id}`]),
  ];
}

/** What must not be taken for a lot says so, and why. */
function voidWords({ production: { correctedBy } }: LotDetail): string[] {
  if (!correctedBy) return [];
  const { id, author, occurredAt, recordedAt } = correctedBy;
  return [
    `VOID: its production was corrected by ${author.name ?? author.id} on ${moment(occurredAt)}, recorded ${moment(recordedAt)}`,
    `Correction ${id}`,
    'Do not accept, pay for or process anything under this id: ask its maker which lot was registered in its place.',
  ];
}

async function showCertificate(
  session: Session,
  [reference = '']: readonly string[],
  { policy, out }: CertificateOptions,
): Promise<void> {
  const certificate = await session.client.certificate(await findLot(session, reference), policy);
  if (out !== undefined)
    await writeFile(out, `${JSON.stringify(certificate, null, 2)}\n`).catch(
      (error: NodeJS.ErrnoException) => {
        throw new Failure(`The certificate could not be written to ${out} (${error.code ?? error.message}).`);
      },
    );
  session.terminal.result(certificate, [
    ...certificateWords(certificate),
    ...(out === undefined ? [] : [`The whole certificate is in ${out}.`]),
  ]);
}

/** A certificate, for people. */
export function certificateWords(certificate: Certificate): string[] {
  const { verdict, policy, sentence, rules, findings, origins, asOf } = certificate;
  const counted = findings.filter(({ severity }) => severity !== 'information');
  return [
    `${verdict.toUpperCase()} — ${policy.name}, version ${policy.version}`,
    sentence,
    '',
    ...rules.map((rule) => `  ${rule.answer.padEnd(20)} ${rule.question}`),
    ...(counted.length === 0
      ? []
      : ['', ...counted.flatMap(({ title, mend }) => [`- ${title}`, ...(mend ? [`  ${mend}`] : [])])]),
    '',
    'Origins:',
    ...origins.map(
      ({ material, recycled, kind, site, milligrams }) =>
        `  ${formatMass(BigInt(milligrams))} ${material.name}${recycled ? ' (recycled)' : ''}: ${kind} at ${site.name ?? site.facility}${site.country ? `, ${site.country.name}` : ''}`,
    ),
    '',
    `As of block ${asOf.block} (${moment(asOf.time)}).`,
  ];
}

async function showParty({ client, terminal }: Session, [text = '']: readonly string[]): Promise<void> {
  const account = accountIn(text);
  const [party, delegations] = await Promise.all([client.party(account), client.delegations(account)]);
  const { proposal } = party;
  terminal.result({ ...party, delegations: delegations.items }, [
    `Party ${party.id}${party.name === null ? '' : `, ${party.name}`}: ${party.status}`,
    `Its key is ${party.key}, number ${party.keyNumber}`,
    ...(proposal
      ? [`Proposed: key ${proposal.key}, from ${moment(proposal.effectiveAt)} on unless it objects`]
      : []),
    ...delegations.items.map(
      ({ delegate, scope, validUntil, standing }) =>
        `Delegate ${delegate}: ${standing}, ${scope.join(', ') || 'nothing'}${validUntil === 0 ? '' : `, until ${moment(validUntil)}`}`,
    ),
    ...(delegations.next === null ? [] : ['… and more']),
  ]);
}

async function showStatement({ client, terminal }: Session, [text = '']: readonly string[]): Promise<void> {
  const id = idIn(text, 'a statement');
  const found = await client.statement(id);
  if (!found)
    throw new Failure(
      `Neither the ledger nor the service knows statement ${id}. If it was never sent, send it again.`,
    );
  terminal.result(found, [
    `${found.type} ${found.id} of ${found.author}: ${found.status}`,
    ...(found.signer === null || found.signer === found.author ? [] : [`Signed by ${found.signer}`]),
    ...(found.correctedBy === null ? [] : [`Corrected: undone by ${found.correctedBy}`]),
    ...(found.block === null ? [] : [`In block ${found.block}, transaction ${found.transaction}`]),
    ...(found.refusal === null ? [] : [`Refused (${found.refusal.code}): ${found.refusal.detail}`]),
    ...found.lots.map((lot) => `Lot ${lot}`),
  ]);
}
