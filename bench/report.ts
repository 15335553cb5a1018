import type { AtDepth } from './depth.ts';
import { type Measured, operations, type Share } from './operations.ts';
import { EAS_ATTEST, type PeerFigure } from './peers.ts';
import { change } from './snapshot.ts';
import { count, table } from './words.ts';

/** What was measured. Peers and depths are missing where they were left out. */
export type Results = {
  readonly measured: Measured;
  readonly peers?: readonly PeerFigure[];
  readonly depths?: readonly AtDepth[];
};

/** `each` is the gas of one lot or statement; `atMost` its target, and `met` whether it is: null where there is none. */
export type Figure = {
  readonly name: string;
  readonly gas: number;
  readonly per: Share['unit'] | null;
  readonly each: number;
  readonly atMost: number | null;
  readonly met: boolean | null;
};

export function figuresOf({ measured, peers = [] }: Results): Figure[] {
  const eas = peers.find(({ name }) => name === EAS_ATTEST)?.gas;
  return operations.map(({ name, share, atMost }) => {
    const gas = measured[name];
    if (gas === undefined) throw new Error(`"${name}" was not measured`);
    const half = eas === undefined ? undefined : Math.floor(eas / 2);
    return figure({ name, gas, share }, atMost === 'half-of-eas' ? half : atMost);
  });
}

/** For machines. */
export function jsonOf(results: Results): {
  readonly operations: readonly Figure[];
  readonly peers: readonly Figure[];
  readonly depths: readonly AtDepth[];
} {
  const { peers = [], depths = [] } = results;
  return { operations: figuresOf(results), peers: peers.map((peer) => figure(peer, undefined)), depths };
}

/** @param snapshot what the change is told against */
export function tableOf(results: Results, snapshot: Measured): string[] {
  const heading = ['Lodebook', 'gas', 'each', 'target', '', 'since the snapshot'];
  const ours = figuresOf(results).map((each) => [...cells(each), since(snapshot[each.name], each.gas)]);
  const lines = table([heading, ...ours]);
  if (results.peers) {
    const peers = results.peers.map((peer) => cells(figure(peer, undefined)));
    lines.push('', ...table([['Beside it, on the same chain', 'gas', 'each'], ...peers]));
  }
  if (results.depths) lines.push('', ...depthTable(results.depths));
  return [...lines, '', ...NOTES];
}

const NOTES = [
  "Gas is the receipts' gasUsed, calldata and the 21,000 of each transaction included. A lot has one content pair and an",
  'evidence root, a received lot is weighed; the lots transformed came by a dispatch. Every statement of Lodebook is signed,',
  "checked and emitted whole; the tokens carry no mass, content, site or evidence, and EAS's attester signs nothing.",
  "The year's quota was used before, unless the row says that it is the year's first: a quota's grant and its use share one",
  'word, which the grant has set, so that the first use costs the same.',
];

function figure(
  { name, gas, share }: Pick<PeerFigure, 'name' | 'gas' | 'share'>,
  atMost: number | undefined,
): Figure {
  const each = Math.round(gas / (share?.of ?? 1));
  const met = atMost === undefined ? null : gas <= atMost * (share?.of ?? 1);
  return { name, gas, per: share?.unit ?? null, each, atMost: atMost ?? null, met };
}

function cells({ name, gas, per, each, atMost, met }: Figure): string[] {
  const target = atMost === null ? '' : `≤ ${count(atMost)}`;
  const verdict = met === null ? '' : met ? 'met' : 'NOT MET';
  return [name, count(gas), per === null ? '' : `${count(each)} a ${per}`, target, verdict];
}

function since(then: number | undefined, now: number): string {
  return then === undefined ? 'new' : change(then, now);
}

function depthTable(depths: readonly AtDepth[]): string[] {
  const heading = ['A production of 1 lot into 1, at depth', 'gas', 'without calldata'];
  const rows = depths.map(({ depth, gas, withoutCalldata }) => [
    count(depth),
    count(gas),
    count(withoutCalldata),
  ]);
  return table([heading, ...rows]);
}
