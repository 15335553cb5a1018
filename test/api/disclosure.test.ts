import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvidenceDocument, FieldProof, SharedPage } from '../../src/api/schemas/evidence.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import { signDisclosure } from '../../src/client/sign.ts';
import { scopes } from '../../src/protocol/codes.ts';
import { type Visibility, visibilityOf } from '../../src/protocol/disclosure.ts';
import { type DisclosedField, disclose, evidenceRoot, leafOf } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { toJson } from '../../src/protocol/json.ts';
import { type Account, account, sign } from '../support/accounts.ts';
import { decide, disclosureOf, documentOf, publish, signedIn } from '../support/disclosures.ts';
import { delegation } from '../support/key-statements.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration, seconds } from '../support/statements.ts';

let service: TestService;
let author: Account;
let buyer: Account;
let rival: Account;

beforeAll(async () => {
  service = await startTestService();
  [author, buyer, rival] = (await admit(service, 'author', 'buyer', 'rival')) as [Account, Account, Account];
}, 60_000);
afterAll(() => service?.stop());

type Document = { fields: DisclosedField[] };
type Session = Awaited<ReturnType<typeof signedIn>>;

/** A site whose document has one field of each kind: name is public, price is shared with the buyer, margin is hidden. */
async function shared(): Promise<{
  document: Document;
  root: Hex;
  id: Hex;
  as: (who: Account) => Promise<Session>;
}> {
  const document = documentOf({ name: 'Mutoshi', price: '12 USD/kg', margin: '3 %' });
  const root = evidenceRoot(document);
  const statement = facilityRegistration(author.address, { evidence: root });
  const { id } = await service.record(statement, author, { evidence: disclose(document, ['name']) });
  const reply = await decide(service, author, without(document, 'margin'), { price: [buyer.address] });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return { document, root, id: id as Hex, as: (who) => signedIn(service, who) };
}

/** What goes out where a field stays with its owner. */
function without(document: Document, path: string): Document {
  return disclose(
    document,
    document.fields.map((field) => field.path).filter((one) => one !== path),
  ) as Document;
}

const seenIn = ({ fields }: EvidenceDocument): string[] =>
  fields.flatMap((field) => ('leaf' in field ? [] : [field.path])).sort();

describe('a field that is shared with a party', () => {
  test('is seen by that party and the author, and by nobody else', async () => {
    const { root, as } = await shared();
    const path = `/v1/evidence/${root}`;
    const everybody = await service.get<EvidenceDocument>(path);
    expect(seenIn(everybody.body)).toEqual(['name']);
    expect(JSON.stringify(everybody.body)).not.toMatch(/12 USD|sharedWith/);
    const own = await (await as(buyer)).get<EvidenceDocument>(path);
    expect(seenIn(own.body)).toEqual(['name', 'price']);
    expect(own.headers.get('cache-control')).toBe('private, no-store');
    expect(evidenceRoot(own.body)).toBe(root);
    expect(own.body.fields).toContainEqual(
      expect.objectContaining({ path: 'price', sharedWith: [buyer.address] }),
    );
    expect(seenIn((await (await as(author)).get<EvidenceDocument>(path)).body)).toEqual(['name', 'price']);
    expect(seenIn((await (await as(rival)).get<EvidenceDocument>(path)).body)).toEqual(['name']);
    // What a party was answered is not what the next caller gets.
    expect(seenIn((await service.get<EvidenceDocument>(path)).body)).toEqual(['name']);
  });

  test('is listed for that party, with its author', async () => {
    const { root, as } = await shared();
    const { body } = await (await as(buyer)).get<SharedPage>('/v1/shared?limit=1');
    expect(body.items).toMatchObject([{ root, path: 'price', author: author.address }]);
    expect(body.next).not.toBeNull();
    expect((await (await as(rival)).get<SharedPage>('/v1/shared')).body.items).toEqual([]);
    const nobody = await service.get<Problem>('/v1/shared');
    expect([nobody.status, nobody.body.code]).toEqual([401, 'sign-in-required']);
  });

  test('is proven against the root, to whoever may see it', async () => {
    const { document, root, as } = await shared();
    const path = `/v1/evidence/${root}/proof?path=price`;
    const outsider = await service.get<Problem>(path);
    const missing = await service.get<Problem>(`/v1/evidence/${root}/proof?path=nothing`);
    expect([outsider.status, outsider.body.code]).toEqual([404, 'field-not-shown']);
    expect(outsider.body.detail.replace('price', 'nothing')).toBe(missing.body.detail);
    const { body } = await (await as(buyer)).get<FieldProof>(path);
    expect(body).toMatchObject({ value: '12 USD/kg', leaf: leafOf(document.fields[1] as DisclosedField) });
    expect(SimpleMerkleTree.verify(root, body.leaf, body.proof)).toBe(true);
    const open = await service.get<FieldProof>(`/v1/evidence/${root}/proof?path=name`);
    expect(SimpleMerkleTree.verify(root, open.body.leaf, open.body.proof)).toBe(true);
  });

  test('can be shared otherwise, hidden, and made public; then it stays public', async () => {
    const { document, root, as } = await shared();
    const path = `/v1/evidence/${root}`;
    await decide(service, author, without(document, 'margin'), { price: [rival.address] });
    expect(seenIn((await (await as(buyer)).get<EvidenceDocument>(path)).body)).toEqual(['name']);
    expect(seenIn((await (await as(rival)).get<EvidenceDocument>(path)).body)).toEqual(['name', 'price']);
    await decide(service, author, document, { price: [] });
    for (const who of [rival, author])
      expect(seenIn((await (await as(who)).get<EvidenceDocument>(path)).body)).toEqual(['name']);
    await decide(service, author, document, { price: null });
    expect(seenIn((await service.get<EvidenceDocument>(path)).body)).toEqual(['name', 'price']);
    const back = await decide<Problem>(service, author, document, { price: [], margin: [buyer.address] });
    expect([back.status, back.body.code]).toEqual([409, 'field-public']);
    expect(seenIn((await (await as(buyer)).get<EvidenceDocument>(path)).body)).toEqual(['name', 'price']);
  });

  test('is kept: the author shares it further without sending it again', async () => {
    const { document, root, as } = await shared();
    const signed = await disclosureOf(service, author, document, { price: [buyer.address, rival.address] });
    const hashes = document.fields.map((field) => ({ leaf: leafOf(field) }));
    const reply = await service.post('/v1/evidence', { ...signed, evidence: { fields: hashes } });
    expect(reply.status).toBe(200);
    expect(seenIn((await (await as(rival)).get<EvidenceDocument>(`/v1/evidence/${root}`)).body)).toContain(
      'price',
    );
  });
});

