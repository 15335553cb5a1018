/** Every link of the app. */
export const urls = {
  lots: '/',
  lot: (lot: string) => `/lots/${lot}`,
  certificateJson: (lot: string) => `/v1/lots/${lot}/certificate`,
  apiDocs: '/docs',
} as const;
