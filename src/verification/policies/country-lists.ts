import type { CountryList } from '../policy.ts';

/** DR Congo and its nine neighbours. A law that is still in force; each site's country is asked at the event's time. */
export const coveredCountries: CountryList = {
  id: 'dodd-frank-1502-covered-countries',
  title: 'Covered countries of the Dodd-Frank Act, section 1502: DR Congo and its neighbours',
  source: 'Dodd-Frank Wall Street Reform and Consumer Protection Act (2010), section 1502',
  validFrom: 0,
  validUntil: null,
  countries: [
    180, // DR Congo
    24, // Angola
    108, // Burundi
    140, // Central African Republic
    178, // Congo
    646, // Rwanda
    728, // South Sudan
    834, // Tanzania
    800, // Uganda
    894, // Zambia
  ],
};

/** Countries through which material from high-risk areas is known to pass. The source gives no date. */
export const transitLevelCountries: CountryList = {
  id: 'rmi-transit-level',
  title: 'Transit level of the Responsible Minerals Initiative',
  source: 'Responsible Minerals Initiative, country levels: Kenya, Mozambique, South Africa',
  validFrom: 0,
  validUntil: null,
  countries: [404, 508, 710],
};

/** Countries whose entities count as of concern. The source gives no date. */
export const feocNations: CountryList = {
  id: 'us-feoc-covered-nations',
  title: 'Covered nations of the United States (foreign entities of concern)',
  source: 'United States, foreign entity of concern: China, Russia, North Korea, Iran',
  validFrom: 0,
  validUntil: null,
  countries: [156, 643, 408, 364],
};

/** All others are third countries. */
export const euMembers: CountryList = {
  id: 'eu-member-states',
  title: 'Member states of the European Union',
  source: 'General knowledge: the 27 member states, without dates',
  unverified: true,
  validFrom: 0,
  validUntil: null,
  countries: [
    ...[40, 56, 100, 191, 196, 203, 208, 233, 246, 250, 276, 300, 348, 372],
    ...[380, 428, 440, 442, 470, 528, 616, 620, 642, 703, 705, 724, 752],
  ],
};
