/** What the file says beside its certificate. */
export const fileWords = {
  brand: 'Lodebook',
  kind: 'A certificate that checks itself',
  checking: 'This file checks itself',
  checkingLead: 'Nothing is asked of any server: all that is needed is in the file.',
  holds: (size: string, statements: number) =>
    `This file (${size}, ${statements} signed statements) was checked on this device just now, with nothing but what is in it.`,
  how: 'How this was checked',
  verifier:
    'The verifier is in this file, and so comes from whoever gave you the file. Where much depends on it, check the file with a verifier of your own: lodebook verify FILE.',
  print: 'Print',
  asOf: (block: number, time: string) => `Computed from the chain as of block ${block}, ${time}.`,
} as const;
