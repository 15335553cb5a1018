import { z } from 'zod';
import { statementTypeNames } from '../../protocol/statements.ts';
import { account, id, pageOf, partyRef, time } from './common.ts';

const observed = {
  observer: partyRef.describe('The party that answers for the device.'),
  device: account.describe("The account that signed: the observer's own key, or its delegate."),
  subject: id,
};

export const observation = z
  .object({
    id,
    ...observed,
    kind: z.enum(['readings', 'inspection']),
    previous: id.describe('The observation before it in the log; zero = it is the first.'),
    root: id.describe('Root of the tree of readings; zero = an inspection.'),
    count: z.int().describe('How many readings.'),
    from: time,
    until: time,
    evidence: id,
    recordedAt: time,
    final: z.boolean(),
  })
  .meta({ id: 'Observation', description: "A link of a device's log on a subject." });
export type Observation = z.infer<typeof observation>;
export const observationPage = pageOf('ObservationPage', observation);

export const observationLog = z
  .object({
    ...observed,
    first: id.describe('The one that stands in the trail of the subject.'),
    tail: id.describe('What the next observation of the log must name as `previous`.'),
    observations: z.int(),
    readings: z.int(),
    from: time.describe('The earliest.'),
    until: time.describe('The latest.'),
  })
  .meta({ id: 'ObservationLog', description: 'All that one device of one observer saw of one subject.' });
export type ObservationLog = z.infer<typeof observationLog>;
export const observationLogPage = pageOf('ObservationLogPage', observationLog);

const trailEntry = z
  .object({
    statement: id,
    type: z.enum(statementTypeNames).describe('Attestation, Revocation, or Observation: the first of a log.'),
    trail: id.describe('The trail once this joined it.'),
    recordedAt: time,
  })
  .meta({ id: 'TrailEntry' });

export const trail = z
  .object({
    subject: id,
    trail: id.describe(
      'What `trail(subject)` of the contract answers at the indexed block; zero = nothing was said.',
    ),
    block: z.int().describe('The indexed block.'),
    items: z
      .array(trailEntry)
      .describe('Oldest first: each joins as keccak256(abi.encode(trail, statement)).'),
    next: z.string().nullable().describe('Pass it as `cursor`; null = the end.'),
  })
  .meta({ id: 'Trail', description: 'Everything that was said of a subject: nothing can be left out.' });
export type Trail = z.infer<typeof trail>;
