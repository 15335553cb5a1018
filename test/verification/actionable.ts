import { expect } from 'vitest';
import { custodyModels, facilityKinds, processes } from '../../src/protocol/codes.ts';
import type { Certificate, CertificateFinding } from '../../src/verification/certificate.ts';
import type { Policy } from '../../src/verification/policy.ts';

/** Terms of the protocol that no sentence should show as they are written in data: "identity-preserved". */
const terms = [custodyModels, facilityKinds, processes]
  .flatMap((table) => Object.keys(table))
  .filter((term) => term.includes('-'));

/** Each finding says what, where, how much, why and what would mend it, in words and by names. */
export function expectActionable(certificate: Certificate, policy: Policy): void {
  const declared = certificate.lot.content.map(({ material }) => material.id);
  const isAbout = declared.some((material) => policy.materials?.includes(material) ?? true);
  for (const finding of certificate.findings) {
    expect({ lot: certificate.lot.id, ...lacking(finding, isAbout) }).toEqual({ lot: certificate.lot.id });
    for (const { sharePpm, milligrams } of finding.affected)
      expect([sharePpm <= 1_000_000, BigInt(milligrams) >= 0n]).toEqual([true, true]);
  }
  const said = [certificate.sentence, ...certificate.rules.map(({ summary }) => summary)];
  const sites = certificate.findings.flatMap((finding) => finding.sites);
  for (const words of said) expect(rawIn(words, sites)).toEqual([]);
}

/** What a finding does not say; it is about material in scope where the policy is about something of the lot. */
function lacking(finding: CertificateFinding, isAbout: boolean) {
  const { rule, title, detail, clause, mend, sites, parties, affected } = finding;
  const empty = Object.entries({ title, detail, clause, mend }).filter(([, words]) => words.trim() === '');
  const raw = [title, detail, mend].flatMap((words) => rawIn(words, sites));
  return {
    ...(empty.length > 0 && { rule, title, empty }),
    ...(raw.length > 0 && { rule, title, raw }),
    ...(sites.length + parties.length === 0 && { rule, title, lacks: 'where' }),
    ...(isAbout && affected.length === 0 && { rule, title, lacks: 'how much' }),
  };
}

/** Ids and codes where there is a name. A lot has none; a site has none where its operator shows none. */
function rawIn(words: string, sites: CertificateFinding['sites']): string[] {
  const nameless = sites.some(({ name }) => name === null);
  const ids = words.match(/(?<!\b[Ll]ot )0x[\da-f]+/g) ?? [];
  const codes = words.match(/\bHS code \d+|\bCommodity \d+/g) ?? [];
  return [...(nameless ? [] : ids), ...codes, ...terms.filter((term) => words.includes(term))];
}
