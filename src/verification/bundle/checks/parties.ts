import { type Hex, ZERO_ACCOUNT, ZERO_BYTES32 } from '../../../protocol/hex.ts';
import { type Act, type Placed, pathOf } from '../book.ts';
import type { Explored } from '../explore.ts';
import type { ActRecord } from '../format.ts';
import type { Report } from '../problems.ts';
import { partyWord, slots } from '../slots.ts';

type PartyAct = Extract<ActRecord, { party: Hex; evidence: Hex }>;
type AccreditationAct = Extract<ActRecord, { auditor: Hex }>;
export type PartyStanding = { readonly standing: 'admitted' | 'suspended'; readonly evidence: Hex };

/** Each party of the history is admitted, and stands in the ledger's state as the registrar's acts leave it. */
export function checkParties(explored: Explored, report: Report): ReadonlyMap<Hex, PartyStanding> {
  const acts = Map.groupBy(explored.book.acts.filter(isPartyAct), ({ act }) => act.party);
  return new Map(
    [...explored.parties].map((party) => {
      const proven = partyWord(explored.word(slots.party(party)));
      const own = acts.get(party) ?? [];
      const [admission] = own;
      const suspended = own.at(-1)?.act.type === 'PartySuspended';
      if (proven.key === ZERO_ACCOUNT)
        report('party-unproven', 'records', `the ledger knows no party ${party}`);
      if (admission?.act.type !== 'PartyAdmitted')
        report('party-unproven', at(admission), `the acts on party ${party} do not begin with its admission`);
      for (const act of outOfTurn(own.slice(1), ['PartySuspended', 'PartyReinstated']))
        report(
          'party-unproven',
          pathOf(act),
          `party ${party} is admitted once, then suspended and reinstated in turn`,
        );
      if (suspended !== proven.suspended)
        report(
          'party-unproven',
          at(own.at(-1)),
          `the ledger has party ${party} ${proven.suspended ? '' : 'not '}suspended`,
        );
      const evidence = admission?.act.evidence ?? ZERO_BYTES32;
      return [party, { standing: suspended ? 'suspended' : 'admitted', evidence }] as const;
    }),
  );
}

/**
 * Each attestation's auditor was accredited for its scheme before, and stands in the ledger's state as the accreditor's
 * acts leave it.
 * @returns whether an auditor is accredited for a scheme at the bundle's block
 */
export function checkAccreditations(
  explored: Explored,
  report: Report,
): (auditor: Hex, scheme: string) => boolean {
  const { book, subjects, trails, word } = explored;
  const acts = Map.groupBy(book.acts.filter(isAccreditation), ({ act }) => keyOf(act.auditor, act.scheme));
  const now = new Map<string, boolean>();
  for (const said of [...subjects].flatMap((subject) => trails.on(subject).attestations)) {
    const { auditor, scheme } = said.statement.message;
    const own = acts.get(keyOf(auditor, scheme)) ?? [];
    const before = own.findLast(({ position }) => position < said.position);
    if (before?.act.type !== 'AuditorAccredited')
      report(
        'authority-broken',
        pathOf(said),
        `no act accredits ${auditor} for ${JSON.stringify(scheme)} before it`,
      );
    if (now.has(keyOf(auditor, scheme))) continue;
    const proven = BigInt(word(slots.accreditation(auditor, scheme))) === 1n;
    now.set(keyOf(auditor, scheme), proven);
    for (const act of outOfTurn(own, ['AuditorAccredited', 'AccreditationWithdrawn']))
      report('accreditation-unproven', pathOf(act), `${auditor} gains and loses an accreditation in turn`);
    if ((own.at(-1)?.act.type === 'AuditorAccredited') !== proven)
      report(
        'accreditation-unproven',
        at(own.at(-1)),
        `the ledger has ${auditor} ${proven ? '' : 'not '}accredited for ${JSON.stringify(scheme)}`,
      );
  }
  return (auditor, scheme) => now.get(keyOf(auditor, scheme)) ?? false;
}

/** The ledger takes no act that changes nothing: so two kinds take turns. */
function outOfTurn(acts: readonly Act[], turns: readonly [ActRecord['type'], ActRecord['type']]): Act[] {
  return acts.filter(({ act }, index) => act.type !== turns[index % 2]);
}

function isPartyAct(placed: Act): placed is Act & { act: PartyAct } {
  return ['PartyAdmitted', 'PartySuspended', 'PartyReinstated'].includes(placed.act.type);
}

function isAccreditation(placed: Act): placed is Act & { act: AccreditationAct } {
  return ['AuditorAccredited', 'AccreditationWithdrawn'].includes(placed.act.type);
}

function at(placed: Placed | undefined): string {
  return placed ? pathOf(placed) : 'records';
}

function keyOf(auditor: Hex, scheme: string): string {
  return `${auditor} ${scheme}`;
}
