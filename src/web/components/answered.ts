/** What the service answered, where it answered at all: `status` of HTTP, `code` of the closed list. */
type Answered = Error & { readonly status: number; readonly code: string };

/** Whether the service answered with a problem of its own, and not the network. */
export function isAnswered(error: Error): error is Answered {
  return 'status' in error && 'code' in error;
}
