import { outcomes } from '../../protocol/codes.ts';
import { type Hex, hex, partySubject } from '../../protocol/hex.ts';
import { readEvidence } from '../evidence-file.ts';
import { UsageError } from '../failure.ts';
import { type AddCommands, type EvidenceOptions, examples, withEvidence } from '../runner.ts';
import { openDesk, type Session } from '../session.ts';
import { submit } from '../submit.ts';
import { idIn, termIn, timeIn } from '../values.ts';

type AttestOptions = EvidenceOptions & {
  subject: string;
  scheme: string;
  outcome: string;
  from: string;
  until: string;
};
type RevokeOptions = EvidenceOptions & { from: string };

export const addAttest: AddCommands = (program, run) => {
  const command = program
    .command('attest')
    .description('as an accredited auditor, say whether a facility, a lot or a party conforms')
    .requiredOption('--subject <id>', "a facility's or a lot's id, or a party's account")
    .requiredOption('--scheme <name>', 'the scheme, as you are accredited for it, such as RMAP')
    .requiredOption('--outcome <outcome>', Object.keys(outcomes).join(', '))
    .option('--from <time>', 'in force from: now, a day, or a time with its zone', 'now')
    .requiredOption('--until <time>', 'in force until');
  examples(
    withEvidence(command).action(run(attest)),
    'attest --subject 0x77c0… --scheme RMAP --outcome conformant --until 2027-03-01 --evidence report.json',
    'attest --subject 0x77c0… --scheme RMAP --outcome alert --until 2027-03-01',
  );
};

export const addRevoke: AddCommands = (program, run) => {
  const command = program
    .command('revoke')
    .description('end an attestation: as its auditor, or as the registrar')
    .argument('<attestation>', "the attestation's id")
    .option('--from <time>', 'with effect from: now, a day, or a time with its zone', 'now');
  examples(
    withEvidence(command).action(run(revoke)),
    'revoke 0x3ad1…',
    'revoke 0x3ad1… --from 2026-02-01 --evidence reason.json',
  );
};

async function attest(session: Session, _operands: readonly string[], options: AttestOptions): Promise<void> {
  const subject = subjectIn(options.subject);
  const outcome = outcomes[termIn(outcomes, options.outcome, 'outcome')];
  const evidence = await readEvidence(options.evidence, options.hide ?? []);
  const desk = await openDesk(session);
  const message = {
    auditor: desk.party,
    subject,
    scheme: options.scheme,
    outcome,
    validFrom: timeIn(options.from, desk.now),
    validUntil: timeIn(options.until, desk.now),
    evidence: evidence.root,
    recordBy: desk.recordBy,
  };
  await submit(session, desk, {
    statement: { type: 'Attestation', message },
    evidence: [evidence],
    next: (id) => [`if it has to end early: lodebook revoke ${id}`],
  });
}

async function revoke(
  session: Session,
  [text = '']: readonly string[],
  options: RevokeOptions,
): Promise<void> {
  const attestation = idIn(text, 'an attestation');
  const evidence = await readEvidence(options.evidence, options.hide ?? []);
  const desk = await openDesk(session);
  const message = {
    author: desk.party,
    attestation,
    effectiveAt: timeIn(options.from, desk.now),
    evidence: evidence.root,
    recordBy: desk.recordBy,
  };
  await submit(session, desk, {
    statement: { type: 'Revocation', message },
    evidence: [evidence],
    next: () => [],
  });
}

function subjectIn(text: string): Hex {
  if (/^0x[0-9a-fA-F]{64}$/.test(text)) return hex(text);
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return partySubject(hex(text));
  throw new UsageError(
    `"${text}" is not a subject: write the id of a facility or a lot (0x and 64 digits), or a party's account (0x and 40).`,
  );
}
