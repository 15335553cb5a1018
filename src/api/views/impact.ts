import type { Impact } from '../../provenance/impact.ts';
import type { IndexHead } from '../../store/queries/head.ts';
import type { ImpactSubject } from '../../store/queries/impact.ts';
import type { RecallLotRow } from '../../store/queries/recall.ts';
import type { ImpactHead, ImpactLine } from '../schemas/impact.ts';
import type { Names } from './names.ts';
import { balancesView, type Holding, holdingLines } from './recall.ts';

/** What is said of an impact as a whole. `made`: how many lots it starts from. `ever`: the time that means no end. */
export type Impacted = {
  readonly subject: ImpactSubject;
  readonly impact: Impact<RecallLotRow>;
  readonly holdings: readonly Holding[];
  readonly made: number;
  readonly asOf: IndexHead;
  readonly ever: number;
};

export function* impactLines(impacted: Impacted, names: Names): Generator<ImpactLine> {
  yield headLine(impacted);
  yield* holdingLines(impacted.holdings, names);
}

function headLine({ subject, impact, holdings, made, asOf, ever }: Impacted): ImpactHead {
  const { kind, id } = subject;
  const times = subject.kind === 'lot' ? { from: 0, until: ever } : subject;
  return {
    ...{ kind: 'impact', subject: { kind, id }, made },
    from: times.from === 0 ? null : times.from,
    until: times.until === ever ? null : times.until,
    asOf: { block: asOf.number, hash: asOf.hash, time: asOf.time },
    materials: balancesView(impact.content, impact),
    ...{ holders: holdings.length, lots: impact.live.length },
  };
}
