import { facilityKinds, processes } from '../../../protocol/codes.ts';
import { pairKey, pairOf, sumContent } from '../../../protocol/content.ts';
import type { Output } from '../../../protocol/statements.ts';
import { pathOf, type Said } from '../book.ts';
import type { Explored } from '../explore.ts';
import type { Report } from '../problems.ts';

/** No milligram of a pair comes out of a production that did not go in; at a recycler, primary may become recycled. */
export function checkConservation(explored: Explored, report: Report): void {
  for (const production of explored.productions.values())
    if (production.statement.message.inputs.length > 0) checkProduction(explored, production, report);
}

function checkProduction(explored: Explored, production: Said<'Production'>, report: Report): void {
  const { inputs, outputs, facility } = production.statement.message;
  const went = sumContent(inputs.map(({ lot }) => outputOf(explored, lot)?.content ?? []));
  const came = sumContent(outputs.map(({ content }) => content));
  const kind = explored.facilities.get(facility)?.statement.message.kind;
  for (const [pair, milligrams] of came) {
    const { material, recycled } = pairOf(pair);
    const primary = pairKey(material, false);
    const spare =
      recycled && kind === facilityKinds.recycler
        ? (went.get(primary) ?? 0n) - (came.get(primary) ?? 0n)
        : 0n;
    const most = (went.get(pair) ?? 0n) + spare;
    if (milligrams > most)
      report(
        'conservation-broken',
        pathOf(production, 'message.outputs'),
        `${milligrams} mg of ${pair} come out, and at most ${most} mg can`,
      );
  }
}

function outputOf({ lots }: Explored, lot: Output['evidence']): Output | undefined {
  const born = lots.get(lot);
  return born?.production.statement.message.outputs[born.index];
}

/** What is mined comes from a mine, and what is collected from a recycler. */
export function checkOrigins({ productions, facilities }: Explored, report: Report): void {
  const mines: readonly number[] = [facilityKinds.mine, facilityKinds['artisanal-mine']];
  for (const production of productions.values()) {
    const { process, facility } = production.statement.message;
    const kind = facilities.get(facility)?.statement.message.kind ?? 0;
    const isWrong =
      (process === processes.extract && !mines.includes(kind)) ||
      (process === processes.collect && kind !== facilityKinds.recycler);
    if (isWrong)
      report(
        'authority-broken',
        pathOf(production, 'message.process'),
        `a site of kind ${kind} has no such origins`,
      );
  }
}
