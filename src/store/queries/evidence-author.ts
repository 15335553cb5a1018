import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { StatementType } from '../../protocol/statements.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';

/**
 * Whose a document is: who was the first to name its root. A party's `types` are those of its statements that name the
 * root: what a delegate may sign one of, it may disclose.
 */
export type EvidenceAuthor =
  | { readonly by: 'party'; readonly party: Hex; readonly types: readonly StatementType[] }
  | { readonly by: 'registrar' | 'accreditor' };

type Naming = { by: 'party' | 'registrar' | 'accreditor'; party: Hex | null; type: StatementType | null };

/** Over the index, then the open statements of the outbox. Null where nobody names the root. */
export async function evidenceAuthor(db: Db, root: Hex): Promise<EvidenceAuthor | null> {
  const { rows } = await sql<Naming>`
    select by, party, type from (
      select 0 as place, named_root.seq as at, statement.author::bytea as party, statement.type,
        case when statement.id is not null then 'party'
          when accreditation_act.seq is not null then 'accreditor' else 'registrar' end as by
      from named_root
      left join statement on statement.seq = named_root.seq
      left join accreditation_act on accreditation_act.seq = named_root.seq
      where root = ${bytes(root)}
      union all
      select 1, position, author::bytea, type, 'party' from outbox_root join outbox on outbox.id = outbox_root.statement
      where root = ${bytes(root)}
    ) naming order by place, at`.execute(db);
  const [first] = rows;
  if (!first) return null;
  if (first.by !== 'party' || first.party === null) return { by: first.by as 'registrar' | 'accreditor' };
  const own = rows.filter(({ party }) => party === first.party);
  const types = own.flatMap(({ type }) => (type === null ? [] : [type]));
  return { by: 'party', party: first.party, types: [...new Set(types)] };
}
