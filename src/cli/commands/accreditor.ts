import { type ActOptions, perform } from '../acting.ts';
import { type AddCommands, examples } from '../runner.ts';
import { accountIn } from '../values.ts';
import { withNode } from './registrar.ts';

type SchemeOptions = ActOptions & { scheme: string };

export const addAccreditor: AddCommands = (program, run) => {
  const acts = [
    ['accredit', 'accreditor: let an auditor attest under a scheme', 'may attest'],
    ['withdraw', 'accreditor: end that; what the auditor attested stands', 'may no longer attest'],
  ] as const;
  for (const [act, description, effect] of acts) {
    const command = program
      .command(act)
      .description(description)
      .argument('<account>', "the auditor's account; it is a party")
      .requiredOption('--scheme <name>', 'the scheme, such as RMAP');
    examples(
      withNode(command).action(
        run<SchemeOptions>((session, [text = ''], options) => {
          const auditor = accountIn(text);
          const { scheme } = options;
          const acting = {
            role: 'accreditor',
            act: (evidence) => ({ act, auditor, scheme, evidence }),
            says: `auditor ${auditor} ${effect} under ${scheme}.`,
            next: [
              act === 'accredit'
                ? 'the auditor attests (lodebook attest)'
                : 'lodebook accredit, if that changes',
            ],
          } as const satisfies Parameters<typeof perform>[1];
          return perform(session, acting, options);
        }),
      ),
      `${act} 0x5bd6b1a7c5c1ea2b6a8e5ab1c31d9a4ef3d7a3d1 --scheme RMAP`,
      `${act} 0x5bd6b1a7c5c1ea2b6a8e5ab1c31d9a4ef3d7a3d1 --scheme "Better Mining" --key accreditor`,
    );
  }
};
