/** What rules on journeys, times, adverse attestations and what parties raised say. */
export const eventTexts = {
  'anomalies.none': 'Nothing unusual.',
  'anomalies.summary': '{{anomalies}} to look at.',
  'anomalies.work.title': 'Work at {{sites}} was recorded late',
  'anomalies.work.detail':
    '{{productions}}; what took longest was of {{day}} and was recorded on {{recorded}}, {{late}} after.',
  'anomalies.deliveries.title': 'Deliveries on {{routes}} were recorded late',
  'anomalies.deliveries.detail':
    '{{legs}}; the dispatch or the receipt that took longest was of {{day}} and was recorded on {{recorded}}, {{late}} after.',
  'anomalies.late.mend':
    'Nothing has to be mended for this lot. Ask why it took so long; from now on, whoever acts signs when it happens.',
  'anomalies.more.mend':
    'What more there is enters as declared stock, with its origin shown as not on the ledger.',
  'custody-documented.no-dispatch': 'No dispatch of the material is recorded; {{outcome}}.',
  'custody-documented.none-needed': 'none has to be',
  'custody-documented.summary': '{{legs}}, {{receipts}}; {{short}} short on arrival.',
  'custody-documented.all-receipts': 'each with its receipt',
  'custody-documented.open_one': '{{count}} without a receipt',
  'custody-documented.open_other': '{{count}} without a receipt',
  'custody-documented.short-none': 'none',
  'custody-documented.short-some': 'some',
  'custody-documented.short_one': '{{count}}',
  'custody-documented.short_other': '{{count}}',
  'custody-documented.short.why': 'Moisture and scales explain small differences.',
  'custody-documented.short.mend': 'The holder books the shortage with a production "reweigh".',
  'custody-documented.not-confirmed': 'A delivery is not confirmed',
  'without-dispatch.title': 'Material went from {{from}} to {{to}} without a dispatch',
  'without-dispatch.abroad':
    '{{lots}} had been at the one site and was next acted upon at the other, across a border.',
  'without-dispatch.at-home':
    '{{lots}} had been at the one site and was next acted upon at the other, in the same country.',
  'without-dispatch.mend':
    'From now on, a dispatch and a receipt between the two sites. For this lot nothing mends it.',
  'custody-unbroken.summary': '{{outcome}}.',
  'custody-unbroken.all': 'Each lot was used where it last arrived',
  'custody-unbroken.title': 'Material that was at {{from}} was used at {{to}}',
  'custody-unbroken.detail': '{{lots}} ({{days}}): no dispatch and receipt say how it got there.',
  'custody-unbroken.mend':
    'Nothing mends this lot. From now on, a dispatch and a receipt between the two sites.',
  'recorded-within.summary': '{{outcome}}.',
  'recorded-within.all': 'All was recorded within {{time}} of when it happened',
  'recorded-within.days_one': '{{count}} days',
  'recorded-within.days_other': '{{count}} days',
  'recorded-within.hours_one': '{{count}} hours',
  'recorded-within.hours_other': '{{count}} hours',
  'recorded-within.minutes_one': '{{count}} minutes',
  'recorded-within.minutes_other': '{{count}} minutes',
  'recorded-within.title': 'What happened at {{site}} was recorded more than {{time}} later',
  'recorded-within.detail': '{{statements}}; the longest {{late}} after ({{day}}, recorded {{recorded}}).',
  'recorded-within.mend':
    'Nothing mends this lot. From now on, what happens is signed and sent when it happens.',
  'recorded-within.under-way': 'When a delivery arrived is not recorded yet',
  'transit-known.summary': '{{made}}; {{outcome}}.',
  'transit-known.no-dispatch': 'No dispatch of the material is recorded',
  'transit-known.made': 'The material made {{legs}}, {{crossing}} across a border',
  'transit-known.crossing-none': 'none',
  'transit-known.crossing-some': 'some',
  'transit-known.crossing_one': '{{count}}',
  'transit-known.crossing_other': '{{count}}',
  'transit-known.all': 'all that has to be is disclosed',
  'transit-known.undisclosed.title': 'The way from {{from}} to {{to}} is not disclosed',
  'transit-known.undisclosed.detail':
    '{{legs}} from {{from}} to {{to}} ({{days}}) show no readable "transitCountries".',
  'transit-known.undisclosed.mend':
    'The consignor discloses "transitCountries" in the evidence of the dispatch: ISO codes, an empty list for a direct way.',
  'transit-known.undocumented.title': 'Material went from {{from}} to {{to}} without a dispatch',
  'transit-known.undocumented.detail':
    '{{lots}} had been at {{from}} and was next acted upon at {{to}}: no statement says how the material got there.',
  'transit-known.undocumented.mend':
    'Nothing mends this lot: a dispatch between the two sites has to be recorded when it happens.',
  'transit-known.no-country.title': 'Some legs start or end in no known country',
  'transit-known.no-country.detail': '{{legs}} touch sites whose country number ISO 3166-1 does not assign.',
  'transit-known.no-country.mend':
    'The operator registers the site again, in its country, and ships from there from then on.',
  'transit-speed.summary': '{{outcome}}.',
  'transit-speed.all': 'No delivery of the lot was faster than {{speed}} km/h',
  'transit-speed.title': 'The way from {{from}} to {{to}} took less time than can be',
  'transit-speed.detail':
    '{{lot}} left on {{day}} and arrived {{minutes}} minutes later, {{kilometres}} km away as the crow flies.',
  'transit-speed.mend':
    'Nothing mends this lot: what was signed is wrong about the time or the place. The parties find out which, and an auditor says so.',
  'transit-speed.hidden.title': 'Where {{sites}} is, is not disclosed',
  'transit-speed.hidden.detail': 'How far lot {{lot}} travelled cannot be told without "coordinates".',
  'transit-speed.hidden.mend': 'The operator discloses "coordinates" in the evidence of the site.',
  'high-risk-transit.none': 'No leg touched a country that is high-risk, or that no list could tell about.',
  'high-risk-transit.summary.all':
    '{{legs}} through countries that are high-risk, or that no list could tell about; all answered.',
  'high-risk-transit.summary.not-all':
    '{{legs}} through countries that are high-risk, or that no list could tell about; not all answered.',
  'high-risk-transit.high.title': 'Transit through {{countries}} is not answered for',
  'high-risk-transit.unknown.title': 'No list in force could tell whether {{countries}} is high-risk',
  'high-risk-transit.detail':
    '{{legs}} ({{days}}): no transport document is disclosed, and no accepted attestation on the lot, its sites or its parties was in force.',
  'high-risk-transit.high.mend':
    'The consignor discloses a transport document ("documents[i].sha256") of the dispatch, or an accepted attestation covers {{days}}.',
  'high-risk-transit.unknown.mend':
    'The consignor discloses a transport document ("documents[i].sha256") of the dispatch, or an accepted attestation covers {{days}}, or a list of high-risk areas that was in force then is loaded.',
  'weighed-within.summary': '{{outcome}}.',
  'weighed-within.all': 'Nothing arrived more than {{tolerance}} lighter or heavier than it was sent',
  'weighed-within.less.title': 'Deliveries from {{from}} to {{to}} arrived lighter than they were sent',
  'weighed-within.more.title': 'Deliveries from {{from}} to {{to}} arrived heavier than they were sent',
  'weighed-within.off': '{{title}}.',
  'weighed-within.mend':
    'Nothing mends this lot: the weights are signed. Both parties find out why, and book what is short with a production "reweigh".',
  'weighed-within.not-yet.title': 'What arrives is not weighed yet',
  'weighed-within.not-yet.mend': 'The consignee signs a receipt, with the weight.',
  'adverse.none': 'No non-conformance or alert on any site, party or lot of this history.',
  'adverse.summary':
    '{{attestations}} on sites, parties and lots of this history; {{open}} open at the time.',
  'adverse.summary-dated':
    '{{attestations}} on sites, parties and lots of this history; {{open}} open at the time; {{dated}} raised before an event was recorded that is dated earlier.',
  'adverse.open-none': 'none',
  'adverse.open_one': '{{count}}',
  'adverse.open_other': '{{count}}',
  'adverse.breach.title.alert': '{{subject}}: an alert was open at the time',
  'adverse.breach.title.non-conformance': '{{subject}}: a non-conformance was open at the time',
  'adverse.breach.detail':
    'It was raised from {{day}} under {{scheme}}, and open at {{events}} of this history ({{days}}).',
  'adverse.breach.mend-lot':
    'A revocation of the attestation by its author, or a later conformant one on the lot under the same scheme.',
  'adverse.breach.mend': 'A revocation of the attestation by its author, with effect before {{day}}.',
  'adverse.dated.title.alert': '{{subject}}: dated before an alert, but recorded after it',
  'adverse.dated.title.non-conformance': '{{subject}}: dated before a non-conformance, but recorded after it',
  'adverse.dated.detail':
    'It was raised from {{day}} under {{scheme}}, and recorded on {{recorded}}. Recorded while it was open ({{recordedDays}}), with an earlier date ({{days}}): {{events}} of this history.',
  'adverse.dated.mend':
    'A revocation of the attestation by its author, with effect before {{day}}. What is recorded when it happens raises no such question.',
  'adverse.since.title.alert': '{{subject}}: an alert is open now',
  'adverse.since.title.non-conformance': '{{subject}}: a non-conformance is open now',
  'adverse.since.detail':
    'It was raised from {{day}} under {{scheme}}, after this material had gone through.',
  'adverse.since.mend':
    'Nothing has to be mended for this lot. Before you take what went through since, ask how it is being answered.',
  'withdrawn.title.alert': 'An alert was withdrawn after the fact',
  'withdrawn.title.non-conformance': 'A non-conformance was withdrawn after the fact',
  'withdrawn.title.several': '{{attestations}} were withdrawn after the fact',
  'withdrawn.detail.one':
    '{{scheme}} on {{subject}} was open for an event on {{event}}, until its author revoked it on {{revoked}} with effect from {{effective}}. An author may withdraw an error, so that it counts no more.',
  'withdrawn.detail.several':
    'The longest after: {{scheme}} on {{subject}} was open for an event on {{event}}, until its author revoked it on {{revoked}} with effect from {{effective}}. An author may withdraw an error, so that it counts no more.',
  'withdrawn.mend':
    'Nothing has to be mended: it counts no more. Ask its author why it was withdrawn, if you want to know.',
  'concern.at.site': '{{sites}}',
  'concern.at.lot': 'A lot of {{sites}}',
  'concern.at.delivery': 'A delivery {{sites}}',
  'concern.at.production': 'Work at {{sites}}',
  'concern.alert.open': '{{place}}: an alert is open',
  'concern.alert.answered': '{{place}}: an alert is answered',
  'concern.dispute.open': '{{place}}: a dispute is open',
  'concern.dispute.answered': '{{place}}: a dispute is answered',
  'concern.grievance.open': '{{place}}: a grievance is open',
  'concern.grievance.answered': '{{place}}: a grievance is answered',
  'concern.recorded': '{{party}} recorded it on {{day}}: “{{summary}}”.',
  'concern.recorded-silent': '{{party}} recorded it on {{day}}: what it is about, it does not show.',
  'concern.not-judged': 'It is what that party says, and nobody has judged it.',
  'concern.unanswered': 'Nobody has answered it.',
  'concern.stands': 'It has {{answers}}, and stands.',
  'concern.mend':
    'Whoever it is about answers it, in an observation of the same thing ("concern.about", "concern.answer"); whoever raised it closes it ("concern.closed").',
} as const;
