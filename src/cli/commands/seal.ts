import { randomBytes } from 'node:crypto';
import { evidenceRoot, type JsonValue } from '../../protocol/evidence.ts';
import { type Hex, hex } from '../../protocol/hex.ts';
import type { Certificate } from '../../verification/certificate.ts';
import { SEAL_OUTCOME, SEAL_SCHEME, sealedContent } from '../../verification/sealed/content.ts';
import { checkBundle, type DemandOptions, withDemands } from '../bundle-check.ts';
import type { Evidence } from '../evidence-file.ts';
import { Failure } from '../failure.ts';
import { findLot } from '../lot-reference.ts';
import { type AddCommands, examples } from '../runner.ts';
import { type Desk, openDesk, type Session } from '../session.ts';
import { submit } from '../submit.ts';
import { timeIn } from '../values.ts';
import { certificateWords } from './look.ts';

type Options = DemandOptions & { policy?: string; until?: string };

export const addSeal: AddCommands = (program, run) => {
  const command = program
    .command('seal')
    .description("as an accredited auditor, check a lot's full bundle and attest its certificate")
    .argument('<lot>', "the lot's id, or the start of it")
    .option('--policy <id>', 'the policy that the certificate is under')
    .option('--until <time>', 'in force until: a day, or a time with its zone (if not given, for a year)');
  examples(
    withDemands(command).action(run(seal)),
    'seal 0x7b2ae6b3',
    'seal 0x7b2ae6b3 --rpc http://127.0.0.1:8545 --policy eu-batteries --until 2027-03-01',
  ).addHelpText(
    'after',
    `
The bundle is verified here, on your machine: nothing is signed where it does not hold. What you sign is the hash of the
certificate, with its verdict, answers, findings and shares, and no name or id of who is upstream. All of that becomes
public. The accreditor has to have accredited you for the scheme ${SEAL_SCHEME}.`,
  );
};

const YEAR = 365 * 86_400;

async function seal(session: Session, [reference = '']: readonly string[], options: Options): Promise<void> {
  const lot = await findLot(session, reference);
  const bundle = await session.client.bundle(lot, options.policy);
  const given = { what: `The bundle of lot ${lot}`, input: bundle };
  const { certificate, trusted } = await checkBundle(session, given, options);
  if (certificate.lot.id !== lot)
    throw new Failure(`The service gave the bundle of lot ${certificate.lot.id} for lot ${lot}.`);
  const desk = await openDesk(session);
  requireLedger(certificate, desk);
  const evidence = sealEvidence(certificate);
  session.terminal.note(...certificateWords(certificate), '', 'What you trust yourself when you seal it:');
  session.terminal.note(...trusted.map((line) => `- ${line}`), '');
  const message = {
    auditor: desk.party,
    subject: lot,
    scheme: SEAL_SCHEME,
    outcome: SEAL_OUTCOME,
    validFrom: desk.now,
    validUntil: options.until === undefined ? desk.now + YEAR : timeIn(options.until, desk.now),
    evidence: evidence.root,
    recordBy: desk.recordBy,
  };
  await submit(session, desk, {
    statement: { type: 'Attestation', message },
    evidence: [evidence],
    next: (id) => [
      `the sealed certificate is at ${session.options.api}/v1/lots/${lot}/sealed`,
      `if it has to end early: lodebook revoke ${id}`,
    ],
  });
}

/** What is signed for one ledger says nothing of another. @throws Failure */
function requireLedger({ ledger: { chainId, address } }: Certificate, { domain }: Desk): void {
  if (hex(domain.verifyingContract) !== address || Number(domain.chainId) !== chainId)
    throw new Failure('The bundle is of another ledger than the one that this service speaks for.');
}

/** The document that is sealed, with all its fields shown. @throws Failure for a void lot */
function sealEvidence(certificate: Certificate): Evidence {
  if (certificate.lot.status === 'void')
    throw new Failure(`Lot ${certificate.lot.id} is void: there is nothing to seal.`);
  const fields = Object.entries(sealedContent(certificate)).map(([path, value]) => ({
    path,
    value: value as JsonValue,
    salt: newSalt(),
  }));
  return { root: evidenceRoot({ fields }), documents: [{ fields }], saved: null };
}

function newSalt(): Hex {
  return hex(`0x${randomBytes(32).toString('hex')}`);
}
