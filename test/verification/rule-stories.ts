import type { Hex } from '../../src/protocol/hex.ts';
import { primary } from '../provenance/builder.ts';
import { AUSTRALIA, CONGO, cobalt } from './story.ts';

/** The story's 900 mg, and as much declared stock of the refiner as is said. */
export function withStock(milligrams: bigint) {
  const { builder, mine, refinery, lot } = cobalt();
  const declared = { process: 'declare', outputs: [[primary(27, milligrams)]], day: 31 } as const;
  const [stock] = builder.make(refinery, { ...declared, outputs: [[primary(27, milligrams)]] }) as [Hex];
  const outputs = [[primary(27, 900n + milligrams)]];
  const [blend] = builder.make(refinery, { process: 'blend', inputs: [lot, stock], outputs, day: 32 }) as [
    Hex,
  ];
  return { builder, mine, refinery, history: () => builder.history(blend) };
}

/** Cobalt of two mines in one lot: 1,000 mg in all, so much of it from DR Congo, the rest from Australia. */
export function ofTwoMines(fromCongo: bigint) {
  const { builder, refinery } = cobalt();
  const mines = [CONGO, AUSTRALIA].map((country) => builder.site('mine', country));
  const masses = [fromCongo, 1_000n - fromCongo];
  const ores = mines.map(
    (mine, at) =>
      builder.make(mine, {
        process: 'extract',
        outputs: [[primary(27, masses[at] ?? 0n)]],
        day: 1,
      })[0] as Hex,
  );
  const outputs = [[primary(27, 1_000n)]];
  const [lot] = builder.make(refinery, { process: 'refine', inputs: ores, outputs, day: 5 }) as [Hex];
  return { builder, mines, refinery, lot, history: () => builder.history(lot) };
}

/** A lot that declares no content. */
export function nothing() {
  const { builder, refinery } = cobalt();
  const [lot] = builder.make(refinery, { process: 'declare', outputs: [[]], day: 1 }) as [Hex];
  return builder.history(lot);
}
