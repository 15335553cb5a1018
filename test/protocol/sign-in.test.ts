import { expect, test } from 'vitest';
import { readSignIn, signInText } from '../../src/protocol/sign-in.ts';

// The example of EIP-4361, and the same with every optional part but one left out.
const example = `example.com wants you to sign in with your Ethereum account:
0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2

I accept the ExampleOrg Terms of Service: https://example.com/tos

URI: https://example.com/login
Version: 1
Chain ID: 1
Nonce: 32891756
Issued At: 2021-09-30T16:25:24Z
Resources:
- ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/
- https://example.com/my-web2-claim.json`;
const read = {
  domain: 'example.com',
  account: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2',
  ...{ uri: 'https://example.com/login', chainId: 1, nonce: '32891756', issuedAt: 1_633_019_124 },
  ...{ expiresAt: null, notBefore: null },
} as const;

test('reads the example of the standard, with and without a statement, a scheme and resources', () => {
  expect(readSignIn(example)).toEqual(read);
  const bare = example.replace(/\nI accept.*\n/, '\n').replace(/\nResources[\s\S]*/, '');
  expect(bare).toContain('Cc2\n\n\nURI');
  expect(readSignIn(bare)).toEqual(read);
  expect(readSignIn(`https://${example}`)).toEqual(read);
});

test('reads what it writes', () => {
  const times = { expiresAt: 1_790_000_600, notBefore: 1_790_000_000 };
  const signIn = { ...read, domain: 'lodebook.example:4400', issuedAt: 1_790_000_000, ...times };
  expect(readSignIn(signInText(signIn, 'Sign in.'))).toEqual(signIn);
});

test.each([
  ['a wrong checksum', example.replace('0xC02aaA', '0xC02AaA')],
  ['an address without its checksum', example.replace(/0xC02\w+/, (address) => address.toLowerCase())],
  ['a statement of two lines', example.replace('Service:', 'Service\n')],
  ['a nonce that is short', example.replace('32891756', '3289175')],
  ['fields in another order', example.replace('Version: 1\nChain ID: 1', 'Chain ID: 1\nVersion: 1')],
  ['a time that is none', example.replace('2021-09-30', '2021-13-30')],
  ['something after it', `${example}\nand more`],
  ['a domain with a path', example.replace('example.com wants', 'example.com/x wants')],
])('%s is no such message', (_name, text) => {
  expect(readSignIn(text)).toBeNull();
});
