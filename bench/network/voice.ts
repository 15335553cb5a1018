import type { LedgerEvent } from '../../src/chain/events.ts';
import type { Witness } from '../../src/chain/witness.ts';
import {
  custodyModels,
  facilityKinds,
  outcomes,
  type Process,
  processes,
  transportModes,
} from '../../src/protocol/codes.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { birthsOf } from '../../src/protocol/lots.ts';
import {
  type Dispatch,
  type Domain,
  type Output,
  type Statement,
  statementId,
} from '../../src/protocol/statements.ts';
import type { Dice } from '../../test/model/draw/dice.ts';
import type { Account } from '../chain.ts';
import type { Lot } from './lots.ts';
import { type Audit, DAY, type Site } from './sites.ts';

export const SCHEME = 'RMAP';

/** What a role of the ledger does: the call, and the event that comes of it. */
export type Act = {
  readonly kind: 'act';
  readonly by: 'registrar' | 'accreditor';
  readonly method: string;
  readonly values: readonly unknown[];
  readonly event: LedgerEvent;
};

/** What a party signs, with what is presented beside it. */
export type Said = {
  readonly kind: 'statement';
  readonly author: Account;
  readonly id: Hex;
  readonly statement: Statement;
  readonly witness: Witness;
};

/** Unix seconds, never before the step before. */
export type Step = { readonly at: number } & (Act | Said);

/** Lots on their way. */
export type Sent = { readonly id: Hex; readonly dispatch: Dispatch; readonly lots: readonly Lot[] };

/** Words the statements of a network's parties for one ledger. */
export class Voice {
  readonly #domain: Domain;
  readonly #dice: Dice;
  readonly #evidence: () => Hex;

  constructor(domain: Domain, dice: Dice, evidence: () => Hex = () => dice.bytes32()) {
    this.#domain = domain;
    this.#dice = dice;
    this.#evidence = evidence;
  }

  registration({ party, kind, country }: Site, at: number): Said & { at: number } {
    const message = { operator: party.address, kind: facilityKinds[kind], country, ...this.#paper(at) };
    return this.#say(at, party, { type: 'FacilityRegistration', message });
  }

  attestation({ auditor, subject, until }: AuditOf, at: number): Said & { at: number } {
    const message = {
      auditor: auditor.address,
      subject,
      scheme: SCHEME,
      outcome: outcomes.conformant,
      validFrom: at,
      validUntil: until,
      ...this.#paper(at),
    };
    return this.#say(at, auditor, { type: 'Attestation', message });
  }

  siteAudit({ site, auditor, at, until }: Audit): Said & { at: number } {
    return this.attestation({ auditor, subject: site.facility, until }, at);
  }

  /** @returns the step, and the lots that are born */
  production(
    site: Site,
    { process, inputs = [], outputs }: Made,
    at: number,
  ): { step: Said & { at: number }; born: Lot[] } {
    const message = {
      custodian: site.party.address,
      facility: site.facility,
      process: processes[process],
      custodyModel: inputs.length > 1 ? custodyModels['controlled-blending'] : custodyModels.segregated,
      inputs: inputs.map(({ lot, head }) => ({ lot, head })),
      outputs,
      occurredAt: at,
      ...this.#paper(at),
    };
    const witness = { births: inputs.map(({ birth }) => birth) };
    const step = this.#say(at, site.party, { type: 'Production', message }, witness);
    const born = birthsOf(step.id, outputs).map(({ lot, ...birth }) => ({ lot, head: lot, birth }));
    return { step, born };
  }

  dispatch(
    from: Site,
    to: Site,
    lots: readonly Lot[],
    at: number,
  ): { step: Said & { at: number }; sent: Sent } {
    const dispatch: Dispatch = {
      consignor: from.party.address,
      consignee: to.party.address,
      lots: lots.map(({ lot, head }) => ({ lot, head })),
      from: from.facility,
      to: to.facility,
      mode: this.#dice.pick([transportModes.sea, transportModes.road, transportModes.rail]),
      recallFrom: at + 30 * DAY,
      occurredAt: at,
      ...this.#paper(at),
    };
    const step = this.#say(at, from.party, { type: 'Dispatch', message: dispatch });
    return { step, sent: { id: step.id, dispatch, lots } };
  }

  /** Accepted, and weighed: nothing is missing. */
  receipt(
    to: Site,
    { id, dispatch, lots }: Sent,
    at: number,
  ): { step: Said & { at: number }; received: Lot[] } {
    const message = {
      party: to.party.address,
      dispatch: id,
      lots: lots.map(({ lot, birth }) => ({ lot, milligrams: birth.output.milligrams })),
      accepted: true,
      occurredAt: at,
      ...this.#paper(at),
    };
    const witness = { dispatched: dispatch };
    const step = this.#say(at, to.party, { type: 'Receipt', message }, witness);
    return { step, received: lots.map((lot) => ({ ...lot, head: step.id })) };
  }

  #paper(at: number): { evidence: Hex; recordBy: number } {
    return { evidence: this.#evidence(), recordBy: at + 30 * DAY };
  }

  #say(at: number, author: Account, statement: Statement, witness: Witness = {}): Said & { at: number } {
    return { kind: 'statement', at, author, id: statementId(this.#domain, statement), statement, witness };
  }
}

type AuditOf = { readonly auditor: Account; readonly subject: Hex; readonly until: number };
type Made = {
  readonly process: Process;
  readonly inputs?: readonly Lot[];
  readonly outputs: readonly Output[];
};
