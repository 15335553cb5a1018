import type { JsonValue } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { DisclosedFields } from '../../store/evidence.ts';
import { type FacilityRow, facilitiesByIds } from '../../store/queries/facilities.ts';
import { type PartyRow, partiesByIds } from '../../store/queries/parties.ts';
import type { Db } from '../../store/schema.ts';
import { ProblemError } from '../problems.ts';
import type { FacilityRef, PartyRef } from '../schemas/common.ts';
import { countryView } from './values.ts';

/** Ids as people read them. */
export type Names = {
  party(id: Hex): PartyRef;
  /** @throws ProblemError `index-moved` where a reorganisation took the facility back meanwhile */
  facility(id: Hex): FacilityRef;
};

/** What a part of an answer mentions. */
export type Mentions = { readonly parties: readonly Hex[]; readonly facilities: readonly Hex[] };

/** The names of all that an answer mentions; operators of the facilities included. */
export async function namesOf(db: Db, ...mentions: readonly Mentions[]): Promise<Names> {
  const facilities = await facilitiesByIds(db, new Set(mentions.flatMap((mention) => mention.facilities)));
  const operators = [...facilities.values()].map((facility) => facility.operator);
  const parties = await partiesByIds(
    db,
    new Set([...mentions.flatMap((mention) => mention.parties), ...operators]),
  );
  return namesIn(parties, facilities);
}

function namesIn(parties: ReadonlyMap<Hex, PartyRow>, facilities: ReadonlyMap<Hex, FacilityRow>): Names {
  const party = (id: Hex): PartyRef => ({ id, name: textOf(parties.get(id)?.disclosed, 'legalName') });
  return {
    party,
    facility: (id) => {
      const row = facilities.get(id);
      if (!row)
        throw new ProblemError('index-moved', `Facility ${id} went away while the answer was put together.`);
      const { kind, country, operator, disclosed } = row;
      return {
        id,
        name: textOf(disclosed, 'name'),
        kind,
        country: countryView(country),
        operator: party(operator),
      };
    },
  };
}

/** A field of evidence, where it is disclosed and is text. */
export function textOf(disclosed: DisclosedFields | undefined, path: string): string | null {
  const value: JsonValue | undefined = disclosed?.[path];
  return typeof value === 'string' ? value : null;
}
