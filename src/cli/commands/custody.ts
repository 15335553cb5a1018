import type { LotDetail } from '../../api/schemas/lots.ts';
import { transportModes } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { readEvidence } from '../evidence-file.ts';
import { Failure, UsageError } from '../failure.ts';
import { findLots, heldLots } from '../lot-reference.ts';
import { type AddCommands, collect, type EvidenceOptions, examples, withEvidence } from '../runner.ts';
import { occurredAt, openDesk, type Session } from '../session.ts';
import { submit } from '../submit.ts';
import { durationIn, idIn, massIn, termIn } from '../values.ts';

type DispatchOptions = EvidenceOptions & {
  from: string;
  to: string;
  lot: readonly string[];
  mode: string;
  recallAfter: string;
  at?: string;
};
type ReceiveOptions = EvidenceOptions & { lot: readonly string[]; refuse?: true; recall?: true; at?: string };

export const addDispatch: AddCommands = (program, run) => {
  const command = program
    .command('dispatch')
    .description('send lots that you hold to a facility of another party')
    .requiredOption('--lot <lot>', 'a lot that you hold, by id or its first digits (repeatable)', collect)
    .requiredOption('--from <facility>', 'where they leave: a facility of yours')
    .requiredOption('--to <facility>', 'where they go; its operator is the consignee')
    .requiredOption('--mode <mode>', Object.keys(transportModes).join(', '))
    .option('--recall-after <time>', 'how long until you may call them back, such as 36h or 30d', '30d')
    .option('--at <time>', 'when they left: now, a day, or a time with its zone');
  examples(
    withEvidence(command).action(run(dispatch)),
    'dispatch --lot 7b2ae6b3 --lot 0951d4d6 --from 0x1f4e… --to 0x77c0… --mode road --evidence waybill.json',
    'dispatch --lot 7b2ae6b3 --from 0x1f4e… --to 0x77c0… --mode sea --recall-after 60d --at 2026-03-01T10:00Z',
  );
};

export const addReceive: AddCommands = (program, run) => {
  const command = program
    .command('receive')
    .description('accept lots that were sent to you, or refuse them; or call back those that you sent')
    .requiredOption(
      '--lot <lot[=mass]>',
      'a lot of one dispatch, and what it weighed on arrival (repeatable)',
      collect,
    )
    .option('--refuse', 'refuse them: they stay with the consignor')
    .option('--recall', 'you sent them, and call them back')
    .option('--at <time>', 'when they arrived: now, a day, or a time with its zone');
  examples(
    withEvidence(command).action(run(receive)),
    'receive --lot 7b2ae6b3=24.6t --lot 0951d4d6=25t',
    'receive --lot 7b2ae6b3 --refuse --evidence reason.json',
    'receive --lot 7b2ae6b3 --recall',
  );
};

async function dispatch(
  session: Session,
  _operands: readonly string[],
  options: DispatchOptions,
): Promise<void> {
  const mode = transportModes[termIn(transportModes, options.mode, 'mode of transport')];
  const [from, to] = [idIn(options.from, 'a facility'), idIn(options.to, 'a facility')];
  const recallAfter = durationIn(options.recallAfter);
  const evidence = await readEvidence(options.evidence, options.hide ?? []);
  const desk = await openDesk(session);
  const consignee = (await session.client.facility(to)).operator.id;
  const lots = await heldLots(session, options.lot, desk.party);
  const at = occurredAt(options.at, desk);
  const message = {
    consignor: desk.party,
    consignee,
    lots,
    from,
    to,
    mode,
    recallFrom: at + recallAfter,
    occurredAt: at,
    evidence: evidence.root,
    recordBy: desk.recordBy,
  };
  await submit(session, desk, {
    statement: { type: 'Dispatch', message },
    evidence: [evidence],
    next: () => [
      `the consignee receives them: lodebook receive ${lots.map(({ lot }) => `--lot ${lot}`).join(' ')}`,
    ],
  });
}

async function receive(
  session: Session,
  _operands: readonly string[],
  options: ReceiveOptions,
): Promise<void> {
  if (options.refuse && options.recall)
    throw new UsageError('--refuse is for the consignee, --recall for the consignor: give one of them.');
  const asked = options.lot.map(weighing);
  const evidence = await readEvidence(options.evidence, options.hide ?? []);
  const desk = await openDesk(session);
  const lots = await findLots(
    session,
    asked.map(({ reference }) => reference),
    { status: 'in-transit' },
  );
  const message = {
    party: desk.party,
    dispatch: dispatchOf(lots),
    lots: lots.map((lot, index) => ({ lot: lot.id, milligrams: asked[index]?.milligrams ?? 0n })),
    accepted: !options.refuse && !options.recall,
    occurredAt: occurredAt(options.at, desk),
    evidence: evidence.root,
    recordBy: desk.recordBy,
  };
  await submit(session, desk, {
    statement: { type: 'Receipt', message },
    evidence: [evidence],
    next: () => [`lodebook lot ${lots[0]?.id ?? ''}`],
  });
}

function weighing(text: string): { reference: string; milligrams: bigint } {
  const [reference = '', mass] = text.split('=');
  return { reference, milligrams: mass === undefined ? 0n : massIn(mass) };
}

/** The one dispatch that all lots are under way with. */
function dispatchOf(lots: readonly LotDetail[]): Hex {
  const dispatches = new Set(lots.map((lot) => lot.transit?.dispatch));
  const resting = lots.find((lot) => !lot.transit);
  if (resting)
    throw new Failure(`Lot ${resting.id} is ${resting.status}, not in transit: there is nothing to receive.`);
  const [dispatch, another] = dispatches;
  if (dispatch === undefined || another !== undefined)
    throw new Failure(
      'These lots are under way with different dispatches. Receive those of each dispatch by themselves.',
    );
  return dispatch;
}
