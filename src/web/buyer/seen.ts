import type { Certificate } from '../../verification/certificate.ts';
import type { Phrase } from '../../verification/wording/phrase.ts';

/** What is kept of a certificate, to tell later what changed. `time`: of the block, Unix seconds. */
export type Seen = Pick<Certificate, 'verdict'> & {
  readonly time: number;
  readonly policy: Pick<Certificate['policy'], 'id' | 'version' | 'name'>;
  readonly status: Certificate['lot']['status'];
  readonly holder: Certificate['lot']['holder'];
  readonly legs: readonly Leg[];
  readonly attestations: readonly Attested[];
  readonly concerns: readonly Concern[];
  readonly corrections: readonly string[];
  readonly findings: readonly Found[];
};

type LegStep = Extract<Certificate['custody'][number], { kind: 'leg' }>;
type Leg = Pick<LegStep, 'statement' | 'to' | 'outcome'>;
type Attested = Pick<Certificate['attestations'][number], 'attestation' | 'scheme' | 'outcome' | 'endsAt'>;
type Concern = Pick<Certificate['concerns']['raised'][number], 'observation' | 'kind' | 'status'>;
/** `wording`: of its title; what an earlier version kept has none. */
type Found = Pick<Certificate['findings'][number], 'rule' | 'title'> & { readonly wording?: Phrase };

/** One thing that is not as it was. */
export type Change =
  | { readonly kind: 'verdict'; readonly from: Seen['verdict']; readonly to: Seen['verdict'] }
  | { readonly kind: 'version'; readonly from: string; readonly to: string }
  | { readonly kind: 'status'; readonly from: Seen['status']; readonly to: Seen['status'] }
  | { readonly kind: 'holder'; readonly to: Seen['holder'] }
  | { readonly kind: 'sent'; readonly to: Leg['to'] }
  | { readonly kind: 'arrived'; readonly outcome: NonNullable<Leg['outcome']>; readonly to: Leg['to'] }
  | { readonly kind: 'attested' | 'ended'; readonly attestation: Attested }
  | { readonly kind: 'raised' | 'answered'; readonly concern: Concern }
  | { readonly kind: 'corrected'; readonly correction: string }
  | { readonly kind: 'found' | 'mended'; readonly finding: Found };

export function seenOf({ lot, policy, verdict, asOf, ...rest }: Certificate): Seen {
  return {
    ...{ verdict, time: asOf.time, status: lot.status, holder: lot.holder },
    policy: { id: policy.id, version: policy.version, name: policy.name },
    legs: rest.custody
      .filter((step): step is LegStep => step.kind === 'leg' && step.lot === lot.id)
      .map(({ statement, to, outcome }) => ({ statement, to, outcome })),
    attestations: rest.attestations.map(({ attestation, scheme, outcome, endsAt }) => ({
      ...{ attestation, scheme, outcome, endsAt },
    })),
    concerns: rest.concerns.raised.map(({ observation, kind, status }) => ({ observation, kind, status })),
    corrections: rest.corrections.map(({ correction }) => correction),
    findings: rest.findings
      .filter(({ severity }) => severity !== 'information')
      .map(({ rule, title, wording }) => ({ rule, title, wording: wording.title })),
  };
}

/** What changed from one look to the next, under one policy. What matters most comes first. */
export function changesBetween(before: Seen, after: Seen): Change[] {
  const changes: Change[] = [];
  if (before.verdict !== after.verdict)
    changes.push({ kind: 'verdict', from: before.verdict, to: after.verdict });
  if (before.policy.version !== after.policy.version)
    changes.push({ kind: 'version', from: before.policy.version, to: after.policy.version });
  changes.push(...newIn(before.corrections, after.corrections, (id) => id).map(correctionChange));
  changes.push(...concernChanges(before, after), ...attestationChanges(before, after));
  if (before.status !== after.status) changes.push({ kind: 'status', from: before.status, to: after.status });
  if (before.holder.party !== after.holder.party) changes.push({ kind: 'holder', to: after.holder });
  return [...changes, ...legChanges(before, after), ...findingChanges(before, after)];
}

function correctionChange(correction: string): Change {
  return { kind: 'corrected', correction };
}

function concernChanges({ concerns: before }: Seen, { concerns: after }: Seen): Change[] {
  const known = new Map(before.map((concern) => [concern.observation, concern.status]));
  return after
    .filter(({ observation, status }) => known.get(observation) !== status)
    .map((concern) => ({ kind: known.has(concern.observation) ? 'answered' : 'raised', concern }));
}

/** One that no longer counts, or ends sooner, has ended: revoked, or overtaken. */
function attestationChanges({ attestations: before }: Seen, { attestations: after }: Seen): Change[] {
  const now = new Map(after.map(({ attestation, endsAt }) => [attestation, endsAt]));
  const ended = before.filter(({ attestation, endsAt }) => (now.get(attestation) ?? 0) < endsAt);
  return [
    ...ended.map((attestation): Change => ({ kind: 'ended', attestation })),
    ...newIn(before, after, ({ attestation }) => attestation).map(
      (attestation): Change => ({ kind: 'attested', attestation }),
    ),
  ];
}

function legChanges({ legs: before }: Seen, { legs: after }: Seen): Change[] {
  const known = new Map(before.map(({ statement, outcome }) => [statement, outcome]));
  return after.flatMap(({ statement, to, outcome }): Change[] => {
    const sent: Change[] = known.has(statement) ? [] : [{ kind: 'sent', to }];
    const hasArrived = outcome !== null && known.get(statement) !== outcome;
    return hasArrived ? [...sent, { kind: 'arrived', outcome, to }] : sent;
  });
}

function findingChanges({ findings: before }: Seen, { findings: after }: Seen): Change[] {
  const key = ({ rule, title }: Found) => `${rule} ${title}`;
  return [
    ...newIn(before, after, key).map((finding): Change => ({ kind: 'found', finding })),
    ...newIn(after, before, key).map((finding): Change => ({ kind: 'mended', finding })),
  ];
}

/** Those of the second list that the first does not have, each once. */
function newIn<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): T[] {
  const known = new Set(before.map(key));
  return [...new Map(after.map((item) => [key(item), item]))]
    .filter(([id]) => !known.has(id))
    .map(([, item]) => item);
}
