import type { Client } from '../../client/client.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { type Evidence, readEvidence } from '../evidence-file.ts';
import { UsageError } from '../failure.ts';
import { readReadings } from '../readings-file.ts';
import { type AddCommands, type EvidenceOptions, examples, withEvidence } from '../runner.ts';
import { type Desk, openDesk, type Session } from '../session.ts';
import { submit } from '../submit.ts';
import { idIn, timeIn } from '../values.ts';

type Options = EvidenceOptions & {
  subject: string;
  readings?: string;
  show?: true;
  from?: string;
  until?: string;
};

export const addObserve: AddCommands = (program, run) => {
  const command = program
    .command('observe')
    .description(
      'as a device or an inspector, say what was seen of a dispatch, a lot, a facility or a production',
    )
    .requiredOption('--subject <id>', 'the id of what was observed')
    .option(
      '--readings <file>',
      'what was measured: CSV with a header, or a JSON list; with a column time. Without it: an inspection',
    )
    .option('--show', 'show every reading to everybody; if not given, the root of their tree alone is sent')
    .option('--from <time>', 'from when on it was observed; if not given, the first reading, or --until')
    .option('--until <time>', 'until when; if not given, the last reading, or now');
  examples(
    withEvidence(command).action(run(observe)),
    'observe --subject 0x9c01… --readings truck.csv --for 0x5bd6… --key truck',
    'observe --subject 0x9c01… --readings truck.json --show --evidence calibration.json',
    'observe --subject 0x1f4e… --evidence inspection.json --hide inspector --until 2026-03-01T10:00Z',
  );
};

async function observe(session: Session, _operands: readonly string[], options: Options): Promise<void> {
  const subject = idIn(options.subject, 'a dispatch, a lot, a facility or a production');
  if (options.readings === undefined && options.evidence === undefined)
    throw new UsageError(
      'Say what was seen: --readings for measurements, --evidence for an inspection, or both.',
    );
  if (options.readings === undefined && options.show)
    throw new UsageError('--show is for --readings; evidence is shown but for what --hide keeps back.');
  const evidence = await readEvidence(options.evidence, options.hide ?? []);
  const desk = await openDesk(session);
  const seen = await seenBy(options, desk);
  const log = { observer: desk.party, device: desk.key.account };
  const message = {
    ...log,
    subject,
    previous: await tailOf(session.client, subject, log),
    root: seen.root,
    count: seen.count,
    from: options.from === undefined ? seen.from : timeIn(options.from, desk.now),
    until: options.until === undefined ? seen.until : timeIn(options.until, desk.now),
    evidence: evidence.root,
    recordBy: desk.recordBy,
  };
  await submit(session, desk, {
    statement: { type: 'Observation', message },
    evidence: [evidence, ...seen.papers],
    next: () => [],
  });
}

type Seen = {
  readonly root: Hex;
  readonly count: number;
  readonly from: number;
  readonly until: number;
  readonly papers: readonly Evidence[];
};

async function seenBy({ readings: file, show, until }: Options, { now }: Desk): Promise<Seen> {
  if (file === undefined) {
    const at = until === undefined ? now : timeIn(until, now);
    return { root: ZERO_BYTES32, count: 0, from: at, until: at, papers: [] };
  }
  const { papers, ...seen } = await readReadings(file, show ?? false, now);
  return { ...seen, papers: [papers] };
}

/** Where the device's log on the subject ends; zero where it has none. */
async function tailOf(client: Client, subject: Hex, log: { observer: Hex; device: Hex }): Promise<Hex> {
  const { items } = await client.logs(subject, log);
  return items[0]?.tail ?? ZERO_BYTES32;
}
