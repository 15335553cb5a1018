/** Every link of the app. */
export const urls = {
  lots: '/',
  lot: (lot: string) => `/lots/${lot}`,
  certificateJson: (lot: string) => `/v1/lots/${lot}/certificate`,
  bundle: (lot: string, policy: string) => `/v1/lots/${lot}/bundle?policy=${encodeURIComponent(policy)}`,
  certificateFile: (lot: string, policy: string) =>
    `/v1/lots/${lot}/certificate.html?policy=${encodeURIComponent(policy)}`,
  labelSvg: (lot: string) => `/v1/lots/${lot}/label.svg`,
  labelPng: (lot: string) => `/v1/lots/${lot}/label.png`,
  labelSheet: (lot: string) => `/v1/labels?lots=${lot}`,
  request: (id: string) => `/v1/requests/${id}`,
  apiDocs: '/docs',
} as const;
