import type { TradeItem } from '../protocol/digital-link.ts';

/** Every link of the app. */
export const urls = {
  home: '/',
  lots: '/lots',
  supplier: '/supplier',
  auditor: '/auditor',
  buyer: '/buyer',
  lot: (lot: string) => `/lots/${lot}`,
  lotUnder: (lot: string, policy: string) => `/lots/${lot}?policy=${encodeURIComponent(policy)}`,
  certificateJson: (lot: string, policy: string | null) =>
    `/v1/lots/${lot}/certificate${policy === null ? '' : `?policy=${encodeURIComponent(policy)}`}`,
  bundle: (lot: string, policy: string) => `/v1/lots/${lot}/bundle?policy=${encodeURIComponent(policy)}`,
  certificateFile: (lot: string, policy: string) =>
    `/v1/lots/${lot}/certificate.html?policy=${encodeURIComponent(policy)}`,
  labelSvg: (lot: string) => `/v1/lots/${lot}/label.svg`,
  labelPng: (lot: string) => `/v1/lots/${lot}/label.png`,
  labelSheet: (...lots: readonly string[]) => `/v1/labels?lots=${lots.join(',')}`,
  product: ({ gtin, serial, batch }: TradeItem) => {
    const given = { ...(serial !== null && { serial }), ...(batch !== null && { batch }) };
    return `/v1/products/${gtin}?${new URLSearchParams(given)}`;
  },
  request: (id: string) => `/v1/requests/${id}`,
  apiDocs: '/docs',
} as const;
