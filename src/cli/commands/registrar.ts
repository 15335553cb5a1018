import type { Command } from 'commander';
import { formatMass } from '../../protocol/mass.ts';
import { materialOf } from '../../protocol/materials.ts';
import { type ActOptions, perform } from '../acting.ts';
import { UsageError } from '../failure.ts';
import { type AddCommands, examples, withEvidence } from '../runner.ts';
import { accountIn, idIn, massIn, materialIn } from '../values.ts';

type GrantOptions = ActOptions & {
  facility: string;
  material: string;
  recycled?: true;
  year: string;
  mass: string;
};

/** The chain's node that acts of the registrar and the accreditor are sent to. */
export function withNode(command: Command): Command {
  return withChain(withEvidence(command));
}

/** The chain's node, for an act that needs no evidence. */
export function withChain(command: Command): Command {
  return command.option('--rpc <url>', "the chain's node", 'http://127.0.0.1:8545');
}

export const addRegistrar: AddCommands = (program, run) => {
  const acts = [
    [
      'admit',
      'registrar: let a party sign',
      'may sign from now on',
      'the party registers its sites (lodebook facility)',
    ],
    [
      'suspend',
      'registrar: stop a party',
      'can only refuse, recall and revoke from now on',
      'lodebook reinstate, once that is over',
    ],
    [
      'reinstate',
      'registrar: let a suspended party sign again',
      'may sign again',
      'nothing: the party may go on',
    ],
  ] as const;
  for (const [act, description, effect, next] of acts) {
    const command = program
      .command(act)
      .description(description)
      .argument('<account>', "the party's account");
    const party = '0x5bd6b1a7c5c1ea2b6a8e5ab1c31d9a4ef3d7a3d1';
    examples(
      withNode(command).action(
        run<ActOptions>((session, [text = ''], options) => {
          const account = accountIn(text);
          const acting = {
            role: 'registrar',
            act: (evidence) => ({ act, party: account, evidence }),
            says: `party ${account} ${effect}.`,
            next: [next],
          } as const satisfies Parameters<typeof perform>[1];
          return perform(session, acting, options);
        }),
      ),
      `${act} ${party}`,
      `${act} ${party} --evidence party.json --key registrar`,
    );
  }
  addGrant(program, run);
};

const addGrant: AddCommands = (program, run) => {
  const command = program
    .command('grant')
    .description('registrar: say how much may originate at a facility in a year')
    .requiredOption('--facility <id>', 'the facility')
    .requiredOption('--material <material>', 'symbol, name or number')
    .option('--recycled', 'recycled material, at a recycler')
    .requiredOption('--year <year>', 'a UTC year')
    .requiredOption('--mass <mass>', 'all that may originate in that year, such as "500 t"');
  examples(
    withNode(command).action(
      run<GrantOptions>((session, _operands, options) => {
        const facility = idIn(options.facility, 'a facility');
        const material = materialIn(options.material);
        const milligrams = massIn(options.mass);
        const year = yearIn(options.year);
        const recycled = options.recycled ?? false;
        const what = `${formatMass(milligrams)} of ${recycled ? 'recycled ' : ''}${materialOf(material).name}`;
        const acting = {
          role: 'registrar',
          act: (evidence) => ({
            act: 'grant-quota',
            facility,
            material,
            recycled,
            year,
            milligrams,
            evidence,
          }),
          says: `in ${year}, ${what} may originate at facility ${facility}, all in all.`,
          next: ['the operator registers lots (lodebook register)'],
        } as const satisfies Parameters<typeof perform>[1];
        return perform(session, acting, options);
      }),
    ),
    `grant --facility 0x1f4e… --material Co --year 2026 --mass "500 t"`,
    `grant --facility 0x1f4e… --material Ni --recycled --year 2026 --mass "90 t"`,
  );
};

function yearIn(text: string): number {
  if (!/^\d{4}$/.test(text))
    throw new UsageError(`"${text}" is not a year: write four digits, such as 2026.`);
  return Number(text);
}
