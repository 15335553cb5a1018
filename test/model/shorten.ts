import type { Plan } from './plan.ts';

/** Leaves out as many steps of a failing plan as it can: halves first, then quarters, and in the end each step alone. */
export async function shortened(
  plan: Plan,
  fails: (plan: Plan) => Promise<boolean>,
  limitMs: number,
): Promise<Plan> {
  const deadline = Date.now() + limitMs;
  let shortest = plan;
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < shortest.steps.length && Date.now() < deadline; ) {
      const shorter = { ...shortest, steps: shortest.steps.toSpliced(at, size) };
      if (await fails(shorter)) shortest = shorter;
      else at += size;
    }
  }
  return shortest;
}