describe('who may decide', () => {
  const codeOf = async (reply: Promise<{ status: number; body: Problem }>) => {
    const { status, body } = await reply;
    return [status, body.code];
  };

  test('is the author alone: not a party that was given to see, nor one that names the root as well', async () => {
    const { document, root } = await shared();
    const seen = without(document, 'margin');
    expect(await codeOf(decide(service, buyer, seen, { price: null }))).toEqual([
      403,
      'disclosure-forbidden',
    ]);
    const forged = { ...buyer, party: author.address };
    expect(await codeOf(decide(service, forged, seen, { price: null }))).toEqual([403, 'signature-invalid']);
    const copy = facilityRegistration(buyer.address, { evidence: root });
    expect(await codeOf(service.send<Problem>(copy, buyer, { evidence: seen }))).toEqual([
      403,
      'disclosure-unsigned',
    ]);
    await service.record(copy, buyer);
    expect(await codeOf(decide(service, buyer, seen, { price: null }))).toEqual([
      403,
      'disclosure-forbidden',
    ]);
    expect(seenIn((await service.get<EvidenceDocument>(`/v1/evidence/${root}`)).body)).toEqual(['name']);
  });

  test("is nobody who sends the author's statement again", async () => {
    const { document, root } = await shared();
    const statement = facilityRegistration(author.address, { evidence: root, country: 710 });
    const body = { ...toJson(statement), signature: await sign(service.domain, statement, author.wallet) };
    expect((await service.post('/v1/statements?wait=recorded', body)).status).toBe(201);
    const again = (fields: readonly string[]) =>
      service.post<Problem>('/v1/statements', { ...body, evidence: disclose(document, fields) });
    expect(await codeOf(again(['name', 'price']))).toEqual([403, 'disclosure-unsigned']);
    expect((await again(['name'])).status).toBe(200);
  });

  test('is a delegate that may sign what names the root, while its delegation is in force', async () => {
    const { document } = await shared();
    const clerk = { ...account('clerk'), party: author.address };
    const price = (parties: Hex[]) => decide<Problem>(service, clerk, document, { price: parties });
    expect(await codeOf(price([]))).toEqual([403, 'signature-invalid']);
    const give = (scope: number, issuedAt: number) =>
      service.record(delegation(author.address, clerk.address, { scope, issuedAt }), author);
    const now = Math.floor(Date.now() / 1000);
    await give(scopes.dispatch, now - 10);
    expect(await codeOf(price([]))).toEqual([403, 'signature-invalid']);
    await give(scopes['facility-registration'], now - 5);
    expect((await price([rival.address])).status).toBe(200);
  });

  test('says it once: an older word, one of another time and a changed one count for nothing', async () => {
    const { document, root } = await shared();
    const first = await disclosureOf(service, author, document, { price: [rival.address] });
    const second = await disclosureOf(service, author, document, { price: [] });
    expect((await service.post('/v1/evidence', second)).status).toBe(200);
    expect((await service.post('/v1/evidence', second)).status).toBe(200);
    expect(await codeOf(service.post('/v1/evidence', first))).toEqual([409, 'disclosure-stale']);
    for (const issuedAt of [first.message.issuedAt - 100_000, first.message.issuedAt + 10_000]) {
      const other = { ...first, message: { ...first.message, issuedAt } };
      expect(await codeOf(service.post('/v1/evidence', other))).toEqual([422, 'disclosure-time']);
    }
    const third = await disclosureOf(service, author, document, { price: [] });
    const fields = [{ ...third.message.fields[0], isPublic: true }];
    const changed = { ...third, message: { ...third.message, fields } };
    expect(await codeOf(service.post('/v1/evidence', changed))).toEqual([403, 'signature-invalid']);
    expect((await service.get<EvidenceDocument>(`/v1/evidence/${root}`)).body.disclosedAt).toBe(
      second.message.issuedAt,
    );
  });

  test('cannot show what is not in the document', async () => {
    const { document } = await shared();
    const fields = [...document.fields.slice(0, 1), ...documentOf({ price: 'another' }).fields];
    expect(await codeOf(publish(service, author, { fields }))).toEqual([422, 'evidence-unnamed']);
    const signed = await disclosureOf(service, author, document, { margin: null });
    const hashes = { fields: document.fields.map((field) => ({ leaf: leafOf(field) })) };
    expect(await codeOf(service.post('/v1/evidence', { ...signed, evidence: hashes }))).toEqual([
      422,
      'field-unknown',
    ]);
    const twice = { fields: [...document.fields, { ...document.fields[0], value: 'two' }] };
    expect(await codeOf(service.post('/v1/evidence', { ...signed, evidence: twice }))).toEqual([
      422,
      'evidence-mismatch',
    ]);
  });
});

