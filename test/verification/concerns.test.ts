import { describe, expect, test } from 'vitest';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { DisclosedFields, History, ObservationNode } from '../../src/provenance/history.ts';
import { certificateJson } from '../../src/verification/certificate.ts';
import { certify, certifyDigest } from '../../src/verification/certify.ts';
import { onDay } from '../provenance/builder.ts';
import { digestOf } from './digest-of.ts';
import { ask, policyOf, ruleOf } from './rules.ts';
import { certificateOf, cobalt } from './story.ts';

const VILLAGE: Hex = `0x${'c'.repeat(40)}`;
const rule = 'nothing-adverse-open';

/** The story, and what is observed of it: each an observation with a document of these fields (null: hidden). */
function observed(says: (story: ReturnType<typeof cobalt>) => readonly Said[]) {
  const story = cobalt();
  const observations = says(story).map(
    ({ subject, shows, day = 15, observer = VILLAGE }): ObservationNode => {
      const evidence = shows === null ? story.builder.id() : story.builder.document(shows(ids));
      const id = story.builder.id();
      ids.push(id);
      const at = { from: onDay(day), until: onDay(day), recordedAt: onDay(day) + 60 };
      return { id, observer, device: observer, subject, count: 0, ...at, evidence };
    },
  );
  const history: History = { ...story.history(), observations };
  ids.length = 0;
  return { ...story, of: history, observations };
}
const ids: Hex[] = [];
type Said = {
  readonly subject: Hex;
  /** Given the ids of what was observed before. */
  readonly shows: ((before: readonly Hex[]) => DisclosedFields) | null;
  readonly day?: number;
  readonly observer?: Hex;
};
const dust = () => ({ 'concern.kind': 'grievance', 'concern.summary': 'Dust on the road to school' });

describe('what parties raise themselves', () => {
  test('is shown with who said it and when, of sites, lots, deliveries and productions', () => {
    const { of, mine } = observed(({ mine, ore, leg, builder }) => [
      { subject: mine, shows: dust },
      { subject: ore, shows: () => ({ 'concern.kind': 'dispute' }) },
      { subject: leg.dispatch, shows: () => ({ 'concern.kind': 'alert' }) },
      { subject: builder.lots.get(ore)?.production as Hex, shows: () => ({ 'concern.kind': 'alert' }) },
      { subject: builder.id(), shows: dust },
    ]);
    const certificate = certificateOf(of);
    expect(certificateJson.parse(JSON.parse(JSON.stringify(certificate)))).toEqual(certificate);
    expect(certificate.concerns.raised).toMatchObject([
      {
        ...{ kind: 'grievance', summary: 'Dust on the road to school', about: 'site', subject: mine },
        ...{ raisedBy: { party: VILLAGE }, recordedAt: onDay(15) + 60, status: 'open', answers: [] },
        sites: [{ facility: mine }],
      },
      { kind: 'dispute', summary: null, about: 'lot' },
      { kind: 'alert', about: 'delivery' },
      { kind: 'alert', about: 'production' },
    ]);
    expect(certificate.verdict).toBe('meets');
    const said = certificate.findings.filter((finding) => finding.rule === rule);
    expect(said).toHaveLength(4);
    for (const { severity, affected, mend } of said)
      expect([severity, affected[0]?.milligrams, mend !== '']).toEqual(['information', '900', true]);
  });

  test('is nothing where the document says that nothing is raised, and undisclosed where nobody shows it', () => {
    const { of } = observed(({ mine, lot }) => [
      { subject: mine, shows: () => ({ 'concern.kind': 'none' }) },
      { subject: mine, shows: null },
      { subject: lot, shows: () => ({ photo: 'x' }) },
    ]);
    expect(certificateOf(of).concerns).toEqual({ raised: [], undisclosed: 2, mayLack: false });
    const silent = of.observations.map((one) => ({ ...one, evidence: ZERO_BYTES32 }));
    expect(certificateOf({ ...of, observations: silent }).concerns.undisclosed).toBe(0);
  });

  test('is answered by anybody on the same subject, and closed by whoever raised it alone', () => {
    const about = (closed: boolean) => (before: readonly Hex[]) => ({
      'concern.about': before[0] as Hex,
      'concern.answer': 'The road is watered now',
      'concern.closed': closed,
    });
    const reply = (observer: Hex, closed: boolean) =>
      observed(({ mine }) => [
        { subject: mine, shows: dust },
        { subject: mine, shows: about(closed), observer },
      ]);
    const operator: Hex = `0x${'e'.repeat(40)}`;
    const answered = certificateOf(reply(operator, true).of).concerns.raised;
    expect(answered).toMatchObject([
      {
        status: 'answered',
        answers: [{ by: { party: operator }, answer: 'The road is watered now', closes: false }],
      },
    ]);
    const closed = certificateOf(reply(VILLAGE, true).of);
    expect(closed.concerns.raised).toMatchObject([{ status: 'closed' }]);
    expect(closed.findings.filter((finding) => finding.rule === rule)).toEqual([]);
    expect(certificateOf(reply(VILLAGE, false).of).concerns.raised).toMatchObject([{ status: 'answered' }]);
    const elsewhere = observed(({ mine, refinery }) => [
      { subject: mine, shows: dust },
      { subject: refinery, shows: about(true) },
    ]);
    expect(certificateOf(elsewhere.of).concerns.raised).toMatchObject([{ status: 'open' }]);
  });

  test('counts where the policy says so: open, it is not enough evidence, if the material was still there', () => {
    const counting = { concerns: 'count' } as const;
    const on = (day: number) => observed(({ mine }) => [{ subject: mine, shows: dust, day }]).of;
    expect(ask(on(15), rule, {}).answer).toBe('meets');
    expect(ask(on(15), rule, counting)).toMatchObject({
      answer: 'not enough evidence',
      findings: [
        { title: expect.stringMatching(/: a grievance is open$/), affected: [{ milligrams: '900' }] },
      ],
    });
    expect([ask(on(20), rule, counting).answer, ask(on(21), rule, counting).answer]).toEqual([
      'not enough evidence',
      'meets',
    ]);
  });
});

describe('told by site', () => {
  const policy = policyOf(ruleOf(rule, { concerns: 'count' }));

  test('what is raised of a site is the same as step by step', () => {
    const { of } = observed(({ mine }) => [{ subject: mine, shows: dust }]);
    const told = certifyDigest(digestOf(of), policy);
    expect(told.isSettled).toBe(true);
    expect(told.certificate.concerns).toEqual(certify(of, policy).concerns);
    expect(told.certificate.rules).toEqual(certify(of, policy).rules);
  });

  test('of an earlier lot or delivery, the steps have to be read, and what is lacking is said', () => {
    for (const pick of ['ore', 'dispatch'] as const) {
      const { of } = observed(({ ore, leg }) => [
        { subject: { ore, dispatch: leg.dispatch }[pick], shows: dust },
      ]);
      const told = certifyDigest(digestOf(of), policy);
      expect([told.isSettled, told.certificate.concerns.mayLack]).toEqual([false, true]);
    }
  });
});
