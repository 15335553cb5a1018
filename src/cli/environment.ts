import { homedir } from 'node:os';
import { join } from 'node:path';

/** What the command line takes from the environment. An empty variable counts as absent. */
export type Environment = {
  readonly api: string;
  readonly keysDir: string;
  readonly password: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
};

export function readEnvironment(variables: Environment['variables']): Environment {
  const given = (name: string): string | undefined => variables[name] || undefined;
  return {
    api: given('LODEBOOK_API') ?? 'http://127.0.0.1:4400',
    keysDir: given('LODEBOOK_KEYS') ?? join(homedir(), '.lodebook', 'keys'),
    password: given('LODEBOOK_PASSWORD'),
    variables,
  };
}
