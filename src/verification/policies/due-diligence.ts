import type { Rule } from '../policy.ts';
import { unprocessed } from './commodities.ts';
import { mineSchemes, smelterSchemes } from './schemes.ts';

/** What a law asks for, by its own clauses: each of these has one. */
export type Clauses = Record<'origin' | 'smelters' | 'highRisk' | 'transit' | 'adverse' | 'custody', string>;
type Dated = Pick<Rule, 'source' | 'validFrom' | 'validUntil' | 'unverified'>;

/** The questions of a law of due diligence that one lot can answer. Notes say what is our choice. */
export function dueDiligenceRules(clauses: Clauses, dated: Dated, note: string): Rule[] {
  return [
    {
      ...dated,
      id: 'origin-known',
      clause: clauses.origin,
      question: 'Is the origin of all material on the ledger?',
      note: `${note} The threshold of 0 is our choice: any declared stock is shown as not enough evidence.`,
      check: 'origin-known',
      parameters: { undeclaredMaxPpm: 0 },
    },
    {
      ...dated,
      id: 'smelters-audited',
      clause: clauses.smelters,
      question:
        'Did all material pass a smelter, refiner or recycler that was audited under an accepted scheme at the time?',
      note: `${note} Which schemes are accepted is our choice: the law recognises schemes by its own procedure.`,
      unverified: true,
      check: 'smelters-audited',
      parameters: { schemes: smelterSchemes, unprocessed: [unprocessed] },
    },
    {
      ...dated,
      id: 'high-risk-origins-assessed',
      clause: clauses.highRisk,
      question: 'Was every mine in a high-risk country assessed under an accepted scheme at the time?',
      note: `${note} Which countries are high-risk, the lists that this deployment loads say; which schemes are accepted is our choice.`,
      check: 'high-risk-origins-assessed',
      parameters: { schemes: mineSchemes },
    },
    {
      ...dated,
      id: 'transit-known',
      clause: clauses.transit,
      question: 'Is the way disclosed wherever material crossed a border from or to a high-risk country?',
      note,
      check: 'transit-known',
      parameters: {},
    },
    {
      ...dated,
      id: 'nothing-adverse-open',
      clause: clauses.adverse,
      question:
        'Was no non-conformance or alert open on any site, party or lot when it had to do with the material?',
      note,
      check: 'nothing-adverse-open',
      parameters: {},
    },
    {
      ...dated,
      id: 'custody-documented',
      clause: clauses.custody,
      question: 'Is custody documented from end to end?',
      note: `${note} A shortage on arrival above 0.5 % is reported and does not count; the figure is our choice.`,
      check: 'custody-documented',
      parameters: { weighingTolerancePpm: 5_000 },
    },
  ];
}

/** The same, shown as indicators until the day from which on the law asks for it. */
export function beforehand(rule: Rule, from: number): Rule {
  const note = [rule.note, 'Until it applies, it is shown and does not count.'].filter(Boolean).join(' ');
  return {
    ...rule,
    id: `${rule.id}-beforehand`,
    note,
    indicator: true,
    validFrom: from,
    validUntil: rule.validFrom,
  };
}
