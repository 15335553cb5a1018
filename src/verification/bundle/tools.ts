import { verifyField } from '../../protocol/evidence.ts';
import { birthsOf } from '../../protocol/lots.ts';
import { statementId } from '../../protocol/statements.ts';
import { recover } from './recover.ts';
import { openState } from './state.ts';

/** What nearly all of a verification's time goes into; each follows from what it is given alone. */
export type Tools = {
  readonly statementId: typeof statementId;
  readonly birthsOf: typeof birthsOf;
  readonly recover: typeof recover;
  readonly openState: typeof openState;
  readonly verifyField: typeof verifyField;
};

export const ownTools: Tools = { statementId, birthsOf, recover, openState, verifyField };
