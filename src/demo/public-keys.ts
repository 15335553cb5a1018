import type { DemoPersona } from '../api/context.ts';
import { hex } from '../protocol/hex.ts';
import { accreditations, type KeyName, otherKeys, personaNames, personas, walletOf } from './personas.ts';

/** Everybody of the story, with the keys that may sign for them: everyone can derive them, so that they can be shown. */
export function demoPersonas(): DemoPersona[] {
  const others = Object.keys(otherKeys) as (keyof typeof otherKeys)[];
  return personaNames.map((name) => {
    const keys: KeyName[] = [name, ...others.filter((other) => other.startsWith(`${name}/`))];
    const { legalName, country } = personas[name];
    const isAuditor = accreditations.some(([auditor]) => auditor === name);
    return {
      ...{ party: hex(walletOf(name).address), name: legalName, country },
      role: isAuditor ? 'auditor' : 'supplier',
      keys: keys.map((key) => {
        const wallet = walletOf(key);
        return { account: hex(wallet.address), key: hex(wallet.privateKey) };
      }),
    };
  });
}
