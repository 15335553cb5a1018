import { normalContent, pairKey, pairOf, sumContent } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import { isOriginProcess } from '../protocol/origin.ts';
import { ancestryOf } from './graph.ts';
import type { History, ProductionNode } from './history.ts';

/** Why a history cannot be judged: what it names and lacks, or what no ledger could have recorded. */
export type HistoryProblem = { readonly subject: Hex; readonly detail: string };

/** What is wrong with a history as a whole; none means that attribution and checks can rely on it. */
export function historyProblems(history: History): HistoryProblem[] {
  const lacking = [...history.productions].flatMap(([id, production]) =>
    production.id === id
      ? lackingIn(history, production)
      : [{ subject: id, detail: `production ${id} is missing` }],
  );
  const problems = [
    ...lotProblems(history),
    ...lacking,
    ...legProblems(history),
    ...subjectProblems(history),
  ];
  if (problems.length > 0) return problems;
  const sums = [...history.productions.values()].flatMap((production) =>
    balanceProblems(history, production),
  );
  return [...sums, ...circleProblems(history)];
}

function subjectProblems(history: History): HistoryProblem[] {
  const lot = history.lots.get(history.lot);
  if (!lot) return [{ subject: history.lot, detail: `lot ${history.lot} is missing` }];
  if (!history.productions.get(lot.production)?.outputs.includes(lot.lot))
    return [{ subject: lot.production, detail: `production ${lot.production} of lot ${lot.lot} is missing` }];
  if (!history.facilities.has(history.state.facility))
    return [{ subject: history.state.facility, detail: `facility ${history.state.facility} is missing` }];
  return [];
}

function lotProblems(history: History): HistoryProblem[] {
  return [...history.lots].flatMap(([id, lot]) => {
    const sound = lot.content.every(({ milligrams }) => milligrams > 0n);
    if (lot.lot !== id) return [{ subject: id, detail: `lot ${lot.lot} stands where ${id} should` }];
    return sound && normalContent(lot.content).length === lot.content.length
      ? []
      : [{ subject: id, detail: `the content of lot ${id} lists a pair twice, or nothing of one` }];
  });
}

function lackingIn(history: History, production: ProductionNode): HistoryProblem[] {
  const { id, facility, process, inputs, outputs } = production;
  const problem = (subject: Hex, detail: string) => ({ subject, detail });
  return [
    ...(history.facilities.has(facility)
      ? []
      : [problem(facility, `facility ${facility} of ${id} is missing`)]),
    ...(isOriginProcess(process) === inputs.length > 0
      ? [problem(id, `production ${id} is "${process}" with ${inputs.length} inputs`)]
      : []),
    ...inputs.flatMap((input) => {
      const lot = history.lots.get(input);
      if (!lot) return [problem(input, `input lot ${input} of ${id} is missing`)];
      return history.productions.has(lot.production)
        ? []
        : [problem(lot.production, `production ${lot.production} of lot ${input} is missing`)];
    }),
    ...outputs
      .filter((output) => history.lots.get(output)?.production !== id)
      .map((output) =>
        problem(output, `output lot ${output} of ${id} is missing, or names another production`),
      ),
  ];
}

function legProblems(history: History): HistoryProblem[] {
  return [...history.legs.values()].flat().flatMap((leg) =>
    [leg.from, leg.to]
      .filter((facility) => !history.facilities.has(facility))
      .map((facility) => ({
        subject: facility,
        detail: `facility ${facility} of dispatch ${leg.dispatch} is missing`,
      })),
  );
}

/** No milligram of a pair comes out that did not go in; at a recycler, primary may become recycled. */
function balanceProblems(history: History, production: ProductionNode): HistoryProblem[] {
  if (isOriginProcess(production.process)) return [];
  const sum = (lots: readonly Hex[]) => sumContent(lots.map((lot) => history.lots.get(lot)?.content ?? []));
  const inputs = sum(production.inputs);
  const outputs = sum(production.outputs);
  const recycler = history.facilities.get(production.facility)?.kind === 'recycler';
  return [...outputs].flatMap(([pair, out]) => {
    const { material, recycled } = pairOf(pair);
    const primary = pairKey(material, false);
    const spare = recycled && recycler ? (inputs.get(primary) ?? 0n) - (outputs.get(primary) ?? 0n) : 0n;
    const into = (inputs.get(pair) ?? 0n) + spare;
    const detail = `production ${production.id} makes ${out} mg of ${pair} from ${into} mg`;
    return out > into ? [{ subject: production.id, detail }] : [];
  });
}

function circleProblems(history: History): HistoryProblem[] {
  try {
    ancestryOf(history, history.lot);
    return [];
  } catch (error) {
    return [{ subject: history.lot, detail: error instanceof Error ? error.message : String(error) }];
  }
}
