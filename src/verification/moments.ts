import type { Hex } from '../protocol/hex.ts';
import type { AttestationNode, History } from '../provenance/history.ts';
import type { Moment, Span } from '../provenance/passages.ts';
import { countryListsOf, type Policy } from './policy.ts';
import { isAdverse } from './standing.ts';

/** The times from which on what a policy answers of some subjects can be another answer. */
export class Boundaries {
  readonly attestationsOn: (subject: Hex) => readonly AttestationNode[];
  readonly #lists: readonly number[];
  readonly #known = new Map<Hex, readonly number[]>();

  constructor(policy: Policy, attestationsOn: (subject: Hex) => readonly AttestationNode[]) {
    this.attestationsOn = attestationsOn;
    this.#lists = countryListsOf(policy).flatMap(({ validFrom, validUntil }) => [
      validFrom,
      validUntil ?? validFrom,
    ]);
  }

  /** In the order of time, each once. */
  of(subjects: readonly Hex[]): number[] {
    const times = new Set([...this.#lists, ...subjects.flatMap((subject) => this.#on(subject))]);
    return [...times].sort((a, b) => a - b);
  }

  /**
   * Moments at which something of a span may have happened, besides its first and last: one in each stretch between two
   * boundaries. Where something adverse was said, also what may be dated before it and recorded after it.
   */
  within({ firstAt, lastAt, recordedBy }: Span, subjects: readonly Hex[]): Moment[] {
    const all = this.of(subjects);
    const between = all.filter((time) => firstAt < time && time < lastAt);
    const late = this.isAdverse(subjects)
      ? [...all, recordedBy].filter((time) => firstAt < time && time <= recordedBy)
      : [];
    return [
      ...between.map((time) => ({ occurredAt: time, recordedAt: time })),
      ...late.map((recordedAt) => ({ occurredAt: firstAt, recordedAt })),
    ];
  }

  /** Whether anything adverse was ever said of one of them. */
  isAdverse(subjects: readonly Hex[]): boolean {
    return subjects.some((subject) => this.attestationsOn(subject).some(isAdverse));
  }

  #on(subject: Hex): readonly number[] {
    const known = this.#known.get(subject);
    if (known) return known;
    // When something was recorded matters alone where it may close, or come too late for, something adverse.
    const isPlain = !this.isAdverse([subject]);
    const times = this.attestationsOn(subject).flatMap(({ validFrom, endsAt, recordedAt, revocations }) =>
      isPlain
        ? [validFrom, endsAt]
        : [
            validFrom,
            endsAt,
            recordedAt,
            recordedAt + 1,
            ...revocations.flatMap((one) => [one.effectiveAt, one.recordedAt]),
          ],
    );
    this.#known.set(subject, times);
    return times;
  }
}

/**
 * What an exact answer of a long history hangs on: the times at which an answer of anything attested can change, and the
 * sites where a document of a single production may answer.
 */
export function hangsOn(history: History, policy: Policy): { boundaries: number[]; documentsAt: Hex[] } {
  const on = Map.groupBy(history.attestations, ({ subject }) => subject);
  const boundaries = new Boundaries(policy, (subject) => on.get(subject) ?? []).of([...on.keys()]);
  const isTransitLevel = (country: number) =>
    policy.countries.transitLevel.some(({ countries }) => countries.includes(country));
  const sites = [...history.facilities.values()].filter(({ country }) => isTransitLevel(country));
  return { boundaries, documentsAt: sites.map(({ id }) => id) };
}

/** The first, the last, and the one recorded longest after it happened: they did happen. */
export function certainOf({ firstAt, lastAt, latest }: Span): Moment[] {
  const ends = firstAt === lastAt ? [firstAt] : [firstAt, lastAt];
  const plain = ends.map((time) => ({ occurredAt: time, recordedAt: time }));
  return latest.recordedAt > latest.occurredAt ? [...plain, latest] : plain;
}
