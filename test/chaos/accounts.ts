import { account } from '../support/accounts.ts';

export const CHAIN_ID = 31_337;

/** Who has money on the chain. */
export const accounts = {
  relayer: account('chaos relayer'),
  registrar: account('chaos registrar'),
  accreditor: account('chaos accreditor'),
  stranger: account('chaos stranger'),
};
