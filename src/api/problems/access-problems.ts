import { fix, type ProblemKind } from './kind.ts';

/** What may go wrong with who asks, and with what they may see and decide. */
export const accessProblems = {
  'sign-in-required': fix(
    401,
    'Nobody is signed in',
    'The answer is for a party, and the request carries no session.',
    'Sign the message of /v1/sign-in, send it to /v1/sessions, and send the token as Authorization: Bearer.',
  ),
  'session-invalid': fix(
    401,
    'The session is over',
    'The token is of no open session: an hour has passed, or another key signs for the party by now.',
    'Sign in again, or send the request without an Authorization header.',
  ),
  'not-yours': fix(
    403,
    'It is for others to read',
    'On this server parties read their own steps and what is shared with them; what was asked for shows those of others.',
    'Ask the parties concerned for a grant (/v1/grants), or read the certificate of the lot.',
  ),
  'grant-stale': fix(
    409,
    'A later grant was kept already',
    'Of two grants of one party to one reader the one with the later issuedAt counts.',
    'Sign it again, with issuedAt = now.',
  ),
  'sign-in-invalid': fix(
    422,
    'The message signs nobody in',
    'It is for another server or chain, too old, used before, or of an account that is not the present key of the party.',
    'Ask /v1/sign-in for a new message, and sign that one as it is with the key of the party.',
  ),
  'disclosure-forbidden': fix(
    403,
    'Only its author decides who sees a document',
    'The disclosure is not of the party (or the registrar, or the accreditor) that first named the root on the ledger.',
    'Let the author sign it, or a delegate that may sign the statements that name the root.',
  ),
  'disclosure-unsigned': fix(
    403,
    'Only its author shows more of a document',
    'A document came beside a statement that is known already, or that is not of the author of the document, and it shows ' +
      'what was not public before.',
    'Send the statement alone; its author shows more with a signed disclosure, to /v1/evidence.',
  ),
  'disclosure-stale': fix(
    409,
    'A later disclosure was followed already',
    'Of two disclosures of one document the one with the later issuedAt counts.',
    'Read disclosedAt at /v1/evidence/{root}, and sign again with a later issuedAt.',
  ),
  'disclosure-time': fix(
    422,
    'It was signed at another time',
    'Its issuedAt is more than a day ago, or more than 15 minutes ahead.',
    'Sign it again, with issuedAt = now.',
  ),
  'field-public': fix(
    409,
    'The field is public',
    'What was public once stays public: others may rely on it, and have copies.',
    'Leave the field out of the disclosure.',
  ),
  'field-unknown': fix(
    422,
    'The field is not in the document',
    'A field is to be shown whose path, value and salt are neither in the document that came along nor kept here.',
    'Send the field with its path, value and salt; its leaf and path must be those that are signed.',
  ),
  'unknown-subject': fix(
    404,
    'There is nothing of that id',
    'No facility, lot, dispatch, attestation or party that is indexed has it.',
    'Take the id from the finding, or from what the certificate says is missing.',
  ),
  'unknown-request': fix(
    404,
    'There is no such request',
    'Nobody asked under that id, or another party was asked.',
    'Check all 64 digits; /v1/requests lists what was asked of the party that is signed in.',
  ),
  'request-answered': fix(
    409,
    'The request has its answer',
    'A request is answered once.',
    'Disclose or state what else there is: certificates read that, not the answer.',
  ),
  'answer-not-own': fix(
    422,
    'The answer is not your own word',
    'The document is not kept here, or the statement is not recorded or accepted, or they are of another party.',
    'Disclose the document, or send the statement, first; then answer with its root or id.',
  ),
  'field-not-shown': fix(
    404,
    'The field is not shown to you',
    'No field of that path is public, or shared with the party that asks. Whether there is one is not said.',
    'Sign in as a party that it is shared with, or ask the author of the document.',
  ),
} as const satisfies Record<string, ProblemKind>;
