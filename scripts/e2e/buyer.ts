import { checkAnother, labelOf, openByLabel, openOffline } from '../../test/web/flows/certificate.ts';
import { scanAndCheck, showToCamera } from '../../test/web/flows/scan.ts';
import { asReader, count, type Run, troubles } from './run.ts';
import type { Made } from './suppliers.ts';

/** To scan, read and check. */
const MOST_CLICKS = 3;

/** A buyer scans a label, reads its certificate, has it check itself, takes it away as one file, and looks at another policy. */
export async function buyerRun(run: Run, { product }: Made): Promise<void> {
  const label = await labelOf(run.service, product);
  await showToCamera(run.camera, label);
  await asReader(run, 'buyer-checks', async (buyer) => {
    await scanAndCheck(buyer);
    count(buyer, MOST_CLICKS, 'a label was scanned, its certificate read and checked');
    await buyer.page.getByText(buyer.says('check:compared.same')).waitFor();
    troubles.push(...(await openOffline(buyer)));
    await checkAnother(buyer);
    await openByLabel(buyer, label);
  });
}
