import { custodyModels, type FacilityKind, type Process, processes } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { isOriginProcess } from '../../protocol/origin.ts';
import type { Output } from '../../protocol/statements.ts';
import { type Evidence, readEvidence } from '../evidence-file.ts';
import { UsageError } from '../failure.ts';
import { heldLots } from '../lot-reference.ts';
import { type AddCommands, collect, type EvidenceOptions, examples, withEvidence } from '../runner.ts';
import { occurredAt, openDesk, type Session } from '../session.ts';
import { submit } from '../submit.ts';
import { commodityIn, contentIn, idIn, massIn, outputIn, termIn } from '../values.ts';

type MadeOptions = EvidenceOptions & { facility: string; process?: string; model: string; at?: string };
type RegisterOptions = MadeOptions & {
  commodity: string;
  mass: string;
  content: string;
  lotEvidence?: string;
};
type TransformOptions = MadeOptions & { input: readonly string[]; output?: readonly string[] };

const MODELS = Object.keys(custodyModels).join(', ');

/** Material that comes onto the ledger: mined, collected, or declared. */
export const addRegister: AddCommands = (program, run) => {
  const command = program
    .command('register')
    .description('register a lot at its origin: mined, collected as scrap, or declared stock')
    .requiredOption('--facility <id>', 'where it originates: a facility of yours')
    .option(
      '--process <process>',
      "extract, collect or declare; if not given, what the facility's kind is for",
    )
    .requiredOption('--commodity <hs-code>', 'six digits, such as 2605.00')
    .requiredOption('--mass <mass>', 'net mass as weighed, such as "20 t"')
    .requiredOption('--content <list>', 'dry content, such as Co=1.2t,Cu=300kg or Co:recycled=2kg')
    .option('--model <model>', `how it is kept apart: ${MODELS}`, 'identity-preserved')
    .option('--lot-evidence <file.json>', 'evidence on the lot itself, such as its tags or assay')
    .option('--at <time>', 'when it happened: now, a day, or a time with its zone');
  examples(
    withEvidence(command).action(run(register)),
    'register --facility 0x1f4e… --commodity 2605.00 --mass "20 t" --content Co=1.2t --lot-evidence bags.json',
    'register --facility 0x1f4e… --process declare --commodity 2833.24 --mass 25t --content Ni=5.5t',
  );
};

/** Lots that become other lots. */
export const addTransform: AddCommands = (program, run) => {
  const origins = Object.keys(processes).filter((process) => !isOriginProcess(process));
  const command = program
    .command('transform')
    .description('use lots up and make others of them')
    .requiredOption('--facility <id>', 'where: a facility of yours')
    .requiredOption('--process <process>', origins.join(', '))
    .requiredOption('--model <model>', `how it was kept apart: ${MODELS}`)
    .requiredOption('--input <lot>', 'a lot that you hold, by id or its first digits (repeatable)', collect)
    .option(
      '--output <lot>',
      'a lot that comes out: "HS-CODE MASS CONTENT @evidence.json" (repeatable)',
      collect,
    )
    .option('--at <time>', 'when it happened: now, a day, or a time with its zone');
  examples(
    withEvidence(command).action(run(transform)),
    'transform --facility 0x77c0… --process refine --model mass-balance --input 7b2ae6b3 --input 0951d4d6 \\\n      --output "2833.29 20t Co=4.1t,Co:recycled=90kg @assay.json"',
    'transform --facility 0x77c0… --process reweigh --model identity-preserved --input 7b2ae6b3 --output "2822.00 24.6t Co=3.69t"',
    'transform --facility 0x77c0… --process retire --model segregated --input 7b2ae6b3',
  );
};

const originOf: Readonly<Partial<Record<FacilityKind, Process>>> = {
  mine: 'extract',
  'artisanal-mine': 'extract',
  recycler: 'collect',
};

async function register(
  session: Session,
  _operands: readonly string[],
  options: RegisterOptions,
): Promise<void> {
  const facility = idIn(options.facility, 'a facility');
  const hidden = options.hide ?? [];
  const lotEvidence = await readEvidence(
    options.lotEvidence,
    options.lotEvidence === undefined ? [] : hidden,
  );
  const isHiddenInLot = options.lotEvidence !== undefined && options.evidence === undefined;
  const evidence = await readEvidence(options.evidence, isHiddenInLot ? [] : hidden);
  const output = {
    commodity: commodityIn(options.commodity),
    milligrams: massIn(options.mass),
    content: contentIn(options.content),
    evidence: lotEvidence.root,
  };
  const process = options.process ?? originOf[(await session.client.facility(facility)).kind] ?? 'declare';
  const made = { facility, process, evidence, inputs: [], outputs: [output], papers: [lotEvidence] };
  await produce(session, { ...options, ...made });
}

async function transform(
  session: Session,
  _operands: readonly string[],
  options: TransformOptions,
): Promise<void> {
  const facility = idIn(options.facility, 'a facility');
  const hidden = options.hide ?? [];
  const evidence = await readEvidence(options.evidence, hidden);
  const outputs: Output[] = [];
  const papers: Evidence[] = [];
  for (const { evidence: file, ...lot } of (options.output ?? []).map(outputIn)) {
    const paper = await readEvidence(file, []);
    papers.push(paper);
    outputs.push({ ...lot, evidence: paper.root });
  }
  const { party } = await openDesk(session);
  const inputs = await heldLots(session, options.input, party);
  await produce(session, {
    ...options,
    facility,
    process: options.process ?? '',
    evidence,
    inputs,
    outputs,
    papers,
  });
}

type Making = {
  readonly facility: Hex;
  readonly process: string;
  readonly model: string;
  readonly at?: string;
  readonly evidence: Evidence;
  readonly inputs: readonly { lot: Hex; head: Hex }[];
  readonly outputs: readonly Output[];
  readonly papers: readonly Evidence[];
};

async function produce(session: Session, making: Making): Promise<void> {
  const { facility, inputs, outputs, evidence, papers } = making;
  const process = termIn(processes, making.process, 'process');
  if (isOriginProcess(process) !== (inputs.length === 0))
    throw new UsageError(
      `"${process}" is for ${isOriginProcess(process) ? 'lodebook register' : 'lodebook transform'}.`,
    );
  const desk = await openDesk(session);
  const message = {
    custodian: desk.party,
    facility,
    process: processes[process],
    custodyModel: custodyModels[termIn(custodyModels, making.model, 'model of custody')],
    inputs,
    outputs,
    occurredAt: occurredAt(making.at, desk),
    evidence: evidence.root,
    recordBy: desk.recordBy,
  };
  await submit(session, desk, {
    statement: { type: 'Production', message },
    evidence: [evidence, ...papers],
    next: (_id, [lot]) =>
      lot === undefined ? [] : [`lodebook lot ${lot}`, `lodebook dispatch --lot ${lot} …`],
  });
}
