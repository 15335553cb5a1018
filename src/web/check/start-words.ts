/** What the certificate page says of the check before it is loaded. */
export const startWords = {
  title: 'Check it yourself',
  lead: 'You need not take our word: your own browser can fetch what proves this certificate, and check all of it, back to the origins.',
  start: 'Check it now',
  loading: 'Loading the verifier',
  download: 'Download as one file',
  downloadLead:
    'it holds the proofs and the verifier, and checks itself, also years later and with no network.',
} as const;
