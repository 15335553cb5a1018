import { canonicalJson, type JsonValue } from '../../protocol/evidence.ts';
import type { Certificate } from '../../verification/certificate.ts';

/**
 * How the certificate that a server showed stands to the one that was computed here: the `same` to the byte; the same in
 * all that counts, told by site there and step by step here (`told`); of another block, and so not to be compared
 * (`block`); or it says otherwise, in the parts that are named.
 */
export type Comparison =
  | { readonly kind: 'same' | 'told' | 'block' }
  | { readonly kind: 'otherwise'; readonly parts: readonly (keyof Certificate)[] };

export function compareCertificates(shown: Certificate, computed: Certificate): Comparison {
  if (shown.asOf.hash !== computed.asOf.hash) return { kind: 'block' };
  const isToldAlike = shown.told === computed.told;
  const parts = (Object.keys(computed) as (keyof Certificate)[]).filter((part) =>
    isToldAlike ? text(shown[part]) !== text(computed[part]) : !agree(part, shown, computed),
  );
  if (parts.length > 0) return { kind: 'otherwise', parts };
  return { kind: isToldAlike ? 'same' : 'told' };
}

/** What both ways of telling a history have to agree on. */
function agree(part: keyof Certificate, shown: Certificate, computed: Certificate): boolean {
  switch (part) {
    case 'rules':
      return text(answersOf(shown)) === text(answersOf(computed));
    case 'findings':
      return text(countedOf(shown)) === text(countedOf(computed));
    case 'told':
    case 'sentence':
    case 'custody':
    case 'custodyOmitted':
    case 'sites':
    case 'attestations':
    case 'missing':
      return true;
    default:
      return text(shown[part]) === text(computed[part]);
  }
}

function answersOf({ rules }: Certificate): string[] {
  return rules.map(({ id, answer }) => `${id}: ${answer}`);
}

function countedOf({ findings }: Certificate): string[] {
  return findings
    .filter(({ severity }) => severity !== 'information')
    .map(({ rule, answer, sites }) =>
      [rule, answer, ...sites.map(({ facility }) => facility).sort()].join(' '),
    )
    .sort();
}

function text(value: unknown): string {
  return canonicalJson((value ?? null) as JsonValue);
}
