import { Command, CommanderError } from 'commander';
import { addAccreditor } from './commands/accreditor.ts';
import { addAttest, addRevoke } from './commands/audit.ts';
import { addCorrect } from './commands/correct.ts';
import { addDispatch, addReceive } from './commands/custody.ts';
import { addDelegate } from './commands/delegate.ts';
import { addDeploy } from './commands/deploy.ts';
import { addEvidence } from './commands/evidence.ts';
import { addFacility } from './commands/facility.ts';
import { addGrants } from './commands/grants.ts';
import { addKeyProposals } from './commands/key-proposals.ts';
import { addKeys } from './commands/keys.ts';
import { addLook } from './commands/look.ts';
import { addObserve } from './commands/observe.ts';
import { addPolicy } from './commands/policy.ts';
import { addRegister, addTransform } from './commands/produce.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addRegistrar } from './commands/registrar.ts';
import { addRequests } from './commands/requests.ts';
import { addSeal } from './commands/seal.ts';
import { addVerify } from './commands/verify.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { complaintOf, exitCodes, Failure } from './failure.ts';
import type { AddCommands, Runner } from './runner.ts';
import { type GlobalOptions, openSession } from './session.ts';
import { openTerminal, type Streams } from './terminal.ts';

export type Surroundings = {
  readonly streams: Streams;
  readonly variables: Environment['variables'];
  readonly signal: AbortSignal;
};

const commands: readonly AddCommands[] = [
  addKeys,
  addFacility,
  addRegister,
  addTransform,
  addCorrect,
  addDispatch,
  addReceive,
  addObserve,
  addAttest,
  addRevoke,
  addDelegate,
  addEvidence,
  addRequests,
  addGrants,
  addLook,
  addVerify,
  addSeal,
  addPolicy,
  addRegistrar,
  addKeyProposals,
  addAccreditor,
  addDeploy,
  addRebuild,
];

/** Runs one command line. @returns its exit code: 0 done, 1 it could not be done, 2 it was not used right */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { streams } = surroundings;
  try {
    await programFor(surroundings).parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { exitCode, code, message } = complaintOf(surroundings.signal.aborted ? interrupted : error);
    if (args.includes('--json')) streams.output.write(`${JSON.stringify({ error: { code, message } })}\n`);
    else streams.errors.write(`lodebook: ${message}\n`);
    return exitCode;
  }
}

function programFor({ streams, variables, signal }: Surroundings): Command {
  const environment = readEnvironment(variables);
  const run: Runner =
    (work) =>
    async (...given) => {
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<GlobalOptions>();
      const terminal = openTerminal(streams, options.json ?? false);
      await work(openSession({ terminal, environment, options, signal }), command.args, command.opts());
    };
  const program = new Command('lodebook')
    .description('Sign and send what happens to material, and look up where it comes from.')
    .option('--api <url>', 'the service', environment.api)
    .option('--key <name>', 'the key that signs; not needed where there is only one')
    .option('--for <account>', 'the party that it signs for: as its delegate, or as its second key')
    .option('--password-file <file>', "the file that holds the key's password")
    .option('--json', 'one line of JSON on stdout, for programs')
    .option('--dry-run', 'show what would be signed, and send nothing')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.output.write(text),
      writeErr: (text) => streams.errors.write(text),
    })
    .showHelpAfterError('(lodebook --help, or --help after a command, says more)')
    .addHelpText('after', footer);
  for (const add of commands) add(program, run);
  return program;
}

const interrupted = new Failure(
  'Stopped. A statement that was sent already is kept: look with "lodebook statement".',
);

const footer = `
Environment:
  LODEBOOK_API       the service (as --api)
  LODEBOOK_KEYS      the folder of your keys (if not set, ~/.lodebook/keys)
  LODEBOOK_PASSWORD  the password of the key that signs
  DATA_DIR           where a service of this machine keeps its data (if not set, ./data)

Exit codes: 0 done, 1 it could not be done, 2 it was not used right.`;
