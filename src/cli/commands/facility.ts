import { facilityKinds } from '../../protocol/codes.ts';
import { readEvidence } from '../evidence-file.ts';
import { type AddCommands, type EvidenceOptions, examples, withEvidence } from '../runner.ts';
import { openDesk, type Session } from '../session.ts';
import { submit } from '../submit.ts';
import { countryIn, termIn } from '../values.ts';

type Options = EvidenceOptions & { kind: string; country: string };

export const addFacility: AddCommands = (program, run) => {
  const command = program
    .command('facility')
    .description('register a site of yours')
    .requiredOption('--kind <kind>', Object.keys(facilityKinds).join(', '))
    .requiredOption('--country <code>', 'ISO 3166-1 alpha-2, such as CD');
  examples(
    withEvidence(command).action(run(register)),
    'facility --kind mine --country CD --evidence site.json',
    'facility --kind artisanal-mine --country CD --evidence site.json --hide coordinates',
  );
};

async function register(session: Session, _operands: readonly string[], options: Options): Promise<void> {
  const kind = facilityKinds[termIn(facilityKinds, options.kind, 'kind of facility')];
  const country = countryIn(options.country);
  const evidence = await readEvidence(options.evidence, options.hide ?? []);
  const desk = await openDesk(session);
  const message = { operator: desk.party, kind, country, evidence: evidence.root, recordBy: desk.recordBy };
  await submit(session, desk, {
    statement: { type: 'FacilityRegistration', message },
    evidence: [evidence],
    next: (id) => [
      `lodebook register --facility ${id} …; a mine needs a quota first (lodebook grant, by the registrar)`,
    ],
  });
}
