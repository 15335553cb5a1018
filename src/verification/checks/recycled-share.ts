import type { Facts } from '../facts.ts';
import { affectedOf, type CheckResult, type Finding, unique, unitsOf } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { entriesOf, massWords, nothingTracked, sumOf } from './entries.ts';

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
      ? say('recycled-share.none')
      : say('recycled-share.summary', {
          shares: { list: judged.map(({ share }) => share), joint: 'semicolon' },
        });
  return { summary, findings, relied: [], judged: true };
}

function judge(
  facts: Facts,
  { material, ppm }: { material: number; ppm: number },
): { share: Phrase; finding: Finding[] } {
  const entries = entriesOf(facts).filter((entry) => entry.material === material);
  const total = unitsOf(facts, material);
  const known = sumOf(entries.filter(({ recycled, declared }) => recycled && !declared));
  const said = sumOf(entries.filter(({ recycled }) => recycled));
  const isEnough = (units: bigint) => units * 1_000_000n >= total * BigInt(ppm);
  const { sharePpm } = affectedOf(facts, material, known);
  const figures = { material: { material }, asked: { ppm } };
  const share = say('recycled-share.share', { ...figures, known: { ppm: sharePpm } });
  if (isEnough(known)) return { share, finding: [] };
  const open = isEnough(said);
  const rest = entries.filter(({ recycled, declared }) => (open ? recycled && declared : !recycled));
  const sites = unique(rest.map(({ facility }) => facility));
  const masses = {
    total: massWords(total),
    known: known === 0n ? say('recycled-share.nothing') : massWords(known),
    share: { ppm: sharePpm },
  };
  const finding: Finding = {
    answer: open ? 'not enough evidence' : 'does not meet',
    title: open
      ? say('recycled-share.open.title', { material: { material } })
      : say('recycled-share.less.title', figures),
    detail: [
      open
        ? say('recycled-share.open.detail', { ...masses, more: massWords(said - known) })
        : say('recycled-share.less.detail', masses),
    ],
    affected: [affectedOf(facts, material, total - known)],
    sites,
    parties: unique(sites.flatMap((site) => facts.history.facilities.get(site)?.operator ?? [])),
    statements: [facts.lot.production],
    mend: say(open ? 'recycled-share.open.mend' : 'recycled-share.less.mend'),
  };
  return { share, finding: [finding] };
}
