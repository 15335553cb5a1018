import { type PolicyFileError, readPolicy } from '../../policies.ts';
import { type Policy, policyHash } from '../../verification/policy.ts';
import { Failure } from '../failure.ts';
import { type AddCommands, examples } from '../runner.ts';
import type { Session } from '../session.ts';
import { count } from '../words.ts';

export const addPolicy: AddCommands = (program, run) => {
  const command = program
    .command('policy')
    .description('whether a file is a policy, what it asks, and the hash by which certificates name it')
    .argument('<file.json>', 'a policy of your own')
    .action(run(showPolicy));
  examples(command, 'policy our-policy.json').addHelpText(
    'after',
    `
docs/policies.md says what a policy is made of. A service asks those in DATA_DIR/policies once it is started again.`,
  );
};

async function showPolicy({ terminal }: Session, [file = '']: readonly string[]): Promise<void> {
  const policy = await readPolicy(file).catch((error: PolicyFileError) => {
    if (error.name === 'PolicyFileError') throw new Failure(error.message);
    throw error;
  });
  const { id, version } = policy;
  terminal.result({ id, version, hash: policyHash(policy), rules: policy.rules.length }, policyWords(policy));
}

function policyWords(policy: Policy): string[] {
  const { id, version, name, rules } = policy;
  const indicators = rules.filter(({ indicator }) => indicator).length;
  return [
    `${name} (${id}, version ${version}): ${count(rules.length, 'rule')}${indicators === 0 ? '' : `, of which ${count(indicators, 'indicator')}`}`,
    ...rules.map(({ id: rule, clause, question }) => `  ${rule}: ${question} (${clause})`),
    `Hash ${policyHash(policy)}`,
  ];
}
