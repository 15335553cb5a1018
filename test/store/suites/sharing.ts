import { describe, expect, test } from 'vitest';
import { visibilityOf } from '../../../src/protocol/disclosure.ts';
import { type DisclosedField, evidenceRoot, leafOf } from '../../../src/protocol/evidence.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import {
  followDisclosure,
  lastDisclosure,
  sharedFieldsFor,
  sharedWith,
} from '../../../src/store/disclosures.ts';
import { evidenceOf } from '../../../src/store/evidence.ts';
import { grantersOf, putGrant } from '../../../src/store/grants.ts';
import { addRequest, answerRequest, listRequests, requestById } from '../../../src/store/requests.ts';
import { endSession, openSession, serverSecret, sessionOf } from '../../../src/store/sessions.ts';
import type { Bench } from '../databases.ts';
import { id } from '../ledger.ts';

const party = (name: string): Hex => `0x${id(name).slice(-40)}`;
const [author, other, buyer] = [party('author'), party('other'), party('buyer')];
const field = (path: string): DisclosedField => ({ path, value: `of ${path}`, salt: id(`salt of ${path}`) });
const document = { fields: [field('name'), field('price'), field('margin')] };
const root = evidenceRoot(document);
const hashes = { fields: document.fields.map((one) => ({ leaf: leafOf(one) })) };

/** Who may see `price` from then on, by that party's word. */
function word(
  by: Hex,
  issuedAt: number,
  parties: readonly Hex[] | null,
  sent: typeof document | typeof hashes = document,
) {
  const fields = [visibilityOf(field('price'), parties)];
  const disclosure = { author: by, root, fields, issuedAt };
  return { id: id(`${by} ${issuedAt}`), disclosure, signature: '0x5c' as Hex, document: sent, at: issuedAt };
}

export function sharing(bench: Bench) {
  const paths = async (...[db, who]: [Parameters<typeof sharedFieldsFor>[0], Hex]) =>
    (await sharedFieldsFor(db, root, who)).map(({ path }) => path);

  describe('what an author shares', () => {
    test('is kept apart from what everybody sees, and listed for whom it is for', async () => {
      const { db } = await bench.fresh();
      expect(await followDisclosure(db, word(author, 10, [buyer, buyer]))).toEqual({ kind: 'done' });
      expect(await paths(db, buyer)).toEqual(['price']);
      expect(await paths(db, other)).toEqual([]);
      expect((await evidenceOf(db, root))?.fields).toEqual(hashes.fields);
      const { items, next } = await sharedWith(db, buyer, { limit: 1 });
      expect([items, next]).toEqual([[{ root, path: 'price', author, sharedAt: 10 }], null]);
      await followDisclosure(db, word(author, 11, null, hashes));
      expect((await evidenceOf(db, root))?.fields).toContainEqual(field('price'));
      expect(await paths(db, buyer)).toEqual([]);
    });

    test('is whole or nothing: what is refused leaves no trace', async () => {
      const { db } = await bench.fresh();
      await followDisclosure(db, word(author, 10, [buyer]));
      const fields = [visibilityOf(field('price'), null), visibilityOf(field('unknown'), null)];
      const wrong = { ...word(author, 11, null), disclosure: { author, root, fields, issuedAt: 11 } };
      expect(await followDisclosure(db, wrong)).toEqual({ kind: 'unknown-field', path: 'unknown' });
      expect((await evidenceOf(db, root))?.fields).toEqual(hashes.fields);
      expect(await lastDisclosure(db, root)).toMatchObject({ issuedAt: 10 });
      expect(await followDisclosure(db, word(author, 9, null))).toEqual({ kind: 'stale', last: 10 });
      expect(await followDisclosure(db, word(author, 10, [buyer]))).toEqual({ kind: 'done' });
    });

    test('stays that of who sent it: another who came to be the author neither sees, shows nor ends it', async () => {
      const { db } = await bench.fresh();
      await followDisclosure(db, word(author, 10, [buyer]));
      expect(await paths(db, author)).toEqual(['price']);
      expect(await paths(db, other)).toEqual([]);
      expect(await followDisclosure(db, word(other, 20, null, hashes))).toEqual({
        kind: 'unknown-field',
        path: 'price',
      });
      expect(await followDisclosure(db, word(other, 20, [], hashes))).toEqual({ kind: 'done' });
      expect(await paths(db, buyer)).toEqual(['price']);
    });

    test('in two words at a time: the later one counts', async () => {
      const { db } = await bench.fresh();
      const words = [word(author, 10, [buyer]), word(author, 11, [other])];
      await Promise.all(words.map((each) => followDisclosure(db, each)));
      expect([await paths(db, buyer), await paths(db, other)]).toEqual([[], ['price']]);
    });
  });

  test('a nonce opens one session, also once that is over; a session ends in time', async () => {
    const { db } = await bench.fresh();
    const session = { nonce: 'aaaaaaaa', party: author, account: other, expiresAt: 50, nonceUntil: 100 };
    const open = (name: string, now: number) => openSession(db, { ...session, token: id(name) }, now);
    expect(await open('one', 10)).toBe(true);
    expect(await open('two', 10)).toBe(false);
    expect(await sessionOf(db, id('one'), 49)).toEqual({ party: author, account: other, expiresAt: 50 });
    expect(await sessionOf(db, id('one'), 50)).toBeNull();
    await endSession(db, id('one'));
    expect(await sessionOf(db, id('one'), 10)).toBeNull();
    expect(await open('three', 99)).toBe(false);
    expect(await serverSecret(db)).toBe(await serverSecret(db));
  });

  test('of grants the later counts, and of one moment the first', async () => {
    const { db } = await bench.fresh();
    const put = (issuedAt: number, validUntil: number) =>
      putGrant(db, { party: author, reader: buyer, issuedAt, validUntil }, '0x5c');
    expect(await put(10, 100)).toBe(true);
    expect(await put(10, 100)).toBe(true);
    expect(await put(10, 0)).toBe(false);
    expect([await grantersOf(db, buyer, 99), await grantersOf(db, buyer, 100)]).toEqual([[author], []]);
    expect(await put(11, 0)).toBe(true);
    expect(await put(10, 100)).toBe(false);
    expect(await grantersOf(db, buyer, 20)).toEqual([]);
  });

  test('a request is listed for both, page by page, and answered once', async () => {
    const { db } = await bench.fresh();
    const asked = ['a', 'b', 'c'].map((name, place) => ({
      ...{ id: id(name), kind: 'lot' as const, subject: id('lot'), addressee: author, asker: buyer },
      ...{ lot: null, rule: null, message: `\0 ${name} \ud800`, contact: null, askedAt: place },
    }));
    for (const request of asked) await addRequest(db, request);
    expect(await requestById(db, id('a'))).toEqual({ ...asked[0], answer: null });
    const given = { kind: 'declined' as const, id: null, note: 'no', answeredAt: 9 };
    expect(await answerRequest(db, id('b'), given)).toBe(true);
    expect(await answerRequest(db, id('b'), given)).toBe(false);
    const list = async (who: Hex, box: 'received' | 'sent', open = false) => {
      const page = await listRequests(db, { party: who, box, open }, { limit: 2 });
      return [page.items.map((request) => request.id), page.next !== null];
    };
    expect(await list(author, 'received')).toEqual([[id('c'), id('b')], true]);
    expect(await list(buyer, 'sent', true)).toEqual([[id('c'), id('a')], false]);
    expect(await list(buyer, 'received')).toEqual([[], false]);
  });
}
