import type { Policy, Rule } from '../policy.ts';
import { feocNations } from './country-lists.ts';

const RULES = 'United States, foreign entities of concern (FEOC)';
/** The source gives no date. */
const dated = { source: RULES, unverified: true, validFrom: 0, validUntil: null };

const origins: Rule = {
  ...dated,
  id: 'origins-in-covered-nations',
  clause: 'Covered nations: extraction',
  question: 'Was nothing mined or collected in a covered nation?',
  note: 'Who is of concern also depends on ownership and control, so that countries alone are an indicator.',
  indicator: true,
  check: 'countries',
  parameters: { of: 'origins', refused: [feocNations], allowed: null },
};

const sites: Rule = {
  ...dated,
  id: 'sites-in-covered-nations',
  clause: 'Covered nations: processing and handling',
  question: 'Was the material at no site in a covered nation?',
  note: 'Who is of concern also depends on ownership and control, so that countries alone are an indicator.',
  indicator: true,
  check: 'countries',
  parameters: { of: 'sites', refused: [feocNations], allowed: null },
};

const ownership: Rule = {
  ...dated,
  id: 'ownership',
  clause: 'Ownership and control by a covered nation',
  question: 'Is no party owned or controlled by a covered nation?',
  check: 'not-told',
  parameters: { why: 'The ledger does not hold who owns or controls its parties.' },
};

const costs: Rule = {
  ...dated,
  id: 'material-assistance-cost-ratio',
  clause: 'MACR = (total direct cost − cost from prohibited entities) / total direct cost',
  question: 'Is the material assistance cost ratio high enough?',
  check: 'not-told',
  parameters: { why: 'The ledger does not hold costs.' },
};

/** The rules of the United States on foreign entities of concern, as far as countries tell. */
export const usFeoc: Policy = {
  id: 'us-feoc',
  version: '1',
  name: 'US foreign entities of concern, as far as countries tell',
  source: RULES,
  materials: null,
  countries: { covered: [], highRisk: [], transitLevel: [] },
  rules: [origins, sites, ownership, costs],
};
