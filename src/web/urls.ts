/** Every link of the app. */
export const urls = {
  home: '/',
  lots: '/lots',
  supplier: '/supplier',
  auditor: '/auditor',
  buyer: '/buyer',
  lot: (lot: string) => `/lots/${lot}`,
  certificateJson: (lot: string) => `/v1/lots/${lot}/certificate`,
  labelSvg: (lot: string) => `/v1/lots/${lot}/label.svg`,
  labelPng: (lot: string) => `/v1/lots/${lot}/label.png`,
  labelSheet: (...lots: readonly string[]) => `/v1/labels?lots=${lots.join(',')}`,
  request: (id: string) => `/v1/requests/${id}`,
  apiDocs: '/docs',
} as const;