function isPrice(field: object): boolean {
  return 'path' in field && field.path === 'price';
}

describe('a document that was made to have one path twice, with two values', () => {
  /** What it looks like where one of the two is shown. */
  async function doubled() {
    const [name, cheap, dear] = ['Mutoshi', '12 USD/kg', '15 USD/kg'].map(
      (value, index) => documentOf({ [index === 0 ? 'name' : 'price']: value }).fields[0],
    ) as [DisclosedField, DisclosedField, DisclosedField];
    const hidden = (field: DisclosedField) => ({ leaf: leafOf(field) });
    const first = { fields: [name, cheap, hidden(dear)] };
    const other = { fields: [name, hidden(cheap), dear] };
    const root = evidenceRoot(first);
    expect(evidenceRoot(other)).toBe(root);
    const registration = facilityRegistration(author.address, { evidence: root });
    await service.record(registration, author, { evidence: disclose(first, ['name']) });
    return { first, other, root };
  }

  test('shows everybody the same one, whoever sees it, then and later', async () => {
    const { first, other, root } = await doubled();
    expect((await decide(service, author, first, { price: [buyer.address] })).status).toBe(200);
    const refused = async (audience: readonly Hex[] | null) => {
      const { status, body } = await decide<Problem>(service, author, other, { price: audience });
      expect([status, body.code]).toEqual([422, 'evidence-mismatch']);
    };
    await refused([rival.address]);
    await refused([buyer.address]);
    await refused(null);
    // Nobody is shown the first one any more: the buyer has seen it all the same.
    expect((await decide(service, author, first, { price: [] })).status).toBe(200);
    await refused([rival.address]);
    await refused(null);
    const again = facilityRegistration(author.address, { evidence: root, country: 894 });
    await service.record(again, author, { evidence: other });
    const seen = await (await signedIn(service, rival)).get<EvidenceDocument>(`/v1/evidence/${root}`);
    expect(seenIn(seen.body)).toEqual(['name']);
    expect((await decide(service, author, first, { price: null })).status).toBe(200);
    expect(seenIn((await service.get<EvidenceDocument>(`/v1/evidence/${root}`)).body)).toEqual([
      'name',
      'price',
    ]);
  });

  test('shows no second one where the first was public from the beginning', async () => {
    const { first, other, root } = await doubled();
    expect((await decide(service, author, first, { price: null })).status).toBe(200);
    const { status, body } = await decide<Problem>(service, author, other, { price: [rival.address] });
    expect([status, body.code]).toEqual([422, 'evidence-mismatch']);
    expect(JSON.stringify((await service.get(`/v1/evidence/${root}`)).body)).toContain('12 USD/kg');
  });

  test('is refused where one disclosure shows both', async () => {
    const { first, other } = await doubled();
    const [one, two] = [first, other].map((document) => document.fields.find(isPrice) as DisclosedField);
    const fields = [
      visibilityOf(one as DisclosedField, [buyer.address]),
      visibilityOf(two as DisclosedField, []),
    ];
    const signer = {
      address: author.address,
      signTypedData: author.wallet.signTypedData.bind(author.wallet),
    };
    const send = async (second: readonly Hex[], issuedAt: number) => {
      const both = [...fields.slice(0, 1), { ...(fields[1] as Visibility), parties: second }];
      const sent = await signDisclosure(signer, service.domain, first, { fields: both, issuedAt });
      return service.post<Problem>('/v1/evidence', sent);
    };
    const { status, body } = await send([rival.address], seconds());
    expect([status, body.code, body.detail]).toEqual([
      422,
      'evidence-mismatch',
      expect.stringContaining('twice'),
    ]);
    expect((await send([], seconds())).status).toBe(200);
  });
});
