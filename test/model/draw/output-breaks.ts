import type { Content, Output } from '../../../src/protocol/statements.ts';
import { joined, quotaOf, yearOf } from '../book.ts';
import { MAX_MILLIGRAMS } from '../rules/form.ts';
import type { Draft } from './draft.ts';
import { materials } from './lots.ts';
import type { Stage } from './stage.ts';

/** Ways to break what a production brings forth. */

const TOO_HEAVY = [MAX_MILLIGRAMS + 1n, 2n ** 64n - 1n] as const;

export function breakOutputs(stage: Stage, draft: Draft): Draft {
  const { dice } = stage;
  const outputs = draft.message.outputs as readonly Output[];
  const output = dice.maybe(outputs);
  if (!output) return { ...draft, message: { ...draft.message, outputs: [plainOutput] } };
  const others = dice.chance(0.1)
    ? []
    : outputs.map((each) => (each === output ? brokenOutput(stage, draft, output) : each));
  return { ...draft, message: { ...draft.message, outputs: others } };
}

const plainOutput: Output = {
  commodity: 260500,
  milligrams: 1n,
  content: [],
  evidence: `0x${'00'.repeat(32)}`,
};

function brokenOutput(stage: Stage, draft: Draft, output: Output): Output {
  const { dice } = stage;
  const { content } = output;
  const total = content.reduce((sum, { milligrams }) => sum + milligrams, 0n);
  const one = dice.maybe(content);
  const withContent = (changed: readonly Content[]): Output => ({ ...output, content: changed });
  const withOne = (fields: Partial<Content>): Output =>
    withContent(content.map((part) => (part === one ? { ...part, ...fields } : part)));
  const forms: (() => Output)[] = [
    () => ({ ...output, commodity: dice.pick([0, 1_000_000, 2 ** 32 - 1]) }),
    () => ({ ...output, milligrams: 0n }),
    () => ({ ...output, milligrams: dice.pick(TOO_HEAVY) }),
    () => ({ ...output, milligrams: total > 1n ? total - 1n : 1n }),
    () => withContent(content.toReversed()),
    () => withContent(one ? [one, ...content] : content),
    () => withOne({ milligrams: 0n }),
    () => withOne({ milligrams: dice.pick(TOO_HEAVY) }),
    () => withOne({ material: dice.pick([0, 119, 127]) }),
    () => withOne({ recycled: !one?.recycled }),
  ];
  const amounts: (() => Output)[] = [
    () => heavier(output, one, (one?.milligrams ?? 0n) + 1n),
    () => heavier(output, one, leftOf(stage, draft, one) + 1n),
    () => heavier(output, one, leftOf(stage, draft, one)),
    () => more(output, { material: dice.pick(materials), recycled: dice.chance(0.5), milligrams: 1n }),
  ];
  return dice.pick(dice.chance(0.5) ? forms : amounts)();
}

/** What is left of the quota that a pair would use, were it alone. */
function leftOf({ book }: Stage, { message }: Draft, part: Content | undefined): bigint {
  const year = yearOf(message.occurredAt as number);
  const { granted, used } = quotaOf(
    book,
    joined(String(message.facility), part?.material ?? 0, part?.recycled ?? false, year),
  );
  return granted - used;
}

/** The output with another mass of a pair, and a net mass that has room for it. */
function heavier(output: Output, one: Content | undefined, milligrams: bigint): Output {
  if (!one || milligrams === 0n || milligrams > MAX_MILLIGRAMS) return output;
  const content = output.content.map((part) => (part === one ? { ...part, milligrams } : part));
  return { ...output, content, milligrams: MAX_MILLIGRAMS };
}

/** The output with a pair more, in its place. */
function more(output: Output, extra: Content): Output {
  const place = ({ material, recycled }: Content): number => 2 * material + Number(recycled);
  const content = [...output.content.filter((part) => place(part) !== place(extra)), extra];
  return { ...output, content: content.toSorted((a, b) => place(a) - place(b)), milligrams: MAX_MILLIGRAMS };
}
