import { materialOf } from '../../protocol/materials.ts';
import type { Facts } from '../facts.ts';
import { affectedOf, type CheckResult, type Finding, unique, unitsOf } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { entriesOf, massWords, nothingTracked, percent, sumOf } from './entries.ts';

/**
 * Is enough of each material recycled? Declared stock that a recycler made recycled may or may not have been waste: what it
 * was before, nobody has signed for. So it can keep the answer open, and not make it "meets".
 */
export function recycledShare(facts: Facts, { atLeast }: Parameters<'recycled-share'>): CheckResult {
  const asked = atLeast.filter(({ material }) => facts.materials.includes(material));
  const judged = asked.map((one) => judge(facts, one));
  const findings = [
    ...nothingTracked(
      facts,
      asked.map(({ material }) => material),
    ),
    ...judged.flatMap(({ finding }) => finding),
  ];
  const summary =
    asked.length === 0
      ? 'The lot declares none of the materials of which a part has to be recycled.'
      : `${judged.map(({ share }) => share).join('; ')}.`;
  return { summary, findings, relied: [], judged: true };
}

function judge(
  facts: Facts,
  { material, ppm }: { material: number; ppm: number },
): { share: string; finding: Finding[] } {
  const entries = entriesOf(facts).filter((entry) => entry.material === material);
  const total = unitsOf(facts, material);
  const known = sumOf(entries.filter(({ recycled, declared }) => recycled && !declared));
  const said = sumOf(entries.filter(({ recycled }) => recycled));
  const isEnough = (units: bigint) => units * 1_000_000n >= total * BigInt(ppm);
  const name = materialOf(material).name.toLowerCase();
  const { sharePpm } = affectedOf(facts, material, known);
  const share = `${percent(sharePpm)} of the ${name} is recycled, asked is ${percent(ppm)}`;
  if (isEnough(known)) return { share, finding: [] };
  const open = isEnough(said);
  const rest = entries.filter(({ recycled, declared }) => (open ? recycled && declared : !recycled));
  const sites = unique(rest.map(({ facility }) => facility));
  const finding: Finding = {
    answer: open ? 'not enough evidence' : 'does not meet',
    title: open
      ? `Whether enough of the ${name} is recycled is not known`
      : `Less than ${percent(ppm)} of the ${name} is recycled`,
    detail: `Of ${massWords(total)}, ${known === 0n ? 'nothing' : massWords(known)} is recycled (${percent(sharePpm)})${open ? `; ${massWords(said - known)} more became so out of declared stock, of which nobody has signed for what it was` : ''}.`,
    affected: [affectedOf(facts, material, total - known)],
    sites,
    parties: unique(sites.flatMap((site) => facts.history.facilities.get(site)?.operator ?? [])),
    statements: [facts.lot.production],
    mend: open
      ? 'Nothing mends this lot: material that a recycler collected on the ledger is recycled for certain.'
      : 'Nothing mends this lot: more recycled material in what is made next.',
  };
  return { share, finding: [finding] };
}
