/** One server-sent event, as far as the pages read them. */
export type StreamEvent = { readonly id: string; readonly data: string };

/**
 * The events of a stream (WHATWG HTML), as they come; comments and events without data are none. EventSource would do
 * the same, but sends no Authorization.
 */
export async function* eventsIn(stream: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
      text += decoder.decode(value, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map(fieldOf));
        const data = fields.get('data');
        if (data !== undefined) yield { id: fields.get('id') ?? '', data };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}
