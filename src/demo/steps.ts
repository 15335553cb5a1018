import type { EvidenceDocument } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Statement } from '../protocol/statements.ts';
import type { KeyName, PersonaName } from './personas.ts';

/** An act of the registrar or the accreditor, by transaction. `evidence` is uploaded once the act is recorded. */
export type Act =
  | { readonly kind: 'admit'; readonly party: Hex }
  | { readonly kind: 'suspend'; readonly party: Hex }
  | { readonly kind: 'accredit'; readonly auditor: Hex; readonly scheme: string }
  | {
      readonly kind: 'grant';
      readonly facility: Hex;
      readonly material: number;
      readonly recycled: boolean;
      readonly year: number;
      readonly milligrams: bigint;
    };

export type ActStep = {
  readonly kind: 'act';
  readonly name: string;
  readonly act: Act;
  readonly evidence: EvidenceDocument | null;
};

/** A statement of a persona, signed with `key`. `at` is when it happens in the story, Unix seconds. */
export type StatementStep = {
  readonly kind: 'statement';
  readonly name: string;
  readonly at: number;
  readonly persona: PersonaName;
  readonly key: KeyName;
  readonly id: Hex;
  readonly statement: Statement;
  /** What goes to the service: hidden fields are leaf hashes already. */
  readonly evidence: readonly EvidenceDocument[];
};

export type Step = ActStep | StatementStep;
