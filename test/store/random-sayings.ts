import type { LedgerEvent } from '../../src/chain/events.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { account, id, type Story, T0 } from './ledger.ts';

type Proposal = { key: Hex; effectiveAt: number };

/** Events beside custody, from any numbers: observations, and what parties and the registrar do with keys. */
export class RandomSayings {
  private readonly tails = new Map<string, Hex>();
  private readonly numbers = new Map<Hex, number>();
  private readonly proposals = new Map<Hex, Proposal>();
  private readonly story: Story;
  private readonly parties: readonly Hex[];

  constructor(story: Story, parties: readonly Hex[]) {
    this.story = story;
    this.parties = parties;
  }

  next(choice: number): LedgerEvent {
    const acts = [this.observe, this.observe, this.delegate, this.replaceKey, this.propose, this.settle];
    const act = acts[choice % acts.length] ?? this.observe;
    return act.call(this, Math.floor(choice / acts.length)) ?? this.observe(choice);
  }

  private observe(choice: number): LedgerEvent {
    const observer = this.party(choice);
    const device = choice % 2 === 0 ? observer : account(`device ${choice % 3}`);
    const subject = id(`subject ${choice % 5}`);
    const key = `${observer} ${device} ${subject}`;
    const inspection = { root: ZERO_BYTES32, count: 0, evidence: id(`findings ${choice % 4}`) };
    const event = this.story.observe(
      { observer, device, subject },
      { previous: this.tails.get(key) ?? ZERO_BYTES32, ...(choice % 3 === 0 ? inspection : {}) },
    );
    this.tails.set(key, event.id);
    return event;
  }

  private delegate(choice: number): LedgerEvent {
    const validUntil = choice % 4 === 0 ? 0 : T0 + choice;
    return this.story.delegate(this.party(choice), account(`device ${choice % 3}`), {
      scope: 1 + (choice % 255),
      validUntil,
    });
  }

  private replaceKey(choice: number): LedgerEvent {
    const party = this.party(choice);
    this.proposals.delete(party);
    return this.story.replaceKey(party, account(`key ${choice}`), this.nextNumber(party));
  }

  private propose(choice: number): LedgerEvent {
    const [party, key] = [this.party(choice), account(`key ${choice}`)];
    const effectiveAt = T0 + choice;
    this.proposals.set(party, { key, effectiveAt });
    return this.story.proposeKey(party, key, effectiveAt, id(`loss ${choice % 3}`));
  }

  /** The party objects to what is proposed, or it is completed. */
  private settle(choice: number): LedgerEvent | null {
    const [party, proposal] = [...this.proposals][0] ?? [];
    if (!party || !proposal) return null;
    this.proposals.delete(party);
    if (choice % 2 === 0) return this.story.objectToKey(party, proposal.key, proposal.effectiveAt);
    return this.story.completeKey(party, proposal.key, this.nextNumber(party));
  }

  private nextNumber(party: Hex): number {
    const number = (this.numbers.get(party) ?? 1) + 1;
    this.numbers.set(party, number);
    return number;
  }

  private party(choice: number): Hex {
    return this.parties[choice % this.parties.length] ?? ZERO_BYTES32;
  }
}
