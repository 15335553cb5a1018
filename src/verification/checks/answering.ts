import type { Hex } from '../../protocol/hex.ts';
import type { History } from '../../provenance/history.ts';
import { disclosedIn, type Facts } from '../facts.ts';
import { unique } from '../finding.ts';
import { type AcceptedScheme, acceptsScheme } from '../policy.ts';
import { inTimeOrAll, type Standing, standingAt } from '../standing.ts';

/**
 * What attestations on any of these subjects answer at a time: one that is conformant and in force is enough;
 * failing that, an open adverse one → does not meet. Each material needs its answer.
 */
export function answerOn(
  facts: Facts,
  subjects: readonly Hex[],
  schemes: readonly AcceptedScheme[],
  at: { readonly time: number; readonly materials: readonly number[] },
): Standing {
  const perMaterial = at.materials.map((material) => {
    const standings = subjects.map((subject) => {
      const known = facts.attestationsOn(subject);
      return standingAt(
        known.filter((attestation) => acceptsScheme(schemes, attestation.scheme, material)),
        at.time,
      );
    });
    const standing = pick(standings, at.time, ['meets', 'does not meet', 'not enough evidence']);
    if (standing.answer !== 'meets') return standing;
    return { ...standing, attestations: inTimeOrAll(standing.attestations, at.time) };
  });
  return pick(perMaterial, at.time, ['does not meet', 'not enough evidence', 'meets']);
}

/** Whether a document with that root shows a SHA-256 in one of the fields; `[i]` in a field stands for any index. */
export function showsDocument(history: History, root: Hex, fields: readonly string[]): boolean {
  const wanted = new Set(fields);
  return Object.entries(disclosedIn(history, root)).some(
    ([path, value]) =>
      wanted.has(path.replaceAll(/\[\d+\]/g, '[i]')) &&
      typeof value === 'string' &&
      /^[\da-f]{64}$/i.test(value),
  );
}

/** The first of the answers that some standing gives, with all attestations that give it. */
function pick(standings: readonly Standing[], time: number, order: readonly Standing['answer'][]): Standing {
  const answer =
    order.find((one) => standings.some((standing) => standing.answer === one)) ?? 'not enough evidence';
  const giving = standings.filter((standing) => standing.answer === answer);
  return { answer, attestations: unique(giving.flatMap((standing) => standing.attestations)), time };
}
