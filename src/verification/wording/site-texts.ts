/** What rules on sites and their attestations say. */
export const siteTexts = {
  'sites.breach.title': '{{site}} was not conformant when it handled this material',
  'sites.breach.open': 'Open at the time: {{attestations}}.',
  'sites.breach.attestation': '{{outcome}} under {{scheme}}, from {{day}}',
  'sites.breach.mend':
    'A revocation of that attestation by its author, with effect before {{day}}. A later audit cannot change what was open then.',
  'sites.handled': 'It handled {{materials}} of this lot in {{productions}} ({{days}}).',
  'sites.gap.title.audit': '{{site}} has no audit in force for the time when it handled this material',
  'sites.gap.title.site-assessment':
    '{{site}} has no site assessment in force for the time when it handled this material',
  'sites.gap.title.custody-attestation':
    '{{site}} has no chain-of-custody attestation in force for the time when it handled this material',
  'sites.gap.title.origin-attestation':
    '{{site}} has no attestation of origin in force for the time when it handled this material',
  'sites.gap.nearest': 'The nearest one, under {{scheme}}, is in force from {{from}} until {{until}}.',
  'sites.gap.none': 'None is on the ledger for {{materials}}.',
  'sites.gap.accepted': 'Accepted: {{schemes}}.',
  'sites.gap.mend':
    'A conformant attestation of this site, by an auditor accredited for an accepted scheme, in force on {{days}}.',
  'custody-model.because': 'Without one, what a site declares counts as mass balance.',
  'smelters-audited.summary': '{{passed}}; {{outcome}}.',
  'smelters-audited.passed-none': 'The material has passed no smelter, refiner or recycler',
  'smelters-audited.passed_one': 'The material passed {{count}} smelter, refiner or recycler site',
  'smelters-audited.passed_other': 'The material passed {{count}} smelter, refiner or recycler sites',
  'smelters-audited.none-needed': 'it need not have passed one yet',
  'smelters-audited.all': 'all audited',
  'smelters-audited.processed':
    'The lot is {{commodity}}, which the policy does not list among ores, concentrates, minerals and scrap.',
  'smelters-audited.manufactured': 'Something was manufactured of the material.',
  'smelters-audited.nowhere.title':
    'No smelter, refiner or recycler on the ledger handled this {{materials}}',
  'smelters-audited.nowhere.who': 'So somebody refined it, and no statement says who.',
  'smelters-audited.nowhere.mend':
    'Nothing mends this lot. From now on, who smelts, refines or recycles says so in the production, at a site that is audited.',
  'high-risk-origins.none': 'No mine in covered or high-risk countries.',
  'high-risk-origins.summary': '{{mines}}; {{outcome}}.',
  'high-risk-origins.high': '{{mines}} in covered or high-risk countries',
  'high-risk-origins.unknown': '{{mines}} where no list could tell',
  'high-risk-origins.all': 'all assessed',
  'high-risk-origins.listed': "{{country}} is on the policy's lists of covered or high-risk countries.",
  'high-risk-origins.no-list':
    'No list of high-risk areas in force then is loaded that could say whether {{country}} is one.',
  'high-risk-origins.mend':
    'A list of conflict-affected and high-risk areas that was in force then, loaded by whoever runs this deployment; or: {{otherwise}}',
  'recycled-in-high-risk.because':
    'Recycled material was handled in {{country}}, which is high-risk or known for transit.',
  'recycled-in-high-risk.none':
    'No recycled material was handled in countries that are high-risk or known for transit.',
  'recycled-in-high-risk.summary':
    'Recycled material passed {{sites}} in countries that are high-risk or known for transit; {{outcome}}.',
  'recycled-in-high-risk.all': 'all audited',
  'suppliers.none':
    'No supplier that works elsewhere also operates in a high-risk country, as far as this history shows.',
  'suppliers.summary': '{{suppliers}} of this lot also operating in high-risk countries; {{outcome}}.',
  'suppliers.all': 'all answered',
  'suppliers.title': 'The operator of {{site}} also operates in a high-risk country',
  'suppliers.detail':
    '{{productions}} there ({{days}}), without an accepted attestation in force on the site or on the operator.',
  'suppliers.mend': 'An accepted attestation of the site or of its operator that covers {{days}}.',
  'transit-level.none': 'Nothing was mined in countries known for transit.',
  'transit-level.summary.all': '{{extractions}} in countries known for transit; all answered.',
  'transit-level.summary.not-all': '{{extractions}} in countries known for transit; not all answered.',
  'transit-level.title': 'Mined in {{country}}, through which high-risk material is known to transit',
  'transit-level.detail':
    '{{extractions}} at {{site}} ({{days}}), without an accepted attestation in force or a disclosed document.',
  'transit-level.mend':
    'An accepted attestation of the mine that covers {{days}}, or a disclosed document ("documents[i].sha256") of the extraction, the lot or the mine.',
  'origin-attested.summary': '{{seen}}; {{outcome}}.',
  'origin-attested.seen-none': 'No mine or collection is on the ledger',
  'origin-attested.seen_one': '{{count}} mine or collection site',
  'origin-attested.seen_other': '{{count}} mine or collection sites',
  'origin-attested.all': 'attested at the time',
  'origin-attested.declared.title': 'The origin of stock declared at {{site}} is not attested',
  'origin-attested.declared.detail':
    '{{declarations}} of stock ({{days}}): its origin is not on the ledger, so that nobody could attest it. Accepted: {{schemes}}.',
  'origin-attested.declared.mend':
    'Nothing mends this lot: lots made only of material that was registered at its mine or collection can be attested.',
  'within-capacity.summary': '{{sites}} asked about; {{outcome}}.',
  'within-capacity.none': 'none did more of this lot than it can',
  'within-capacity.year': '{{year}}',
  'within-capacity.years': '{{from}} to {{until}}',
  'within-capacity.too-much.title': '{{site}} is said to have handled more {{material}} than it can',
  'within-capacity.too-much.detail':
    'Of this lot alone, {{mass}} came through it in {{years}}; it discloses a capacity of {{capacity}} a year.',
  'within-capacity.too-much.mend':
    'Nothing mends this lot, unless the capacity is out of date: then the operator discloses the right one, in the evidence of a new registration. An auditor finds out where the material came from.',
  'within-capacity.undisclosed.title': 'How much {{material}} {{site}} can handle is not disclosed',
  'within-capacity.undisclosed.detail':
    'It handled {{material}} of this lot in {{years}}, and shows no readable capacity for it.',
  'within-capacity.undisclosed.mend':
    'The operator discloses "{{field}}" in the evidence of the site: milligrams, as a decimal string.',
  'no-longer-accredited.title': 'An auditor relied on is no longer accredited for {{scheme}}',
  'no-longer-accredited.detail_one':
    '{{count}} attestation of this auditor stands: the auditor was accredited when it was recorded.',
  'no-longer-accredited.detail_other':
    '{{count}} attestations of this auditor stand: the auditor was accredited when they were recorded.',
  'no-longer-accredited.mend':
    'Nothing has to be mended: the answer stands. Where it is not enough for you, ask the sites for an attestation by an auditor that is accredited now.',
  'after-the-fact.title_one': 'An attestation was recorded after the fact',
  'after-the-fact.title_other': '{{count}} attestations were recorded after the fact',
  'after-the-fact.detail.one':
    '{{scheme}} on {{subject}} answers for an event on {{event}} and was recorded on {{recorded}}. Audits are often reported after the time that they cover, so that it counts.',
  'after-the-fact.detail.several':
    'The longest after: {{scheme}} on {{subject}} answers for an event on {{event}} and was recorded on {{recorded}}. Audits are often reported after the time that they cover, so that they count.',
  'after-the-fact.mend.one':
    'Nothing has to be mended. Where you count only what was known at the time, ask the auditor why it was recorded later.',
  'after-the-fact.mend.several':
    'Nothing has to be mended. Where you count only what was known at the time, ask the auditor why they were recorded later.',
} as const;
