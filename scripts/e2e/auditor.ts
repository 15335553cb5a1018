import {
  attest,
  findLot,
  followImpact,
  joinAuditor,
  lookAround,
  openSite,
  revoke,
} from '../../test/web/flows/auditor.ts';
import { findWhy } from '../../test/web/flows/certificate.ts';
import { asReader, count, type Run, troubles } from './run.ts';
import type { Made } from './suppliers.ts';

/** From the first page to why a lot does not meet its policy, and how much of it is concerned. */
const MOST_CLICKS_TO_WHY = 6;

/** An auditor attests to the product and raises an alert on the mine; a buyer finds out; the auditor takes it back. */
export function auditorRun(run: Run, { product, mine }: Made): Promise<void> {
  const { service, name } = run;
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return asReader(run, 'auditor', async (auditor) => {
    await auditor.goto('/auditor');
    await findLot(auditor, product);
    await joinAuditor(auditor, service, `Audit ${name}`);
    await attest(auditor, { outcome: 'conformant', findings: 'Books and scales were seen.' });
    await openSite(auditor, mine);
    const alert = await attest(auditor, {
      outcome: 'alert',
      findings: 'A wall is cracked.',
      from: yesterday,
    });
    const paper = await followImpact(auditor, alert);
    if (!paper.includes(product)) troubles.push('what the alert touches leaves the product out');
    await asReader(run, 'buyer', async (buyer) => {
      await findWhy(buyer, /760\skg/);
      count(buyer, MOST_CLICKS_TO_WHY, 'from the first page, why a lot does not meet its policy was found');
    });
    await revoke(auditor, alert, yesterday);
    await lookAround(auditor);
    for (const nothing of ['/auditor/nothing', '/nothing']) {
      await auditor.goto(nothing);
      await auditor.page.getByRole('heading', { name: auditor.says('common:notFound.title') }).waitFor();
      await auditor.look('no-page');
    }
  });
}
