const id = (byte: string): string => `0x${byte.repeat(32)}`;

/** A signed production as it is sent: 25 t of cobalt hydroxide, mined. */
export const submissionExample = {
  type: 'Production',
  message: {
    custodian: `0x${'a1'.repeat(20)}`,
    facility: id('f1'),
    process: 1,
    custodyModel: 1,
    inputs: [],
    outputs: [
      {
        commodity: 260500,
        milligrams: '25000000000',
        content: [{ material: 27, recycled: false, milligrams: '2500000000' }],
        evidence: id('00'),
      },
    ],
    occurredAt: 1_790_000_000,
    evidence: id('00'),
    recordBy: 1_790_604_800,
  },
  signature: `0x${'5c'.repeat(64)}1b`,
};
