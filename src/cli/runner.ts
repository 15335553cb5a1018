import type { Command } from 'commander';
import type { Session } from './session.ts';

/** What a command does: with a session, its operands in order, and its own options. */
export type Work<Options> = (
  session: Session,
  operands: readonly string[],
  options: Options,
) => Promise<void>;

/** Makes a handler for commander out of a command's work. */
export type Runner = <Options extends object>(work: Work<Options>) => (...given: unknown[]) => Promise<void>;

/** Adds one command, or several, to the program. */
export type AddCommands = (program: Command, run: Runner) => void;

/** For an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** The options of commands whose statement may carry evidence. */
export type EvidenceOptions = { readonly evidence?: string; readonly hide?: readonly string[] };

export function withEvidence(command: Command): Command {
  return command
    .option(
      '--evidence <file.json>',
      'fields of evidence, from path to value; their salts are kept beside the file',
    )
    .option('--hide <path>', 'a field of it to keep to yourself (repeatable)', collect);
}

/** Examples, as they stand at the end of a command's help. */
export function examples(command: Command, ...lines: string[]): Command {
  return command.addHelpText(
    'after',
    `\nExamples:\n${lines.map((line) => `  $ lodebook ${line}`).join('\n')}`,
  );
}
