import { disclose, type EvidenceDocument, evidenceRoot } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { seeded } from '../chain.ts';

/** Of statements, one in so many has a document behind its evidence; of the others nothing is shown. */
const DOCUMENTED = 8;
/** Numeric codes of countries on the way. */
const ways = [[894, 710], [894], [], [180, 24]] as const;

/** The evidence of a network's statements, with the documents behind it: the same ones each time. */
export class Papers {
  readonly documents: EvidenceDocument[] = [];
  #statements = 0;

  /** The evidence of the next statement. */
  readonly next = (): Hex => {
    this.#statements += 1;
    const number = this.#statements;
    if (number % DOCUMENTED !== 0) return seeded(`evidence ${number}`);
    const document = documentOf(number);
    this.documents.push(disclose(document, ['name', 'transitCountries', 'weighbridge']));
    return evidenceRoot(document);
  };
}

/** Three fields that are shown, and one that is hidden. */
function documentOf(number: number): EvidenceDocument {
  const values = {
    name: `Paper ${number}`,
    transitCountries: ways[(number / DOCUMENTED) % ways.length] ?? [],
    weighbridge: { number, sealed: number % 3 === 0 },
    carrier: `Carrier ${number % 7}`,
  };
  return {
    fields: Object.entries(values).map(([path, value]) => ({
      ...{ path, value },
      salt: seeded(`salt ${number} ${path}`),
    })),
  };
}
