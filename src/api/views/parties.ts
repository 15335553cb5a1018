import type { FacilityRow, QuotaRow } from '../../store/queries/facilities.ts';
import type { PartyDetailRow, PartyRow } from '../../store/queries/parties.ts';
import type { AttestationSummary } from '../schemas/attestations.ts';
import type {
  FacilityDetail,
  FacilitySummary,
  PartyDetail,
  PartySummary,
  Quota,
} from '../schemas/parties.ts';
import { type Names, textOf } from './names.ts';
import { contentView } from './values.ts';

export function partySummaryView(row: PartyRow): PartySummary {
  return {
    id: row.party,
    name: textOf(row.disclosed, 'legalName'),
    lei: textOf(row.disclosed, 'lei'),
    status: row.standing === 'suspended' ? 'suspended' : 'active',
    admittedAt: row.admittedAt,
    evidence: row.evidence,
  };
}

export function partyDetailView(
  row: PartyDetailRow,
  names: Names,
  more: Pick<PartyDetail, 'keys' | 'proposal' | 'attestations'>,
): PartyDetail {
  return {
    ...partySummaryView(row),
    key: row.key,
    keyNumber: row.keyNumber,
    ...more,
    acts: row.acts.map((act) => ({ ...act })),
    accreditations: row.accreditations.map(({ scheme, since, until }) => ({ scheme, since, until })),
    facilities: row.facilities.map(names.facility),
  };
}

export function facilitySummaryView(row: FacilityRow, names: Names): FacilitySummary {
  return {
    ...names.facility(row.id),
    coordinates: coordinatesOf(row),
    evidence: row.evidence,
    recordedAt: row.recordedAt,
  };
}

export function facilityDetailView(
  row: FacilityRow,
  names: Names,
  more: { readonly quotas: readonly QuotaRow[]; readonly attestations: AttestationSummary[] },
): FacilityDetail {
  return {
    ...facilitySummaryView(row, names),
    quotas: more.quotas.map(quotaView),
    attestations: more.attestations,
    final: row.final,
  };
}

function quotaView({ granted, used, year, evidence, recordedAt, ...pair }: QuotaRow): Quota {
  return { ...contentView({ ...pair, milligrams: granted }), year, used: String(used), evidence, recordedAt };
}

function coordinatesOf({ disclosed }: FacilityRow): FacilitySummary['coordinates'] {
  const value = disclosed.coordinates;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const { latitude, longitude } = value as { latitude?: unknown; longitude?: unknown };
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null;
}
