import { type Request, type Response, Router } from 'express';
import type { Context } from './context.ts';
import { html } from './docs/html.ts';
import { layout } from './docs/layout.ts';
import { productOf, tradeItemOf } from './routes/labels.ts';
import type { Product } from './schemas/products.ts';

type Link = { gtin: string; serial?: string; batch?: string };

/**
 * Where GS1 Digital Links lead: to the page of the one lot that stands for the product; where there are several, to a page
 * that lists them and says what that means; programs, that ask for JSON, to /v1/products.
 */
export function resolverRouter(context: Context): Router {
  const resolve = async (request: Request<Link>, response: Response): Promise<void> => {
    response.locals.route = '/01';
    const { gtin, serial, batch } = request.params;
    const item = tradeItemOf(gtin, serial, batch);
    const found = await productOf(context, item);
    response.set('Cache-Control', 'no-cache').vary('Accept');
    if (request.accepts(['html', 'json']) === 'json')
      return response.redirect(
        307,
        `${context.publicUrl()}/v1/products/${item.gtin}?${queryOf(request.params)}`,
      );
    const [only, another] = found.standing;
    if (only && !another) return response.redirect(307, `${context.publicUrl()}/lots/${only}`);
    response.status(300).type('html').send(choicePage(found, context.publicUrl()));
  };
  return Router()
    .get('/01/:gtin/21/:serial', resolve)
    .get('/01/:gtin/10/:batch', resolve)
    .get('/01/:gtin/10/:batch/21/:serial', resolve);
}

function queryOf({ serial, batch }: Link): URLSearchParams {
  return new URLSearchParams({
    ...(serial !== undefined && { serial }),
    ...(batch !== undefined && { batch }),
  });
}

function choicePage(found: Product, publicUrl: string): string {
  const { gtin, serial, batch, disputed, claims } = found;
  const what = [serial === null ? null : `serial number ${serial}`, batch === null ? null : `batch ${batch}`];
  const title = disputed ? 'Several lots claim this serial number' : 'Several lots are of this batch';
  const warning = disputed
    ? 'At least one of them is not what it says: a serial number belongs to one product. Do not rely on any of them before their producers have explained it.'
    : 'Compare what is on the product with each of them.';
  return layout(
    title,
    html`<p>GTIN ${gtin}, ${what.filter((part) => part !== null).join(', ')}.</p>
<p><strong>${warning}</strong></p>
<ul>${claims.map(
      ({ lot, status, producer }) =>
        html`<li><a href="${publicUrl}/lots/${lot}">${lot}</a>, ${status}, made by ${producer.name ?? producer.id}</li>
`,
    )}</ul>`,
  );
}
