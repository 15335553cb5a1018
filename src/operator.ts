import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Wallet } from 'ethers/wallet';
import { z } from 'zod';
import { readJson, writeJson } from './durable-file.ts';
import { type Hex, hex } from './protocol/hex.ts';

/** The private keys of an embedded deployment: who pays, who admits, who accredits. */
export type OperatorKeys = { readonly relayer: Hex; readonly registrar: Hex; readonly accreditor: Hex };

const key = z.string().regex(/^0x[0-9a-f]{64}$/) as unknown as z.ZodType<Hex>;
const keys = z.object({ relayer: key, registrar: key, accreditor: key });

/** Where the keys of an embedded deployment are. */
export function operatorFile(dataDir: string): string {
  return join(dataDir, 'operator.json');
}

/** The keys in `DATA_DIR/operator.json`, which only its owner can read. Made where there are none yet. */
export async function operatorKeys(dataDir: string): Promise<OperatorKeys> {
  const path = operatorFile(dataDir);
  const found = await readJson(path);
  if (found === null) {
    const made = { relayer: randomKey(), registrar: randomKey(), accreditor: randomKey() };
    await writeJson(path, made, 0o600);
    return made;
  }
  const parsed = keys.safeParse(found);
  if (!parsed.success)
    throw new Error(
      `${path} does not hold the private keys relayer, registrar and accreditor. Restore it from a backup.`,
    );
  return parsed.data;
}

export function accountOf(privateKey: Hex): Hex {
  return hex(new Wallet(privateKey).address);
}

/** Any 32 bytes are a key of secp256k1, but for odds of 2⁻¹²⁷. */
function randomKey(): Hex {
  return hex(`0x${randomBytes(32).toString('hex')}`);
}
