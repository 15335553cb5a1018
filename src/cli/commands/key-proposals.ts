import { type ActOptions, perform } from '../acting.ts';
import { type AddCommands, examples } from '../runner.ts';
import { accountIn } from '../values.ts';
import { withChain, withNode } from './registrar.ts';

/** A party that lost its key gets another one, a week after the registrar proposed it. */
export const addKeyProposals: AddCommands = (program, run) => {
  examples(
    withNode(
      program
        .command('propose-key')
        .description('registrar: propose another key for a party that lost its own; it may object for 7 days')
        .argument('<party>', 'the party')
        .argument('<account>', 'the account of its new key'),
    ).action(
      run<ActOptions>((session, operands, options) => {
        const [party, key] = [accountIn(operands[0] ?? ''), accountIn(operands[1] ?? '')];
        const acting = {
          role: 'registrar',
          act: (evidence) => ({ act: 'propose-key', party, key, evidence }),
          says: `party ${party} gets the key ${key} in 7 days, unless it objects.`,
          next: [`in 7 days: lodebook complete-key ${party}; the party may object: lodebook keys object`],
        } as const satisfies Parameters<typeof perform>[1];
        return perform(session, acting, options);
      }),
    ),
    'propose-key 0x5bd6… 0x77c0… --evidence request.json',
  );
  examples(
    withChain(
      program
        .command('complete-key')
        .description('anyone, from the date of a proposal on: give the party its new key')
        .argument('<party>', 'the party'),
    ).action(
      run<ActOptions>((session, [text = ''], options) => {
        const party = accountIn(text);
        const acting = {
          role: 'registrar',
          act: () => ({ act: 'complete-key-proposal', party }),
          says: `party ${party} has the key that was proposed; its delegations ended.`,
          next: [`with that key: lodebook … --for ${party}`],
        } as const satisfies Parameters<typeof perform>[1];
        return perform(session, acting, options);
      }),
    ),
    'complete-key 0x5bd6… --key anybody',
  );
};
