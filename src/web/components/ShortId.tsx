import { shortId } from '../format.ts';

/** The start and the end of an id, with the whole of it on hover. */
export function ShortId({ id }: { id: string }) {
  return (
    <span title={id} className="short-id">
      {shortId(id)}
    </span>
  );
}
