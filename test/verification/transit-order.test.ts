import { expect, test } from 'vitest';
import { cobalt, findingsOf, highRisk } from './story.ts';

const MALI_AND_ZAMBIA = { ...highRisk, countries: [466, 894] };

test.each([[['ZM', 'ML']], [['ML', 'ZM']]])('countries passed as %j are named in one order', (transit) => {
  const { history } = cobalt({ transit, mineAudit: null, smelterAudit: null });
  const titles = findingsOf(history(), 'red-flag-a-transit', [MALI_AND_ZAMBIA]).map(({ title }) => title);
  expect(titles).toEqual(['Transit through DR Congo, Mali, Zambia is not answered for']);
});
